"""The query page: the catalogue's questions by topic, and the prefixes of the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from entente.model.prefixes import VOCABULARIES
from entente.query import Card, Catalogue

__all__ = ["Federated", "Question", "Topic", "arrange", "query_page"]

_FIRST = """SELECT ?class (COUNT(*) AS ?count)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?count)"""
_SUBJECTS = ("analysis", "competency", "quality")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the query that asks it."""

    name: str
    summary: str
    query: str


@dataclass(frozen=True, slots=True)
class Federated(Question):
    """A question that other servers help to answer, at these addresses."""

    servers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions of one topic."""

    name: str
    questions: tuple[Question, ...]


def arrange(cards: Iterable[Card]) -> tuple[Topic, ...]:
    """Sort questions that people ask by their first tag; those that make lists, rules and exports are left out."""
    found: dict[str, list[Question]] = {}
    for card in sorted(cards, key=lambda card: card.name):
        if card.subject in _SUBJECTS:
            question = Question(card.name, card.summary, _plain(card))
            found.setdefault(next(iter(card.tags), card.subject), []).append(question)
    return tuple(Topic(name, tuple(questions)) for name, questions in sorted(found.items()))


def query_page(catalogue: Catalogue, edit: str | None) -> Mapping[str, Any]:
    """What the page needs; `edit` is the query that an address gives to begin with."""
    topics = arrange(catalogue.cards)
    federated = [Federated(card.name, card.summary, _plain(card), _servers(card)) for card in catalogue.federated]
    questions = [*(each for topic in topics for each in topic.questions), *federated]
    return {
        "topics": topics,
        "federated": federated,
        "query": edit or _FIRST,
        "examples": [{"name": each.name, "query": each.query} for each in questions],
        "prefixes": dict(VOCABULARIES),
    }


def _servers(card: Card) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"\bSERVICE\s+(?:SILENT\s+)?<([^>]*)>", card.text)))


def _plain(card: Card) -> str:
    """The query with its question, without what the catalogue says of it."""
    lines = [line for line in card.text.splitlines() if not line.startswith("#+")]
    return "\n".join((f"# {card.summary}", *lines)) + "\n"
