"""Accounts: the events of a document while candidates gather in them, and what makes two candidates speak of one."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from entente.model import EventType, Iri, Location, Mode, Naming, Role, Span, When
from entente_loaders.extract.anchor import Anchor
from entente_loaders.extract.candidates import Candidate

__all__ = ["OLD", "Account", "gather"]

OLD = timedelta(days=31)
"""How long before the article an event lies that is no news any more, and how long one of open end may last."""

NEAR = timedelta(days=10)
"""The same of an event that is over at once: one of a fortnight ago is another than the undated one that is the news."""
_SUDDEN = frozenset({EventType.INCURSION, EventType.ATTACK})
_HOLDERS = frozenset({EventType.EXERCISE, EventType.JOINT_PATROL})
# An announcement, a plan and the thing itself are one event of these kinds; of the others each mode is its own.
_LIFECYCLE = _HOLDERS | {
    EventType.TALKS,
    EventType.VISIT,
    EventType.AGREEMENT,
    EventType.PORT_CALL,
    EventType.ARMS_TRANSFER,
    EventType.DEPLOYMENT,
}
# Events that ships and troops may be listed for.
_BEARERS = _HOLDERS | {EventType.PORT_CALL, EventType.TRANSIT, EventType.DEPLOYMENT}
# Leaving port and being welcomed there belong to a port call.
_OF_CALLS = frozenset({EventType.DEPLOYMENT, EventType.SUPPORT, EventType.VISIT})
_SAME_MATTER = 0.4
_CLOSE = 150
"""Characters between the beginnings of two speech acts of one state to another that are on one matter."""
_STEM = 5
_WORD = re.compile(r"[^\W\d_]{4,}")
_EDITION = re.compile(r"\d{2,4}\Z")
# Only the latest accounts, and the latest words of each, are compared, so that a text of any length costs in proportion.
_REMEMBERED = 200
_COMPARED = 12


@dataclass(slots=True)
class Account:
    """One event, its candidates and details, and what they say together."""

    type: EventType
    candidates: list[Candidate] = field(default_factory=list)
    details: list[Candidate] = field(default_factory=list)
    modes: set[Mode] = field(default_factory=set)
    sides: dict[Role, set[Iri]] = field(default_factory=dict)
    names: list[Naming] = field(default_factory=list)
    window: tuple[date, date] | None = None
    starts: list[int] = field(default_factory=list)
    _matters: list[frozenset[str]] = field(default_factory=list)

    def add(self, candidate: Candidate, text: str) -> None:
        """Let a candidate join."""
        self.candidates.append(candidate)
        self.modes.add(candidate.mode)
        for role in {role for role, _ in candidate.parties}:
            self.sides.setdefault(role, set()).update(candidate.states(role))
        if candidate.name is not None and not any(_same_name(candidate.name, name) for name in self.names):
            self.names.append(candidate.name)
        if (window := _window(candidate.time)) is not None:
            low, high = self.window or window
            self.window = min(low, window[0]), max(high, window[1])
        insort(self.starts, candidate.evidence.start)
        self._matters.append(_matter(candidate, text))

    def states(self, *roles: Role) -> set[Iri]:
        """Give the states in these roles, or in any."""
        return set().union(*(states for role, states in self.sides.items() if not roles or role in roles))

    def concerns(self, candidate: Candidate, text: str) -> bool:
        """Tell whether the candidate is on a matter that the account holds: near by, or in much the same words."""
        mine = _matter(candidate, text)
        recent = zip(self.candidates[-_COMPARED:], self._matters[-_COMPARED:], strict=True)
        return any(_near(known, candidate) or _alike(words, mine) for known, words in recent)


def _near(first: Candidate, second: Candidate) -> bool:
    return first.evidence.overlaps(second.evidence) or abs(first.evidence.start - second.evidence.start) < _CLOSE


def gather(candidates: Sequence[Candidate], anchor: Anchor, text: str) -> list[Account]:
    """Gather candidates, given in the order of the text, into accounts in the order of their first evidence."""
    accounts: list[Account] = []
    waiting: list[Candidate] = []
    deeds = _Deeds(
        frozenset(one.trigger for one in candidates if one.type is EventType.PORT_CALL),
        frozenset(one.trigger for one in candidates if one.rule.kind == "detail"),
    )
    for candidate in candidates:
        if candidate.rule.kind != "event" or candidate.type is None or deeds.cover(candidate, accounts[-_REMEMBERED:]):
            continue
        home = _home(candidate, accounts[-_REMEMBERED:], anchor, text)
        if home is None and candidate.parties:
            home = Account(candidate.type)
            accounts.append(home)
        if home is None:
            waiting.append(candidate)
        else:
            home.add(candidate, text)
    # "The drills" may be spoken of before the text says whose they are.
    for candidate in waiting:
        if (home := _home(candidate, accounts[:_REMEMBERED], anchor, text)) is not None:
            home.add(candidate, text)
    for candidate in candidates:
        if candidate.rule.kind == "detail" and (holder := _holder(candidate, accounts[-_REMEMBERED:])) is not None:
            holder.details.append(candidate)
    return sorted(accounts, key=lambda account: (account.starts[0], account.type.value))


@dataclass(frozen=True, slots=True)
class _Deeds:
    """The words that tell of port calls, and those that list the forces at an event."""

    calls: frozenset[Span]
    lists: frozenset[Span]

    def cover(self, candidate: Candidate, accounts: Sequence[Account]) -> bool:
        """Tell whether a deed is only part of another: a ship's leaving of its port call, its being sent to an exercise."""
        if candidate.type in _OF_CALLS and candidate.trigger in self.calls:
            return True
        if candidate.type is not EventType.DEPLOYMENT or candidate.trigger not in self.lists:
            return False
        placed = any(isinstance(fact, Location) for fact in candidate.facts)
        return not placed and any(one.type in _HOLDERS and candidate.states() & one.states() for one in accounts)


def _home(candidate: Candidate, accounts: Sequence[Account], anchor: Anchor, text: str) -> Account | None:
    fitting = [account for account in accounts if account.type is candidate.type and _fits(candidate, account, anchor, text)]
    name = candidate.name
    named = [account for account in fitting if name and any(_same_name(name, other) for other in account.names)]
    return max(named or fitting, key=lambda account: account.starts[-1], default=None)


def _fits(candidate: Candidate, account: Account, anchor: Anchor, text: str) -> bool:
    if not candidate.parties:
        when = _window(candidate.time)
        return candidate.rule.joins and (
            when is None or account.window is None or _same_time(when, account.window, anchor, OLD)
        )
    same_mode = account.modes == {candidate.mode}
    if not same_mode and (candidate.type not in _LIFECYCLE or Mode.NEGATED in account.modes | {candidate.mode}):
        return False
    if not _same_parties(candidate, account):
        return False
    if candidate.name is not None and account.names and not any(_same_name(candidate.name, name) for name in account.names):
        return False
    if not _same_time(_window(candidate.time), account.window, anchor, NEAR if candidate.type in _SUDDEN else OLD):
        return False
    return candidate.rule.alike or account.concerns(candidate, text)


def _same_parties(candidate: Candidate, account: Account) -> bool:
    if candidate.rule.adds:
        return True
    if candidate.type is not None and candidate.type.symmetric:
        return _nested(candidate.states(), account.states())
    for role in (Role.ACTOR, Role.RECIPIENT):
        mine, theirs = candidate.states(role), account.states(role)
        if mine and theirs and not _nested(mine, theirs):
            return False
    return bool(candidate.states() & account.states())


def _nested(first: frozenset[Iri], second: set[Iri]) -> bool:
    return first <= second or second <= first


def _same_time(first: tuple[date, date] | None, second: tuple[date, date] | None, anchor: Anchor, old: timedelta) -> bool:
    if first is not None and second is not None:
        return first[0] <= second[1] and second[0] <= first[1]
    known = first or second
    # What has no date is news, and not the same as what happened long ago.
    return known is None or anchor.day is None or known[1] >= anchor.day - old


def _window(when: When | None) -> tuple[date, date] | None:
    """Give the days between which a time lies; a side that is open lies no further away than an event lasts."""
    bounds = (when.earliest_begin, when.latest_begin, when.earliest_end, when.latest_end) if when is not None else ()
    days = [day for day in bounds if day is not None]
    if when is None or not days:
        return None
    low = min(days) - (OLD if when.earliest_begin is None else timedelta())
    return low, max(days) + (OLD if when.latest_end is None else timedelta())


def _same_name(first: Naming, second: Naming) -> bool:
    if first.series is not None and second.series is not None and first.series.entities and second.series.entities:
        editions = [match.group()[-2:] for name in (first, second) if (match := _EDITION.search(name.text))]
        return bool(set(first.series.entities) & set(second.series.entities)) and len(set(editions)) < 2
    return re.sub(r"\W+", " ", first.text.lower()) == re.sub(r"\W+", " ", second.text.lower())


def _matter(candidate: Candidate, text: str) -> frozenset[str]:
    return frozenset(word.lower()[:_STEM] for word in _WORD.findall(candidate.evidence.of(text)))


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    joint = first | second
    return bool(joint) and len(first & second) / len(joint) >= _SAME_MATTER


def _holder(candidate: Candidate, accounts: Sequence[Account]) -> Account | None:
    """Find the event that a detail belongs to: the last of its kind before it, else the first after."""
    types = {candidate.type} if candidate.type is not None else _BEARERS if candidate.rule.joins else _HOLDERS
    states = candidate.states()
    fitting = [
        account
        for account in accounts
        if account.type in types and (not states or states & account.states()) and Mode.NEGATED not in account.modes
    ]
    at = candidate.trigger.start
    before = [account for account in fitting if account.starts[0] <= at]
    if before:
        return max(before, key=lambda account: account.starts[bisect_right(account.starts, at) - 1])
    return min(fitting, key=lambda account: account.starts[0], default=None)
