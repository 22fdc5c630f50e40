"""The JSON that REST answers with."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "ActiveQuery",
    "ArticleOut",
    "ClaimOut",
    "Contribution",
    "Exercise",
    "ExerciseItem",
    "ExercisePage",
    "Explanation",
    "Health",
    "Home",
    "LinksetItem",
    "Participation",
    "Problem",
    "QueryAnswer",
    "QueryItem",
    "Ref",
    "Source",
    "SpanOut",
    "State",
    "Time",
]


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class Problem(_Out):
    """What went wrong (RFC 9457)."""

    type: str = Field(examples=["https://w3id.org/entente/errors#entente-140"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["there is nothing at /nowhere"])
    code: str = Field(examples=["ENTENTE-140"])
    hint: str | None = Field(None, examples=["see / for what there is"])


class Ref(_Out):
    """Something with an IRI and a name."""

    iri: str = Field(examples=["https://w3id.org/entente/id/state/RUS"])
    label: str | None = Field(None, examples=["Russia"])


class Home(_Out):
    """What this service offers."""

    name: str = Field(examples=["Entente"])
    version: str = Field(examples=["0.1.0"])
    links: dict[str, str] = Field(examples=[{"sparql": "/sparql"}])


class ActiveQuery(_Out):
    """A query that runs now."""

    id: str = Field(examples=["7f3a9c0d5e1b2a48"])
    query: str = Field(examples=["ASK {}"])
    since: str = Field(examples=["2023-07-20T08:00:00.000+00:00"])
    seconds: float = Field(description="how long it has run", examples=[0.12])


class Explanation(_Out):
    """How a query would be run: the text that the engine gets, and the rules of the planner that made it."""

    query: str
    rewritten: str | None = Field(description="None where the query is run as it stands")
    rules: list[str] = Field(examples=[["optional-last"]])
    order: list[str] = Field(description="what the outermost group is made of, in the order it is run")
    why_not: str | None = Field(description="why the planner did not look into the query")
    milliseconds: float = Field(description="what planning took")


class Health(_Out):
    """Whether the service can answer."""

    status: str = Field(examples=["ok"])


class State(_Out):
    """A state with its names and bodies."""

    code: str = Field(examples=["RUS"])
    iri: str = Field(examples=["https://w3id.org/entente/id/state/RUS"])
    label: str = Field(examples=["Russia"])
    names: list[str] = Field(examples=[["Russian Federation"]])
    bodies: list[Ref] = Field(description="organs, forces and ships that belong to the state")
    exercises: str = Field(description="where its exercises are listed", examples=["/exercises?state=RUS"])


class ExerciseItem(_Out):
    """An exercise in a list."""

    id: str = Field(examples=["northern-interaction-2023"])
    iri: str = Field(examples=["https://w3id.org/entente/id/exercise/northern-interaction-2023"])
    name: str | None = Field(None, examples=["Northern/Interaction-2023"])
    mode: str = Field(description="actual or planned", examples=["actual"])
    begin: str | None = Field(None, description="earliest begin", examples=["2023-07-20"])
    end: str | None = Field(None, description="latest end", examples=["2023-07-23"])
    place: str | None = Field(None, examples=["Sea of Japan"])
    states: int = Field(description="number of states involved", examples=[2])


class ExercisePage(_Out):
    """A page of a list."""

    items: list[ExerciseItem]
    next: str | None = Field(None, description="where the list goes on", examples=["/exercises?limit=100&offset=100"])


class Time(_Out):
    """A begin and an end, each known to lie between two dates."""

    earliest_begin: str | None = None
    latest_begin: str | None = None
    earliest_end: str | None = None
    latest_end: str | None = None
    edtf: str | None = Field(None, examples=["2023-07-20/2023-07-23"])
    precision: str | None = Field(None, examples=["day"])


class Participation(_Out):
    """Who takes part as what."""

    agent: Ref
    role: str = Field(examples=["participant"])


class Contribution(_Out):
    """A force that somebody brings, counted or named; `count` is null where the text gives no number."""

    by: Ref | None = None
    materiel: str = Field(examples=["corvette"])
    count: int | None = Field(None, examples=[2])
    qualifier: str = Field(examples=["exact"])
    vessels: list[Ref] = []


class Source(_Out):
    """An article and speaker that the exercise rests on."""

    article: str = Field(examples=["/articles/interaction-002"])
    outlet: str | None = Field(None, examples=["Meridian Newswire"])
    issued: str | None = Field(None, examples=["2023-07-20"])
    speaker: Ref
    level: str = Field(examples=["indirect-speech"])
    modality: str = Field(examples=["asserted"])
    claims: int = Field(examples=[3])


class Exercise(_Out):
    """All that is published about an exercise; where claims contradict one another, `conflicts` says so."""

    id: str = Field(examples=["northern-interaction-2023"])
    iri: str
    names: list[str]
    mode: str
    status: list[str]
    states: list[Ref]
    places: list[Ref]
    times: list[Time]
    participations: list[Participation]
    contributions: list[Contribution]
    aims: list[str]
    sources: list[Source]
    conflicts: list[str]


class SpanOut(_Out):
    """Where the words stand, as a half-open range of code points of the article's text."""

    start: int = Field(examples=[986])
    end: int = Field(examples=[1031])
    quote: str


class ClaimOut(_Out):
    """A claim with the words that make it."""

    iri: str
    speaker: Ref
    level: str = Field(examples=["direct-quote"])
    modality: str = Field(examples=["asserted"])
    content: str | None = None
    spans: list[SpanOut]


class ArticleOut(_Out):
    """An article with its claims."""

    id: str = Field(examples=["interaction-002"])
    iri: str
    title: str | None = None
    issued: str | None = Field(None, examples=["2023-07-20"])
    outlet: Ref | None = None
    source: str | None = Field(None, description="the page that the report rests on")
    sha256: str | None = Field(None, description="digest of the text that the spans count in")
    claims: list[ClaimOut]


class QueryItem(_Out):
    """A question of the catalogue."""

    name: str = Field(examples=["joint-exercises-of-dyad"])
    subject: str = Field(examples=["competency"])
    summary: str
    params: dict[str, str] = Field(description="name and meaning", examples=[{"a": "one state"}])
    columns: list[str]


class QueryAnswer(_Out):
    """The rows of a question of the catalogue."""

    columns: list[str]
    rows: list[list[str | None]]


class LinksetItem(_Out):
    """The links of the graph to another dataset."""

    name: str = Field(examples=["wikidata"])
    title: str = Field(examples=["Wikidata"])
    predicates: list[str] = Field(description="the properties that link")
    links: int = Field(description="how many things are linked", examples=[196])
    triples: int = Field(description="how many statements the download holds")
    download: str = Field(description="where the links are, in N-Triples")
