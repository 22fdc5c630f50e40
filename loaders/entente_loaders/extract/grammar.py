"""What the verbs around an event say of it: whether it happened, and how far along it is."""

from __future__ import annotations

from collections.abc import Sequence

from entente.model import EventStatus, Mode
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.units import Unit, VerbGroup

__all__ = ["mode_at", "status_at"]

_GOVERNED = 8


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
    opened = next((at for at in range(start - 1, -1, -1) if units[at].kind in {"SUB", "THAT", "SEMI", "WH"}), None)
    if opened is not None and _conditional(units, opened):
        return Mode.HYPOTHETICAL
    if opened is not None and (lent := _reported(units, opened, verb_at)) is not None:
        return lent
    if trigger.has("M.POSSIBLE"):
        return Mode.HYPOTHETICAL
    if trigger.has("M.FUTURE"):
        return Mode.PLANNED
    if verb_at is None:
        return _object_of(units, start) or _governing(units, start, nominal=True)
    verb = units[verb_at].verb
    assert verb is not None
    own = _verb_mode(verb)
    if own is Mode.HYPOTHETICAL and verb.modal in lexicon().closed["modals.reported"] and _told(units, verb_at):
        return Mode.PLANNED
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


def _object_of(units: Sequence[Unit], at: int) -> Mode | None:
    """Give the mode of the verb that the noun group at `at` is the object of, where its form tells one."""
    verb = units[at - 1].verb if at else None
    if verb is None or not units[at - 1].has("V.HOLD", "V.IMPOSE"):
        return None
    return _verb_mode(verb) or (_governing(units, at - 1, infinitive=True) if verb.form == "infinitive" else None)


def _conditional(units: Sequence[Unit], at: int) -> bool:
    """Tell whether the clause that opens at `at` is a condition; "even if" grants what it says."""
    unit = units[at]
    if unit.kind != "SUB" or not unit.tokens or unit.tokens[0].lower not in lexicon().closed["conditional"]:
        return False
    return "S.even" not in unit.classes


def _reported(units: Sequence[Unit], opened: int, verb_at: int | None) -> Mode | None:
    """Give the mode that the verb before "that" lends: "denied that ...", "proposed that they postpone ..."."""
    before = units[opened - 1] if opened else None
    if units[opened].kind != "THAT" or before is None or before.verb is None:
        return None
    if verb_at is None:
        return None
    if before.verb.lemma in lexicon().closed["denials"] and not before.verb.negated:
        return Mode.NEGATED
    bare = (verb := units[verb_at].verb) is not None and verb.form == "finite"
    if bare and before.verb.name in lexicon().closed["tentative"] and units[verb_at].tokens[0].tag in {"VB", "VBP"}:
        return Mode.HYPOTHETICAL
    return None


def _told(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a past verb of saying, or an announcement, hands on the words at `at` ("said it would send ships").

    In a sentence with a condition "would" stays hypothetical.
    """
    if any(_conditional(units, other) for other in range(len(units))):
        return False
    for unit in reversed(units[:at]):
        if unit.kind == "SEMI":
            return False
        if unit.kind == "VP" and unit.verb is not None and unit.has("V.SAY", "V.VOW", "V.ANNOUNCE", "V.AGREE"):
            return unit.verb.tense == "past" or unit.verb.perfect or unit.verb.form in {"participle", "gerund"}
        if unit.has("N.STATEMENT", "N.INTENT"):
            return True
    return False


def _governing(units: Sequence[Unit], at: int, *, infinitive: bool = False, nominal: bool = False) -> Mode:
    """Give the mode that the words before an infinitive or noun lend it."""
    for unit in reversed(units[max(0, at - _GOVERNED) : at]):
        if unit.kind in {"SEMI", "WH"}:
            break
        if unit.kind == "VP" and unit.verb is not None and not unit.virtual:
            if unit.has("V.REFUSE") or (
                unit.verb.lemma in lexicon().closed["denials"] and not (unit.verb.negated or nominal)
            ):
                return Mode.NEGATED
            if unit.verb.name in lexicon().closed["tentative"] or unit.has(
                "V.THREATEN", "V.DEMAND_STRONG", "V.CALL_FOR", "V.DEMAND"
            ):
                return Mode.HYPOTHETICAL if infinitive or unit.has("V.THREATEN", "V.CALL_FOR") else Mode.ACTUAL
            if unit.has("V.VOW", "V.AGREE", "V.INTEND"):
                return Mode.PLANNED if infinitive else Mode.ACTUAL
            return Mode.PLANNED if infinitive and unit.verb.lemma not in {"use", "seize"} else Mode.ACTUAL
        if unit.has("N.INTENT", "N.THREAT", "N.DEMAND"):
            if "NEGATIVE" in unit.classes:
                return Mode.NEGATED
            return Mode.HYPOTHETICAL if unit.head in lexicon().closed["offers"] else Mode.PLANNED
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
