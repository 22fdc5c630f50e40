"""Whether a clause puts its event behind the news: by tense, by adverbs, or by hanging on a noun."""

from __future__ import annotations

import re
from functools import cache

from entente.model import EventType, Mode
from entente_loaders.extract.frames import Frame
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.units import BOUNDARIES, VerbGroup

__all__ = ["behind"]

# Beyond its first paragraphs a report says in the perfect and the present what is known already.
_LEAD = 1000
_STANDING_NOUNS = frozenset({EventType.AGREEMENT, EventType.SANCTION})


@cache
def _past() -> re.Pattern[str]:
    words = "|".join(sorted(lexicon().closed["background_adverbs"]))
    return re.compile(
        rf"\b(?:{words}|in the past|in recent (?:weeks|months|years)|over the (?:past|last) \w+|at the time"
        r"|in previous years|for (?:years|months|decades))\b",
        re.IGNORECASE,
    )


def behind(frame: Frame, mode: Mode) -> bool:
    """Tell whether the clause of a match speaks of its event as of something known or standing."""
    if frame.reading.attribution.headline:
        return False
    if _past().search(frame.reading.text, frame.matched[0].start, _end(frame)):
        return True
    verb = frame.units[frame.verb_at].verb if frame.verb_at is not None else None
    if verb is None or (verb.form == "participle" and (frame.verb_at or 0) > frame.trigger_at):
        # "The deal", "a deal signed by both": an agreement that is news is signed by a verb.
        return frame.rule.event in _STANDING_NOUNS
    return _hangs_on(frame) or (mode is Mode.ACTUAL and _known(frame, verb))


def _known(frame: Frame, verb: VerbGroup) -> bool:
    """Tell whether the tense says that something holds or has been done before, in the text's own words."""
    simple = verb.form == "finite" and verb.tense == "present" and not verb.perfect and not verb.progressive
    if simple and frame.rule.event is EventType.DEPLOYMENT:
        return True
    if frame.scope is not None or frame.matched[0].start <= _LEAD:
        return False
    return simple or verb.form == "gerund" or (verb.form == "finite" and verb.perfect and verb.tense == "present")


def _end(frame: Frame) -> int:
    return frame.units[frame.stop].start if frame.stop < len(frame.units) else frame.reading.span.end


def _hangs_on(frame: Frame) -> bool:
    """Tell whether the event stands in a relative clause, or in one that "while" sets beside the news."""
    at = frame.verb_at if frame.verb_at is not None else frame.trigger_at
    opener = next((unit for unit in reversed(frame.units[:at]) if unit.kind in BOUNDARIES), None)
    return opener is not None and (opener.kind == "WH" or "S.while" in opener.classes)
