"""Lemmas of words: by the lexicon, else by a dictionary."""

from __future__ import annotations

from functools import cache, lru_cache

import simplemma

from entente_loaders.extract.lexicon import lexicon

__all__ = ["LONGEST_WORD", "WORDS_REMEMBERED", "lemma", "noun_lemma", "verb_lemma"]

WORDS_REMEMBERED = 1 << 16
"""How many words are remembered with what is known of them."""

LONGEST_WORD = 64
"""How much of a word counts."""


@lru_cache(maxsize=WORDS_REMEMBERED)
def lemma(word: str, kind: str) -> str:
    """Give the lemma of a lower-case word; `kind` is `V` for a verb, `N` for a noun, else the word itself."""
    if len(word) > LONGEST_WORD:
        return word
    if kind == "V" and (known := verb_lemma(word)):
        return known
    if kind == "N" and (known := noun_lemma(word)):
        return known
    return str(simplemma.lemmatize(word, lang="en")).lower() if kind else word


@lru_cache(maxsize=WORDS_REMEMBERED)
def verb_lemma(word: str) -> str | None:
    """Give the lemma of a form of a verb of the lexicon, None for any other lower-case word."""
    if (known := lexicon().irregular.get(word)) is not None:
        return known
    verbs = _single_verbs()
    if word in verbs:
        return word
    for ending, puts in (
        ("ies", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ied", ("y",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
            for candidate in (*(stem + put for put in puts), doubled):
                if candidate in verbs:
                    return candidate
    return None


@cache
def _single_verbs() -> frozenset[str]:
    return frozenset(verb.split()[0] for verb in lexicon().verbs)


@lru_cache(maxsize=WORDS_REMEMBERED)
def noun_lemma(word: str) -> str | None:
    """Give the lemma of a noun of the lexicon, or of its last word; None for any other lower-case word."""
    nouns = lexicon().nouns
    if word in nouns:
        return word
    for ending, put in (("ies", "y"), ("s", ""), ("es", "")):
        if word.endswith(ending) and word[: -len(ending)] + put in nouns:
            return word[: -len(ending)] + put
    last_words = _last_words()
    return word[:-1] if word.endswith("s") and word[:-1] in last_words else None


@cache
def _last_words() -> frozenset[str]:
    return frozenset(noun.split()[-1] for noun in lexicon().nouns)
