"""The catalogue of questions, from the cards of queries/."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from wording import table

from entente.cli.commands.query import catalogue
from entente.query import Card

__all__ = ["catalogue_page"]


def catalogue_page() -> str:
    """One section for each question, by subject."""
    parts = [
        "# Queries\n\nMade from `queries/`. `entente query NAME -p PARAMETER=VALUE` asks one of these; so does"
        " `/queries/NAME?PARAMETER=VALUE`, and any SPARQL tool runs the text as it stands.\n\n"
    ]
    cards = sorted(catalogue().cards, key=lambda card: (card.subject, card.competency or 0, card.name))
    for subject, of_subject in groupby(cards, key=lambda card: card.subject):
        parts.append(f"## {subject.capitalize()}\n\n")
        for card in of_subject:
            parts += _section(card)
    return "".join(parts)


def _section(card: Card) -> Iterator[str]:
    number = f" (competency question {card.competency})" if card.competency else ""
    yield f"### {card.name}\n\n{card.summary}{number}.\n\n"
    rows = (
        (f"`{p.name}`", f"{p.type}{f' of {p.scheme}' if p.scheme else ''}", "yes" if p.required else "no", p.help)
        for p in card.params
    )
    yield from table(("parameter", "type", "required", "meaning"), rows)
    yield f"Columns: {', '.join(f'`{name}`' for name in card.columns)}.\n\n"
    text = "".join(line for line in card.text.splitlines(keepends=True) if not line.startswith("#+"))
    yield f'??? note "SPARQL"\n    ```sparql\n    {text.strip().replace(chr(10), chr(10) + "    ")}\n    ```\n\n'
