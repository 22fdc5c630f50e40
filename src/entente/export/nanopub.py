"""Claims as nanopublications: assertion, provenance and publication info, each a named graph (nanopub.net guidelines)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from entente.model import Iri, Quad, Store, Triple
from entente.model.iri import ARTICLE_GRAPHS
from entente.model.terms import dcterms, ent, oa, prov, rdf
from entente.query import Catalogue, Loss
from entente.store import serialise

__all__ = ["ABOUT", "LOSSES", "write"]

ABOUT = """One nanopublication per claim. The assertion graph holds what is claimed, with the dates, participations
and forces that the statements speak of; the provenance graph says who claims it, in which article and in which words,
with offsets; the publication info names the article's licence and the run of the extractor. Names are made from the
claim's IRI; they are no trusty URIs."""

LOSSES = (
    Loss("the merge over articles, which nanopublications leave to the reader", None),
    Loss("how claims relate, such as contradictions", "?x a ent:ClaimRelation ."),
)
_NP = "http://www.nanopub.org/nschema#"
_OF_A_CLAIM = frozenset({ent.asserts, ent.evidence})
_Described = Mapping[Iri, list[Triple]]


def write(catalogue: Catalogue, store: Store) -> bytes:  # noqa: ARG001 - all documents are written alike
    """Write the nanopublications of all articles, in a fixed order of statements."""
    quads: list[Quad] = []
    for name in store.graphs():
        if name.startswith(ARTICLE_GRAPHS):
            quads.extend(_of_article({quad.triple for quad in store.quads(graph=name)}))
    return serialise(quads, "application/trig")


def _of_article(triples: Iterable[Triple]) -> Iterator[Quad]:
    described: defaultdict[Iri, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, Iri):
            described[triple.subject].append(triple)
    claims = [subject for subject, about in described.items() if any(t.object == ent.Claim for t in about)]
    for claim in claims:
        yield from _nanopub(claim, described)


def _nanopub(claim: Iri, described: _Described) -> Iterator[Quad]:
    nanopub = Iri(f"{claim}/nanopub")
    head, assertion, provenance, info = (Iri(f"{nanopub}/{part}") for part in ("head", "assertion", "provenance", "pubinfo"))
    yield Quad(nanopub, rdf.type, Iri(f"{_NP}Nanopublication"), head)
    yield Quad(nanopub, Iri(f"{_NP}hasAssertion"), assertion, head)
    yield Quad(nanopub, Iri(f"{_NP}hasProvenance"), provenance, head)
    yield Quad(nanopub, Iri(f"{_NP}hasPublicationInfo"), info, head)
    for triple in _asserted(claim, described):
        yield Quad(*triple, assertion)
    for triple in described[claim]:
        value = triple.object
        if triple.predicate == ent.assertedBy:
            yield Quad(assertion, prov.wasAttributedTo, value, provenance)
        elif triple.predicate == ent.reportedIn:
            yield Quad(assertion, prov.wasDerivedFrom, value, provenance)
            assert isinstance(value, Iri)
            for about in described[value]:
                if about.predicate == dcterms.license:
                    yield Quad(nanopub, dcterms.license, about.object, info)
        elif triple.predicate == prov.wasGeneratedBy:
            yield Quad(nanopub, prov.wasGeneratedBy, value, info)
        if triple.predicate == ent.evidence:
            yield Quad(assertion, ent.evidence, value, provenance)
            for part in _reached(value, described, stop={claim}):
                if part.predicate != oa.hasBody:
                    yield Quad(*part, provenance)
        elif triple.predicate not in _OF_A_CLAIM:
            yield Quad(*triple, provenance)
    yield Quad(nanopub, rdf.type, prov.Entity, info)


def _asserted(claim: Iri, described: _Described) -> Iterator[Triple]:
    """Give what the claim's statements say, and what their values are."""
    for triple in described[claim]:
        if triple.predicate != ent.asserts or not isinstance(triple.object, Iri):
            continue
        parts = {t.predicate: t.object for t in described[triple.object]}
        subject, predicate, value = parts[rdf.subject], parts[rdf.predicate], parts[rdf.object]
        assert isinstance(subject, Iri)
        assert isinstance(predicate, Iri)
        yield Triple(subject, predicate, value)
        # What hangs below the event's IRI (dates, participations, forces) means nothing without its description.
        if isinstance(value, Iri) and value.startswith(f"{subject}/"):
            yield from _reached(value, described, stop={subject})


def _reached(start: object, described: _Described, stop: set[Iri]) -> Iterator[Triple]:
    """Give the triples about a node and the nodes below it."""
    edge, seen = [start], set(stop)
    while edge:
        node = edge.pop()
        if not isinstance(node, Iri) or node in seen:
            continue
        seen.add(node)
        for triple in described.get(node, ()):
            yield triple
            if isinstance(triple.object, Iri) and triple.object.startswith(f"{start}"):
                edge.append(triple.object)
