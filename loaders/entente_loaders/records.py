"""Renders a resolution as records in the form of the gold files (../shared/gold/gold.schema.json)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from entente.model import (
    Concerns,
    Contribution,
    DatePrecision,
    During,
    EntityIndex,
    Event,
    EventStatus,
    EventType,
    Fact,
    Iri,
    Kind,
    Location,
    Mention,
    Naming,
    Participant,
    Relation,
    Resolution,
    Role,
    StatusIs,
    When,
)

__all__ = ["records"]

_LATER = (
    EventStatus.TERMINATED,
    EventStatus.CANCELLED,
    EventStatus.POSTPONED,
    EventStatus.SUSPENDED,
    EventStatus.CONCLUDED,
    EventStatus.RATIFIED,
    EventStatus.SIGNED,
    EventStatus.IN_FORCE,
    EventStatus.EXTENDED,
    EventStatus.AGREED,
    EventStatus.ONGOING,
    EventStatus.STARTED,
    EventStatus.PLANNED,
    EventStatus.ANNOUNCED,
    EventStatus.PROPOSED,
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_ACTORS = frozenset({Kind.ORGANISATION, Kind.ARMED_GROUP})
_WATERS = re.compile(r"\b(?:Sea|Seas|Straits?|Gulf|Ocean|Bay|Channel|Islands?|Shoal|Reef|Rocks|Bank)\b")
# The gold files give these a status (guideline, rule 4).
_STAGED = frozenset({EventType.EXERCISE, EventType.AGREEMENT, EventType.VISIT, EventType.TALKS, EventType.ARMS_TRANSFER})
_ANY_SHIP = frozenset({"ship", "vessel", "warship"})
_ORDER = {role: number for number, role in enumerate(Role)}


def records(resolution: Resolution, index: EntityIndex) -> dict[str, Any]:
    """Render the document, its events and relations; every event also carries `evidence_span` in code points."""
    extraction = resolution.extraction
    document = extraction.document
    article = document.article
    names = _Names(resolution, index)
    return {
        "doc": {
            "id": article.slug,
            "source": article.source or article.outlet or article.origin,
            "url": article.url,
            "title": article.title,
            "published": article.published,
            "lang": article.lang,
            "sha256": document.sha256,
            "cluster": article.slug,
        },
        "events": [record for event in extraction.events if (record := _event(event, names, document.text)) is not None],
        "relations": [record for relation in extraction.relations if (record := _relation(relation, names, document.text))],
        "not_events": [],
    }


class _Names:
    """How mentions are written in a record."""

    def __init__(self, resolution: Resolution, index: EntityIndex) -> None:
        self._resolution = resolution
        self._index = index

    def state(self, mention: Mention) -> str | None:
        """Give the code of the state that a mention stands for."""
        for iri in (mention.state, self._link(mention)):
            known = self._index.entity(iri) if iri else None
            if known is not None and known.code and (known.kind is Kind.STATE or known.state is not None):
                return known.code
        return None

    def party(self, mention: Mention) -> dict[str, str] | None:
        """Give `state` or `actor`, and the force where the mention names one."""
        code = self.state(mention)
        if code is None:
            known = self._index.entity(mention.entities[0]) if mention.entities else None
            return {"actor": known.label} if known is not None and known.kind in _ACTORS else None
        return {"state": code, "force": _plain(mention.text)} if mention.kind is Kind.FORCE else {"state": code}

    def _link(self, mention: Mention) -> Iri | None:
        link = self._resolution.links.get(mention)
        return link.iri if link else None


def _plain(text: str) -> str:
    return _ARTICLE.sub("", text)


def _facts(event: Event) -> list[Fact]:
    return [fact for claim in event.claims for fact in claim.facts]


def _event(event: Event, names: _Names, text: str) -> dict[str, Any] | None:
    facts = _facts(event)
    participants = _participants(facts, names)
    if not participants:
        return None
    start, end = _dates(fact.when for fact in facts if isinstance(fact, During))
    statuses = {fact.status for fact in facts if isinstance(fact, StatusIs)}
    places = _places(facts)
    return {
        "id": event.key,
        "type": event.type.value,
        "mode": event.mode.value,
        "status": next((one.value for one in _LATER if one in statuses), None) if event.type in _STAGED else None,
        "background": event.background,
        "participants": participants,
        "name": next((fact.text for fact in facts if isinstance(fact, Naming)), None),
        "places": places,
        "start": start,
        "end": end,
        "forces": _forces(facts, names),
        "attributed_to": _speakers(event),
        "evidence": event.evidence.of(text),
        "evidence_span": [event.evidence.start, event.evidence.end],
    }


def _participants(facts: Iterable[Fact], names: _Names) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    order: dict[str, tuple[int, int]] = {}
    for number, fact in enumerate(facts):
        if isinstance(fact, Participant) and (party := names.party(fact.agent)) is not None:
            key = party.get("state") or party["actor"]
            known = found.get(key)
            if known is None:
                found[key] = {**party, "role": fact.role.value}
                order[key] = (_ORDER[fact.role], number)
            elif "force" in party and "force" not in known:
                known["force"] = party["force"]
    # What a body's council does is the body's act, and both are one party.
    wholes = {key for key, one in found.items() for other in found.values() if _organ_of(other, one)}
    return [found[key] for key in sorted(found.keys() - wholes, key=order.__getitem__)]


def _organ_of(organ: dict[str, str], whole: dict[str, str]) -> bool:
    """Tell whether one party is another's organ, by its name, in the same role: "United Nations | Security Council"."""
    names = (organ.get("actor", ""), whole.get("actor", ""))
    return bool(names[1]) and names[0].startswith(f"{names[1]} ") and organ["role"] == whole["role"]


def _places(facts: Iterable[Fact]) -> list[str]:
    """Give the places: of two writings of one the fuller; of what a speech act is about only waters and islands."""
    found: dict[str, None] = {}
    for fact in facts:
        if isinstance(fact, Location):
            found[fact.place.text] = None
        elif isinstance(fact, Concerns) and fact.about.kind is Kind.PLACE and _WATERS.search(fact.about.text):
            found[fact.about.text] = None
    return [name for name in found if not any(other != name and _part_of(name, other) for other in found)]


def _part_of(name: str, other: str) -> bool:
    """Tell whether a place's name is the other with less before or after it ("Syria", "northern Syria")."""
    return other.endswith(f" {name}") or (other.startswith(f"{name} ") and not other.startswith(f"{name} of "))


def _dates(times: Iterable[When]) -> tuple[str | None, str | None]:
    """Give begin and end: of several the finest, then the first; an end before the begin is another's and left out."""
    known = list(times)
    start = max((first for when in known if (first := _begin(when))), key=len, default=None)
    end = max((last for when in known if (last := _finish(when))), key=len, default=None)
    if start and end and end < start[: len(end)]:
        end = None
    return start, end


def _begin(when: When) -> str | None:
    if when.edtf:
        return when.edtf.split("/")[0].strip(".") or None
    return _spell(when.earliest_begin, when.latest_begin, when.precision) if when.earliest_begin else None


def _finish(when: When) -> str | None:
    if when.edtf:
        return when.edtf.split("/")[-1].strip(".") or None
    # An end known only as "by then" is written as that day, as the gold files do.
    return _spell(when.earliest_end or when.latest_end, when.latest_end, when.precision) if when.latest_end else None


def _spell(first: date | None, last: date | None, precision: DatePrecision) -> str | None:
    if first is None or last is None:
        return None
    if first == last:
        return str(first)
    if precision is DatePrecision.WEEK:
        # The gold files know no weeks: a week lies in the month of most of its days.
        return str(first + (last - first) / 2)[:7]
    length = {DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}.get(precision)
    return str(first)[:length] if length else None


def _forces(facts: Iterable[Fact], names: _Names) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for fact in facts:
        code = names.state(fact.owner) if isinstance(fact, Contribution) and fact.owner else None
        if isinstance(fact, Contribution) and code is not None:
            force = {
                "state": code,
                "kind": fact.noun,
                "count": fact.count,
                "qualifier": fact.qualifier.value,
                "names": [v.text for v in fact.vessels],
            }
            if force not in found:
                found.append(force)
    return [force for force in found if not any(_says_more(other, force) for other in found if other is not force)]


def _says_more(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether one entry names or types the very ships that the other counts or only names."""
    if one["state"] != other["state"]:
        return False
    if other["count"] is None and other["kind"] in _ANY_SHIP:
        return bool(one["names"])
    if one["count"] != other["count"]:
        return False
    words, others = set(one["kind"].split()), set(other["kind"].split())
    same_kind = others <= words or other["kind"] in _ANY_SHIP
    if other["names"]:
        return one["names"] == other["names"] and same_kind and words != others
    return same_kind and bool(one["names"] or words != others)


def _speakers(event: Event) -> list[str]:
    """Give the sources of the event's best statement: of news, by name, and of a speech act none of its own side."""
    if event.background:
        return []
    actors = {fact.agent.state for fact in _facts(event) if isinstance(fact, Participant) and fact.role is Role.ACTOR}
    found = [
        _plain(claim.speaker.text)
        for claim in event.claims
        if claim.speaker is not None
        and event.evidence in claim.evidence
        and any(word[0].isupper() for word in _plain(claim.speaker.text).split())
        and not (event.type.speech_act and claim.speaker.state in actors)
    ]
    return list(dict.fromkeys(found))


def _relation(relation: Relation, names: _Names, text: str) -> dict[str, Any] | None:
    states = list(dict.fromkeys(code for party in relation.parties if (code := names.state(party)) is not None))
    if len(states) < 2:
        return None
    speaker = relation.claim.speaker
    return {
        "states": states,
        "label": relation.label,
        "attributed_to": [_plain(speaker.text)] if speaker is not None else [],
        "evidence": relation.claim.evidence[0].of(text),
    }
