"""Shows the terms of the graph as people read them: IRIs by their names, literals by their text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from entente.api.reader import Reader
from entente.model import Iri, Literal, Term
from entente.model.iri import BASE
from entente.model.terms import dcterms, ent, rdf, rdfs, sem, skos

__all__ = ["Value", "namer", "short"]

_NAMES = (skos.prefLabel, ent.name, dcterms.title, rdfs.label)
_AT_ONCE = 500
_DAYS = (sem.hasEarliestBeginTimeStamp, sem.hasEarliestEndTimeStamp)
_PAIRS = f"{BASE}id/dyad/"


@dataclass(frozen=True, slots=True)
class Value:
    """An IRI or a literal as it is shown: `iri` is None for a literal, `lang` empty for text of no language."""

    text: str
    lang: str = ""
    iri: Iri | None = None


def namer(reader: Reader, terms: Iterable[Term]) -> Callable[[Term], Value]:
    """Make what shows these terms: a literal as its text, an IRI by its name, the English one first.

    All names are asked for together: a store elsewhere would take a call for each.
    """
    iris = sorted({term for term in terms if isinstance(term, Iri)})
    best: dict[Iri, tuple[tuple[int, bool, bool, str], Literal]] = {}
    # With the properties as VALUES too, Oxigraph would go through all names that there are.
    each = " UNION ".join(f"{{ ?t {p.n3()} ?n BIND({p.n3()} AS ?p) }}" for p in _NAMES)
    for first in range(0, len(iris), _AT_ONCE):
        wanted = " ".join(iri.n3() for iri in iris[first : first + _AT_ONCE])
        found = reader.store.select(f"SELECT ?t ?p ?n WHERE {{ VALUES ?t {{ {wanted} }} {each} }}")
        for iri, predicate, name in found.rows:
            if isinstance(iri, Iri) and isinstance(predicate, Iri) and isinstance(name, Literal):
                rank = (_NAMES.index(predicate), name.lang != "en", name.lang != "", name.lexical)
                best[iri] = min((rank, name), best.get(iri, (rank, name)))

    def show(term: Term) -> Value:
        if isinstance(term, Literal):
            return Value(term.lexical, term.lang)
        if not isinstance(term, Iri):
            return Value(str(term))
        if term in best:
            name = best[term][1]
            return Value(name.lexical, name.lang, term)
        entity = reader.index.entity(term)
        return Value(entity.label, "en", term) if entity else Value(_made_name(reader, term) or short(term), "", term)

    return show


def short(iri: Iri) -> str:
    """Give the last part of an IRI, or all of it where that is empty."""
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri


def _made_name(reader: Reader, iri: Iri) -> str:
    """A name for an event, an agreement or a pair of states that no source names; empty for all else."""
    if iri.startswith(_PAIRS):
        return _pair(reader, iri)
    kinds = reader.nodes(iri, ent.eventType)
    states = reader.nodes(iri, ent.involvesState)
    made = ""
    if not kinds and ent.Agreement in reader.nodes(iri, rdf.type):
        made, states = "agreement", reader.nodes(iri, ent.party)
    if not kinds and not made:
        return ""
    show = namer(reader, (*kinds, *states))
    days = [day for when in reader.nodes(iri, ent.when) for p in _DAYS for day in reader.texts(when, p)]
    of = ", ".join(sorted(show(state).text for state in states))
    return (made or show(kinds[0]).text) + (f" of {of}" if of else "") + (f", {min(days)}" if days else "")


def _pair(reader: Reader, dyad: Iri) -> str:
    """The names of two states, by an event of theirs."""
    shared = f"?event <{ent.dyad}> {dyad.n3()} ; <{ent.involvesState}> ?a , ?b FILTER(STR(?a) < STR(?b))"
    for one, other in reader.store.select(f"SELECT DISTINCT ?a ?b WHERE {{ {shared} }} LIMIT {_AT_ONCE}").rows:
        if isinstance(one, Iri) and isinstance(other, Iri) and reader.index.dyad(one, other) == dyad:
            show = namer(reader, (one, other))
            return f"{show(one).text} and {show(other).text}"
    return ""
