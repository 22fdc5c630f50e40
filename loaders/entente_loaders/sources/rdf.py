"""RDF files of researchers: each graph becomes a delta, with a claim of its source for all that it says of events."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from entente.errors import ArticleError, InputError
from entente.model import (
    Article,
    AttributionLevel,
    BlankNode,
    Claim,
    Delta,
    Iri,
    Literal,
    Modality,
    Span,
    Term,
    Triple,
)
from entente.model.iri import ARTICLE_GRAPHS, BASE, NS, child, digest, entity, slug
from entente.model.terms import dcterms, ent, rdf, rdfs
from entente_loaders.assemble.account import Assembly, Statement
from entente_loaders.sources.describing import address, language
from entente_loaders.sources.kit import Item, Kit, Source
from entente_loaders.sources.opening import read_whole, stem
from entente_loaders.sources.recording import begin, finish
from entente_loaders.sources.skolem import named

__all__ = ["SOURCE"]

_TYPES: Mapping[str, str] = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".rdf": "application/rdf+xml",
    ".owl": "application/rdf+xml",
    ".xml": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".json": "application/ld+json",
}
_LIMIT = 50_000_000
_CLAIMED = frozenset({ent.Claim, ent.Article, rdf.Statement})
_VALUES: Mapping[Iri, str] = {
    ent.hasParticipation: "participation",
    ent.hasContribution: "contribution",
    ent.when: "when",
    ent.activityCount: "activity-count",
    ent.hasActivity: "activity",
    ent.statedAim: "aim",
    ent.hasDetachment: "detachment",
    ent.resultsIn: "agreement",
}
"""What an event has as its own, and what the nodes are called below it (docs/decisions/0001-graph-form.md, 5)."""
_BACKLINKS = frozenset({ent.inEvent, ent.toEvent, ent.formedFor})
_RULESET = digest("rdf.graph.v1", length=64)


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Item]:
    if kit.parse is None:
        raise InputError(194, "the source 'rdf' needs a reader of RDF", "make the kit with entente.cli.sourcing.kit")
    path = Path(location)
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    media_type = _TYPES.get(suffix)
    if media_type is None:
        raise ArticleError(220, f"{location}: the name tells no format of RDF", f"known endings: {', '.join(_TYPES)}")
    data = read_whole(path, _LIMIT, "split it into several files")
    try:
        graphs: dict[Iri | None, list[Triple]] = defaultdict(list)
        for quad in kit.parse(data, media_type, location):
            graphs[quad.graph].append(quad.triple)
    except InputError as error:
        raise ArticleError(235, error.message, error.hint) from error
    if not graphs:
        raise ArticleError(235, f"{location}: holds no statement", "give a file that says something")
    for name in sorted(graphs, key=lambda name: name or ""):
        origin = location if name is None else f"{location}: graph {name}"
        try:
            yield _delta(name, graphs[name], origin, stem(path), options)
        except ArticleError as error:
            yield error


def _refused(origin: str, reason: str, hint: str) -> ArticleError:
    return ArticleError(236, f"{origin}: {reason}", hint)


def _delta(name: Iri | None, triples: list[Triple], origin: str, collection: str, options: Mapping[str, str]) -> Delta:
    """Make the delta of one graph: as it stands if it is an article's graph in our own form, else with a frame around it."""
    if any(t.subject.startswith(NS) for t in triples):
        raise _refused(origin, "redefines terms of the ontology", "leave out what is said of the ontology's own terms")
    if name is not None and name.startswith(ARTICLE_GRAPHS):
        return _own(name, triples, origin)
    types = {t.object for t in triples if t.predicate == rdf.type}
    if claimed := sorted(str(t) for t in types & _CLAIMED):
        reason = f"holds an {claimed[0].rsplit('#', 1)[-1]} outside of an article's graph"
        raise _refused(origin, reason, f"put each article with its claims into a graph {ARTICLE_GRAPHS}NAME of its own")
    if not any(t.predicate.startswith(NS) for t in triples) and not any(str(t).startswith(NS) for t in types):
        raise _refused(origin, "says nothing in terms of Entente's ontology", f"use classes and properties of {NS}")
    key = (
        f"rdf-{slug(collection)}" if name is None else f"rdf-{slug(collection)}-{slug(name)[-40:]}-{digest(name, length=6)}"
    )
    return _framed(key, name, named(triples, entity("article", key)), origin, options)


def _own(name: Iri, triples: list[Triple], origin: str) -> Delta:
    """Take over an article's graph, such as one that another graph of Entente was dumped to."""
    key = name.removeprefix(ARTICLE_GRAPHS)
    try:
        article = entity("article", key)
    except ValueError as error:
        raise _refused(origin, "the graph's name ends in no slug", "use lower-case letters, digits and hyphens") from error
    found = {t.subject for t in triples if t.predicate == rdf.type and t.object == ent.Article}
    if found != {article}:
        raise _refused(origin, f"must describe one article, {article}", "name the graph after its article")
    strangers = sorted(
        str(t.subject) for t in triples if t.predicate == ent.eventType and not t.subject.startswith(f"{article}/event/")
    )
    if strangers:
        raise _refused(origin, f"the event {strangers[0]} is not named below the article", f"name it {article}/event/NAME")
    return Delta(article, key, origin, name, tuple(sorted(named(triples, article), key=Triple.n3)))


def _framed(key: str, name: Iri | None, triples: set[Triple], origin: str, options: Mapping[str, str]) -> Delta:
    """Put a graph into the frame of an article: its text are the statements, its outlet says what they say of events."""
    lines = sorted(f"{triple.n3()} ." for triple in triples)
    titles = [t for t in triples if t.predicate in {dcterms.title, rdfs.label} and t.subject == name]
    title = min((t.object.lexical for t in titles if isinstance(t.object, Literal)), default=key)
    article = Article(
        slug=key,
        content=("\n".join(lines) + "\n").encode(),
        origin=origin,
        source=address(name),
        outlet=options.get("outlet"),
        title=options.get("title", title),
        licence=options.get("licence"),
        lang=language(options.get("lang")) or "en",
    )
    assembly = begin(article, "rdf", _RULESET)
    events = sorted({t.subject for t in triples if t.predicate == ent.eventType})
    about: dict[Term, list[Triple]] = defaultdict(list)
    for triple in triples:
        about[triple.subject].append(triple)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    inside: set[Triple] = set()
    for event in events:
        # Its lines stand together, since they are sorted: "!" comes right behind the blank.
        first, behind = (bisect_left(lines, f"{event.n3()}{mark}") for mark in " !")
        inside |= _add_event(assembly, event, about, Span(starts[first], starts[behind] - 1))
    places = {event: _placed(assembly.article, event) for event in events}
    for triple in triples - inside:
        assembly.triples.add(_renamed(triple, places))
    return finish(assembly)


def _renamed(triple: Triple, places: Mapping[Iri | BlankNode, Iri]) -> Triple:
    def rename(term: Term) -> Term:
        return term if isinstance(term, Literal) else places.get(term, term)

    subject = rename(triple.subject)
    assert not isinstance(subject, Literal)
    return Triple(subject, triple.predicate, rename(triple.object))


def _placed(article: Iri, event: Iri | BlankNode) -> Iri:
    local = slug(event.rstrip("/").replace("#", "/").rsplit("/", 1)[-1])[:40].rstrip("-")
    return child(article, "event", f"{local}-{digest(event, length=6)}")


def _add_event(
    assembly: Assembly, event: Iri | BlankNode, about: Mapping[Term, Sequence[Triple]], evidence: Span
) -> set[Triple]:
    """Add an event under a name below the article, with the nodes that are its own; give the triples this covers."""
    node = _placed(assembly.article, event)
    own = set(about[event])
    names: dict[Iri | BlankNode, Iri] = {event: node}
    for _, predicate, value in sorted(own, key=Triple.n3):
        if predicate in _VALUES and isinstance(value, Iri | BlankNode) and value in about:
            names[value] = child(node, _VALUES[predicate], digest(value, length=8))
            own |= {t for t in about[value] if t.predicate not in _BACKLINKS or t.object == event}
    said = []
    for triple in sorted(own, key=Triple.n3):
        subject, predicate, value = _renamed(triple, names)
        if subject == node and predicate.startswith(NS) and predicate not in {ent.mode, ent.background}:
            said.append(Statement(node, predicate, value, direct=True))
        else:
            assembly.add(subject, predicate, value)  # type: ignore[arg-type]
    if isinstance(event, Iri) and not event.startswith(f"{BASE}id/article/"):
        assembly.add(node, rdfs.seeAlso, event)
    claim = Claim(None, AttributionLevel.NARRATION, Modality.ASSERTED, (), (evidence,), "rdf.graph.v1", 1.0)
    assembly.assert_claim(claim, said, None)
    return own


SOURCE = Source(
    _read,
    frozenset({".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl", ".jsonld"}),
    frozenset({"outlet", "title", "licence", "lang"}),
    beyond=frozenset(),
)
"""The source `rdf`."""
