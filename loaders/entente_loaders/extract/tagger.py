"""Parts of speech from word lists and Brill's rules, without a trained model.

The lists are the ones that TextBlob ships (`en-lexicon.txt`, `en-morphology.txt`, `en-context.txt`); they are read as
files, TextBlob itself is not imported. Tags are those of the Penn Treebank.
"""

from __future__ import annotations

from collections.abc import Sequence

from entente_loaders.extract.brill import correct
from entente_loaders.extract.forms import COMMON_NOUNS, NAME, Form
from entente_loaders.extract.headlines import find_verb, listed
from entente_loaders.extract.lemmas import lemma
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Token

__all__ = ["lemma_of", "tag"]

_PRESENT = frozenset({"VB", "VBP", "VBZ"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DOUBTFUL = frozenset({"JJ", "NN", "NNS", NAME, "RBR", "RBS", "VB", "VBP", "VBZ", "VBG", "VBN"})
"""Tags that news style makes wrong."""
# Tags for which alone the steps of `_disambiguate` have anything to say.
_VERB_FORMS = frozenset({"VBG", "VBN", "VBZ"})
_MENDED = frozenset({"NN", "VB", "VBP"})
_UNSURE = frozenset({"VBN", "VBG", "JJ", "RB"})
_SURE_WORDS = frozenset({"guided", "shot"})
_AUXILIARIES = frozenset(["be", "is", "are", "was", "were", "been", "being", "have", "has", "had", "having"])
_RELATIVES = frozenset({"whom", "which", "that", "what"})


def tag(tokens: list[Token], *, headline: bool = False, title_case: bool = False) -> list[Token]:
    """Tag the tokens of a sentence, in place; with `title_case` capitals say nothing (a headline in capitals)."""
    tags = [NAME if token.hit is not None else token.form.anywhere if title_case else token.form.inside for token in tokens]
    # A capital says nothing there, be it due to the abbreviation before it ("the U.S. Has offered" in agency copy).
    opening = [
        at for at, token in enumerate(tokens) if token.lower in _AUXILIARIES and at and tokens[at - 1].text[-1] == "."
    ]
    for at in (0, *opening) if tokens else ():
        if tokens[at].hit is None:
            tags[at] = tokens[at].form.anywhere
    correct(tokens, tags)
    _disambiguate(tokens, tags)
    if headline and _FINITE_TAGS.isdisjoint(tags):
        find_verb(tokens, tags)
    for token, mark in zip(tokens, tags, strict=True):
        token.tag = mark
    return tokens


def lemma_of(token: Token) -> str:
    """Give the lemma of a tagged token."""
    mark = token.tag
    kind = "V" if mark.startswith("VB") or mark == "MD" else "N" if mark.startswith("NN") else ""
    return lemma(token.lower, kind)


def _disambiguate(tokens: Sequence[Token], tags: list[str]) -> None:
    """Repair what news style gets wrong: verbs read as nouns after a subject, and nouns read as verbs after a modifier."""
    before = ""
    for at, token in enumerate(tokens):
        mark = tags[at]
        if mark == "IN" and token.lower in {"a", "an", "the"}:
            mark = tags[at] = "DT"
        if token.hit is None and (mark in _DOUBTFUL or before == NAME):
            form = token.form
            # A mere noun needs no repair, nor does a name with a capital.
            if mark in COMMON_NOUNS:
                settled = form.settled and before != "TO"
            else:
                settled = mark == NAME and form.capital and form.lower not in _SURE_WORDS
            if not settled:
                _repair(tokens, tags, at, mark, before)
        before = tags[at]


def _repair(tokens: Sequence[Token], tags: list[str], at: int, mark: str, before: str) -> None:
    """Repair one tag by those around it."""
    form, lower = tokens[at].form, tokens[at].lower
    after = tags[at + 1] if at + 1 < len(tags) else ""
    base = form.base
    if mark in _VERB_FORMS:
        mark = tags[at] = _possible(mark, before, form)
    if (
        mark in {"JJ", "NN"}
        and after in {"IN", "TO"}
        and lower.endswith("ed")
        and before in COMMON_NOUNS
        and not base.startswith("NN")
    ):
        tags[at] = "VBN"
        return
    if mark == NAME and form.text.islower():
        # Brill's rules take words before a name for part of it.
        mark = tags[at] = base if base and base != NAME else "NNS" if lower.endswith("s") else "NN"
    if mark in _MENDED and (mended := _mended(tokens, tags, at)) is not None:
        tags[at] = mended
        return
    if mark == "JJ" and lower.endswith("ed") and form.verb is not None and _verbal(tokens, tags, at):
        tags[at] = "VBN" if tokens[at - 1].lower in {"had", "has", "have"} else "VBD"
        return
    unsure = mark in _UNSURE or before == NAME or lower in _SURE_WORDS
    if unsure and (sure := _sure(tokens, at, mark, before, after)) is not None:
        tags[at] = sure
        return
    if base == "RB" and mark in {"NN", "JJ", NAME} and not form.capital:
        tags[at] = "RB"
        return
    if mark in {"RBR", "RBS"} and after in {"JJ", "NN", "NNS"}:
        tags[at] = "JJR"
    elif mark in {"VB", "VBP", "VBZ"} and base.startswith(("JJ", "NN")) and form.verb is None and before != "MD":
        tags[at] = base
    elif mark in COMMON_NOUNS or mark == "JJ":
        if (verb := _as_verb(tokens, tags, at, after)) is not None:
            tags[at] = verb
    elif mark in {"VB", "VBP", "VBZ"} and (
        before in {"DT", "JJ", "PRP$", "POS", "CD", "JJR", "IN"}
        or (before == "NN" and mark != "VBZ" and after in {"IN", ".", ","})
        or (mark == "VBZ" and after in {"MD", "VBD", "VBP", "VBZ"})
        or (before == "NNS" and tokens[at - 1].lower in lexicon().modifiers and after == "IN")
    ):
        if (
            (form.noun and before != "IN")
            or before in {"DT", "PRP$"}
            or (before == "IN" and lower in {"aims", "talks", "plans"})
        ):
            tags[at] = "NNS" if mark == "VBZ" else "NN"
    elif mark == "VBG" and (
        (before in {"DT", "JJ", "POS"} and after in {"IN", "TO", ".", ",", "", "VBD", "VBZ", "MD"})
        or (before == "NN" and tokens[at - 1].lower in lexicon().modifiers)
    ):
        tags[at] = "NN"


def _as_verb(tokens: Sequence[Token], tags: list[str], at: int, after: str) -> str | None:
    """Give the tag of a verb read as noun or adjective; None for what is one."""
    mark, form, before = tags[at], tokens[at].form, tags[at - 1] if at else ""
    # No noun stands right before another's determiner: "to drive a wedge".
    led = before == "MD" or (before == "TO" and mark != "NNS")
    if led and (form.verb == form.lower or (before == "TO" and after in {"DT", "PRP$"})):
        return "VB"
    if before in COMMON_NOUNS and form.lower in {"read", "said", "says", "reads"}:
        return "VBD"
    if mark == "NN" and form.base in {"VB", "VBP"} and before not in {"DT", "PRP$", "POS"} and form.noun is None:
        return form.base
    finite = _finite(tokens, tags, at) and _FINITE_TAGS.isdisjoint(tags[:at])
    if finite or (mark == "NNS" and _relative(tokens, tags, at)):
        return "VBZ" if mark == "NNS" else "VBP"
    return None


def _sure(tokens: Sequence[Token], at: int, mark: str, before: str, after: str) -> str | None:
    """Give the tag of "shot down", of "de" in a name, or of a noun that looks like an adjective ("the offensive")."""
    word = tokens[at].lower
    if word == "guided" and at + 1 < len(tokens) and tokens[at + 1].lower.startswith(("missile", "-missile")):
        return "JJ"
    if mark == "VBN" and word.endswith("ed") and after in COMMON_NOUNS and before in {"VBD", "VBZ", "VBP", "VBG"}:
        # "Began coordinated patrols", but "have coordinated patrols".
        return None if tokens[at - 1].lower in _AUXILIARIES else "JJ"
    if word == "shot" and at + 1 < len(tokens) and tokens[at + 1].lower in {"down", "at", "dead"}:
        return "VBN" if before.startswith("VB") else "VBD"
    if word in lexicon().closed["name_particles"] and before == NAME and at + 1 < len(tokens) and tokens[at + 1].capital:
        return NAME
    if mark == "VBG" and before == NAME and after == "IN" and word in lexicon().nouns:
        return "NN"
    ends = before in {"DT", "POS", "PRP$", "JJ", NAME} and not after.startswith(("NN", "JJ", "VBG", "VBN", "CD"))
    nounlike = mark in {"JJ", "RB"} and (word in lexicon().nouns or word in lexicon().closed["directions"])
    return "NN" if ends and nounlike else None


def _possible(mark: str, before: str, form: Form) -> str:
    """Correct a tag that cannot be: Brill's rules make gerunds of nouns, and verbs of the object in "ignored calls"."""
    if mark == "VBG" and not form.lower.endswith(("ing", "in")):
        return form.base or "NN"
    if mark == "VBN" and form.lower in lexicon().only_pasts:
        return "VBD"
    if mark == "VBZ" and before in {"VBD", "VBZ"} and form.noun:
        return "NNS"
    return mark


def _mended(tokens: Sequence[Token], tags: list[str], at: int) -> str | None:
    """Give the tag of a progressive read as noun, or an adjective read as verb."""
    mark, lower = tags[at], tokens[at].lower
    if mark == "NN" and lower.endswith("ing") and _progressive(tokens, tags, at):
        return "VBG"
    if mark in {"VB", "VBP"} and at and lower in lexicon().modifiers and tags[at - 1] in {*_PRESENT, "VBD"}:
        noun = at + 1 < len(tags) and (tags[at + 1] in COMMON_NOUNS or tokens[at + 1].form.noun is not None)
        return "JJ" if noun else None
    return None


def _verbal(tokens: Sequence[Token], tags: list[str], at: int) -> bool:
    """Tell whether an adjective-like "-ed" form is a verb: after "had" or a name, before what a verb takes."""
    after = tags[at + 1] if at + 1 < len(tags) else ""
    return (
        at > 0
        and (tokens[at - 1].lower in {"had", "has", "have"} or tags[at - 1] in {NAME, "PRP"})
        and after in {"TO", "IN", "DT", NAME}
    )


def _progressive(tokens: Sequence[Token], tags: list[str], at: int) -> bool:
    """Tell whether an "-ing" noun is a verb: after a form of "be", before what a verb takes."""
    after = tags[at + 1] if at + 1 < len(tags) else ""
    return (
        at > 0
        and tokens[at - 1].lower in {"is", "are", "was", "were", "been"}
        and after in {NAME, "DT", "PRP$", "NNS"}
        and tokens[at].form.verb is not None
    )


def _relative(tokens: Sequence[Token], tags: list[str], at: int) -> bool:
    """Tell whether a noun-like word is the verb of a relative clause: "whom Turkey accuses"."""
    led = at > 1 and tokens[at - 1].hit is not None and tokens[at - 2].lower in _RELATIVES
    # "The news that US forces would leave" has its verb already.
    verbal = at + 1 < len(tags) and tags[at + 1] in {"MD", "VBD", "VBP", "VBZ"}
    return led and not verbal and tags[at] == "NNS" and tokens[at].form.verb is not None


def _phrasal(tokens: Sequence[Token], at: int, verb: str) -> bool:
    """Tell whether the particle of a phrasal verb follows: "fires at"."""
    return at + 1 < len(tokens) and any(rest[0] == tokens[at + 1].lower for rest in lexicon().particles.get(verb, ()))


def _adjective_of_state(token: Token) -> bool:
    return token.hit is not None and any(name.use == "demonym" for name in token.hit.names)


def _finite(tokens: Sequence[Token], tags: list[str], at: int) -> bool:
    """Tell whether a noun-like word is the first verb of a headline or lead: after a name or plural, before an object."""
    token = tokens[at]
    if at == 0 or (tokens[at - 1].hit is None and tags[at - 1] not in COMMON_NOUNS):
        return False
    verb = token.form.verb
    if verb is None or verb in {"state", "force", "base", "position", "exercise"}:
        return False
    plural_noun = tags[at] == "NNS"
    before = tokens[at - 1]
    named = (
        before.hit is not None
        and not before.text.replace(".", "").isupper()
        and not any(name.use in {"demonym", "people"} for name in before.hit.names)
    )
    titled = plural_noun and tags[at - 1] == "NN" and "OFFICIAL" in lexicon().nouns.get(before.lower, ())
    armed = (
        plural_noun
        and tags[at - 1] == "NN"
        and "FORCE" in lexicon().nouns.get(before.lower, ())
        and _phrasal(tokens, at, verb)
    )
    # "US sanctions Chinese firms": a noun does not stand between two names.
    between = plural_noun and before.hit is not None and at + 1 < len(tokens) and _adjective_of_state(tokens[at + 1])
    if not (named or titled or armed or between or (tags[at - 1] == "NNS" and not plural_noun)):
        return False
    if tags[at] == "JJ":
        return (
            named and token.lower == verb and at + 1 < len(tags) and tags[at + 1] in {"DT", "JJ", "NN", "NNS", "CD", "NNP"}
        )
    after = tags[at + 1] if at + 1 < len(tags) else ""
    if plural_noun:
        return _phrasal(tokens, at, verb) or after in {"DT", "JJ", "NN", "NNS", "NNP", "TO", "CD", "PRP$", "VBG", "RB", "RP"}
    if after == "TO" and named:
        return True
    several = tags[at - 1] == "NNS" or (named and token.lower == verb and listed(tokens, at - 1))
    return several and after in {"DT", "JJ", "NNS", "NNP", "CD", "PRP$", "NN", "RP"}
