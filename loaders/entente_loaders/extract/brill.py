"""Brill's word list and rules as TextBlob ships them, read as files; TextBlob itself is not imported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from entente.errors import InternalError

if TYPE_CHECKING:
    from entente_loaders.extract.tokens import Token

__all__ = ["correct", "tag_by_ending", "words"]

_FIXED = frozenset({"n't", "not", "'s", "said", "the", "and", "of"})
_EDGE = ("STAART",) * 3


_TAG, _WORD = 0, 1
_Place = tuple[int, int]
"""A tag or a word, and how far it stands from the token in question."""

# What each of Brill's tests looks at: one value at any of several places, or two values at two places.
_ANYWHERE: dict[str, tuple[_Place, ...]] = {
    "PREVTAG": ((_TAG, -1),),
    "NEXTTAG": ((_TAG, 1),),
    "PREV1OR2TAG": ((_TAG, -1), (_TAG, -2)),
    "NEXT1OR2TAG": ((_TAG, 1), (_TAG, 2)),
    "PREV1OR2OR3TAG": ((_TAG, -1), (_TAG, -2), (_TAG, -3)),
    "NEXT1OR2OR3TAG": ((_TAG, 1), (_TAG, 2), (_TAG, 3)),
    "PREVWD": ((_WORD, -1),),
    "NEXTWD": ((_WORD, 1),),
    "PREV1OR2WD": ((_WORD, -1), (_WORD, -2)),
    "NEXT1OR2WD": ((_WORD, 1), (_WORD, 2)),
    "CURWD": ((_WORD, 0),),
}
_TOGETHER: dict[str, tuple[_Place, _Place]] = {
    "SURROUNDTAG": ((_TAG, -1), (_TAG, 1)),
    "PREVBIGRAM": ((_TAG, -2), (_TAG, -1)),
    "NEXTBIGRAM": ((_TAG, 1), (_TAG, 2)),
    "WDPREVTAG": ((_TAG, -1), (_WORD, 0)),
    "WDNEXTTAG": ((_WORD, 0), (_TAG, 1)),
    "WDAND2AFT": ((_WORD, 0), (_WORD, 2)),
    "WDAND2TAGAFT": ((_WORD, 0), (_TAG, 2)),
}


class _Change(NamedTuple):
    """A contextual rule that a value at one place has called up: its number, its target, and what else it asks for."""

    number: int
    target: str
    other: _Place | None
    value: str


_Changes = dict[str, list[_Change]]
_Places = tuple[tuple[int, int, _Changes], ...]


@dataclass(frozen=True, slots=True)
class _Lists:
    """The word list, the rules for endings, and the contextual rules by source tag, place and value."""

    words: Mapping[str, str]
    endings: tuple[tuple[str, ...], ...]
    contexts: Mapping[str, _Places]


def _lines(name: str) -> list[list[str]]:
    # find_spec looks the package up without running it: TextBlob's own import pulls in NLTK.
    spec = find_spec("textblob")
    if spec is None or spec.origin is None:
        raise InternalError(911, "the word lists of textblob are not installed", "reinstall entente")
    text = Path(spec.origin).parent.joinpath("en", name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith(";;;")]


@cache
def _lists() -> _Lists:
    words = {parts[0]: parts[1] for parts in _lines("en-lexicon.txt") if len(parts) > 1}
    return _Lists(words, tuple(tuple(parts) for parts in _lines("en-morphology.txt")), _contexts())


def _contexts() -> dict[str, _Places]:
    """Index the contextual rules, so that a token meets only the rules that its neighbours call up."""
    index: dict[str, dict[_Place, _Changes]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for number, (source, target, test, *values) in enumerate(_lines("en-context.txt")):
        if test in _ANYWHERE:
            for place in _ANYWHERE[test]:
                index[source][place][values[0]].append(_Change(number, target, None, ""))
        elif test in _TOGETHER:
            place, other = _TOGETHER[test]
            index[source][place][values[0]].append(_Change(number, target, other, values[1]))
    return {source: tuple((*place, dict(values)) for place, values in places.items()) for source, places in index.items()}


def _ending_rule(rule: tuple[str, ...]) -> tuple[str | None, str, str, str]:
    for at in (0, 1):
        if len(rule) > at + 1 and rule[at + 1].lstrip("f") in _ENDING_TESTS:
            return (rule[0] if at == 1 else None), rule[at + 1].lstrip("f"), rule[at], rule[-2]
    return None, "", "", ""


_ENDING_TESTS = frozenset({"hassuf", "addsuf", "deletesuf", "haspref", "deletepref", "addpref", "char"})


def _ending_fits(word: str, test: str, value: str, known: Mapping[str, str]) -> bool:
    match test:
        case "hassuf":
            return word.endswith(value)
        case "haspref":
            return word.startswith(value)
        case "char":
            return value in word
        case "addsuf":
            return word + value in known
        case "addpref":
            return value + word in known
        case "deletesuf":
            return word.endswith(value) and word[: -len(value)] in known
        case "deletepref":
            return word.startswith(value) and word[len(value) :] in known
        case _:
            return False


def correct(tokens: Sequence[Token], tags: list[str]) -> None:
    """Apply Brill's contextual rules, each token in turn."""
    contexts = _lists().contexts
    padded = [*_EDGE, *tags, *_EDGE]
    rows = (padded, [*_EDGE, *[token.text for token in tokens], *_EDGE])
    for at, token in enumerate(tokens, start=len(_EDGE)):
        places = contexts.get(padded[at])
        if places is None or token.hit is not None:
            continue
        for row, offset, changes in places:
            if rows[row][at + offset] in changes:
                break
        else:
            continue
        if token.lower in _FIXED:
            continue
        done = -1
        while (change := _first_change(places, rows, at, done)) is not None:
            done, padded[at] = change.number, change.target
            places = contexts.get(padded[at], ())
    tags[:] = padded[len(_EDGE) : -len(_EDGE)]


def _first_change(places: _Places, rows: tuple[list[str], list[str]], at: int, done: int) -> _Change | None:
    """Give the first rule after number `done` whose context is there."""
    best: _Change | None = None
    for row, offset, changes in places:
        value = rows[row][at + offset]
        if value not in changes:
            continue
        for change in changes[value]:
            if done < change.number and (best is None or change.number < best.number):
                other = change.other
                if other is None or rows[other[0]][at + other[1]] == change.value:
                    best = change
    return best


def words() -> Mapping[str, str]:
    """Give the commonest tag of each word of the list."""
    return _lists().words


def tag_by_ending(word: str) -> str:
    """Guess the tag of a word that the list lacks from its beginning and end."""
    mark = "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"
    known = _lists().words
    for rule in _lists().endings:
        source, test, value, target = _ending_rule(rule)
        if (source is None or mark == source) and _ending_fits(word, test, value, known):
            mark = target
    return mark
