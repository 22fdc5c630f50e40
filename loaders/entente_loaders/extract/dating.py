"""Which of a sentence's dates belongs to an event, and what the event's words make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from entente.model import DateBasis, DatePrecision, EventStatus, EventType, Mode, When
from entente_loaders.extract.dates import DateExpression
from entente_loaders.extract.frames import LIGHT, Frame
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.times import Phase, event_time
from entente_loaders.extract.units import BOUNDARIES, Unit

__all__ = ["event_date"]

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_LENGTH = re.compile(r"(?P<n>\w+)-(?P<unit>day|week)(?:-long)?\Z|(?P<week>week-?long)\Z", re.IGNORECASE)
_OPEN_END = frozenset({"until", "till", "through"})
# What is dated "before the talks" or "the first since 2015" is something else.
_ELSEWHERE = frozenset({"before", "after"})
_FIRST_SINCE = re.compile(r"\b(?:first|time|only|latest|last|\w+est|most \w+|worst)\b[^.;]{0,40}\bsince\s*$", re.IGNORECASE)
_DETERMINED = re.compile(r"(?:\b(?:the|a|an|its|their|his|her)|['’]s?)\s+$", re.IGNORECASE)
_LOOK_BACK = 60
_WEEK = timedelta(days=7)
_SAME_TIME = frozenset({"when", "as", "while"})
_DURABLE = frozenset(
    {EventType.EXERCISE, EventType.JOINT_PATROL, EventType.VISIT, EventType.TALKS, EventType.ATTACK, EventType.DEPLOYMENT}
    | {EventType.PORT_CALL}
)
_STAYS = frozenset({EventType.VISIT, EventType.PORT_CALL})
_ARRIVALS = frozenset({"arrive", "arrive in", "arrive at", "land in", "fly into"})
_NOT_YET = frozenset({Mode.PLANNED, Mode.HYPOTHETICAL})


def event_date(frame: Frame, status: EventStatus | None, mode: Mode) -> When | None:
    """Choose the date of the event: its noun's own, the nearest of its clause, the sentence's first, the main clause's."""
    if frame.rule.undated:
        return None
    units = frame.units
    dates = [unit for unit in frame.reading.clause.dates if unit.date is not None and _may_date(unit, frame)]
    own = _own_year(frame)
    if own is not None and own.latest_begin is not None:
        # The year in "Southern Anchor 2024" is that of the edition; a day of that year says more.
        dates = [unit for unit in dates if unit.date is not None and _day_of(unit.date, own.latest_begin.year)]
        if not dates:
            return own
    best = _in_clause(dates, frame) or _fronted(dates, frame) or _at_the_same_time(dates, frame) or _enacted(dates, frame)
    if own is not None and best is None:
        return own
    if best is None or best.date is None:
        return None
    verb = units[frame.verb_at].verb if frame.verb_at is not None else None
    scheduled = (
        verb is not None
        and verb.form == "finite"
        and verb.tense == "present"
        and not (verb.perfect or verb.progressive or verb.passive or frame.reading.attribution.headline)
    )
    later = [unit for unit in units[frame.stop : frame.reach] if unit.kind == "VP" and unit.start < best.start]
    ahead = mode in _NOT_YET or scheduled or any(unit.has("V.INTEND") for unit in later)
    phase = _phase(frame, status, best)
    event = frame.rule.event
    lasting = event is not None and event.lasting
    when = event_time(
        _turned(best.date, ahead=ahead), best.preposition, phase, lasting=lasting, nominal=frame.verb_at is None
    )
    closing = _closing(dates, best, frame) if phase is Phase.BEGIN and event in _DURABLE else None
    if closing is not None and closing.date is not None and when.latest_begin is not None:
        end = _turned(closing.date, ahead=ahead)
        if end.basis is DateBasis.WEEKDAY_RELATIVE and end.day and end.last < when.latest_begin:
            end = replace(end, first=end.first + _WEEK, last=end.last + _WEEK)
        if end.first >= when.latest_begin:
            return When(
                when.earliest_begin, when.latest_begin, end.first, end.last, None, end.precision, when.basis, when.rule
            )
    return _through(when, frame, phase) if event in _DURABLE else when


def _day_of(date: DateExpression, year: int) -> bool:
    return date.precision is not DatePrecision.YEAR and date.first.year == date.last.year == year


def _turned(when: DateExpression, *, ahead: bool) -> DateExpression:
    return when.coming() if ahead else when


def _may_date(unit: Unit, frame: Frame) -> bool:
    """Tell whether a date may be that of the event: not one of the saying, nor of another noun, nor a mere comparison."""
    assert unit.date is not None
    text, scope = frame.reading.text, frame.scope
    if unit.preposition in _ELSEWHERE:
        return False
    if scope is not None:
        if unit in scope.said or not scope.start <= unit.date.start < scope.end:
            return False
    elif (other := frame.reading.attribution.scope_at(unit.date.start)) is not None and unit not in other.said:
        return False
    before = text[max(frame.reading.span.start, unit.date.start - _LOOK_BACK) : unit.date.start]
    if _FIRST_SINCE.search(before):
        return False
    if text[unit.date.end : unit.date.end + 2] in {"'s", "’s"}:
        following = next((other for other in frame.units if other.start >= unit.date.end and not other.virtual), None)
        return following is frame.trigger or frame.trigger.start <= unit.date.start < frame.trigger.end
    if unit.date.precision is DatePrecision.YEAR and _DETERMINED.search(before):
        # "The 1950-53 war" dates the war; "in 1950 the war began" does not.
        noun = next((other for other in frame.units if other.start >= unit.date.end and not other.virtual), None)
        return noun is None or noun.kind != "NP" or noun.start > unit.date.end + 1 or noun is frame.trigger
    return True


def _own_year(frame: Frame) -> When | None:
    """Read the year inside the event's noun group ("the 2015 agreement")."""
    trigger = frame.trigger
    if trigger.kind != "NP":
        return None
    words = trigger.tokens
    year = next((word for word in words[:-1] if word.tag == "CD" and _YEAR.match(word.text)), None)
    if year is None or any(name.span.start <= year.start < name.span.end for name in trigger.names):
        return None
    first, last = date(int(year.text), 1, 1), date(int(year.text), 12, 31)
    return When(first, last, first, last, year.text, DatePrecision.YEAR, DateBasis.EXPLICIT)


def _in_clause(dates: Sequence[Unit], frame: Frame) -> Unit | None:
    """Give the nearest date of the event's own clause that no other verb claims."""
    units = frame.units
    first = max((unit.end for unit in units[: frame.match.start] if unit.kind in BOUNDARIES), default=0)
    first = max(first, _clause_before(frame))
    last = units[frame.reach].start if frame.reach < len(units) else frame.reading.span.end
    near = [unit for unit in dates if first <= unit.start and unit.end <= last and not _claimed(unit, frame)]
    anchor, joint = frame.trigger.start, _joint(frame)

    def order(unit: Unit) -> tuple[bool, bool, int, int]:
        assert unit.date is not None
        return unit.start < joint, not unit.date.period, abs(unit.start - anchor), unit.start

    return min(near, key=order, default=None)


def _clause_before(frame: Frame) -> int:
    """Give where a clause with a verb of its own ends before the event's ("X left in May, and Y has agreed to ...")."""
    units, at = frame.units, frame.match.start
    while at > 0 and units[at - 1].virtual:
        at -= 1
    own = any("FINITE" in unit.classes for unit in units[frame.match.start : frame.match.end])
    parted = at > 1 and units[at - 1].kind in {"AND", "BUT"} and units[frame.match.start].kind == "NP" and own
    return units[at - 1].start if parted and any("FINITE" in unit.classes for unit in units[: at - 1]) else 0


def _joint(frame: Frame) -> int:
    """Give where "and" joins the event's verb to another one, whose date is the event's only for want of its own."""
    units = frame.units
    at = frame.verb_at if frame.verb_at is not None else 0
    while at > 0 and units[at - 1].virtual:
        at -= 1
    return units[at - 1].start if at and units[at - 1].kind in {"AND", "BUT"} else 0


def _claimed(unit: Unit, frame: Frame) -> bool:
    """Tell whether another verb stands between the event's noun or verb and a date."""
    units, trigger, verb_at = frame.units, frame.trigger, frame.verb_at
    verb = units[verb_at] if verb_at is not None else None
    begin, end = sorted((unit.start, trigger.start))
    own = {id(trigger), id(verb), *map(id, units[frame.match.start : frame.match.end])}
    between = [other for other in units if begin < other.start < end and id(other) not in own]
    if any(other.preposition in lexicon().closed["occasions"] for other in between):
        return True
    joined = {second.start for first, second in pairwise(units) if first.kind == "AND" and second.kind == "VP"}
    between = [other for other in between if other.kind == "VP" and other.start not in joined]
    if unit.start < trigger.start:
        # A date that opens the sentence is everyone's; "by sending ships on Monday it broke ..." is not.
        return bool(between) and unit.start > frame.reading.span.start + 20
    if (frame.rule.content and _in_content(unit, frame)) or _opens_relative(unit, frame):
        return True
    return any(
        not other.has(*LIGHT) and not ("PART" in other.classes and trigger.kind == "NP" and other is between[0])
        for other in between
    )


def _opens_relative(unit: Unit, frame: Frame) -> bool:
    """Tell whether a date stands before the verb of a clause of its own ("boarded a ship that on Monday had left")."""
    before = [other for other in frame.units if frame.trigger.start < other.start < unit.start and not other.virtual]
    return bool(before) and before[-1].kind in {"THAT", "WH"}


def _in_content(unit: Unit, frame: Frame) -> bool:
    """Tell whether a date after a verb of speech belongs to what is said ("accused it of firing shells on Monday")."""
    units = frame.units
    begin = max(frame.trigger_at, frame.verb_at if frame.verb_at is not None else 0)
    opened = False
    for other in units[begin + 1 :]:
        if other.virtual:
            continue
        if other.start > unit.start:
            break
        if other.kind in {"THAT", "WH", "SUB", "COLON"} or (other.kind == "VP" and other.verb is not None):
            return True
        opened = opened or other.kind == "PREP"
    return False


def _fronted(dates: Sequence[Unit], frame: Frame) -> Unit | None:
    """Give the date that opens the sentence, or the words of the speaker, before any verb."""
    scope = frame.scope
    start = scope.start if scope is not None else frame.reading.span.start
    led = {second.start for first, second in pairwise(frame.units) if first.kind == "PREP" and second.kind == "NP"}
    heads = (unit.start for unit in frame.units if unit.kind == "VP" or (unit.kind == "NP" and unit.start not in led))
    subject = next((head for head in heads if head >= start), start)
    return next((unit for unit in dates if start <= unit.start < min(subject, frame.trigger.start)), None)


def _at_the_same_time(dates: Sequence[Unit], frame: Frame) -> Unit | None:
    """Give the date of the main clause for what happened "when" or "as" it did, or is its participle ("urging ...")."""
    units = frame.units
    if frame.verb_at is None:
        return None
    head, before = units[frame.verb_at], units[frame.verb_at - 1] if frame.verb_at else None
    opener = next((unit for unit in reversed(units[: frame.match.start]) if unit.kind in BOUNDARIES), None)
    simultaneous = opener is not None and opener.kind == "SUB" and opener.tokens[0].lower in _SAME_TIME
    participle = head.verb is not None and head.verb.form == "gerund"
    if simultaneous and opener is not None:
        limit = opener.start
    elif participle and before is not None and (before.virtual or before.kind == "COMMA"):
        limit = head.start
    else:
        return None
    return max((unit for unit in dates if unit.end <= limit), key=lambda unit: unit.start, default=None)


def _enacted(dates: Sequence[Unit], frame: Frame) -> Unit | None:
    """Give the date of the act that a measure rests on: "banned under a resolution (that was) adopted on Monday"."""
    units, at = frame.units, frame.match.end - 1
    if frame.rule.event is not EventType.SANCTION or not units[at].has("N.RESOLUTION", "N.SANCTION"):
        return None
    rest = [unit for unit in units[at + 1 :] if not unit.virtual]
    if rest and rest[0].kind in {"THAT", "WH"}:
        rest = rest[1:]
    if not rest or not rest[0].has("PASSIVE", "PART", "EDFORM") or not rest[0].has("V.ENACT", "V.IMPOSE"):
        return None
    end = next((unit.start for unit in rest[1:] if unit.kind not in {"PREP", "NP"}), frame.reading.span.end)
    return next((unit for unit in dates if rest[0].start < unit.start < end), None)


def _phase(frame: Frame, status: EventStatus | None, unit: Unit) -> Phase:
    """Tell whether a date is that of the event's begin, of its end, or of the whole."""
    own = frame.units[frame.verb_at] if frame.verb_at is not None else None
    later = [other for other in frame.units[frame.stop : frame.reach] if other.kind == "VP" and other.start < unit.start]
    verb = later[-1] if later else own
    # "began on Monday", but "opened fire on Monday" is the event itself.
    light = verb is not None and frame.verb_at != frame.trigger_at
    words = frame.reading.text[frame.trigger.end : unit.start].lower().split()
    if words[-2:-1] in (["starting"], ["beginning"]) or words[-1:] in (["starting"], ["beginning"]):
        return Phase.BEGIN
    if verb is not None and verb.verb is not None and frame.rule.event in _DURABLE:
        if light and (verb.has("V.BEGIN") or status is EventStatus.STARTED):
            return Phase.BEGIN
        if frame.rule.event in _STAYS and verb.verb.name in _ARRIVALS:
            return Phase.BEGIN
        if light and (verb.has("V.END") or (status is EventStatus.CONCLUDED and verb.verb.lemma in {"end", "conclude"})):
            return Phase.END
    if status is EventStatus.STARTED:
        return Phase.BEGIN
    return Phase.MENTION if status is None else Phase.WHOLE


def _closing(dates: Sequence[Unit], begin: Unit, frame: Frame) -> Unit | None:
    """Give the end that follows a begin: "began on Monday and will last until Friday"."""
    later = (unit for unit in dates if unit.start > begin.end)
    for unit in later:
        if unit.preposition in _OPEN_END:
            return unit
        verbs = [other for other in frame.units if other.kind == "VP" and begin.end < other.start < unit.start]
        if len(verbs) == 1 and verbs[0].has("V.END"):
            return unit
    return None


def _through(when: When, frame: Frame, phase: Phase) -> When:
    """Put in the begin or end that the length in the event's noun group gives ("a four-day visit")."""
    stays = [unit for unit in frame.units[frame.match.end : frame.stop] if unit.has("N.VISIT", "N.PORT_CALL", "N.EXERCISE")]
    words = (token.lower for unit in (frame.trigger, *stays) for token in unit.tokens)
    length = next((days for word in words if (days := _days(word)) is not None), None)
    if length is None:
        return when
    begin, end = when.earliest_begin, when.earliest_end
    whole = begin is not None and begin == when.latest_begin and begin == end == when.latest_end
    if begin is not None and begin == when.latest_begin and (end is None or (whole and phase is not Phase.WHOLE)):
        last = begin + timedelta(length - 1)
        return When(begin, begin, last, last, f"{begin}/{last}", when.precision, when.basis, when.rule)
    if begin is None and end is not None and end == when.latest_end:
        first = end - timedelta(length - 1)
        return When(first, first, end, end, f"{first}/{end}", when.precision, when.basis, when.rule)
    return when


def _days(word: str) -> int | None:
    match = _LENGTH.match(word)
    if match is None:
        return None
    if match["week"]:
        return 7
    number = int(match["n"]) if match["n"].isdigit() else lexicon().numbers.get(match["n"], 0)
    return number * (7 if match["unit"].lower() == "week" else 1) if 0 < number < 400 else None
