"""Gathers what the graph says about one thing, within caps, for the documents that describe it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from entente.api.naming import Value, namer, short
from entente.api.reader import Reader, plain
from entente.errors import QueryError
from entente.model import Iri, Literal, Term, Triple
from entente.model.iri import NS, graph
from entente.model.terms import ent, oa, rdf, rdfs, skos

__all__ = [
    "CLAIMS",
    "INBOUND",
    "PAGE",
    "STATEMENTS",
    "VALUES",
    "ClaimView",
    "Describer",
    "Description",
    "Group",
    "TermView",
    "Value",
]

STATEMENTS = 2000
"""How many statements about a thing, and about its parts, a document holds at most."""
VALUES = 100
"""How many values of one property are shown by name; the document's triples have the others too."""
CLAIMS = 50
"""How many claims a document shows at most."""
PAGE = 50
"""How many inbound links a page holds."""
INBOUND = 10_000
"""How many inbound links can be paged through."""

_PARTS = 200
_ONTOLOGY = graph("ontology")


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one property; `more` are not shown."""

    predicate: Value
    values: tuple[Value, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with who makes it, where, and the words that make it: (first character, end, words)."""

    claim: Value
    speakers: tuple[Value, ...]
    articles: tuple[Value, ...]
    manner: tuple[Value, ...]
    content: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A class or property of the ontology."""

    term: Value
    name: str
    kind: str
    definition: str
    related: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What a document says; `whole` is False where a cap left statements out, `more` tells of another page of links."""

    subject: Value
    types: tuple[Value, ...]
    groups: tuple[Group, ...]
    claims: tuple[ClaimView, ...]
    more_claims: bool
    inbound: tuple[tuple[Value, Value], ...]
    page: int
    more: bool
    whole: bool
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Describer:
    """Describes things of the default graph, or, where that says nothing of them, of the named graphs."""

    reader: Reader

    def knows(self, iri: Iri) -> bool:
        """Whether any graph has a statement about the thing, or one that leads to it."""
        about = f"{{ {iri.n3()} ?p ?o }} UNION {{ ?s ?p {iri.n3()} }}"
        return self.reader.store.ask(f"ASK {{ {{ {about} }} UNION {{ GRAPH ?g {{ {about} }} }} }}")

    def holds(self, name: Iri) -> bool:
        """Whether there is a named graph of that name that holds something."""
        return self.reader.store.ask(f"ASK {{ GRAPH {name.n3()} {{ ?s ?p ?o }} }}")

    def describe(self, iri: Iri, page: int = 0) -> Description:
        """Describe a thing with one page of the links that lead to it. Raises QueryError for a page behind the cap."""
        own = self._about(iri, STATEMENTS + 1)
        whole = len(own) <= STATEMENTS
        if not whole:
            # Which statements a cap leaves out is left to the store, but what a thing is must be told.
            kinds = [Triple(iri, rdf.type, kind) for kind in self.reader.nodes(iri, rdf.type)]
            own = list(dict.fromkeys((*kinds, *own)))[:STATEMENTS]
        parts = self._parts(iri, own)
        links, more = self._inbound(iri, page)
        claims = self._claims(iri)
        evidence = self._evidence(claims[:CLAIMS]) if claims else ()
        said = _by_predicate(own)
        types = said.pop(rdf.type, [])
        shown = (term for predicate, values in said.items() for term in (predicate, *values[:VALUES]))
        show = namer(self.reader, (iri, *types, *shown, *(term for triple in (*links, *evidence) for term in triple)))
        return Description(
            subject=show(iri),
            types=tuple(map(show, self._ranked(types))),
            groups=_groups(said, show),
            claims=tuple(_claim(claim, evidence, show) for claim in claims[:CLAIMS]),
            more_claims=len(claims) > CLAIMS,
            inbound=tuple((show(t.subject), show(t.predicate)) for t in links),
            page=page,
            more=more,
            whole=whole and len(parts) < STATEMENTS,
            triples=tuple(dict.fromkeys((*own, *parts, *evidence, *links))),
        )

    def value(self, term: Term) -> Value:
        """Show one term."""
        return namer(self.reader, (term,))(term)

    def claim(self, iri: Iri) -> ClaimView:
        """Show one claim with its evidence."""
        evidence = self._evidence((iri,))
        return _claim(iri, evidence, namer(self.reader, (term for triple in evidence for term in triple)))

    def members(self, name: Iri, page: int = 0) -> tuple[tuple[Value, ...], bool]:
        """Give one page of the things that a named graph speaks of, and whether there is another."""
        rows, more = self._paged(f"SELECT DISTINCT ?s WHERE {{ GRAPH {name.n3()} {{ ?s ?p ?o }} }}", page)
        found = [row[0] for row in rows if row[0] is not None]
        return tuple(map(namer(self.reader, found), found)), more

    def terms(self) -> tuple[TermView, ...]:
        """Give the classes and properties of the ontology, by name."""
        found: dict[Iri, list[Triple]] = {}
        for quad in self.reader.store.quads(graph=_ONTOLOGY):
            if isinstance(quad.subject, Iri) and quad.subject.startswith(NS):
                found.setdefault(quad.subject, []).append(quad.triple)
        show = namer(self.reader, (term for triples in found.values() for triple in triples for term in triple))
        return tuple(_term(iri, found[iri], show) for iri in sorted(found))

    def _where(self, pattern: str) -> str:
        """A pattern as it is asked of the default graph, or of the named ones where that has nothing like it."""
        return f"{{ {pattern} }}" if self.reader.store.ask(f"ASK {{ {pattern} }}") else f"{{ GRAPH ?g {{ {pattern} }} }}"

    def _ranked(self, types: Iterable[Term]) -> list[Term]:
        """Classes of our ontology first, and of those with most classes above them, which say most, the first."""

        def above(kind: Term) -> set[Term]:
            found: set[Term] = set()
            following = [kind]
            while following:
                each = following.pop()
                if isinstance(each, Iri):
                    higher = {q.object for q in self.reader.store.quads(each, rdfs.subClassOf, graph=_ONTOLOGY)} - found
                    found |= higher
                    following += higher
            return found

        return sorted(types, key=lambda kind: (not kind.n3().startswith(f"<{NS}"), -len(above(kind)), kind.n3()))

    def _about(self, iri: Iri, limit: int) -> list[Triple]:
        query = f"SELECT DISTINCT ?p ?o WHERE {self._where(f'{iri.n3()} ?p ?o')} LIMIT {limit}"
        rows = self.reader.store.select(query).rows
        return sorted(Triple(iri, p, o) for p, o in rows if isinstance(p, Iri) and o is not None)

    def _parts(self, iri: Iri, own: Iterable[Triple]) -> list[Triple]:
        """What is said of the things whose IRIs lie below the thing's own."""
        found: list[Triple] = []
        below = (t.object for t in own if isinstance(t.object, Iri) and t.object.startswith(f"{iri}/"))
        for part in sorted(set(below))[:_PARTS]:
            found += self._about(part, STATEMENTS - len(found))
            if len(found) >= STATEMENTS:
                break
        return found

    def _inbound(self, iri: Iri, page: int) -> tuple[list[Triple], bool]:
        rows, more = self._paged(f"SELECT DISTINCT ?s ?p WHERE {self._where(f'?s ?p {iri.n3()}')}", page)
        return [Triple(s, p, iri) for s, p in rows if isinstance(s, Iri) and isinstance(p, Iri)], more

    def _paged(self, query: str, page: int) -> tuple[list[tuple[Term | None, ...]], bool]:
        """One page of rows in the order of the store's index, so that nothing is sorted that is not shown."""
        first = page * PAGE
        if first >= INBOUND:
            raise QueryError(
                372, f"page {page} lies behind the {INBOUND} links that are paged", "ask /sparql for all of them", status=404
            )
        rows = list(self.reader.store.select(f"{query} LIMIT {PAGE + 1} OFFSET {first}").rows)
        return rows[:PAGE], len(rows) > PAGE and first + PAGE < INBOUND

    def _claims(self, iri: Iri) -> list[Iri]:
        """The claims about a thing, in it, by it, or itself: one more than are shown, if there are more."""
        here = iri.n3()
        query = (
            f"SELECT DISTINCT ?c WHERE {{ {{ ?s <{rdf.subject}> {here} . ?c <{ent.asserts}> ?s }} UNION "
            f"{{ ?c <{ent.asserts}> {here} }} UNION {{ ?c <{ent.reportedIn}> {here} }} UNION "
            f"{{ ?c <{ent.assertedBy}> {here} }} UNION "
            f"{{ {here} a <{ent.Claim}> BIND({here} AS ?c) }} }} LIMIT {CLAIMS + 1}"
        )
        return sorted(row[0] for row in self.reader.store.select(query).rows if isinstance(row[0], Iri))

    def _evidence(self, claims: Sequence[Iri]) -> tuple[Triple, ...]:
        """Who makes claims, where and how, and the words; these stand in the graphs of their articles only."""
        made = (ent.assertedBy, ent.reportedIn, ent.modality, ent.attributionLevel, ent.content, ent.evidence)
        kept = f"FILTER(?p IN ({', '.join(predicate.n3() for predicate in made)}))"
        step = f"?c <{ent.evidence}> ?e . ?e <{oa.hasTarget}> ?t ."
        these = f"VALUES ?c {{ {' '.join(claim.n3() for claim in claims)} }}"
        return self.reader.store.construct(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {these} GRAPH ?g {{ {{ ?c ?p ?o {kept} BIND(?c AS ?s) }} UNION "
            f"{{ ?c <{ent.evidence}> ?s . ?s ?p ?o }} UNION {{ {step} ?t ?p ?o BIND(?t AS ?s) }} UNION "
            f"{{ {step} ?t <{oa.hasSelector}> ?s . ?s ?p ?o }} }} }}"
        )


def _claim(claim: Iri, evidence: Iterable[Triple], show: Callable[[Term], Value]) -> ClaimView:
    values: dict[tuple[Term, Iri], list[Term]] = {}
    for subject, predicate, value in evidence:
        values.setdefault((subject, predicate), []).append(value)

    def of(subject: Term, predicate: Iri) -> list[Term]:
        return list(dict.fromkeys(values.get((subject, predicate), ())))

    def shown(*predicates: Iri) -> tuple[Value, ...]:
        return tuple(show(term) for predicate in predicates for term in of(claim, predicate))

    spans = []
    for node in of(claim, ent.evidence):
        for target in of(node, oa.hasTarget):
            chosen = of(target, oa.hasSelector)
            begins, ends, words = (
                [str(plain(term)) for selector in chosen for term in of(selector, predicate)]
                for predicate in (oa.start, oa.end, oa.exact)
            )
            if begins and ends and begins[0].isdigit() and ends[0].isdigit():
                spans.append((int(begins[0]), int(ends[0]), " … ".join(words)))
    content = next((str(plain(term)) for term in of(claim, ent.content)), "")
    return ClaimView(
        claim=Value(claim.rsplit("/", 1)[-1], "", claim),
        speakers=shown(ent.assertedBy),
        articles=shown(ent.reportedIn),
        manner=shown(ent.attributionLevel, ent.modality),
        content=content,
        spans=tuple(sorted(spans)),
    )


def _by_predicate(triples: Iterable[Triple]) -> dict[Iri, list[Term]]:
    found: dict[Iri, list[Term]] = {}
    for triple in triples:
        found.setdefault(triple.predicate, []).append(triple.object)
    return found


def _groups(said: Mapping[Iri, Sequence[Term]], show: Callable[[Term], Value]) -> tuple[Group, ...]:
    made = [
        Group(
            show(predicate),
            tuple(sorted(map(show, values[:VALUES]), key=lambda value: (value.text, value.iri or ""))),
            max(0, len(values) - VALUES),
        )
        for predicate, values in said.items()
    ]
    return tuple(sorted(made, key=lambda group: (group.predicate.text, group.predicate.iri or "")))


def _term(iri: Iri, triples: list[Triple], show: Callable[[Term], Value]) -> TermView:
    texts = {t.predicate: t.object.lexical for t in triples if isinstance(t.object, Literal)}
    kinds = sorted(short(t.object) for t in triples if t.predicate == rdf.type and isinstance(t.object, Iri))
    links = [t for t in triples if isinstance(t.object, Iri) and t.predicate not in (rdf.type, rdfs.isDefinedBy)]
    return TermView(
        term=Value(texts.get(skos.prefLabel, short(iri)), "en", iri),
        name=iri.removeprefix(NS),
        kind=", ".join(kinds),
        definition=texts.get(skos.definition, ""),
        related=_groups(_by_predicate(links), show),
    )
