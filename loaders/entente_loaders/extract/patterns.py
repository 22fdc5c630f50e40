"""Patterns over units, compiled to regular expressions: each unit becomes one character of the pattern's own alphabet.

A pattern is a list of elements: `CLASS`, `CLASS&OTHER&!NOT`, with `:role` to bind what it matches, and `?`, `*`, `+` or
`{m,n}` to repeat it; `( ... | ... )` groups. A repetition never runs further than MOST units, which keeps matching linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from entente_loaders.extract.units import Unit

__all__ = ["Match", "Pattern", "PatternError", "compile_pattern", "of_words"]

MOST = 6
_FIRST_CHARACTER = 0x4E00
_MOST_PREDICATES = 10
_KINDS = ("NP", "VP", "PREP")
_OTHER = ""
_KIND_OF_STEM = {
    **dict.fromkeys(("NP", "N", "M", "MN", "PARTY", "OWNED", "SIDE", "LOCATED", "PLACE", "GROUP", "PERSON", "PRON"), "NP"),
    **dict.fromkeys(("VP", "V", "C", "ACTIVE", "PASSIVE", "FINITE", "INF", "GER", "PART"), "VP"),
    **dict.fromkeys(("PREP", "P"), "PREP"),
    **dict.fromkeys(("COMMA", "AND", "OR", "BUT", "THAT", "WH", "SUB", "S", "SEMI", "COLON", "DASH", "ADJ", "A"), _OTHER),
}
_STEMS_OF_WORDS = frozenset({"N", "M", "MN", "V", "C", "A"})
_MOST_REMEMBERED = 2048
_ELEMENT = re.compile(r"(?P<classes>!?[A-Z][\w.]*(?:&!?[A-Z][\w.]*)*)(?::(?P<role>[a-z]+))?(?P<repeat>[?*+]|\{\d,\d\})?\Z")
_CLOSING = re.compile(r"\)(?P<repeat>[?*+]|\{\d,\d\})?\Z")


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message says which element is wrong."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched: unit indices, whole and by role."""

    start: int
    end: int
    roles: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; `demands` are sets of classes, of each of which a match holds one.

    `blocks` gives for each kind of unit where its characters begin, and the predicates that can hold of it. `groups` gives
    the role of each group of the expression, in order. `spelling` remembers the character of each set of
    classes that the pattern has met, for the same few hundred sets come again and again.
    """

    source: str
    predicates: tuple[tuple[frozenset[str], frozenset[str]], ...]
    blocks: Mapping[str, tuple[int, tuple[int, ...]]]
    expression: str
    demands: tuple[frozenset[str], ...]
    groups: tuple[str, ...]
    spelling: dict[frozenset[str], str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def needs(self) -> frozenset[str]:
        """The classes without which the pattern cannot match."""
        return frozenset(name for demand in self.demands if len(demand) == 1 for name in demand)

    @property
    def roles(self) -> frozenset[str]:
        """The names of the roles."""
        return frozenset(self.groups)

    def find(self, units: Sequence[Unit]) -> Iterator[Match]:
        """Give the matches in a sentence's units, left to right, none overlapping."""
        return self.match([unit.classes for unit in units])

    def match(self, sentence: Sequence[frozenset[str]]) -> Iterator[Match]:
        """Give the matches in the classes of a sentence's units."""
        try:
            spelled = "".join(map(self.spelling.__getitem__, sentence))
        except KeyError:
            spelled = "".join([self.spelling.get(classes) or self._spell(classes) for classes in sentence])
        for match in _compiled(self.expression).finditer(spelled):
            if match.end() > match.start():
                yield Match(match.start(), match.end(), self._roles(match))

    def _spell(self, classes: frozenset[str]) -> str:
        """Give the character of a set of classes: in its kind's block, one bit for each predicate that holds of it."""
        first, numbers = self.blocks[next((kind for kind in _KINDS if kind in classes), _OTHER)]
        bits = 0
        for position, number in enumerate(numbers):
            wanted, unwanted = self.predicates[number]
            if wanted <= classes and not unwanted & classes:
                bits |= 1 << position
        if len(self.spelling) >= _MOST_REMEMBERED:
            self.spelling.clear()
        self.spelling[classes] = character = chr(first + bits)
        return character

    def _roles(self, match: re.Match[str]) -> dict[str, tuple[int, int]]:
        """Give the spans of the roles; a role that matched more than once is numbered from the second on."""
        found: dict[str, tuple[int, int]] = {}
        for group, role in enumerate(self.groups, start=1):
            span = match.span(group)
            if span[0] >= 0:
                name, number = role, 2
                while name in found:
                    name, number = f"{role}__{number}", number + 1
                found[name] = span
        return found


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compile an expression when it is first tried, for most articles try a few of hundreds."""
    return re.compile(expression)


def compile_pattern(source: str, macros: Mapping[str, str] | None = None) -> Pattern:
    """Compile a pattern; `%NAME` stands for a macro's text.

    Raises PatternError when an element is malformed, a macro is unknown, or brackets do not close.
    """
    elements = _expand(source, macros or {}).split()
    predicates: list[tuple[frozenset[str], frozenset[str]]] = []
    pieces: list[tuple[str, int | None]] = []
    groups: list[str] = []
    depth = 0
    for element in elements:
        if element == "(":
            depth += 1
            pieces.append(("(?:", None))
        elif closing := _CLOSING.match(element):
            depth -= 1
            pieces.append((")" + _repeat(closing["repeat"]), None))
        elif element == "|":
            if not depth:
                raise PatternError("an alternative stands outside brackets")
            pieces.append(("|", None))
        elif match := _ELEMENT.match(element):
            names = match["classes"].split("&")
            predicate = (
                frozenset(name for name in names if not name.startswith("!")),
                frozenset(name[1:] for name in names if name.startswith("!")),
            )
            if predicate not in predicates:
                predicates.append(predicate)
            opening, closing_mark = "", ""
            if role := match["role"]:
                groups.append(role)
                opening, closing_mark = "(", ")"
            pieces.append((opening, None))
            pieces.append(("", predicates.index(predicate)))
            pieces.append((_repeat(match["repeat"]) + closing_mark, None))
        else:
            raise PatternError(f"{element!r} is no element of a pattern")
        if depth < 0:
            raise PatternError("a bracket closes that was not opened")
    if depth:
        raise PatternError("a bracket is not closed")
    blocks = _blocks(predicates)
    expression = "".join(text if number is None else _class(number, blocks) for text, number in pieces)
    return Pattern(source, tuple(predicates), blocks, expression, _demands(iter(elements)), tuple(groups))


def _blocks(predicates: Sequence[tuple[frozenset[str], frozenset[str]]]) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Give each kind of unit its stretch of the alphabet: what only a verb can be needs no bit in a noun's character."""
    blocks: dict[str, tuple[int, tuple[int, ...]]] = {}
    first = _FIRST_CHARACTER
    for kind in (*_KINDS, _OTHER):
        numbers = tuple(number for number, (wanted, _) in enumerate(predicates) if _may_be(wanted, kind))
        if len(numbers) > _MOST_PREDICATES:
            raise PatternError(f"{len(numbers)} different elements for one kind of unit are more than {_MOST_PREDICATES}")
        blocks[kind] = first, numbers
        first += 1 << len(numbers)
    return blocks


def _may_be(wanted: frozenset[str], kind: str) -> bool:
    """Tell whether a unit of this kind can bear the classes; those that do not show their kind may stand anywhere."""
    shown = {_KIND_OF_STEM.get(name.split(".")[0]) for name in wanted} - {None}
    return not shown or shown == {kind}


def _expand(source: str, macros: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        if match[1] not in macros:
            raise PatternError(f"there is no macro %{match[1]}")
        return f" {macros[match[1]]} "

    return re.sub(r"%([A-Z]+)", put, source)


def _demands(elements: Iterator[str]) -> tuple[frozenset[str], ...]:
    """Give sets of classes of which any match holds one each; reads on to the end of the brackets that it begins in."""
    alternatives: list[list[frozenset[str]]] = [[]]
    for element in elements:
        if element == "(":
            alternatives[-1].extend(_demands(elements))
        elif element == "|":
            alternatives.append([])
        elif closing := _CLOSING.match(element):
            return _of_alternatives(alternatives) if _must_stand(closing["repeat"]) else ()
        elif (match := _ELEMENT.match(element)) and _must_stand(match["repeat"]):
            names = match["classes"].split("&")
            alternatives[-1].extend(frozenset((name,)) for name in names if not name.startswith("!"))
    return _of_alternatives(alternatives)


def _of_alternatives(alternatives: Sequence[Sequence[frozenset[str]]]) -> tuple[frozenset[str], ...]:
    """Join the demands of alternatives: the most telling one of each makes one set."""
    if len(alternatives) == 1:
        return tuple(alternatives[0])
    if not all(alternatives):
        return ()
    return (frozenset().union(*(min(demands, key=_vagueness) for demands in alternatives)),)


def _vagueness(demand: frozenset[str]) -> tuple[int, int, list[str]]:
    """Order demands: classes of words before those of grammar, fewer before more."""
    return sum(not of_words(name) for name in demand), len(demand), sorted(demand)


def of_words(name: str) -> bool:
    """Tell whether a class is one of the lexicon's, and not one that nearly every sentence holds."""
    return name.split(".", maxsplit=1)[0] in _STEMS_OF_WORDS and "." in name


def _must_stand(repeat: str | None) -> bool:
    return repeat is None or (repeat[0] not in "?*" and not repeat.startswith("{0"))


def _repeat(mark: str | None) -> str:
    return {"*": f"{{0,{MOST}}}", "+": f"{{1,{MOST}}}", None: ""}.get(mark, mark or "")


def _class(number: int, blocks: Mapping[str, tuple[int, tuple[int, ...]]]) -> str:
    """Spell the character class of all characters whose bit for this predicate is set."""
    ranges: list[str] = []
    for first, numbers in blocks.values():
        if number in numbers:
            run = 1 << numbers.index(number)
            for low in range(first + run, first + (1 << len(numbers)), run * 2):
                ranges.append(f"{chr(low)}-{chr(low + run - 1)}")
    if not ranges:
        raise PatternError("an element asks for classes that no unit bears together")
    return f"[{''.join(ranges)}]"
