"""Forms of words, each with all that is known of it by itself: spelling, parts of speech and lemmas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from entente_loaders.extract.brill import tag_by_ending, words
from entente_loaders.extract.lemmas import LONGEST_WORD, WORDS_REMEMBERED, noun_lemma, verb_lemma
from entente_loaders.extract.lexicon import lexicon

__all__ = ["COMMON_NOUNS", "NAME", "NAMES", "Form", "form_of"]

NAME = "NNP"
NAMES = frozenset({NAME, "NNPS"})
"""The tags of proper nouns."""
COMMON_NOUNS = frozenset({"NN", "NNS"})
"""The tags of all other nouns."""
_PARTICLED = re.compile(r"(?:al|as|ash|ar|el)-[A-Z]")


@dataclass(frozen=True, slots=True)
class Form:
    """A word as it is written, and in small letters with straight apostrophes.

    `inside` is its likeliest tag where a capital tells a name, `anywhere` where it tells nothing; `base` is the commonest
    tag of the word in small letters, "" where the list lacks it. `verb` and `noun` are its lemmas in the lexicon.
    """

    text: str
    lower: str
    capital: bool
    inside: str
    anywhere: str
    base: str
    verb: str | None
    noun: str | None
    settled: bool
    """Whether it is a noun where it is tagged one: no verb's form, adverb or particle, and not like a participle."""


@lru_cache(maxsize=WORDS_REMEMBERED)
def form_of(text: str) -> Form:
    """Give the form that is written so."""
    lower = text.lower().replace("’", "'")
    base, verb = words().get(lower, ""), verb_lemma(lower)
    return Form(
        text,
        lower,
        text[0].isupper(),
        _guess(text[:LONGEST_WORD], anywhere=False),
        _guess(text[:LONGEST_WORD], anywhere=True),
        base,
        verb,
        noun_lemma(lower),
        settled=(
            verb is None
            and not lower.endswith(("ed", "ing"))
            and (not base or base.startswith("NN"))
            and lower not in lexicon().closed["name_particles"]
        ),
    )


def _guess(word: str, *, anywhere: bool) -> str:
    """Tag a word by itself; `anywhere` tells that a capital says nothing where it stands."""
    lower = word.lower().replace("’", "'")
    if not (word[0].isalnum() or word[0] in "'’"):
        return word if word in {",", ":", ";", "(", ")"} else "." if word in ".!?" else "SYM"
    if word[0].isdigit():
        return "JJ" if word[-1].isalpha() and word[-1] != "s" and len(word) > 2 and "-" in word else "CD"
    if _PARTICLED.match(word):
        return NAME
    if lower in lexicon().numbers or lower in lexicon().multipliers:
        return "CD"
    if lower in {"'s", "'"}:
        return "POS"
    if lower == "n't":
        return "RB"
    known = words()
    if word[0].isupper() and not anywhere:
        listed = known.get(word)
        return listed if listed is not None and not listed.startswith("VB") else NAME
    found = known.get(lower if anywhere else word) or known.get(lower)
    if found is not None:
        return found
    if word[0].isupper() and not (anywhere and (verb_lemma(lower) or noun_lemma(lower))):
        return known.get(word, NAME)
    return _by_ending(lower)


@lru_cache(maxsize=WORDS_REMEMBERED)
def _by_ending(word: str) -> str:
    if noun_lemma(word):
        return "NN" if word in lexicon().nouns else "NNS"
    if verb_lemma(word):
        return "VBG" if word.endswith("ing") else "VBN" if word.endswith("ed") else "VBZ" if word.endswith("s") else "VB"
    return tag_by_ending(word)
