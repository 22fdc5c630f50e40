"""Frames: a rule's match in its sentence, with its trigger, its verb and the end of its clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from entente.model import Iri, Mention, Span
from entente_loaders.extract.attribution import Attribution, Scope
from entente_loaders.extract.clauses import Clause
from entente_loaders.extract.directory import Directory
from entente_loaders.extract.patterns import Match
from entente_loaders.extract.rules import Rule
from entente_loaders.extract.units import BOUNDARIES, Unit

__all__ = ["LIGHT", "Frame", "Reading", "frame_of", "passes_over"]

_CLAUSE_LOOK_AHEAD = 6
LIGHT = ("V.HOLD", "V.HAPPEN", "V.SIGN", "V.AGREE", "V.INTEND", "V.BEGIN", "V.END")
"""Classes of verbs that say of an event's noun only that it happens, or how far it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the rules see it, with what surrounds it."""

    text: str
    span: Span
    clause: Clause
    attribution: Attribution
    directory: Directory
    activities: Mapping[str, Iri]
    targets: Mapping[str, Iri]
    mentions: tuple[Mention, ...]
    spoken_of: tuple[Mention, ...] = ()
    """The states that the text has last spoken of, in the order of mention, up to the end of this sentence."""
    bands: Mapping[str, Mention] = field(default_factory=dict)
    """The text's armed groups by the peoples they are tied to."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A match: indices of its trigger and verb among the units, and of the unit at which its clause ends."""

    rule: Rule
    match: Match
    reading: Reading
    trigger_at: int
    verb_at: int | None
    stop: int

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the sentence."""
        return self.reading.clause.units

    @property
    def trigger(self) -> Unit:
        """The unit that names the event."""
        return self.units[self.trigger_at]

    @property
    def matched(self) -> tuple[Unit, ...]:
        """The units that the pattern took up, without repeated subjects."""
        return tuple(unit for unit in self.units[self.match.start : self.match.end] if not unit.virtual)

    @property
    def scope(self) -> Scope | None:
        """The speech that the trigger lies in."""
        return self.reading.attribution.scope_at(self.trigger.start)

    def role(self, name: str) -> int | None:
        """Give the index of the first unit in a role of the pattern."""
        span = self.match.roles.get(name)
        return span[0] if span is not None else None

    @property
    def reach(self) -> int:
        """The index at which what is said of the event's noun ends: after "the drills, which began on Monday in Kiel"."""
        units, stop = self.units, self.stop
        if self.trigger.kind != "NP" or stop >= len(units):
            return stop
        if units[stop].kind == "VP" and self._subject_of(units[stop]):
            return _clause_end(units, stop + 1)
        if units[stop].kind not in {"WH", "THAT"}:
            return stop
        between = units[self.trigger_at + 1 : stop]
        if any(unit.kind not in {"PREP", "NP", "COMMA", "AND"} for unit in between):
            return stop
        verb = next((at for at in range(stop + 1, len(units)) if not units[at].virtual), len(units))
        if verb >= len(units) or units[verb].kind != "VP" or not units[verb].has(*LIGHT):
            return stop
        return _clause_end(units, verb + 1)

    def _subject_of(self, verb: Unit) -> bool:
        """Tell whether the noun alone names the event and the verb tells when: "the offensive in the north began on"."""
        at, units = self.trigger_at, self.units
        led = at > 0 and units[at - 1].kind in {"PREP", "VP", "AND"}
        between = units[at + 1 : self.stop]
        return self.verb_at is None and not led and verb.has(*LIGHT) and all(unit.kind in {"PREP", "NP"} for unit in between)

    def attached(self) -> Iterator[tuple[str, Unit]]:
        """Give the parties that prepositions attach to the event, with the role that the rule gives them."""
        inside = {at for first, last in self.match.roles.values() for at in range(first, last)}
        units, attach = self.units, self.rule.attach
        for at in range(self.trigger_at + 1, self.stop):
            role = attach.get(units[at].preposition) if units[at].kind == "PREP" else None
            if (
                role not in {None, "place", "port"}
                and at + 1 < len(units)
                and units[at + 1].kind == "NP"
                and at + 1 not in inside
            ):
                yield role, units[at + 1]


def frame_of(rule: Rule, match: Match, reading: Reading) -> Frame:
    """Find the trigger, the verb and the end of the clause of a match."""
    units = reading.clause.units
    verbs = (at for at in range(match.start, match.end) if units[at].kind == "VP")
    verb_at = match.roles["verb"][0] if "verb" in match.roles else next(verbs, None)
    named = match.roles.get("trigger")
    trigger_at = named[0] if named is not None else match.start if verb_at is None else verb_at
    return Frame(rule, match, reading, trigger_at, verb_at, _clause_end(units, match.end))


def passes_over(frame: Frame) -> bool:
    """Tell whether a match takes for subject what a preposition ties to the real one: "trade with | China fell"."""
    units, start, verb_at = frame.units, frame.match.start, frame.verb_at
    if start < 2 or units[start].kind != "NP" or units[start - 1].kind != "PREP" or units[start - 1].preposition == "of":
        return False
    head = units[start - 2]
    if head.kind != "NP" or head.agents or head.has("N.OFFICIAL", "N.ORGAN", "N.FORCE", "N.ENVOY", "N.PERSONNEL", "N.SENT"):
        return False
    between = units[start + 1 : verb_at] if verb_at is not None else ()
    return (
        verb_at is not None
        and verb_at > start
        and units[verb_at].has("ACTIVE")
        and units[verb_at].has("FINITE")
        and all(unit.kind in {"NP", "PREP"} for unit in between)
    )


def _clause_end(units: Sequence[Unit], at: int) -> int:
    while at < len(units):
        unit = units[at]
        if unit.kind in BOUNDARIES or unit.preposition == "according to":
            return at
        if unit.kind == "VP" and unit.verb is not None and unit.verb.form == "finite":
            return at
        if unit.kind in {"COMMA", "AND", "BUT"} and _new_clause(units, at + 1):
            return at
        at += 1
    return at


def _new_clause(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a noun group and its verb begin at `at`."""
    for number, unit in enumerate(units[at : at + _CLAUSE_LOOK_AHEAD]):
        if unit.verb is not None:
            return number > 0 and (unit.verb.form == "finite" or (unit.verb.form == "gerund" and units[at].virtual))
        if unit.kind not in {"NP", "PREP"}:
            return False
    return False
