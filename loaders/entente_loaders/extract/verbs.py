"""Verb groups: auxiliaries, negation and verb as one unit, with tense, mood, voice and the verbs it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from entente_loaders.extract.lemmas import lemma
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tagger import lemma_of
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit, VerbGroup, one_set

__all__ = ["VERB_OPENERS", "verb_group"]

_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "get", "got", "gets"})
_HAVE = frozenset({"have", "has", "had", "having", "'ve"})
_DO = frozenset({"do", "does", "did"})
_VERB = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_ADVERB = frozenset({"RB", "RBR", "RBS"})
VERB_OPENERS = _VERB | _ADVERB | {"MD", "TO"}
"""Tags that may open a verb group; beside them only "to" does."""

_NOT_NOUNLIKE = frozenset({"VBD", "VBZ", "VBP", "VB", "MD"})
_FORM_CLASSES = {"finite": "FINITE", "infinitive": "INF", "gerund": "GER", "participle": "PART"}
_ADVERBS_LOOKED_OVER = 4
_LOOKED_OVER = frozenset({"not", "n't", "never", "also", "both"})
_OBLIGED = frozenset({"have", "need"})
_VERBS_REMEMBERED = 4096


@dataclass(slots=True)
class _State:
    """What the auxiliaries read so far say."""

    modal: str | None = None
    perfect: bool = False
    progressive: bool = False
    passive: bool = False
    negated: bool = False
    infinitive: bool = False
    tense: str | None = None
    seen: bool = False


def verb_group(tokens: Sequence[Token], at: int, limit: int) -> tuple[Unit, int] | None:
    """Read the verb group that begins at `at`, with the token after it; None when there is none."""
    if not _may_begin(tokens, at, limit):
        return None
    carriers: list[str] = []
    start, state, position = at, _State(), at
    while True:
        main = _main_verb(tokens, position, limit, state)
        if main is None:
            return None
        verb = lemma(tokens[main].lower, "V")
        following = _carried(tokens, main, limit, verb)
        if following is None:
            break
        carriers.append(lemma_of(tokens[following - 1]) if following - 1 > main else verb)
        position = following
        state = replace(state, infinitive=True, passive=False, progressive=False)
    if verb == "be" and main + 1 < limit and tokens[main + 1].lower in lexicon().closed["negations"]:
        state.negated = True
    form, tense = _form(tokens[main], state)
    if carriers and form == "infinitive":
        form = "finite" if tokens[at].lower != "to" and tokens[at].tag != "VBG" else form
    particle, stop = _particle(tokens, main, limit, verb)
    bare_past = (
        tokens[main].tag in {"VBN", "VBD"}
        and (tokens[main].lower.endswith("ed") or tokens[main].lower in lexicon().pasts)
        and form in {"participle", "finite"}
        and not state.seen
    )
    passive = state.passive or form == "participle"
    group, classes = _grammar(
        verb, particle, tense, state.perfect, state.progressive, passive, state.negated, state.modal, form, tuple(carriers),
        bare_past,
    )  # fmt: skip
    return Unit("VP", tokens[start].start, tokens[stop - 1].end, tuple(tokens[start:stop]), classes, verb, verb=group), stop


@lru_cache(maxsize=_VERBS_REMEMBERED)
def _grammar(  # noqa: PLR0917 - by position, which the cache tells apart fastest
    verb: str,
    particle: str | None,
    tense: str,
    perfect: bool,
    progressive: bool,
    passive: bool,
    negated: bool,
    modal: str | None,
    form: str,
    carriers: tuple[str, ...],
    bare_past: bool,
) -> tuple[VerbGroup, frozenset[str]]:
    """Give the grammar of a verb group with its classes; the same few forms of the same verbs come again and again."""
    group = VerbGroup(verb, particle, tense, perfect, progressive, passive, negated, modal, form, carriers)
    classes = {"VP", _FORM_CLASSES[form], "PASSIVE" if passive else "ACTIVE"}
    classes |= _verb_classes("V", group.name, verb)
    if bare_past:
        classes.add("EDFORM")
    for carrier in carriers:
        classes |= _verb_classes("C", carrier, carrier)
    if verb == "be":
        classes.add("BE")
    if modal in lexicon().closed["modals.must"] or _OBLIGED & set(carriers):
        classes.add("MUST")
    elif modal in lexicon().closed["modals.will"]:
        classes.add("WILL")
    if negated:
        classes.add("NEGATED")
    return group, one_set(frozenset(classes))


@lru_cache(maxsize=_VERBS_REMEMBERED)
def _verb_classes(stem: str, name: str, verb: str) -> frozenset[str]:
    """Give the classes of a verb with its particle, else those of the bare verb."""
    verbs = lexicon().verbs
    found = verbs[name] if name in verbs else verbs.get(verb, frozenset())
    return frozenset([f"{stem}.{one}" for one in found])


def _may_begin(tokens: Sequence[Token], at: int, limit: int) -> bool:
    token = tokens[at]
    if token.hit is not None:
        return False
    if token.tag == "TO" or token.lower == "to":
        following = _skip_adverbs(tokens, at + 1, limit)
        return following < limit and tokens[following].tag in {"VB", "VBP"} and tokens[following].hit is None
    if token.tag in _ADVERB:
        following = _skip_adverbs(tokens, at, limit)
        return (
            following < limit
            and (tokens[following].tag in _NOT_NOUNLIKE or tokens[following].tag in {"VBN", "VBG"})
            and (tokens[following].tag not in {"VBG", "VBN"} or not _modifies_noun(tokens, following, limit))
        )
    if token.tag in {"VBG", "VBN"}:
        return not _modifies_noun(tokens, at, limit)
    return token.tag in _VERB or token.tag == "MD"


def _modifies_noun(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Tell whether a participle is an adjective: known as one, or between a determiner and a noun."""
    if at + 1 >= limit or not (tokens[at + 1].tag.startswith("NN") or tokens[at + 1].tag == "JJ"):
        return False
    if tokens[at].lower in lexicon().closed["emphatic_modifiers"]:
        return tokens[at + 1].hit is None
    before = tokens[at - 1].tag if at else ""
    return (
        before in {"DT", "PRP$", "POS", "JJ", "CD"}
        and tokens[at].lower.endswith(("ed", "ing"))
        and tokens[at + 1].tag in {"NN", "NNS", "JJ"}
    )


def _skip_adverbs(tokens: Sequence[Token], at: int, limit: int) -> int:
    if at >= limit or not (tokens[at].tag in _ADVERB or tokens[at].lower in _LOOKED_OVER):
        return at
    stop = at + _ADVERBS_LOOKED_OVER
    while at < limit and at < stop and (tokens[at].tag in _ADVERB or tokens[at].lower in _LOOKED_OVER):
        at += 1
    return at


def _main_verb(tokens: Sequence[Token], at: int, limit: int, state: _State) -> int | None:
    closed = lexicon().closed
    while at < limit:
        token = tokens[at]
        lower = token.lower
        if token.tag in _VERB and lower not in _auxiliaries():
            return at if token.hit is None else None
        following = _skip_adverbs(tokens, at + 1, limit)
        next_tag = tokens[following].tag if following < limit else ""
        verbal = next_tag in _VERB and tokens[following].hit is None
        if lower in closed["negations"]:
            state.negated = True
        elif token.tag in _ADVERB or lower in {"also", "both"}:
            pass
        elif lower == "to" and next_tag in {"VB", "VBP"}:
            state.infinitive = True
        elif lower == "ought" and tokens[min(following, limit - 1)].lower == "to":
            state.modal = lower
            state.seen = True
            at = following
        elif token.tag == "MD" or lower in {"will", "would"}:
            state.modal = lower
            state.seen = True
            if not verbal:
                return None
        elif lower in _HAVE and next_tag in {"VBN", "VBD"} and verbal:
            state.perfect, state.seen = True, True
            state.tense = state.tense or ("past" if lower == "had" else "present")
        elif lower in _BE and (verbal and (next_tag in {"VBN", "VBG", "VBD"} or _participle(tokens[following]))):
            state.seen = True
            state.tense = state.tense or ("past" if lower in {"was", "were", "got"} else "present")
            if next_tag == "VBG" and tokens[following].lower != "being":
                state.progressive = True
            elif tokens[following].lower != "being":
                state.passive = True
        elif lower in _DO and next_tag in {"VB", "VBP"} and verbal:
            state.seen = True
            state.tense = "past" if lower == "did" else "present"
        elif token.tag in _VERB and token.hit is None:
            return at
        else:
            return None
        at += 1
    return None


@cache
def _auxiliaries() -> frozenset[str]:
    """Give the words that may do something else in a verb group than be its verb."""
    return frozenset({*_BE, *_HAVE, *_DO, *lexicon().closed["negations"], *_LOOKED_OVER, "to", "ought", "will", "would"})


def _participle(token: Token) -> bool:
    return token.lower.endswith(("ed", "en")) and token.tag in _VERB


def _carried(tokens: Sequence[Token], main: int, limit: int, verb: str) -> int | None:
    """Give the index of the "to" that leads from a carrier to the verb it carries, or None."""
    at = main + 1
    if verb == "be" and at < limit and tokens[at].lower in lexicon().closed["carriers"]:
        at += 1
    elif verb == "be" and main and (tokens[main - 1].hit is not None or tokens[main - 1].tag == "PRP"):
        pass  # "Britain is to send troops", where "the aim is to send" tells no plan
    elif verb not in lexicon().closed["carriers"]:
        return None
    at = _skip_adverbs(tokens, at, limit)
    if at + 1 < limit and tokens[at].lower == "to":
        following = _skip_adverbs(tokens, at + 1, limit)
        if following < limit and tokens[following].tag in {"VB", "VBP"} and tokens[following].hit is None:
            return at
    return None


def _form(token: Token, state: _State) -> tuple[str, str]:
    if state.seen:
        return "finite", state.tense or ("present" if state.modal else "past" if token.tag == "VBD" else "present")
    if state.infinitive:
        return "infinitive", "present"
    match token.tag:
        case "VBD":
            return "finite", "past"
        case "VBG":
            return "gerund", "present"
        case "VBN":
            return "participle", "past"
        case _:
            return "finite", "present"


def _particle(tokens: Sequence[Token], main: int, limit: int, verb: str) -> tuple[str | None, int]:
    rests = lexicon().particles.get(verb)
    if rests is None or main + 1 >= limit:
        return None, main + 1
    places = dict.fromkeys((main + 1, _skip_adverbs(tokens, main + 1, limit)))
    for rest in rests:
        for at in places:
            stop = at + len(rest)
            if stop > limit or tokens[at].lower != rest[0]:
                continue
            if tuple([token.lower for token in tokens[at:stop]]) == rest and not (
                rest[-1] == "to" and stop < limit and tokens[stop].tag in {"VB", "VBP"}
            ):
                return " ".join(rest), at + len(rest)
    return None, main + 1
