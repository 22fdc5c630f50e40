"""What waits for a person, and what people decided: proposed links between accounts, and candidate entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from entente.consensus.account import slug_of
from entente.consensus.clusters import Pair
from entente.consensus.identity import Descriptor, notation
from entente.consensus.links import AUTOMATIC, IDENTITY, Links, link_iri
from entente.consensus.review import REVIEW, Book, Decision, text_of
from entente.model import Iri, Literal, Store
from entente.model.iri import ARTICLE_GRAPHS
from entente.model.terms import ent, rdf, rdfs, skos

__all__ = ["Item", "Queue"]

_AROUND = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide on: a link between two accounts, or a candidate entity.

    `kind` is `link` or the candidate's class, such as `Vessel`; `evidence` says what a link rests on, or quotes where a
    candidate is named. `state` is a verdict, or `open`; a link that its score makes is `automatic`, and a body that no text
    names, such as the troops of a state, is `unnamed`.
    """

    iri: Iri
    subjects: tuple[Iri, ...]
    kind: str
    state: str
    score: float | None
    names: tuple[str, ...]
    articles: tuple[str, ...]
    evidence: tuple[str, ...]


class Queue:
    """Reads the items of a store; the effort grows with their number only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._links = Links(store)
        self._book = Book(store)

    def links(self) -> Iterator[Item]:
        """All links, proposed and automatic, and decisions on pairs that no score joins, the likeliest first."""
        stored = {q.subject for q in self._store.quads(None, rdf.type, ent.AccountLink, IDENTITY)}
        found = [self._link(iri) for iri in stored if isinstance(iri, Iri)]
        found += [self._pair(decision) for decision in self._book.all() if decision.on_link]
        items = {item.iri: item for item in reversed(found)}
        yield from sorted(items.values(), key=lambda item: (-(item.score or 0), item.iri))

    def candidates(self) -> Iterator[Item]:
        """All candidate entities, open and decided, by kind and name."""
        typed = self._store.quads(None, rdf.type, ent.CandidateEntity)
        iris = {q.subject for q in typed if isinstance(q.subject, Iri) and (q.graph or "").startswith(ARTICLE_GRAPHS)}
        yield from sorted(map(self._candidate, iris), key=lambda item: (item.kind, item.names, item.iri))

    def first_links(self, most: int) -> tuple[tuple[Item, ...], int]:
        """The first links that nobody has decided on, open ones before those that a score makes; and how many are open."""
        decided = {link_iri((one, other)) for one, other in (d.subjects for d in self._book.all() if d.on_link)}
        automatic = f"{{ ?link {ent.linkStatus.n3()} {AUTOMATIC.n3()} }}"
        found: list[Iri] = []
        for kept in (f"FILTER NOT EXISTS {automatic}", automatic):
            pattern = f"?link a {ent.AccountLink.n3()} {kept} OPTIONAL {{ ?link {ent.linkScore.n3()} ?score }}"
            found += self._named(
                f"SELECT ?link WHERE {{ GRAPH {IDENTITY.n3()} {{ {pattern} }} }} "
                f"ORDER BY DESC(?score) ?link LIMIT {most + len(decided)}"
            )
        number = self._store.select(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {IDENTITY.n3()} {{ ?link a {ent.AccountLink.n3()} "
            f"FILTER NOT EXISTS {automatic} }} }}"
        ).number
        waiting = number - sum(self._is_open(iri) for iri in decided)
        return tuple(self._link(iri) for iri in [iri for iri in found if iri not in decided][:most]), waiting

    def first_candidates(self, most: int) -> tuple[tuple[Item, ...], int]:
        """The first candidates that nobody has decided on and that a text names, by identifier; and how many have names.

        A name of their own begins with a capital letter: troops of a state, which no text names, have none.
        """
        first = "SUBSTR(STR(?name), 1, 1)"
        named = (
            f"GRAPH ?article {{ ?it a {ent.CandidateEntity.n3()} ; {skos.prefLabel.n3()} ?name }} "
            f"FILTER(STRSTARTS(STR(?article), {Literal(ARTICLE_GRAPHS).n3()}) && LCASE({first}) != {first}) "
            f"FILTER NOT EXISTS {{ GRAPH {REVIEW.n3()} {{ ?decision {ent.onCandidate.n3()} ?it }} }}"
        )
        number = self._store.select(f"SELECT (COUNT(DISTINCT ?it) AS ?n) WHERE {{ {named} }}").number
        found: list[Item] = []
        for begin in range(0, number, most):
            page = self._named(f"SELECT DISTINCT ?it WHERE {{ {named} }} ORDER BY ?it LIMIT {most} OFFSET {begin}")
            found += [item for item in map(self._candidate, page) if item.state == "open"]
            if len(found) >= most:
                break
        return tuple(found[:most]), number

    def item(self, iri: Iri) -> Item | None:
        """The link or candidate of that identifier, if there is one."""
        if any(self._store.quads(iri, rdf.type, ent.AccountLink, IDENTITY)):
            return self._link(iri)
        if any((q.graph or "").startswith(ARTICLE_GRAPHS) for q in self._store.quads(iri, rdf.type, ent.CandidateEntity)):
            return self._candidate(iri)
        decided = (self._pair(decision) for decision in self._book.all() if decision.on_link)
        return next((item for item in decided if item.iri == iri), None)

    def event(self, account: Iri) -> Iri | None:
        """The published event that an account belongs to."""
        found = (q.subject for q in self._store.quads(None, ent.describedAs, account, default_graph=True))
        return next((iri for iri in found if isinstance(iri, Iri)), None)

    def _named(self, query: str) -> list[Iri]:
        return [row[0] for row in self._store.select(query).rows if isinstance(row[0], Iri)]

    def _is_open(self, link: Iri) -> bool:
        said = {(q.predicate, q.object) for q in self._store.quads(link, graph=IDENTITY)}
        return (rdf.type, ent.AccountLink) in said and (ent.linkStatus, AUTOMATIC) not in said

    # -- reading -------------------------------------------------------------------------------------------------------

    def _link(self, iri: Iri) -> Item:
        quads = list(self._store.quads(iri, graph=IDENTITY))
        one, other = sorted(q.object for q in quads if q.predicate == ent.linksAccount and isinstance(q.object, Iri))
        score = next((q.object for q in quads if q.predicate == ent.linkScore), None)
        parts = sorted(q.object for q in quads if q.predicate == ent.restsOn and isinstance(q.object, Iri))
        automatic = any(q.predicate == ent.linkStatus and q.object == AUTOMATIC for q in quads)
        return Item(
            iri=iri,
            subjects=(one, other),
            kind="link",
            state=self._state((one, other)) or ("automatic" if automatic else "open"),
            score=float(score.lexical) if isinstance(score, Literal) else None,
            names=tuple(map(self._account_name, (one, other))),
            articles=tuple(map(slug_of, (one, other))),
            evidence=tuple(map(self._part, parts)),
        )

    def _pair(self, decision: Decision) -> Item:
        one, other = decision.subjects
        return Item(
            iri=link_iri((one, other)),
            subjects=(one, other),
            kind="link",
            state=notation(decision.verdict),
            score=None,
            names=tuple(map(self._account_name, (one, other))),
            articles=tuple(map(slug_of, (one, other))),
            evidence=(),
        )

    def _state(self, subjects: tuple[Iri, ...]) -> str | None:
        if len(subjects) == 2:
            pair: Pair = (subjects[0], subjects[1])
            decided = self._book.on_links(subjects)
            return "accepted" if pair in decided.accepted else "rejected" if pair in decided.rejected else None
        found = self._book.on_candidates(subjects).get(subjects[0])
        return None if found is None else notation(found.verdict)

    def _part(self, part: Iri) -> str:
        said = {q.predicate: q.object for q in self._store.quads(part, graph=IDENTITY)}
        kind, bits, text = (text_of(said.get(p)) for p in (ent.evidenceKind, ent.evidenceWeight, rdfs.comment))
        return f"{kind} {float(bits):+g}: {text}"

    def _account_name(self, account: Iri) -> str:
        profile = self._links.profile(account)
        return "not in the graph" if profile is None else _say(profile)

    def _candidate(self, iri: Iri) -> Item:
        quads = list(self._store.quads(iri))
        kinds = {q.object for q in quads if q.predicate == rdf.type and (q.graph or "").startswith(ARTICLE_GRAPHS)}
        names = {text_of(q.object) for q in quads if q.predicate == skos.prefLabel and q.graph is not None}
        graphs = sorted({Iri(g) for q in quads if (g := q.graph or "").startswith(ARTICLE_GRAPHS)})
        quotes = tuple(quote for name in graphs if (quote := self._quote(name, sorted(names))))
        return Item(
            iri=iri,
            subjects=(iri,),
            kind=", ".join(
                sorted(kind.rsplit("#", 1)[-1] for kind in kinds - {ent.CandidateEntity} if isinstance(kind, Iri))
            ),
            state=self._state((iri,)) or ("open" if quotes else "unnamed"),
            score=None,
            names=tuple(sorted(names)),
            articles=tuple(name.removeprefix(ARTICLE_GRAPHS) for name in graphs),
            evidence=quotes,
        )

    def _quote(self, graph: Iri, names: list[str]) -> str:
        """The words around the first naming in the article's text."""
        text = next((text_of(q.object) for q in self._store.quads(None, ent.text, None, graph)), "")
        places = [at for name in names if name[:1].isupper() and (at := text.find(name)) >= 0]
        if not places:
            return ""
        at = min(places)
        start, end = max(0, at - _AROUND), at + _AROUND + max(map(len, names))
        return " ".join(text[start:end].split())


def _say(account: Descriptor) -> str:
    """Say in a line what an account tells of: type, parties, name, days and places."""
    parties = " ".join(sorted(notation(party) for party in account.agents))
    window = account.window
    days = "" if window is None else f"{window.low}/{window.high}" + ("" if window.told else " (by publication)")
    places = " ".join(sorted(notation(place) for place in account.places))
    return ", ".join(filter(None, (account.type.value, parties, *sorted(account.editions), days, places)))
