"""Shows the terms of the graph as people read them: IRIs by their names, literals by their text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from entente.api.addresses import PAIRS
from entente.api.reader import Reader
from entente.model import Iri, Literal, Term
from entente.model.terms import dcterms, ent, rdf, rdfs, sem, skos

__all__ = ["Value", "namer", "short"]

_NAMES = (skos.prefLabel, ent.name, dcterms.title, rdfs.label)
_AT_ONCE = 500
_TRIED = 3
_DAYS = (sem.hasEarliestBeginTimeStamp, sem.hasEarliestEndTimeStamp)


@dataclass(frozen=True, slots=True)
class Value:
    """An IRI or a literal as it is shown: `iri` is None for a literal, `lang` empty for text of no language."""

    text: str
    lang: str = ""
    iri: Iri | None = None


def namer(reader: Reader, terms: Iterable[Term], *, made: bool = True) -> Callable[[Term], Value]:
    """Make what shows these terms: a literal as its text, an IRI by its name, the English one first.

    With `made`, events, agreements and pairs of states without a name get one of what they are. All names are asked for
    together: a store elsewhere would take a call for each.
    """
    iris = sorted({term for term in terms if isinstance(term, Iri)})
    best: dict[Iri, tuple[tuple[int, bool, bool, str], Literal]] = {}
    for iri, predicate, name in _ask(reader, iris, {p: f"?t {p.n3()} ?o" for p in _NAMES}):
        if isinstance(name, Literal):
            rank = (_NAMES.index(predicate), name.lang != "en", name.lang != "", name.lexical)
            best[iri] = min((rank, name), best.get(iri, (rank, name)))
    nameless = [iri for iri in iris if iri not in best and reader.index.entity(iri) is None]
    others = _made_names(reader, nameless) if made and nameless else {}

    def show(term: Term) -> Value:
        if isinstance(term, Literal):
            return Value(term.lexical, term.lang)
        if not isinstance(term, Iri):
            return Value(str(term))
        if term in best:
            name = best[term][1]
            return Value(name.lexical, name.lang, term)
        entity = reader.index.entity(term)
        return Value(entity.label, "en", term) if entity else Value(others.get(term) or short(term), "", term)

    return show


def short(iri: Iri) -> str:
    """Give the last part of an IRI, or all of it where that is empty."""
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri


def _ask(reader: Reader, iris: Sequence[Iri], patterns: Mapping[Iri, str]) -> Iterator[tuple[Iri, Iri, Term]]:
    """The values ?o that patterns about ?t give for things, each with the property that stands for its pattern."""
    # With the properties as VALUES too, Oxigraph would go through all that there is.
    each = " UNION ".join(f"{{ {pattern} BIND({predicate.n3()} AS ?p) }}" for predicate, pattern in patterns.items())
    for first in range(0, len(iris), _AT_ONCE):
        wanted = " ".join(iri.n3() for iri in iris[first : first + _AT_ONCE])
        for iri, predicate, value in reader.store.select(
            f"SELECT ?t ?p ?o WHERE {{ VALUES ?t {{ {wanted} }} {each} }}"
        ).rows:
            if isinstance(iri, Iri) and isinstance(predicate, Iri) and value is not None:
                yield iri, predicate, value


def _made_names(reader: Reader, iris: Sequence[Iri]) -> dict[Iri, str]:
    """Names for events, agreements and pairs of states that no source names."""
    names = {iri: _pair(reader, iri) for iri in iris if iri.startswith(PAIRS)}
    days = "|".join(day.n3() for day in _DAYS)
    patterns = {p: f"?t {p.n3()} ?o" for p in (ent.eventType, ent.involvesState, ent.party)}
    patterns[rdf.type] = f"?t a {ent.Agreement.n3()} BIND({ent.Agreement.n3()} AS ?o)"
    patterns[ent.when] = f"?t {ent.when.n3()} ?when . ?when {days} ?o"
    told: dict[Iri, dict[Iri, list[Term]]] = {}
    for iri, predicate, value in _ask(reader, iris, patterns):
        told.setdefault(iri, {}).setdefault(predicate, []).append(value)
    if not told:
        return names
    # What a name is made of has its own or none: things could be said to be of one another's type.
    parts = (value for said in told.values() for values in said.values() for value in values)
    show = namer(reader, parts, made=False)
    for iri, said in told.items():
        kinds = sorted(kind for kind in said.get(ent.eventType, ()) if isinstance(kind, Iri))
        if kinds or rdf.type in said:
            states = said.get(ent.involvesState if kinds else ent.party, ())
            of = ", ".join(sorted({show(state).text for state in states}))
            day = min((show(day).text for day in said.get(ent.when, ())), default="")
            what = show(kinds[0]).text if kinds else "agreement"
            names[iri] = what + (f" of {of}" if of else "") + (f", {day}" if day else "")
    return names


def _pair(reader: Reader, dyad: Iri) -> str:
    """The names of two states, by an event of theirs."""
    # All events of some pairs take long, and each of them has both states.
    some = f"{{ SELECT ?event WHERE {{ ?event <{ent.dyad}> {dyad.n3()} }} LIMIT {_TRIED} }}"
    both = f"?event <{ent.involvesState}> ?a , ?b FILTER(STR(?a) < STR(?b))"
    for one, other in reader.store.select(f"SELECT DISTINCT ?a ?b WHERE {{ {some} {both} }}").rows:
        if isinstance(one, Iri) and isinstance(other, Iri) and reader.index.dyad(one, other) == dyad:
            show = namer(reader, (one, other), made=False)
            return f"{show(one).text} and {show(other).text}"
    return ""
