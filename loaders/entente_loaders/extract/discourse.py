"""What a document has spoken of so far: the referents of "he", "the two", "both sides", "the ministry"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from entente.model import Iri, Kind, Mention
from entente_loaders.extract.lexicon import lexicon

__all__ = ["Discourse"]

_NEAR_BY = 80
_LATELY = 6
"""Mentions of states after which "the two" need no longer be those that the text joined."""
_HALF = re.compile(r"(North|South|East|West) (?:Korea|Vietnam|Viet Nam|Yemen|German|Sudan)")


@dataclass(slots=True)
class Discourse:
    """The memory of one document while it is read; it only grows from left to right."""

    person: Mention | None = None
    state: Mention | None = None
    pair: tuple[Mention, ...] = ()
    paired: int = 0
    """How many mentions of states there were when the pair was joined."""
    several: tuple[Mention, ...] = ()
    """The last subject in the plural, to whom "they" refers."""
    halves: dict[str, Mention] = field(default_factory=dict)
    """The states that "the North" and "the South" stand for."""
    ship: Mention | None = None
    """Whose the last single ship was, to which "the ship" refers."""
    ships: tuple[Mention, ...] = ()
    """Whose the last ships were, to which "the ships" refers."""
    speaker: Mention | None = None
    day: date | None = None
    """The last day spoken of."""
    quote: str = ""
    """What will close the quotation that the text so far has left open."""
    read_to: int = 0
    by_head: dict[str, Mention] = field(default_factory=dict)
    by_name: dict[str, Mention] = field(default_factory=dict)
    states: list[Mention] = field(default_factory=list)
    """The state mentions in order, without immediate repeats."""

    def hear(self, agents: tuple[Mention, ...], *, subject: bool) -> None:
        """Remember the agents of a noun group."""
        for agent in agents:
            if agent.kind is Kind.PERSON or "OFFICIAL" in lexicon().nouns.get(agent.head or "", ()):
                if subject or self.person is None:
                    self.person = agent
            elif subject or self.state is None:
                self.state = agent
            if agent.head:
                self.by_head[agent.head] = agent
            self.note(agent)
        distinct = {self.owner(agent): agent for agent in agents}
        if len(distinct) == 2 and None not in distinct:
            self.pair, self.paired = tuple(distinct.values()), len(self.states)

    def sail(self, agents: tuple[Mention, ...], *, single: bool) -> None:
        """Remember whose ships were spoken of."""
        if single and len(agents) == 1:
            self.ship = agents[0]
        self.ships = agents

    def note(self, agent: Mention) -> None:
        """Remember a state in the order of mention."""
        if agent.kind is Kind.STATE and (half := _HALF.match(agent.text)):
            self.halves[half[1].lower()] = agent
        if self.owner(agent) is not None and (not self.states or self.owner(self.states[-1]) != self.owner(agent)):
            self.states.append(agent)

    @staticmethod
    def owner(agent: Mention) -> Iri | None:
        """Give the state (or organisation) that an agent stands for."""
        if agent.state is not None:
            return agent.state
        return agent.entities[0] if agent.entities else None

    def last_pair(self) -> tuple[Mention, ...]:
        """Give the last two distinct states spoken of: as a pair when the text joined them of late, else as mentioned."""
        if self.pair and len(self.states) - self.paired < _LATELY:
            return self.pair
        distinct: dict[Iri, Mention] = {}
        for agent in reversed(self.states):
            if (owner := self.owner(agent)) is not None:
                distinct.setdefault(owner, agent)
            if len(distinct) == 2:
                return tuple(reversed(distinct.values()))
        return ()

    def last_state(self) -> Mention | None:
        """Give the state that the text is about: the last subject, else the last one named."""
        return self.state or (self.states[-1] if self.states else None)

    def other_side(self) -> Mention | None:
        """Give the last state spoken of beside the one that the text is about: whose government others call a regime."""
        subject = self.last_state()
        if subject is None:
            return None
        others = (agent for agent in reversed(self.states) if self.owner(agent) != self.owner(subject))
        return next((agent for agent in others if agent.state is not None), subject)

    def nearest(self, offset: int) -> Mention | None:
        """Give the state that was named last before an official without one: near by, else the one the text is about."""
        if self.states and offset - self.states[-1].span.end < _NEAR_BY:
            return self.states[-1]
        return self.last_state()

    def remember_name(self, words: list[str], agent: Mention) -> None:
        """Remember whose name this is, by its last word, as a whole, and by its first word where that is nobody else's."""
        for key in (words[-1], " ".join(words)):
            if len(key) > 2:
                self.by_name[key] = agent
        self.by_name.setdefault(words[0], agent)
