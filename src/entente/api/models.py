"""The JSON that REST answers with."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "ActiveQuery",
    "Explanation",
    "Health",
    "Home",
    "LinksetItem",
    "Problem",
    "QueryAnswer",
    "QueryItem",
    "Ref",
    "SpanOut",
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


class SpanOut(_Out):
    """Where the words stand, as a half-open range of code points of the article's text."""

    start: int = Field(examples=[986])
    end: int = Field(examples=[1031])
    quote: str


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
