"""What the verbs around an event say of it: whether it happened, and how far along it is."""

from __future__ import annotations

from collections.abc import Sequence

from entente.model import EventStatus, Mode
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.units import Unit, VerbGroup

__all__ = ["mode_at", "status_at"]


def _carrier_mode(verb: VerbGroup) -> Mode | None:
    closed = lexicon().closed
    for carrier in verb.carriers:
        if carrier in closed["carriers_refused"]:
            return Mode.NEGATED
        if carrier in closed["carriers_wished"]:
            return Mode.HYPOTHETICAL
        if carrier in closed["carriers_planned"]:
            return Mode.PLANNED
    return None


def _verb_mode(verb: VerbGroup) -> Mode | None:
    modals = lexicon().closed
    if verb.negated:
        return Mode.NEGATED
    if verb.modal in modals["modals.future"]:
        return Mode.PLANNED
    if verb.modal in modals["modals.conditional"]:
        return Mode.HYPOTHETICAL
    return _carrier_mode(verb)


def mode_at(units: Sequence[Unit], start: int, verb_at: int | None, trigger_at: int) -> Mode:
    """Tell whether the event at `trigger_at`, governed by the verb at `verb_at`, is said to have happened."""
    trigger = units[trigger_at]
    if "NEGATIVE" in trigger.classes:
        return Mode.NEGATED
    opener = next((unit for unit in reversed(units[:start]) if unit.kind in {"SUB", "THAT", "SEMI", "WH"}), None)
    if (
        opener is not None
        and opener.kind == "SUB"
        and opener.tokens
        and opener.tokens[0].lower in lexicon().closed["conditional"]
    ):
        return Mode.HYPOTHETICAL
    if trigger.has("M.POSSIBLE"):
        return Mode.HYPOTHETICAL
    if trigger.has("M.FUTURE"):
        return Mode.PLANNED
    if verb_at is None:
        return _governing(units, start)
    verb = units[verb_at].verb
    assert verb is not None
    own = _verb_mode(verb)
    if own is not None:
        return own
    name = verb.name
    if verb_at != trigger_at and units[verb_at].has("V.REFUSE", "V.REJECT") and verb.form == "finite":
        return Mode.NEGATED
    if (
        verb_at != trigger_at
        and units[verb_at].has("V.INTEND")
        and verb.form == "finite"
        and verb.lemma in {"plan", "schedule", "prepare"}
    ):
        return Mode.PLANNED
    if verb_at != trigger_at and name in lexicon().closed["tentative"]:
        return Mode.HYPOTHETICAL
    if verb.form == "infinitive":
        return _governing(units, verb_at, infinitive=True)
    if verb.form == "gerund":
        return _governing(units, verb_at)
    return Mode.ACTUAL


def _governing(units: Sequence[Unit], at: int, *, infinitive: bool = False) -> Mode:
    """Give the mode that the words before an infinitive or noun lend it."""
    for unit in reversed(units[max(0, at - 5) : at]):
        if unit.kind in {"SEMI", "WH"}:
            break
        if unit.kind == "VP" and unit.verb is not None and not unit.virtual:
            if unit.has("V.REFUSE"):
                return Mode.NEGATED
            if unit.verb.name in lexicon().closed["tentative"] or unit.has(
                "V.THREATEN", "V.DEMAND_STRONG", "V.CALL_FOR", "V.DEMAND"
            ):
                return Mode.HYPOTHETICAL if infinitive or unit.has("V.THREATEN", "V.CALL_FOR") else Mode.ACTUAL
            if unit.has("V.VOW", "V.AGREE", "V.INTEND"):
                return Mode.PLANNED if infinitive else Mode.ACTUAL
            return Mode.PLANNED if infinitive and unit.verb.lemma not in {"use", "seize"} else Mode.ACTUAL
        if unit.has("N.INTENT", "N.THREAT", "N.DEMAND"):
            return Mode.PLANNED
        if unit.preposition == "ahead of":
            return Mode.PLANNED
        if unit.kind in {"SUB", "THAT"}:
            break
    return Mode.PLANNED if infinitive else Mode.ACTUAL


def status_at(units: Sequence[Unit], verb_at: int | None) -> EventStatus | None:
    """Tell where the event stands, from the verb that governs it."""
    if verb_at is None:
        return None
    unit = units[verb_at]
    verb = unit.verb
    assert verb is not None
    table = lexicon().status
    stated = table.get(verb.name) or table.get(verb.lemma)
    carried = next((table[carrier] for carrier in verb.carriers if carrier in table), None)
    if (
        verb.modal in lexicon().closed["modals.future"]
        or carried is EventStatus.PLANNED
        or _carrier_mode(verb) is Mode.PLANNED
        or verb.form == "infinitive"
    ):
        return EventStatus.PLANNED if stated not in {EventStatus.CANCELLED, EventStatus.POSTPONED} else stated
    if verb.negated or verb.modal is not None:
        return None
    if stated is not None:
        return EventStatus.ONGOING if stated is EventStatus.CONCLUDED and verb.progressive else stated
    if verb.progressive:
        return EventStatus.ONGOING
    if verb.tense == "past" or verb.perfect or verb.form == "participle":
        return EventStatus.CONCLUDED
    return None
