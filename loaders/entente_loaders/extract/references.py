"""Mentions that stand for what was spoken of before: pronouns, "the two", "the country", surnames."""

from __future__ import annotations

from collections.abc import Sequence

from entente.model import Kind, Mention, Span
from entente_loaders.extract.directory import british
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.forms import NAMES
from entente_loaders.extract.heads import head_of
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit

__all__ = ["PAIR_WORDS", "REFERENCE", "bare_two", "countries", "half", "person", "pronoun", "refer", "remembered"]

REFERENCE = "reference"
"""The `use` of a mention that refers back."""

PAIR_WORDS = frozenset({"two", "both", "pair"})


def refer(agent: Mention, span: Span, text: str) -> Mention:
    """Make the mention that a referring word is: the same entity, other words."""
    return agent._replace(span=span, text=text, use=REFERENCE)


def _state_of(agent: Mention, span: Span, text: str) -> Mention:
    """Make the mention of the state that an agent belongs to: "the two" are states, not their ministries."""
    if agent.state is None:
        return refer(agent, span, text)
    return Mention(span, text, Kind.STATE, (agent.state,), agent.state, use=REFERENCE)


def pronoun(unit: Unit, discourse: Discourse) -> Unit:
    """Resolve "he", "it", "they"; "them" is left alone, for it is as often things as states."""
    source: tuple[Mention, ...] = ()
    if unit.has("PRON.SINGULAR") and discourse.person:
        source = (discourse.person,)
    elif unit.has("PRON.THING") and (state := discourse.last_state()):
        source = (state,)
    elif unit.has("PRON.PLURAL") and unit.head != "them":
        source = discourse.several
    if not source:
        return unit
    agents = tuple(refer(agent, unit.span, unit.tokens[0].text) for agent in source)
    classes = unit.classes | {"PARTY"} | ({"MULTI"} if len(agents) > 1 else frozenset())
    return unit.but(classes=classes, agents=agents)


def bare_two(unit: Unit) -> bool:
    """Tell whether a group is "the two", "both" or "the pair" without a noun."""
    return [token.lower for token in unit.tokens] in (["the", "two"], ["both"], ["the", "pair"])


def half(unit: Unit, discourse: Discourse) -> tuple[Mention, ...]:
    """Resolve "the North" and "the South" of a divided nation."""
    first, last = unit.tokens[0], unit.tokens[-1]
    if len(unit.tokens) < 2 or first.lower != "the" or not last.capital:
        return ()
    # "The nuclear-armed North" is the North still.
    if any(
        token.hit is not None or token.capital or not token.tag.startswith(("JJ", "VB", "RB")) for token in unit.tokens[1:-1]
    ):
        return ()
    agent = discourse.halves.get(last.lower)
    return (_state_of(agent, unit.span, f"{first.text} {last.text}"),) if agent else ()


def countries(unit: Unit, discourse: Discourse) -> tuple[Mention, ...]:
    """Resolve "the two countries", "both sides", "the country"."""
    words = {token.lower for token in unit.tokens}
    text = " ".join(token.text for token in unit.tokens)
    plural = "PLURAL" in unit.classes or bare_two(unit)
    if plural and words & PAIR_WORDS:
        return tuple(_state_of(agent, unit.span, text) for agent in discourse.last_pair())
    described = all(token.tag in {"JJ", "VBN"} and token.hit is None for token in unit.tokens[1:-1])
    alone = not plural and "DEF" in unit.classes and unit.has("N.COUNTRY") and described
    state = discourse.last_state() if alone else None
    return (_state_of(state, unit.span, text),) if state is not None else ()


def person(words: Sequence[Token], unit: Unit, discourse: Discourse) -> tuple[Mention, ...]:
    """Resolve a bare name whose bearer the text has introduced."""
    # A surname that is also a common word is no name to the tagger where it opens the sentence.
    if not (words[-1].tag in NAMES or words[-1].capital) or words[0].tag == "DT":
        return ()
    whole = " ".join(word.text for word in words)
    agent = discourse.by_name.get(whole) or discourse.by_name.get(words[-1].text)
    return (refer(agent, unit.span, whole),) if agent else ()


def remembered(words: Sequence[Token], discourse: Discourse) -> Mention | None:
    """Resolve a possessor that is no name of the reference data: "Lavrov's", "the country's", "the ministry's"."""
    span = Span(words[0].start, words[-1].end)
    if agent := discourse.by_name.get(words[-1].text):
        return refer(agent, span, words[-1].text)
    if len(words) == 2 and words[0].lower == "the" and (agent := discourse.halves.get(words[1].lower)):
        return refer(agent, span, f"{words[0].text} {words[1].text}")
    head, _ = head_of([word for word in words if word.tag != "DT"])
    classes = lexicon().nouns.get(head, frozenset())
    source: Mention | None = None
    if "COUNTRY" in classes:
        source = discourse.last_state()
    elif classes & {"ORGAN", "OFFICIAL", "FORCE"}:
        source = discourse.by_head.get(british(head))
    return refer(source, span, " ".join(word.text for word in words)) if source else None
