"""What the identity of an event is decided on: a descriptor of each account, and the blocks that it belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, product

from entente.consensus.account import BEGIN, END, Account, first
from entente.consensus.wording import is_rare, telling_words
from entente.model import EventType, Iri, Literal
from entente.model.iri import BASE, slug
from entente.model.terms import ent

__all__ = ["BLOCKS", "Descriptor", "Window", "describe", "notation"]

BLOCKS = "blocks.v3"
"""Name and version of the keys; a change of them gives it a new number."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_GENERIC = re.compile(
    r"\b(?:the|joint|military|naval|navy|combined|annual|multinational|exercises?|drills?|manoeuvres|maneuvers|operation)\b",
    re.IGNORECASE,
)
_LONGEST_WINDOW = 366
_OPEN_END = timedelta(days=14)
"""How long a lasting event is taken to last at most where only its begin or its end is told."""
_NEWS_AGE = timedelta(days=3)
_BACKGROUND_AGE = timedelta(days=92)
_PLAN_AHEAD = timedelta(days=45)
_AROUND_LASTING, _AROUND_BRIEF = timedelta(days=23), timedelta(days=2)
"""Half of the days that may lie between two accounts of one event (docs/decisions/0006-event-identity.md, Exclusion)."""
_MOST_PARTIES = 6
_MOST_PLACES = 4
_MOST_NAMES = 4
_MANY_HAVE = frozenset(
    f"^{word}" for word in re.findall(r"\w+", "bay channel coast gulf island islands may ocean peninsula river sea strait")
)
"""Names that are one only with the word before them, and the month that is a verb too: a block of them holds too much."""
_STATE = f"{BASE}id/state/"


def notation(concept: Iri) -> str:
    """The last part of a concept's IRI, its notation."""
    return concept.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Window:
    """Days within which an event lies; `told` by the text, or else concluded from the day of publication."""

    low: date
    high: date
    told: bool

    @property
    def days(self) -> int:
        """How many days it spans."""
        return (self.high - self.low).days + 1

    @property
    def months(self) -> tuple[str, ...]:
        """The months that it touches, as YYYY-MM."""
        first_month, last_month = (day.year * 12 + day.month - 1 for day in (self.low, self.high))
        return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first_month, last_month + 1))


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What identity is decided on.

    `parties` are states, or the agents themselves where they belong to none, each with its role; `editions` are pairs of
    a series or name and a year, written `northern-interaction-2023`; `words` are the telling words of the sentences on it,
    `lead` those that its article begins with; `records` are its identifiers in a data set, whose coders tell its exercises
    apart.
    """

    iri: Iri
    article: Iri
    type: EventType
    mode: str
    parties: frozenset[tuple[Iri, str]]
    editions: frozenset[str]
    window: Window | None
    places: frozenset[Iri]
    vessels: frozenset[Iri]
    words: frozenset[str]
    lead: frozenset[str] = frozenset()
    published: date | None = None
    records: frozenset[str] = frozenset()

    @property
    def agents(self) -> frozenset[Iri]:
        """The parties without their roles."""
        return frozenset(party for party, _ in self.parties)

    @property
    def sites(self) -> frozenset[Iri]:
        """The places that are more exact than a state."""
        return frozenset(place for place in self.places if not place.startswith(_STATE))

    @property
    def states(self) -> frozenset[Iri]:
        """The parties that are states."""
        return frozenset(party for party in self.agents if party.startswith(_STATE))

    @property
    def keys(self) -> tuple[str, ...]:
        """The blocks it belongs to: only accounts that share a key are compared.

        The blocks are its editions, its pairs of parties (or its only party) by month, and by quarter its parties at a
        place and who acts with a name or number of what is said of the event.
        """
        keys = {f"{self.type}|{edition}" for edition in self.editions}
        if self.window is not None:
            keys |= {f"{self.type}|{who}|{month}" for who in self._groups() for month in self.window.months}
            quarters = self._quarters(self.window)
            who = sorted(map(_short, self.agents))[:_MOST_PARTIES]
            sites = sorted(map(_short, self.sites))[:_MOST_PLACES]
            keys |= {"|".join((self.type, *found)) for found in product(who, sites, quarters)}
            keys |= {"|".join((self.type, *found)) for found in product(self._leaders(), self._names(), quarters)}
        return tuple(sorted(keys))

    def _quarters(self, window: Window) -> list[str]:
        """The quarters that it may have been in, so that accounts told of days that are hardly apart share one."""
        around = _AROUND_LASTING if self.type.lasting else _AROUND_BRIEF
        months = Window(window.low - around, window.high + around, window.told).months
        return sorted({f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" for month in months})

    def _leaders(self) -> Iterable[str]:
        """Who acts, or the first two parties where nobody acts on another."""
        actors = sorted(_short(party) for party, role in self.parties if role == "actor")
        return actors[:1] or sorted(map(_short, self.agents))[:2]

    def _names(self) -> Iterable[str]:
        """A few of the names and numbers of what is said of the event, the same few for like reports."""
        rare = filter(is_rare, self.words - _MANY_HAVE)
        return sorted(rare, key=lambda word: blake2b(word.encode(), digest_size=8).digest())[:_MOST_NAMES]

    def _groups(self) -> Iterable[str]:
        held = {role: sorted(_short(p) for p, r in self.parties if r == role)[:_MOST_PARTIES] for _, role in self.parties}
        if held.get("actor") and held.get("recipient"):
            return ("+".join(pair) for pair in product(held["actor"], held["recipient"]))
        names = sorted(map(_short, self.agents))[:_MOST_PARTIES]
        return names if len(names) == 1 else ("+".join(pair) for pair in combinations(names, 2))

    def profile(self) -> str:
        """Write it as JSON, so that the accounts of a block can be compared without their articles being read."""
        window = self.window
        return json.dumps(
            {
                "type": self.type.value,
                "mode": self.mode,
                "parties": sorted([_short(party), role] for party, role in self.parties),
                "editions": sorted(self.editions),
                "window": [window.low.isoformat(), window.high.isoformat(), window.told] if window else None,
                "places": sorted(map(_short, self.places)),
                "vessels": sorted(map(_short, self.vessels)),
                "words": sorted(self.words),
                "lead": sorted(self.lead),
                "published": self.published.isoformat() if self.published else None,
                **({"records": sorted(self.records)} if self.records else {}),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def parse(cls, iri: Iri, profile: str) -> Descriptor:
        """Read what profile() wrote of the account `iri`."""
        said = json.loads(profile)
        window = said["window"]
        return cls(
            iri=iri,
            article=Iri(iri.rsplit("/event/", 1)[0]),
            type=EventType(said["type"]),
            mode=said["mode"],
            parties=frozenset((_long(party), role) for party, role in said["parties"]),
            editions=frozenset(said["editions"]),
            window=Window(date.fromisoformat(window[0]), date.fromisoformat(window[1]), window[2]) if window else None,
            places=frozenset(map(_long, said["places"])),
            vessels=frozenset(map(_long, said["vessels"])),
            words=frozenset(said["words"]),
            lead=frozenset(said["lead"]),
            published=date.fromisoformat(said["published"]) if said["published"] else None,
            records=frozenset(said.get("records", ())),
        )


def _short(iri: Iri) -> str:
    return iri.removeprefix(f"{BASE}id/")


def _long(short: str) -> Iri:
    return Iri(short if ":" in short else f"{BASE}id/{short}")


def describe(account: Account, party_of: Callable[[Iri], Iri], familiar: frozenset[str]) -> Descriptor:
    """Gather what identity is decided on.

    `party_of` gives the state or organisation that an agent belongs to, or itself; `familiar` words tell nothing.
    """
    event_type = EventType(notation(account.type))
    mode = first(account.node, ent.mode)
    parties = set()
    for value in account.values.values():
        agent, role = first(value, ent.participant), first(value, ent.roleType)
        if isinstance(agent, Iri):
            parties.add((party_of(agent), notation(role) if isinstance(role, Iri) else "participant"))
    days = _days(account)
    vessels = {v for value in account.values.values() for v in value.get(ent.includesVessel, ()) if isinstance(v, Iri)}
    return Descriptor(
        iri=account.iri,
        article=account.article,
        type=event_type,
        mode=notation(mode) if isinstance(mode, Iri) else "actual",
        parties=frozenset(parties),
        editions=_editions(account, days),
        window=_window(account, event_type),
        places=frozenset(place for place in account.said(ent.location) if isinstance(place, Iri)),
        vessels=frozenset(vessels),
        words=telling_words((said for claim in account.claims for said in claim.sentences), familiar),
        lead=_lead_words(account.lead, familiar),
        published=account.published,
        records=frozenset(record.lexical for record in account.said(ent.mmeId) if isinstance(record, Literal)),
    )


@lru_cache(maxsize=64)
def _lead_words(lead: str, familiar: frozenset[str]) -> frozenset[str]:
    """The telling words of an article's beginning, which all its accounts share."""
    return telling_words([lead], familiar)


def _bound(value: Mapping[Iri, Sequence[object]], predicates: Sequence[Iri]) -> list[date]:
    bounds = (bound for predicate in predicates for bound in value.get(predicate, ()))
    return [date.fromisoformat(bound.lexical) for bound in bounds if isinstance(bound, Literal)]


def _days(account: Account) -> list[date]:
    """All bounds that the account gives for begin and end, sorted."""
    return sorted(day for value in account.values.values() for day in _bound(value, (*BEGIN, *END)))


def _window(account: Account, event_type: EventType) -> Window | None:
    """The days of the event as told, else those around the publication of news; None where neither tells it from others.

    The open end of a lasting event is closed, so that the report of its begin and that of its end can meet.
    """
    begin = sorted(day for value in account.values.values() for day in _bound(value, BEGIN))
    end = sorted(day for value in account.values.values() for day in _bound(value, END))
    if begin or end:
        low, high = min(begin + end), max(begin + end)
        if event_type.lasting and not end:
            high += _OPEN_END
        elif event_type.lasting and not begin:
            low -= _OPEN_END
        return Window(low, high, True) if (high - low).days < _LONGEST_WINDOW else None
    if account.published is None:
        return None
    mode = first(account.node, ent.mode)
    ahead = _PLAN_AHEAD if isinstance(mode, Iri) and notation(mode) == "planned" else timedelta()
    age = _BACKGROUND_AGE if Literal.of(True) in account.objects(ent.background) else _NEWS_AGE
    return Window(account.published - age, account.published + ahead, False)


def _editions(account: Account, days: Sequence[date]) -> frozenset[str]:
    """Named editions with their year: from the name itself, else from the event's dates, else from the publication."""
    names = [name.lexical for name in account.said(ent.name) if isinstance(name, Literal)]
    series = [notation(s) for s in account.said(ent.editionOf) if isinstance(s, Iri)]
    years = sorted({year for name in names for year in _YEAR.findall(name)})
    day = days[0] if days else account.published
    if not years and day:
        years = [str(day.year)]
    plain = (_GENERIC.sub(" ", _YEAR.sub("", name)) for name in names)
    stems_ = series or [slug(name) for name in plain if re.search(r"\w", name)]
    return frozenset(f"{stem}-{year}" for stem in stems_ for year in years)
