"""Says what a dry run would change: facts of the consensus, contradictions, answers to the competency questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

import click

from entente.cli.commands.query import catalogue
from entente.cli.workbench import Workbench
from entente.consensus import Preview, preview
from entente.model import Delta, Literal, Store, Term
from entente.query import shorten
from entente.store import open_store

__all__ = ["preview_changes"]

_SHOWN = 10


def preview_changes(store: Store, workbench: Workbench, deltas: Sequence[Delta]) -> None:
    """Write to stdout what these graphs of articles would change in the store, which is left as it is."""
    questions = {card.name: card.text for card in catalogue().cards if card.competency is not None}
    base = workbench.base
    with closing(open_store("memory:")) as copy:
        found = preview(store, copy, deltas, workbench.index, questions=questions, base=(base.version, base.graphs))
    for line in _lines(found):
        click.echo(line)


def _lines(found: Preview) -> Iterator[str]:
    yield f"facts      {len(found.added)} would be added, {len(found.removed)} removed"
    yield f"conflicts  {len(found.conflicts_added)} would be added, {len(found.conflicts_removed)} removed"
    yield f"answers    {len(found.answers)} competency questions would be answered differently"
    for answer in found.answers:
        yield f"  {answer.question}: {len(answer.gained)} rows more, {len(answer.lost)} rows fewer"
        signed = [*(("+", row) for row in answer.gained), *(("-", row) for row in answer.lost)]
        for sign, row in signed[:_SHOWN]:
            yield f"    {sign} {' | '.join(map(_text, row))}"
        if len(signed) > _SHOWN:
            yield f"    and {len(signed) - _SHOWN} more"


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return " ".join(term.lexical.split()) if isinstance(term, Literal) else shorten(term)
