"""What new graphs of articles would change, tried on a copy of the store in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from entente.consensus.policy import CONTRADICTS
from entente.consensus.sink import GraphSink
from entente.model import Change, Delta, EntityIndex, Iri, Solutions, Store, Term, Triple
from entente.model.terms import ent

__all__ = ["AnswerChange", "Preview", "preview"]

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question whose answer changes: its name and columns, and the rows that come and go."""

    question: str
    columns: tuple[str, ...]
    gained: tuple[Row, ...]
    lost: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change: facts of the consensus, contradictions between claims, answers to questions."""

    added: tuple[Triple, ...] = ()
    removed: tuple[Triple, ...] = ()
    conflicts_added: tuple[Iri, ...] = ()
    conflicts_removed: tuple[Iri, ...] = ()
    answers: tuple[AnswerChange, ...] = ()


def preview(
    store: Store,
    copy: Store,
    deltas: Iterable[Delta],
    index: EntityIndex,
    *,
    questions: Mapping[str, str],
    base: tuple[str, Mapping[str, Iterable[Triple]]] | None = None,
) -> Preview:
    """Put graphs of articles into a copy of the store, and compare the copy's default graph and answers before and after.

    `copy` is an empty store in memory, which is filled; it needs memory for the whole store, since any statement may bear
    on an answer. `questions` are SELECT queries by name. `base` is the version and the graphs of the base data, which a
    store that has not this version would be given first.
    """
    copy.apply(Change(insert=tuple(store.quads())))
    sink = GraphSink(copy, index)
    if base is not None:
        sink.prepare(*base)
    before = _facts(copy)
    asked = {name: copy.select(query) for name, query in questions.items()}
    for delta in deltas:
        sink.put(delta)
    after = _facts(copy)
    answers = [_changed(name, asked[name], copy.select(query)) for name, query in questions.items()]
    added, removed = after - before, before - after
    return Preview(
        tuple(sorted(added, key=Triple.n3)),
        tuple(sorted(removed, key=Triple.n3)),
        tuple(_conflicts(added)),
        tuple(_conflicts(removed)),
        tuple(answer for answer in answers if answer.gained or answer.lost),
    )


def _facts(store: Store) -> set[Triple]:
    return {quad.triple for quad in store.quads(default_graph=True)}


def _conflicts(triples: Iterable[Triple]) -> Iterator[Iri]:
    """The claim relations that say that claims contradict one another."""
    found = {t.subject for t in triples if t.predicate == ent.relationType and t.object == CONTRADICTS}
    return (Iri(node) for node in sorted(found))


def _changed(name: str, before: Solutions, after: Solutions) -> AnswerChange:
    gone, come = set(before.rows), set(after.rows)
    gained = tuple(row for row in dict.fromkeys(after.rows) if row not in gone)
    lost = tuple(row for row in dict.fromkeys(before.rows) if row not in come)
    return AnswerChange(name, after.variables, gained, lost)
