"""The article that started the project: what a careful coder reads in it, fact by fact, and what must not be read into it.

The facts are those marked E (explicit) in the gold reading of ../shared/design/domain.md §2, by its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from conftest import require
from entente.model import Delta, Iri, Literal, Term, Triple
from entente.model.terms import dcterms, ent, oa, rdf, sem, skos
from entente_loaders.pipeline import prepare
from entente_loaders.sources.files import parse
from pipelines import default_graph, ingested, tools

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed" / "000_a3fa1ae0fd3a0446.txt"


@cache
def seed() -> Delta:
    """The seed article's delta."""
    require(SEED.is_file(), "there is no ../shared folder beside the checkout")
    base = tools()
    return prepare(parse(SEED.read_bytes(), SEED.name), base.extractor, base.index)[2]


@cache
def text() -> str:
    """The seed article's text."""
    require(SEED.is_file(), "there is no ../shared folder beside the checkout")
    return SEED.read_text("utf-8")


def values(triples: Iterable[Triple], subject: Term, *path: Iri) -> list[Term]:
    """What a path of properties leads to, sorted."""
    nodes: set[Term] = {subject}
    for predicate in path:
        nodes = {t.object for t in triples if t.subject in nodes and t.predicate == predicate}
    return sorted(nodes, key=lambda term: term.n3())


def tail(term: Term) -> str:
    """The readable end of an IRI, or a literal's text."""
    return term.lexical if isinstance(term, Literal) else term.split("/id/")[-1].split("/vocab/")[-1].split("#")[-1]


@dataclass(frozen=True)
class Said:
    """One statement of a claim, flattened for comparison."""

    starts: frozenset[int]
    speaker: str
    level: str
    modality: str
    said: str | None
    fact: str


def _day(triples: Iterable[Triple], node: Term) -> str | None:
    days = {
        tail(day) for p in (sem.hasEarliestBeginTimeStamp, sem.hasLatestEndTimeStamp) for day in values(triples, node, p)
    }
    return days.pop() if len(days) == 1 else None


_PARTS = (
    *(ent.participant, ent.roleType, ent.contributedBy, ent.count, ent.countQualifier, ent.materielType, ent.activityType),
    *(ent.target, ent.aimText, ent.party, ent.beginsWith, ent.datePrecision, rdf.type, skos.prefLabel),
)
_BOUNDS = {
    sem.hasEarliestBeginTimeStamp: "begin>=",
    sem.hasLatestBeginTimeStamp: "begin<=",
    sem.hasEarliestEndTimeStamp: "end>=",
    sem.hasLatestEndTimeStamp: "end<=",
}


def _fact(triples: tuple[Triple, ...], predicate: Term, value: Term) -> str:
    """A statement's predicate and object as words; a node below the event as its own properties."""
    parts = [tail(v) for p in _PARTS for v in values(triples, value, p)]
    parts += [f"{sign}{tail(v)}" for p, sign in _BOUNDS.items() for v in values(triples, value, p)]
    return f"{tail(predicate)} {' '.join(parts) or tail(value)}"


@cache
def said() -> tuple[Said, ...]:
    """Everything that the seed's claims state."""
    triples = seed().triples
    found = []
    for claim in sorted({t.subject for t in triples if t.predicate == rdf.type and t.object == ent.Claim}):
        starts = [int(tail(v)) for v in values(triples, claim, ent.evidence, oa.hasTarget, oa.hasSelector, oa.start)]
        [speaker], [level], [modality] = (
            values(triples, claim, p) for p in (ent.assertedBy, ent.attributionLevel, ent.modality)
        )
        times = values(triples, claim, ent.assertionTime)
        when = _day(triples, times[0]) if times else None
        facts = [f"content {tail(v)}" for v in values(triples, claim, ent.content)]
        for node in values(triples, claim, ent.asserts):
            [predicate], [value] = values(triples, node, rdf.predicate), values(triples, node, rdf.object)
            facts.append(_fact(triples, predicate, value))
        found += [
            Said(
                frozenset(starts),
                tail(speaker),
                tail(level).split("/")[-1],
                tail(modality).split("/")[-1],
                when,
                fact,
            )
            for fact in facts
        ]
    return tuple(found)


OUTLET = "article/russia-china-conclude-navy-drills-in-sea-of-japan-cd447034/outlet"
RUS_MOD, CHN_MOD = "organ/RUS/defence-ministry", "organ/CHN/defence-ministry"
FLEET, MILITARY = "force/RUS/pacific-fleet", "force/RUS/armed-forces"
S0, S1, S2, S3, S4, S5 = (0, 50), (51, 191), (192, 382), (383, 461), (462, 682), (683, 885)
S6, S7, S8, S9, S10, S11, S12 = (
    (886, 1104),
    (1105, 1245),
    (1246, 1410),
    (1411, 1703),
    (1704, 2091),
    (2092, 2265),
    (2266, 2379),
)

# number, sentence, speaker, level, fact (all words must occur in the statement, in any order)
GOLD: list[tuple[str, tuple[int, int], str, str, str]] = [
    ("S0 concluded", S0, OUTLET, "headline", "status concluded"),
    ("S0 Russia takes part", S0, OUTLET, "headline", "hasParticipation state/RUS participant"),
    ("S0 China takes part", S0, OUTLET, "headline", "hasParticipation state/CHN participant"),
    ("S0 place", S0, OUTLET, "headline", "location place/sea-of-japan"),
    (
        "S1 two anti-submarine ships",
        S1,
        RUS_MOD,
        "indirect-speech",
        "hasContribution force/RUS/navy 2 exact anti-submarine-ship",
    ),
    ("S1 two corvettes", S1, RUS_MOD, "indirect-speech", "hasContribution force/RUS/navy 2 exact vessel-type/corvette"),
    (
        "S1 auxiliary ships",
        S1,
        RUS_MOD,
        "indirect-speech",
        "hasContribution force/RUS/navy unspecified-plural auxiliary-ship",
    ),
    ("S1 the navy takes part", S1, RUS_MOD, "indirect-speech", "hasParticipation force/RUS/navy participant"),
    ("S7 repeats S1", S7, RUS_MOD, "indirect-speech", "hasContribution force/RUS/navy 2 exact vessel-type/corvette"),
    ("S2 concluded", S2, RUS_MOD, "indirect-speech", "status concluded"),
    ("S2 place", S2, RUS_MOD, "indirect-speech", "location place/sea-of-japan"),
    ("S2b motive", S2, OUTLET, "narration", "statedAim strengthen their military ties"),
    ("S3 label", S3, OUTLET, "narration", "partnershipLabel closer military alliance"),
    ("S3 since the war", S3, OUTLET, "narration", "when candidate/event/war-in-ukraine date-precision/open"),
    ("S4 name", S4, FLEET, "indirect-speech", "name North/Interaction-2023"),
    ("S4 firing at a sea target", S4, FLEET, "indirect-speech", "hasActivity gunnery target-type/maritime"),
    ("S4 Russia takes part", S4, FLEET, "indirect-speech", "hasParticipation RUS participant"),
    ("S4 China takes part", S4, FLEET, "indirect-speech", "hasParticipation CHN participant"),
    ("S5 name", S5, FLEET, "direct-quote", "name North/Interaction-2023"),
    ("S5 firing at a sea target", S5, FLEET, "direct-quote", "hasActivity gunnery target-type/maritime"),
    ("S5 a joint detachment", S5, FLEET, "direct-quote", "hasDetachment TaskDetachment joint detachment of ships"),
    ("S6 ended", S6, MILITARY, "indirect-speech", "status concluded"),
    ("S6 ended by Sunday", S6, MILITARY, "indirect-speech", "when end<=2023-07-23"),
    ("S6 some twenty exercises", S6, MILITARY, "direct-quote", "activityCount 20 approximate"),
    ("S6 targets", S6, MILITARY, "direct-quote", "hasActivity gunnery maritime coastal target-type/air"),
    ("S8 had begun", S8, CHN_MOD, "indirect-speech", "when begin<=2023-07-19"),
    ("S8 started", S8, CHN_MOD, "indirect-speech", "status started"),
    ("S8 name variant", S8, CHN_MOD, "indirect-speech", "name Northern Interaction 2023"),
    ("S9 aim 1", S9, OUTLET, "narration", "statedAim strengthen future security in the maritime routes"),
    ("S9 aim 2", S9, OUTLET, "narration", "statedAim improve strategic military cooperation"),
    ("S9 aim 3", S9, OUTLET, "narration", "statedAim bolster joint coordination to maintain regional peace"),
    ("S9 aim 4", S9, OUTLET, "narration", "statedAim increase readiness to respond to mutual security challenges"),
    ("S10a more cooperation", S10, OUTLET, "narration", "partnershipLabel increased their cooperation"),
    ("S10b no limits", S10, OUTLET, "narration", "partnershipLabel no limits"),
    ("S10c new levels", S10, OUTLET, "narration", "partnershipLabel new historic levels"),
    ("S10d opinion", S10, OUTLET, "narration", "content Western hegemony"),
    ("S11 China accuses", S11, OUTLET, "narration", "hasParticipation state/CHN actor"),
    ("S11 the United States are accused", S11, OUTLET, "narration", "hasParticipation USA recipient"),
    ("S11 South China Sea", S11, OUTLET, "narration", "concerns place/south-china-sea"),
    ("S11 Taiwan Strait", S11, OUTLET, "narration", "concerns place/taiwan-strait"),
    ("S11 content", S11, OUTLET, "narration", 'content "illegal" and provocative intrusion of US warships'),
    ("S12 agreed", S12, OUTLET, "narration", "status agreed"),
    ("S12 parties", S12, OUTLET, "narration", "hasParticipation state/RUS participant"),
    (
        "S12 content",
        S12,
        OUTLET,
        "narration",
        "content to deepen defense cooperation with a focus on holding joint exercises",
    ),
    ("S12 month", S12, OUTLET, "narration", "when begin>=2022-09-01 begin<=2022-09-30"),
]


def test_the_number_of_gold_facts() -> None:
    assert len(GOLD) == 45
    assert len({row[0] for row in GOLD}) == 45


@pytest.mark.parametrize(("sentence", "speaker", "level", "fact"), [row[1:] for row in GOLD], ids=[row[0] for row in GOLD])
def test_gold_fact(sentence: tuple[int, int], speaker: str, level: str, fact: str) -> None:
    inside = [s for s in said() if any(sentence[0] <= start < sentence[1] for start in s.starts)]
    found = [s for s in inside if all(word in s.fact for word in fact.split())]
    assert found, [s.fact for s in inside]
    assert (speaker, level) in {(s.speaker, s.level) for s in found}


def test_every_span_is_its_text() -> None:
    triples = seed().triples
    targets = {t.subject for t in triples if t.predicate == oa.hasSource}
    assert len(targets) > 15
    for target in targets:
        [start], [end], [exact] = (values(triples, target, oa.hasSelector, p) for p in (oa.start, oa.end, oa.exact))
        assert text()[int(tail(start)) : int(tail(end))] == tail(exact)


def test_the_repeated_sentence_is_one_claim_with_two_spans() -> None:
    corvettes = {s.starts for s in said() if "vessel-type/corvette" in s.fact}
    assert len(corvettes) == 1
    assert len(next(iter(corvettes))) == 2


def test_saturday_and_sunday_are_resolved_and_the_rule_is_recorded() -> None:
    assert {s.said for s in said() if s.speaker == FLEET and s.level == "indirect-speech"} == {"2023-07-22"}
    assert {s.said for s in said() if s.speaker == MILITARY} == {"2023-07-23"}
    assert {s.said for s in said() if s.speaker == CHN_MOD} == {"2023-07-19"}
    triples = seed().triples
    sunday = {t.subject for t in triples if t.object == Literal.date("2023-07-23")}
    assert {tail(v) for node in sunday for v in values(triples, node, ent.dateBasis)} == {"date-basis/anchor-rule"}
    assert {tail(v) for node in sunday for v in values(triples, node, ent.dateRule)} == {"weekday-after-anchor"}


def test_the_papers_own_judgement_is_marked_as_an_opinion_about_no_event() -> None:
    [remark] = [s for s in said() if s.modality == "opinion"]
    assert remark.fact == "content Western hegemony"
    claims = {t.subject for t in seed().triples if t.predicate == ent.modality and tail(t.object) == "modality/opinion"}
    assert len(claims) == 1
    assert not [t for t in seed().triples if t.subject in claims and t.predicate == ent.asserts]


def test_the_two_contested_names_are_one_place() -> None:
    uses = {t.subject for t in seed().triples if t.object == ent.PlaceNameUse}
    names = {tail(values(seed().triples, use, ent.usedName)[0]): values(seed().triples, use, ent.usedFor) for use in uses}
    assert names["Sea of Japan"] == names["East Sea"]


# -- what must be absent -----------------------------------------------------------------------------------------------


def typed(cls: Iri) -> set[Term]:
    """The nodes of a class in the article's graph."""
    return {t.subject for t in seed().triples if t.predicate == rdf.type and t.object == cls}


def objects(predicate: Iri) -> set[str]:
    """All values of a property in the article's graph."""
    return {tail(t.object) for t in seed().triples if t.predicate == predicate}


ABSENT = {
    "Chinese ships, named or counted": lambda: {c for c in objects(ent.contributedBy) if "CHN" in c},
    "any vessel": lambda: typed(ent.Vessel),
    "a host": lambda: {r for r in objects(ent.roleType) if r.endswith("host")},
    "personnel and aircraft": lambda: {t for t in objects(ent.materielType) if "vessel-type" not in t},
    "a named adversary or Japan and Korea as participants": lambda: {
        p for p in objects(ent.participant) if not any(code in p for code in ("RUS", "CHN", "USA"))
    },
    "the United States in the exercise": lambda: {
        tail(v)
        for exercise in typed(ent.Exercise)
        for v in values(seed().triples, exercise, ent.hasParticipation, ent.participant)
        if "USA" in tail(v)
    },
    "an alliance or its obligations": lambda: typed(ent.AllianceTreaty) | typed(ent.Treaty) | objects(ent.obligation),
    "the alleged intrusion as an event": lambda: {e for e in objects(ent.eventType) if e.endswith("incursion")},
    "a second exercise from the name variant": lambda: sorted(typed(ent.Exercise))[1:],
    "a publication date": lambda: objects(dcterms.issued),
    "an outlet's name": lambda: {
        tail(v) for t in seed().triples if t.object == ent.Outlet for v in values(seed().triples, t.subject, ent.name)
    },
    "the seed's own words for the war as an attack": lambda: {e for e in objects(ent.eventType) if e.endswith("attack")},
}


def test_the_number_of_absences() -> None:
    assert len(ABSENT) == 12


@pytest.mark.parametrize("name", sorted(ABSENT))
def test_absent(name: str) -> None:
    assert not ABSENT[name]()


def test_the_alleged_intrusion_is_no_fact_of_the_consensus() -> None:
    published = default_graph(ingested(SEED))
    assert not [t for t in published if t.predicate == ent.eventType and t.object.endswith("/incursion")]
    assert [t for t in published if t.predicate == ent.content]
