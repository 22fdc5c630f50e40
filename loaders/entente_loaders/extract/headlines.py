"""The verbs of headlines, whose present tense looks like a noun."""

from __future__ import annotations

from collections.abc import Sequence

from entente_loaders.extract.forms import COMMON_NOUNS, NAME
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Token

__all__ = ["find_verb", "listed"]

_ACTING = frozenset({"SHIP", "WARSHIP", "FORCE", "OFFICIAL", "ORGAN", "PERSONNEL"})
"""Classes of nouns that stand for who acts."""


def listed(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a name is the last of several: "India, Japan | sign"."""
    return at > 1 and tokens[at - 1].lower in {",", "and", "&"} and tokens[at - 2].hit is not None


def find_verb(tokens: Sequence[Token], tags: list[str]) -> None:
    """Find the verb of a headline that seems to have none: after who may act, before what it acts on."""
    for at in range(1, len(tokens)):
        verb = tokens[at].form.verb
        if verb is None or tokens[at].hit is not None or tags[at] not in {*COMMON_NOUNS, NAME, "JJ", "VB"}:
            continue
        singular = tokens[at].lower != verb and tokens[at].lower.endswith("s")
        plural = tokens[at].lower == verb and (tags[at - 1] == "NNS" or listed(tokens, at - 1))
        if (singular or plural) and _acts(tokens, at - 1) and _acts_on(tokens, tags, at, verb):
            tags[at] = "VBZ" if singular else "VBP"
            return


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word names who may act: a name, a ship, a force or an official."""
    nouns = lexicon().nouns.get(tokens[at].form.noun or "", frozenset())
    return tokens[at].hit is not None or not nouns.isdisjoint(_ACTING)


def _acts_on(tokens: Sequence[Token], tags: Sequence[str], at: int, verb: str) -> bool:
    """Tell whether an object or the verb's particle follows; after a name that may be an adjective, a name must follow."""
    if at + 1 == len(tokens):
        return False
    before, following = tokens[at - 1], tokens[at + 1]
    if any(rest[0] == following.lower for rest in lexicon().particles.get(verb, ())):
        # "US talks with" are no verb, what a ship or an official does is one.
        nouns = lexicon().nouns
        moves = nouns.get(before.form.noun or "", frozenset()) & {"WARSHIP", "OFFICIAL"}
        return bool(moves) or tokens[at].form.noun not in nouns
    if following.hit is not None:
        return True
    adjective = before.hit is not None and (
        before.text.replace(".", "").isupper() or any(name.use in {"demonym", "people"} for name in before.hit.names)
    )
    return not adjective and tags[at + 1] in {"DT", "JJ", "NN", "NNS", "CD", "PRP$", "VBG"}
