"""Agents composed of a state and a noun ("Russian navy", "US warships"), and the owners that they are composed with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from entente.model import Kind, Mention, Span
from entente.model.iri import entity
from entente_loaders.extract.directory import Directory, british
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.heads import split_names
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.references import REFERENCE, refer, remembered
from entente_loaders.extract.ships import ship_words
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit

__all__ = ["ACTING", "Scene", "composed", "crews", "owners_of"]

ACTING = frozenset({Kind.STATE, Kind.ORGAN, Kind.FORCE, Kind.ORGANISATION, Kind.PERSON})
"""Kinds of named entities that act."""

_SHIP = "ship"
_SECRETARY = "Secretary of State "
"""A title that, without a state's name and before a person's, is the American foreign minister's."""
_USA = entity("state", "USA")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a noun group is read against: the text, the reference data, and what was spoken of before."""

    text: str
    directory: Directory
    discourse: Discourse


def owners_of(core: Sequence[Token], scene: Scene) -> tuple[Mention, ...]:
    """Give the states, organisations or persons that a noun group belongs to; `core` is the group without its name."""
    possessor, own = _possession(core)
    head = own[-1] if own else None
    found: list[Mention] = []
    for word in own:
        # The last word is the head, and no owner of itself, where it is a name.
        if (word.hit is not None or word.tag == "NNP") and word is not head and (mention := _owner(word, scene)) is not None:
            found.append(mention)
    if possessor and not found:
        found = _possessors(possessor, scene)
    if not found and own and own[0].tag == "PRP$" and own[0].lower in lexicon().closed["pronouns.own"]:
        found = [refer(agent, own[0].span, own[0].text) for agent in _own(own[0].lower, scene.discourse)]
    return tuple(dict.fromkeys(found))


def _owner(word: Token, scene: Scene) -> Mention | None:
    if word.hit is None:
        agent = scene.discourse.by_name.get(word.text)
        return refer(agent, word.span, word.text) if agent else None
    mention = scene.directory.read(word.hit, scene.text, adjective=True)
    acts = (
        mention is not None and mention.kind in ACTING and (mention.state is not None or mention.kind is Kind.ORGANISATION)
    )
    return mention if acts else None


def _possession(words: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Part "Russia's | Pacific Fleet" at its last possessive."""
    for at in range(len(words) - 2, -1, -1):
        if words[at].tag == "POS":
            return words[:at], words[at + 1 :]
    return (), words


def _possessors(words: Sequence[Token], scene: Scene) -> list[Mention]:
    last = words[-1]
    if last.hit is not None:
        mention = scene.directory.read(last.hit, scene.text)
        return [mention] if mention is not None and mention.kind in ACTING else []
    if (agent := remembered(words, scene.discourse)) is not None:
        return [agent]
    adjectives = (scene.directory.read(word.hit, scene.text, adjective=True) for word in words if word.hit is not None)
    return [name for name in adjectives if name is not None and name.kind is Kind.STATE]


def _own(word: str, discourse: Discourse) -> tuple[Mention, ...]:
    if word == "their" and (pair := discourse.last_pair()):
        return pair
    agent = discourse.person if word in {"his", "her"} else discourse.last_state()
    return (agent,) if agent is not None else ()


def composed(unit: Unit, owners: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """Give the forces, organs or officials that a noun group names, one for each of its owners.

    A group without an owner refers to the last of its kind, else a definite one belongs to the state spoken of.
    """
    core, tail = split_names(unit.tokens)
    head = british(unit.head) if lexicon().nouns.get(unit.head) or "NAMED" not in unit.classes else _SHIP
    official = "N.OFFICIAL" in unit.classes
    words = unit.span.of(scene.text)
    introduced = bool(owners)
    if not owners and unit.has("N.NONSTATE"):
        return ()
    if not owners:
        if (back := _back(unit, core, tail, head, scene)) or not ("DEF" in unit.classes or (tail and official)):
            return tuple(refer(agent, unit.span, words) for agent in back)
        state: Mention | None
        if tail and words.startswith(_SECRETARY):
            state = Mention(unit.span, words, Kind.STATE, (_USA,), _USA, use=REFERENCE)
        elif head == "regime":
            state = scene.discourse.other_side()
        else:
            state = scene.discourse.last_state() if "DEF" in unit.classes else scene.discourse.nearest(unit.start)
        owners = (state,) if state is not None and not unit.has("N.SHIP") else ()
    kind = Kind.PERSON if tail and official else Kind.FORCE if "N.FORCE" in unit.classes and not official else Kind.ORGAN
    first = next((token for token in unit.tokens if token.tag not in {"DT", "PDT"}), unit.tokens[0])
    span = Span(first.start, unit.end)
    phrase = _after_names(core, scene.text) or words
    agents: list[Mention] = []
    for owner in owners:
        if owner.state is None:
            agents.extend([refer(owner, unit.span, words)] if owner.kind is Kind.ORGANISATION else [])
            continue
        agents.append(
            Mention(
                span=span,
                text=span.of(scene.text) if len(owners) == 1 else f"{owner.text} {phrase}",
                kind=kind,
                entities=scene.directory.known(owner.state, phrase.lower()) if kind is not Kind.PERSON else (),
                state=owner.state,
                head=head,
                concept=scene.directory.concept(head) if kind is Kind.FORCE else None,
                use="composed",
            )
        )
    if agents and tail and introduced and kind is Kind.PERSON:
        scene.discourse.remember_name([token.text for token in tail], agents[0])
    return tuple(agents)


def _back(unit: Unit, core: Sequence[Token], tail: Sequence[Token], head: str, scene: Scene) -> tuple[Mention, ...]:
    """Give what a group without an owner refers back to: "the two governments", "the ministry", "Minister Lavrov"."""
    if unit.has("N.PAIR") and {token.lower for token in unit.tokens} & {"two", "both"}:
        return scene.discourse.last_pair()
    source: Mention | None = None
    if tail:
        names = scene.discourse.by_name
        source = names.get(" ".join(token.text for token in tail)) or names.get(tail[-1].text)
    elif "DEF" in unit.classes or core[0].tag in {"NN", "NNS", "NNP"}:
        source = scene.discourse.by_head.get(head)
    return (source,) if source is not None else ()


def _after_names(core: Sequence[Token], text: str) -> str:
    """Give the words that follow the states' names in the group: "Russian and Chinese | naval forces"."""
    names = [at for at, token in enumerate(core) if token.hit is not None or token.tag == "POS"]
    if names and names[-1] + 1 < len(core):
        return text[core[names[-1] + 1].start : core[-1].end]
    return "" if names else text[core[0].start : core[-1].end]


def crews(unit: Unit, owners: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """Give whose ships a group of ships or aircraft is: a named ship sails for its navy, "the ship" is the last one's."""
    words = unit.span.of(scene.text)
    named = ship_words(unit)
    source: tuple[Mention, ...] = ()
    if not owners:
        if named:
            name = scene.discourse.by_name.get(" ".join(token.text for token in named))
            crew = scene.discourse.ships if "DEF" in unit.classes else ()
            single = len({one.state for one in crew}) == 1
            source = (name,) if name is not None and name.kind is Kind.FORCE else crew[:1] if single else ()
        elif "DEF" not in unit.classes or "PLURAL" in unit.classes:
            source = scene.discourse.ships if unit.has("DEF") or (unit.quantity is not None and unit.has("N.PAIR")) else ()
        else:
            known = scene.discourse.by_head.get(british(unit.head)) or scene.discourse.ship
            source = (known,) if known is not None else ()
        return tuple(refer(agent, unit.span, words) for agent in source)
    if not named:
        return composed(unit, owners, scene)
    first = next((token for token in unit.tokens if token.tag not in {"DT", "PDT"}), unit.tokens[0])
    span = Span(first.start, unit.end)
    agents = tuple(
        Mention(
            span=span,
            text=span.of(scene.text),
            kind=Kind.FORCE,
            entities=owner.entities if owner.kind is Kind.FORCE else scene.directory.known(owner.state, "navy"),
            state=owner.state,
            head="navy",
            use="composed",
        )
        for owner in owners
        if owner.state is not None
    )
    if len(agents) == 1:
        name_words = [word for token in named for word in token.text.split()]
        bare = name_words[1:] if name_words[0] in lexicon().ship_prefixes and len(name_words) > 1 else name_words
        scene.discourse.remember_name(name_words, agents[0])
        scene.discourse.remember_name(bare, agents[0])
    return agents
