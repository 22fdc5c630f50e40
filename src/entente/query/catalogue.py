"""The catalogue of all query cards."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from entente.errors import QueryError
from entente.query.card import Card, read

__all__ = ["Catalogue", "load"]

_FEDERATED = "federated"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Query cards, sorted by subject, competency number and name; names are unique over all subjects.

    Those of `federated` call other servers: they are examples for endpoints that allow it, and not run by name.
    """

    cards: tuple[Card, ...]
    federated: tuple[Card, ...] = ()

    def card(self, name: str) -> Card:
        """Give the card of that name.

        Raises QueryError 300 with the closest names.
        """
        for card in self.cards:
            if card.name == name:
                return card
        names = [card.name for card in self.cards]
        close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "see: entente query --list"
        raise QueryError(300, f"no query named '{name}'", hint, status=404)


def load(folder: Path) -> Catalogue:
    """Read all `<subject>/<name>.rq` below a folder but `rules/`, which derive facts and answer nothing.

    Raises QueryError 304 for a malformed card or a name that two subjects use.
    """
    questions = [read(path) for path in folder.glob("*/*.rq") if path.parent.name != "rules"]
    cards = sorted(questions, key=lambda card: (card.subject, card.competency or 0, card.name))
    seen: dict[str, Card] = {}
    for card in cards:
        if other := seen.get(card.name):
            raise QueryError(
                304, f"two query cards are named '{card.name}': in {other.subject} and {card.subject}", "rename one"
            )
        seen[card.name] = card
    federated = tuple(card for card in cards if card.subject == _FEDERATED)
    return Catalogue(tuple(card for card in cards if card.subject != _FEDERATED), federated)
