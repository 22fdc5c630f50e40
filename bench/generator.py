"""Generated articles as Turtle, for benches: one claim with its evidence, one exercise with two participations each.

The same seed gives the same bytes. One article in FAULTY_EVERY carries one fault, each kind in turn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from entente.index import ReferenceIndex
from entente.model import Iri, canonical_nquads
from entente.model.terms import ent, rdf

__all__ = ["FAULTY_EVERY", "PREFIXES", "TRIPLES_EACH", "articles", "states", "write_graph"]

FAULTY_EVERY = 200
"""One article in so many has a fault."""

TRIPLES_EACH = 65
"""Triples of an article."""

PREFIXES = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ent: <https://w3id.org/entente/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_FOLDER = "https://w3id.org/entente/id"
_VOCAB = "https://w3id.org/entente/vocab"
_NAMES = ("Calm Harbour", "Northern Lantern", "Steady Anchor", "Open Strait", "Long Watch", "Silver Tern")
_ARTICLE = f"""
<{{a}}> a ent:Article ; dcterms:title "{{name}} ends"@en ; ent:text "{{text}}" ; ent:textSha256 "{{digest}}" ;
  ent:publisher <{{outlet}}> ; dcterms:issued "{{issued}}"^^xsd:date ; dcterms:language "en" ; dcterms:source <{{a}}/page> .
<{{outlet}}> a ent:Outlet ; skos:prefLabel "Outlet {{number}}"@en .
<{{a}}/claim/1> a ent:Claim ; {{speaker}}ent:reportedIn <{{a}}> ; ent:confidence 0.9 ; ent:extractedByRule "generated.v1" ;
  ent:attributionLevel <{_VOCAB}/attribution-level/narration> ; ent:modality <{_VOCAB}/modality/asserted> ;
  ent:evidence <{{a}}/evidence/1> ; ent:asserts <{{a}}/statement/1> , <{{a}}/statement/2> ; prov:wasGeneratedBy <{{a}}/run> .
<{{a}}/evidence/1> a oa:Annotation ; oa:hasBody <{{a}}/claim/1> ; oa:hasTarget <{{a}}/target/1> .
<{{a}}/target/1> a oa:SpecificResource ; oa:hasSource <{{a}}> ; oa:hasSelector <{{a}}/position/1> , <{{a}}/quote/1> .
<{{a}}/position/1> a oa:TextPositionSelector ; oa:start {{start}} ; oa:end {{end}} .
<{{a}}/quote/1> a oa:TextQuoteSelector ; oa:exact "{{exact}}" .
<{{a}}/statement/1> a rdf:Statement ; rdf:subject <{{a}}/event/1> ; rdf:predicate ent:hasParticipation ;
  rdf:object <{{a}}/participation/1> .
<{{a}}/statement/2> a rdf:Statement ; rdf:subject <{{a}}/event/1> ; rdf:predicate ent:hasParticipation ;
  rdf:object <{{a}}/participation/2> .
<{{a}}/event/1> a ent:Exercise ; ent:name "{{name}}"@en ; ent:background false ;
  ent:eventType <{_VOCAB}/event-type/exercise> ;
  ent:mode <{_VOCAB}/mode/actual> ; ent:status <{_VOCAB}/event-status/concluded> ; ent:when <{{a}}/time/1> ;
  ent:hasParticipation <{{a}}/participation/1> , <{{a}}/participation/2> .
<{{a}}/time/1> a ent:TimeBounds ; sem:hasEarliestBeginTimeStamp "{{begin}}"^^xsd:date ;
  sem:hasLatestBeginTimeStamp "{{begin}}"^^xsd:date ; sem:hasEarliestEndTimeStamp "{{close}}"^^xsd:date ;
  sem:hasLatestEndTimeStamp "{{close}}"^^xsd:date ; ent:datePrecision <{_VOCAB}/date-precision/day> ;
  ent:dateBasis <{_VOCAB}/date-basis/explicit> .
<{{a}}/participation/1> a ent:Participation ; ent:inEvent <{{a}}/event/1> ; ent:participant <{{first}}> ;
  ent:roleType <{_VOCAB}/role-type/participant> .
<{{a}}/participation/2> a ent:Participation ; ent:inEvent <{{a}}/event/1> ; ent:participant <{{second}}> {{role}}.
"""


def states(index: ReferenceIndex) -> Sequence[Iri]:
    """Give some states of the reference data."""
    graph = index.base.graphs["reference"]
    found = sorted(t.subject for t in graph if t.predicate == rdf.type and t.object == ent.State)
    return [iri for iri in found if isinstance(iri, Iri)][:60]


def articles(count: int, among: Sequence[Iri], seed: int = 1) -> Iterator[str]:
    """Give the Turtle of that many articles on exercises of the states `among`, without prefixes."""
    random = Random(seed)
    for number in range(count):
        yield _article(number, random, among)


def _article(number: int, random: Random, among: Sequence[Iri]) -> str:
    fault = number // FAULTY_EVERY % 5 if number % FAULTY_EVERY == FAULTY_EVERY // 2 else None
    first, second = random.sample(among, 2)
    name = f"{random.choice(_NAMES)} {number}"
    exact = f"The exercise {name} of {first.rsplit('/', 1)[-1]} and {second.rsplit('/', 1)[-1]} ended"
    year, month, day = random.randint(1990, 2024), random.randint(1, 12), random.randint(1, 18)
    text = f"{name} ends. {exact} on {day}/{month}/{year}, officers said on the quay."
    outlet = f"{_FOLDER}/outlet/generated-{number % 500}"
    start = text.index(exact)
    return _ARTICLE.format(
        a=f"{_FOLDER}/article/generated-{number}",
        number=number % 500,
        name=name,
        text=text,
        digest="0" * 64 if fault == 0 else hashlib.sha256(text.encode()).hexdigest(),
        outlet=outlet,
        issued=f"{year}-{month:02}-{day + 10}",
        speaker="" if fault == 1 else f"ent:assertedBy <{outlet}> ; ",
        start=start,
        end=start + len(exact) - (fault == 2),
        exact=exact,
        begin=f"{year}-{month:02}-{day + (9 if fault == 3 else 0):02}",
        close=f"{year}-{month:02}-{day + 8:02}",
        first=first,
        second=second,
        role="" if fault == 4 else f"; ent:roleType <{_VOCAB}/role-type/participant> ",
    )


def write_graph(path: Path, triples: int, index: ReferenceIndex, seed: int = 1) -> None:
    """Write a Turtle file of about so many triples: articles, with the reference data of their states."""
    among = states(index)
    with path.open("w", encoding="utf-8") as file:
        file.write(PREFIXES)
        file.write(canonical_nquads(index.closure(among)))
        file.writelines(articles(triples // TRIPLES_EACH, among, seed))
