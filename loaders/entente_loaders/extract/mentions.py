"""The mentions of a document: what it names, and what its events and relations speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from entente.model import Event, Mention, Relation

__all__ = ["all_mentions"]


def all_mentions(named: Iterable[Mention], events: Sequence[Event], relations: Sequence[Relation]) -> tuple[Mention, ...]:
    """Give each mention once, in the order of the text."""
    return tuple(dict.fromkeys(sorted([*named, *_used(events, relations)], key=_place)))


def _place(m: Mention) -> tuple[object, ...]:
    return (m.span, m.kind, m.entities, m.state or "", m.head or "", m.use, m.text)


def _used(events: Sequence[Event], relations: Sequence[Relation]) -> Iterator[Mention]:
    for relation in relations:
        yield from relation.parties
        if relation.begins_with is not None:
            yield relation.begins_with
    claims = [claim for event in events for claim in event.claims] + [relation.claim for relation in relations]
    for claim in claims:
        if claim.speaker is not None:
            yield claim.speaker
        for fact in claim.facts:
            for name in ("agent", "place", "about", "owner", "series"):
                if isinstance(value := getattr(fact, name, None), Mention):
                    yield value
            yield from getattr(fact, "vessels", ())
