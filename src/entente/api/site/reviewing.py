"""The review page: links between reports and unknown names that wait for a person, and what deciding on one changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Literal

from pydantic import BaseModel, Field

from entente.consensus import ACCEPTED, NEW, REJECTED, Book, Decision, GraphSink, Item, Queue
from entente.errors import InputError
from entente.gate import HeldArticle
from entente.gate.report import refusals_in
from entente.model import Change, EntityIndex, Iri, Quad, Store
from entente.model.iri import BASE

__all__ = [
    "SHOWN",
    "Refused",
    "Review",
    "Verdict",
    "decide",
    "read_refused",
    "read_review",
    "reasons_of",
    "still_open",
    "write_update",
]

SHOWN = 100
"""How many items of each kind the page shows."""

_VERDICTS = {"accepted": ACCEPTED, "rejected": REJECTED, "new": NEW}


@dataclass(frozen=True, slots=True)
class Refused:
    """An article that the gate refused: its name, where it came from, and what is wrong with it, each said once."""

    name: str
    origin: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Links that are open and then those that scores make, the likeliest first; names; and how many are open."""

    links: tuple[Item, ...]
    candidates: tuple[Item, ...]
    open_links: int
    more_links: bool
    open_candidates: int


class Verdict(BaseModel):
    """A decision: on which item, what, by whom, why, and for an accepted candidate the known entity that it is."""

    id: str = Field(min_length=1, max_length=500, examples=["account-link/3f2a91c04d"])
    verdict: Literal["accepted", "rejected", "new"]
    by: str = Field(min_length=1, max_length=200, examples=["A. Reviewer"])
    why: str = Field("", max_length=2000)
    identity: str = Field("", max_length=500, examples=["vessel/RUS-marshal-shaposhnikov"])


def read_review(store: Store) -> Review:
    """Read what waits."""
    queue = Queue(store)
    links, open_links = queue.first_links(SHOWN + 1)
    candidates, open_candidates = queue.first_candidates(SHOWN)
    return Review(links[:SHOWN], candidates, open_links, len(links) > SHOWN, open_candidates)


def still_open(store: Store, review: Review) -> Review:
    """Leave out what was decided on since a review was read."""
    book = Book(store)

    def waits(item: Item) -> bool:
        return book.decision(Decision(item.subjects, NEW, "", date.min).iri) is None

    links, candidates = (tuple(filter(waits, items)) for items in (review.links, review.candidates))
    gone = sum(item.state == "open" for item in review.links) - sum(item.state == "open" for item in links)
    return replace(
        review,
        links=links,
        candidates=candidates,
        open_links=review.open_links - gone,
        open_candidates=review.open_candidates - (len(review.candidates) - len(candidates)),
    )


def read_refused(quarantine: Iterable[HeldArticle]) -> tuple[tuple[Refused, ...], bool]:
    """Read the first of what is held, and whether there is more."""
    held = list(islice(quarantine, SHOWN + 1))
    return tuple(Refused(each.slug, each.origin, reasons_of(each.report)) for each in held[:SHOWN]), len(held) > SHOWN


def reasons_of(report: Mapping[str, Any]) -> tuple[str, ...]:
    """Why the gate refused an article, by its report as data, each reason once."""
    said = (str(result["message"]) for result in refusals_in(report))
    return tuple(dict.fromkeys(said)) or ("the shapes found nothing to check",)


def decide(store: Store, index: EntityIndex, said: Verdict) -> Change:
    """Work out what a decision changes.

    Raises InputError for an item that there is not (843), and for a verdict or an identity that does not fit it (844).
    """
    item = _item(store, said.id)
    on_link = len(item.subjects) == 2
    identity = _identity(index, said.identity) if said.identity else None
    fits = said.verdict != "new" if on_link else (said.verdict == "accepted") == (identity is not None)
    if not fits or (on_link and identity is not None):
        hint = "a link is accepted or rejected; a name is new, rejected, or accepted as a known entity"
        raise InputError(844, f"{said.id} cannot be {said.verdict}" + (" as that" if identity else ""), hint)
    day = datetime.now(UTC).date()
    decision = Decision(item.subjects, _VERDICTS[said.verdict], said.by, day, said.why, identity)
    return GraphSink(store, index).decide({decision.iri: decision})


def write_update(change: Change) -> str:
    """Write a change as an update in SPARQL (SPARQL 1.1 Update §3.1)."""
    parts = []
    for word, quads in (("DELETE DATA", change.remove), ("INSERT DATA", change.insert)):
        if quads:
            parts.append(f"{word} {{\n{''.join(map(_written, quads))}}}")
    return " ;\n".join(parts)


def _written(quad: Quad) -> str:
    triple = f"{quad.subject.n3()} {quad.predicate.n3()} {quad.object.n3()} ."
    return f"{triple}\n" if quad.graph is None else f"GRAPH {quad.graph.n3()} {{ {triple} }}\n"


def _item(store: Store, id: str) -> Item:
    item = Queue(store).item(iri) if (iri := _long(id)) is not None else None
    if item is None:
        raise InputError(843, f"there is no link and no unknown name {id!r}", "see /review for what there is", status=404)
    return item


def _identity(index: EntityIndex, text: str) -> Iri:
    iri = _long(text)
    if iri is None or index.entity(iri) is None:
        raise InputError(844, f"the reference data knows no {text!r}", "look for it by /search")
    return iri


def _long(text: str) -> Iri | None:
    try:
        return Iri(text if "://" in text else f"{BASE}id/{text}")
    except ValueError:
        return None
