"""Brill's word list and rules as TextBlob ships them, read as files; TextBlob itself is not imported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from entente.errors import InternalError
from entente_loaders.extract.tokens import Token

__all__ = ["correct", "tag_by_ending", "words"]

_FIXED = frozenset({"n't", "not", "'s", "said", "the", "and", "of"})


@dataclass(frozen=True, slots=True)
class _Lists:
    words: Mapping[str, str]
    endings: tuple[tuple[str, ...], ...]
    contexts: Mapping[str, tuple[tuple[int, str, str, tuple[str, ...]], ...]]


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
    contexts: dict[str, list[tuple[int, str, str, tuple[str, ...]]]] = defaultdict(list)
    for number, (source, target, test, *values) in enumerate(_lines("en-context.txt")):
        contexts[source].append((number, target, test, tuple(values)))
    return _Lists(
        words,
        tuple(tuple(parts) for parts in _lines("en-morphology.txt")),
        {source: tuple(rules) for source, rules in contexts.items()},
    )


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
    padded = ["STAART", "STAART", "STAART", *tags, "STAART", "STAART", "STAART"]
    words = ["STAART", "STAART", "STAART", *(token.text for token in tokens), "STAART", "STAART", "STAART"]
    for at, token in enumerate(tokens, start=3):
        if token.hit is not None or token.lower in _FIXED:
            continue
        done = -1
        changed = True
        while changed:
            changed = False
            for number, target, test, values in contexts.get(padded[at], ()):
                if number > done and _context_fits(test, values, padded, words, at):
                    padded[at], done, changed = target, number, True
                    break
    tags[:] = padded[3:-3]


def _context_fits(test: str, values: tuple[str, ...], tags: list[str], words: list[str], at: int) -> bool:
    first = values[0]
    second = values[1] if len(values) > 1 else ""
    match test:
        case "PREVTAG":
            return tags[at - 1] == first
        case "NEXTTAG":
            return tags[at + 1] == first
        case "PREV1OR2TAG":
            return first in (tags[at - 1], tags[at - 2])
        case "NEXT1OR2TAG":
            return first in (tags[at + 1], tags[at + 2])
        case "PREV1OR2OR3TAG":
            return first in (tags[at - 1], tags[at - 2], tags[at - 3])
        case "NEXT1OR2OR3TAG":
            return first in (tags[at + 1], tags[at + 2], tags[at + 3])
        case "SURROUNDTAG":
            return tags[at - 1] == first and tags[at + 1] == second
        case "PREVBIGRAM":
            return tags[at - 2] == first and tags[at - 1] == second
        case "NEXTBIGRAM":
            return tags[at + 1] == first and tags[at + 2] == second
        case "PREVWD":
            return words[at - 1] == first
        case "NEXTWD":
            return words[at + 1] == first
        case "PREV1OR2WD":
            return first in (words[at - 1], words[at - 2])
        case "NEXT1OR2WD":
            return first in (words[at + 1], words[at + 2])
        case "CURWD":
            return words[at] == first
        case "WDPREVTAG":
            return tags[at - 1] == first and words[at] == second
        case "WDNEXTTAG":
            return words[at] == first and tags[at + 1] == second
        case "WDAND2AFT":
            return words[at] == first and words[at + 2] == second
        case "WDAND2TAGAFT":
            return words[at] == first and tags[at + 2] == second
        case _:
            return False


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
