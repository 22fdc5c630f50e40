"""Who says what: the stretches of a sentence that it hands on as somebody's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from entente.model import AttributionLevel, Kind, Mention
from entente_loaders.extract.clauses import Clause
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.units import Quote, Unit

__all__ = ["Attribution", "Scope", "attribute", "find_quotes", "with_later_speakers"]

_PAIRS = {"“": "”", "«": "»", '"': '"', "‘": "’"}
_OPENING = re.compile(f"[{''.join(_PAIRS)}]")
_LONG_QUOTE = 25
_SHORTEST_LABELLED = 4
_LONGEST_QUOTE = 2000


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of the text that somebody is said to have said, and when they said it."""

    start: int
    end: int
    speaker: Mention | None
    said: tuple[Unit, ...] = ()
    frame: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The scopes and quotations of one sentence."""

    scopes: tuple[Scope, ...]
    quotes: tuple[Quote, ...]
    headline: bool
    quoting: Mention | None
    """The speaker of the document's last words, to whom an unattributed quotation belongs."""
    unclosed: bool = False
    """Whether a quotation goes on in the next sentence."""

    def scope_at(self, offset: int) -> Scope | None:
        """Give the innermost scope around an offset."""
        around = [scope for scope in self.scopes if scope.start <= offset < scope.end]
        return min(around, key=lambda scope: scope.end - scope.start, default=None)

    def words_of(self, offset: int) -> Mention | None:
        """Tell whose words stand at an offset; None where they are the outlet's own."""
        scope = self.scope_at(offset)
        if scope is not None:
            return scope.speaker
        return self.quoting if self._quoted(offset) else None

    def _quoted(self, offset: int) -> bool:
        around = (quote for quote in self.quotes if quote.start <= offset < quote.end)
        return any(quote.part or quote.end - quote.start > _LONG_QUOTE for quote in around)

    def level_at(self, offset: int) -> tuple[AttributionLevel, Mention | None]:
        """Tell how the words at an offset are handed on, and whose they are (None: the outlet's own)."""
        scope = self.scope_at(offset)
        quoted = self._quoted(offset)
        if quoted and (scope is not None or self.quoting is not None):
            return AttributionLevel.DIRECT_QUOTE, scope.speaker if scope is not None else self.quoting
        if scope is not None:
            return AttributionLevel.INDIRECT_SPEECH, scope.speaker
        return (AttributionLevel.HEADLINE if self.headline else AttributionLevel.NARRATION), None


def find_quotes(text: str, start: int, end: int, closing: str = "") -> tuple[tuple[Quote, ...], str]:
    """Find the quotations in text[start:end], the first of them open already if `closing` is what will close it.

    Gives also the mark that will close the last one, or "" where it is closed.
    """
    quotes: list[Quote] = []
    at = start
    while at < end:
        opened, part = at, bool(closing)
        if not closing:
            opening = _OPENING.search(text, at, end)
            if opening is None:
                break
            opened, at = opening.start(), opening.end()
            closing = _PAIRS[opening.group()]
        stop = text.find(closing, at, min(end, at + _LONGEST_QUOTE))
        if stop < 0:
            if closing == "’":
                closing = ""
                continue
            quotes.append(Quote(opened, end, part=True))
            return tuple(quotes), closing
        if stop > opened + 1:
            quotes.append(Quote(opened, stop, part))
        at, closing = stop + 1, ""
    return tuple(quotes), ""


def attribute(clause: Clause, text: str, start: int, end: int, discourse: Discourse, *, headline: bool) -> Attribution:
    """Find the speech frames of a sentence ("X said that ...", "..., according to X") and what lies in their scope."""
    units = clause.units
    quoting = discourse.speaker
    scopes: list[Scope] = []
    for at, unit in enumerate(units):
        if unit.kind == "NP":
            continue
        if unit.preposition == "according to" and at + 1 < len(units) and units[at + 1].kind == "NP":
            speaker = _speaker(units[at + 1], discourse)
            first, last = _clause_around(units, at, start, end)
            scopes.append(Scope(first, last, speaker, (), (unit.start, units[at + 1].end)))
            discourse.speaker = speaker
        elif (
            unit.kind == "VP"
            and unit.has("V.SAY", "V.WARN")
            and unit.verb is not None
            and not unit.verb.passive
            and unit.verb.form != "infinitive"
        ):
            scope = _said(clause, at, (start, end), discourse)
            if scope is not None:
                scopes.append(scope)
                if units[0].preposition == "as part of" and scope.frame[0] > start and scope.start > scope.frame[0]:
                    # "As part of the drills, the fleet said that ...": what comes first belongs to what is said.
                    scopes.append(Scope(start, scope.frame[0], scope.speaker, scope.said, scope.frame))
                discourse.speaker = scope.speaker
    if headline and (told := _label(units, start, end, discourse)) is not None:
        scopes.append(told)
    goes_on = discourse.quote if "\n" not in text[discourse.read_to : start] else ""
    quotes, discourse.quote = find_quotes(text, start, end, goes_on)
    discourse.read_to = end
    return Attribution(tuple(scopes), quotes, headline, quoting, bool(discourse.quote))


def with_later_speakers(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Give the sentences of a quotation the speaker whom only its last one names ("It must end. It is bad," she said)."""
    done = list(attributions)
    for at in range(len(done) - 2, -1, -1):
        this, following = done[at], done[at + 1]
        if this.unclosed and following.quotes and this.scope_at(this.quotes[-1].start) is None:
            speaker = following.words_of(following.quotes[0].start)
            if speaker is not None:
                done[at] = replace(this, quoting=speaker)
    return done


def _label(units: Sequence[Unit], start: int, end: int, discourse: Discourse) -> Scope | None:
    """Read the speaker whom a headline puts before a colon or last: "X minister: Y must go", "Y must go: X"."""
    if len(units) < _SHORTEST_LABELLED:
        return None
    first, last = units[0], units[-1]
    if units[1].kind == "COLON" and first.agents and "STATE" not in first.classes:
        # A bare state before the colon is as often the topic.
        return Scope(units[1].end, end, _speaker(first, discourse), (), (first.start, units[1].end))
    if units[-2].kind in {"COLON", "DASH"} and last.agents:
        return Scope(start, units[-2].start, _speaker(last, discourse), (), (units[-2].start, last.end))
    return None


def _clause_around(units: Sequence[Unit], at: int, start: int, end: int) -> tuple[int, int]:
    """Give the clause that "according to" belongs to: what stands before it, or after it where it comes first."""
    if at == 0:
        return units[1].end, end
    first = next((units[to].start for to in range(at - 1, -1, -1) if units[to].kind in {"SUB", "SEMI"}), start)
    if first == units[at].start:
        first = start
    return first, units[at].start


def _said(clause: Clause, at: int, bounds: tuple[int, int], discourse: Discourse) -> Scope | None:
    """Read the frame around a verb of saying: its speaker, the words in its scope, and when they were said."""
    units, dates = clause.units, clause.dates
    start, end = bounds
    verb = units[at]
    subject, subject_at = _subject(units, at)
    inverted = (subject is None or subject.virtual) and _speaker_follows(units, at)
    if inverted:
        subject, subject_at = units[at + 1], at
    if subject is None:
        return None
    speaker = (
        _speaker(subject, discourse) if not _is_statement(subject) else _statement_speaker(units, subject_at, at, discourse)
    )
    after = at + (2 if inverted else 1)
    if not inverted and _content_follows(units, after):
        first = verb.end
        # "In contrast to" opens a comparison that the text itself draws with what was said.
        own = lexicon().closed["contrasts"]
        last = next((unit.start for unit in units[after:] if unit.kind == "SEMI" or unit.preposition in own), end)
        said = tuple(
            date
            for date in dates
            if date.end <= first + 20
            and date.start >= _frame_start(units, subject_at, start)
            and not _inside(date, units, after)
        )
        return Scope(first, last, speaker, said, (subject.start, verb.end))
    if subject_at > 0 or inverted:
        last = min(subject.start, verb.start)
        return (
            Scope(start, last, speaker, tuple(date for date in dates if date.start >= last), (last, verb.end))
            if last > start
            else None
        )
    return None


def _speaker_follows(units: Sequence[Unit], at: int) -> bool:
    """Tell whether the verb stands before its speaker: ", said the ministry"."""
    before = next((unit for unit in reversed(units[:at]) if not unit.virtual), None)
    return (
        (before is None or before.kind == "COMMA")
        and at + 1 < len(units)
        and units[at + 1].kind == "NP"
        and not _content_follows(units, at + 2)
    )


def _inside(date: Unit, units: Sequence[Unit], after: int) -> bool:
    """Tell whether a date right after the verb belongs to the words said ("said | Saturday's drills")."""
    return after < len(units) and date.start > units[after].start


def _frame_start(units: Sequence[Unit], subject_at: int, start: int) -> int:
    boundary = next((units[to].end for to in range(subject_at, -1, -1) if units[to].kind in {"SEMI", "SUB"}), start)
    return boundary


def _subject(units: Sequence[Unit], at: int) -> tuple[Unit | None, int]:
    """Give the head of the noun groups before a verb: "A statement | by the ministry" -> the statement."""
    position = at - 1
    if position > 0 and units[position].preposition == "as" and units[position - 1].agents:
        # "quoted the minister as saying"
        return units[position - 1], position - 1
    while position >= 0 and units[position].kind == "COMMA":
        position -= 1
    if (
        position < 0
        or units[position].kind != "NP"
        or (position < at - 1 and not units[position].virtual and not units[position].agents)
    ):
        return None, -1
    while position >= 2 and units[position - 1].kind == "PREP" and units[position - 2].kind == "NP":
        position -= 2
    if position >= 1 and units[position - 1].kind == "PREP":
        return None, -1
    return units[position], position


def _content_follows(units: Sequence[Unit], after: int) -> bool:
    """Tell whether a clause, a "that" or a participle follows the verb of saying."""
    for unit in units[after : after + 12]:
        if unit.kind == "THAT":
            return True
        if unit.kind == "VP":
            return True
        if unit.kind == "SEMI":
            return False
    return False


def _is_statement(unit: Unit) -> bool:
    return "N.STATEMENT" in unit.classes


def _statement_speaker(units: Sequence[Unit], first: int, last: int, discourse: Discourse) -> Mention | None:
    unit = units[first]
    if unit.owners:
        return unit.owners[0]
    for at in range(first + 1, last):
        if units[at].kind == "NP" and units[at].agents and units[at - 1].preposition in {"by", "from", "of"}:
            return units[at].agents[0]
    return discourse.speaker


def _speaker(unit: Unit, discourse: Discourse) -> Mention | None:
    if unit.agents:
        return unit.agents[0]
    if "PRON" in unit.classes:
        return discourse.speaker
    if unit.owners and unit.has("N.ORGAN", "N.OFFICIAL"):
        return unit.owners[0]
    return Mention(
        span=unit.span, text=" ".join(token.text for token in unit.tokens), kind=Kind.PERSON, head=unit.head, use="unknown"
    )
