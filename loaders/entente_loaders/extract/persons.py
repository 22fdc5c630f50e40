"""Who the persons of a document are: introductions are read before the text itself, for headlines name persons first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from entente.model import Iri, Kind, Mention, Span
from entente_loaders.extract.brill import words
from entente_loaders.extract.directory import Directory
from entente_loaders.extract.forms import NAME
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Hit

__all__ = ["introduce"]

_WORD = r"(?:[A-Z]\.|[^\W\d_a-z][\w-]*+(?:['’][A-Z]\w*)?)"
_NAME = rf"{_WORD}(?: (?:(?:al|bin|bint|da|de|der|el|ibn|van|von) |al-|el-)?{_WORD}){{0,3}}"
_BEFORE = re.compile(rf"({_NAME}),\s(?:the\s|an?\s)?\Z")
_FORMER = re.compile(r"\b(?:[Ff]ormer\s|[Ee]x-|[Ll]ate\s)\Z")
_BEFORE_OF = r"({office})\s({name})\sof\s(?:the\s)?\Z"
_CAPITALISED = re.compile(r"\b[A-Z][\w-]+")
_AHEAD = re.compile(r"(?:['’]s?)?\s(\w+)(?:[\w-]*\s(\w+))?(?:[\w-]*\s(\w+))?")
_WINDOW = 70
_TITLES = (
    r"(?:[Pp]resident|[Pp]rime\s[Mm]inister|[Pp]remier|[Cc]hancellor|[Ll]eader|[Kk]ing|Mr\.?|Mrs\.?|Ms\.?|[Ss]ecretary)\s"
)
_FAMILY_FIRST = frozenset({"CHN", "TWN", "PRK", "KOR", "VNM", "KHM"})
"""States where the family's name comes first."""
_IN_OFFICE = 1
"""Years that a text may speak of a leader before and after the term."""


@cache
def _offices() -> tuple[str, ...]:
    nouns = (noun for noun, classes in lexicon().nouns.items() if "OFFICIAL" in classes)
    return tuple(sorted(nouns, key=lambda noun: (-len(noun), noun)))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    office = rf"(?i:{'|'.join(map(re.escape, _offices()))})"
    led = rf"(?:['’]s?)?\s((?:[a-z]+(?:-[a-z]+)*\s){{0,2}}?){office}"
    return (
        re.compile(rf"{led}(?:\s({_NAME})|,\s({_NAME}),)"),
        re.compile(rf"{led}\b(?!\s[A-Z])"),
        re.compile(_BEFORE_OF.format(office=office, name=_NAME)),
    )


def introduce(text: str, hits: Sequence[Hit], directory: Directory, year: int | None) -> dict[str, Mention]:
    """Give the persons whose office the text tells somewhere, by full name and by surname.

    A surname that persons of two states share is left out. Heads of state and government whom the text does not
    introduce come from the lexicon, by the `year` of the text.
    """
    found: dict[str, Mention] = {}
    shared: set[str] = set()
    starts = {hit.start for hit in hits}
    for hit in hits:
        for start, name in _beside(text, hit):
            if _FORMER.search(text, max(0, hit.start - _WINDOW), hit.start):
                continue
            owner = directory.read(hit, text, adjective=True) if start not in starts else None
            if owner is not None and owner.state is not None and owner.kind in {Kind.STATE, Kind.ORGAN, Kind.FORCE}:
                agent = _person(Span(start, start + len(name)), name, owner.state)
                parts = name.split()
                surname = parts[0 if owner.state.rpartition("/")[2] in _FAMILY_FIRST else -1]
                for key in dict.fromkeys((name, surname, parts[-1])):
                    if found.setdefault(key, agent).state != agent.state:
                        shared.add(key)
    for keys, agent in _leaders(text, directory, year):
        for key in keys:
            found.setdefault(key, agent)
    return {key: agent for key, agent in found.items() if key not in shared}


def _beside(text: str, hit: Hit) -> Iterator[tuple[int, str]]:
    """Give the names around a state's name that an office ties to it, with their places."""
    named, office, of_state = _patterns()
    found: re.Match[str] | None = None
    group = 1
    led = _leads_to_office(text, hit.end)
    if led and (match := named.match(text, hit.end, hit.end + _WINDOW * 2)) and _modify(match[1]):
        found, group = match, 2 if match[2] else 3
    elif text[hit.start - 2 : hit.start] == ", " or text[hit.start - 5 : hit.start - 1] in {" the", ", a", ", an"}:
        if led and (after := office.match(text, hit.end, hit.end + _WINDOW)) and _modify(after[1]):
            found = _BEFORE.search(text, max(0, hit.start - _WINDOW), hit.start)
    elif text[hit.start - 3 : hit.start] == "of " or text[hit.start - 7 : hit.start] == "of the ":
        found, group = of_state.search(text, max(0, hit.start - _WINDOW), hit.start), 2
    if found is not None and not any(_common(word) for word in found[group].split()):
        yield found.start(group), found[group]


def _leads_to_office(text: str, at: int) -> bool:
    """Tell at a glance whether one of the next three words begins an office."""
    ahead = _AHEAD.match(text, at)
    return ahead is not None and any(word is not None and word.lower() in _office_openers() for word in ahead.groups())


@cache
def _office_openers() -> frozenset[str]:
    return frozenset(word for office in _offices() for word in re.findall(r"^\w+", office))


def _modify(between: str) -> bool:
    """Tell whether the words between a state and an office are modifiers, none of them a verb or "former"."""
    return all(
        words().get(word, "NN").startswith(("JJ", "NN")) and word not in {"former", "late", "then"}
        for word in between.split()
    )


def _common(word: str) -> bool:
    """Tell whether a capitalised word is no part of a person's name."""
    lower = word.lower()
    return lower in lexicon().nouns or words().get(lower, NAME).startswith(("IN", "DT", "PRP", "VB", "CC", "RB", "WP"))


def _person(span: Span, name: str, state: Iri) -> Mention:
    return Mention(span, name, Kind.PERSON, state=state, head="leader", use="name")


def _leaders(text: str, directory: Directory, year: int | None) -> Iterator[tuple[tuple[str, ...], Mention]]:
    """Give the leaders whom a text names in full or by title, with the names that mean them.

    A name that leaders of two states bear in that year means neither: the text must name them in full.
    """
    for surname in dict.fromkeys(_CAPITALISED.findall(text)):
        leaders = directory.leaders(surname)
        if not leaders:
            continue
        known = [
            leader for leader in leaders if year is None or leader.first - _IN_OFFICE <= year <= leader.last + _IN_OFFICE
        ]
        named = [(start, leader) for leader in known if (start := text.find(leader.name)) >= 0]
        alone = len({leader.state for _, leader in named}) == 1
        for start, leader in named:
            if all(other.name != leader.name or other.state == leader.state for _, other in named):
                keys = (leader.name, surname) if alone else (leader.name,)
                yield keys, _person(Span(start, start + len(leader.name)), leader.name, leader.state)
        if not named and len(states := {leader.state for leader in known}) == 1:
            titled = re.search(rf"{_TITLES}(?:\w+\s)?(?:al-|el-)?{re.escape(surname)}\b", text)
            if titled:
                yield (surname,), _person(Span(titled.end() - len(surname), titled.end()), surname, states.pop())
