"""When two accounts tell of one event: scores, exclusions, and components that hold nothing contradictory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.consensus.clusters import Decisions, all_matches, clusters
from entente.consensus.identity import Descriptor, Window
from entente.consensus.likeness import LINKED, PROPOSED, conflict, match
from entente.model import EventType, Iri
from entente.model.iri import entity

NOBODY = Decisions()
STORY = "^zaruma ^marcona truce shell convo #40 retre"
NEWS, LATER, PLAN = ("2031-05-01", "2031-05-03"), ("2031-07-01", "2031-07-03"), ("2031-05-01", "2031-06-16")


def told(
    key: str,
    *codes: str,
    type: EventType = EventType.TALKS,
    days: tuple[str, str] | None = ("2031-05-03", "2031-05-03"),
    published: bool = False,
    name: str | None = None,
    site: str | None = None,
    words: str = "",
    lead: str = "",
    issued: str | None = None,
    ship: str | None = None,
    mode: str = "actual",
    role: str = "participant",
) -> Descriptor:
    """An account `article/e1` of talks of some states."""
    slug, event = key.split("/") if "/" in key else (key, "e1")
    article = entity("article", slug)
    roles = ("actor", "recipient") if role == "directed" else (role,) * len(codes)
    return Descriptor(
        iri=Iri(f"{article}/event/{event}"),
        article=article,
        type=type,
        mode=mode,
        parties=frozenset((entity("state", code), held) for code, held in zip(codes, roles, strict=False)),
        editions=frozenset({name} if name else ()),
        window=None if days is None else Window(*map(date.fromisoformat, days), told=not published),
        places=frozenset({entity("place", site)} if site else ()),
        vessels=frozenset({entity("vessel", ship)} if ship else ()),
        words=frozenset(words.split()),
        lead=frozenset(lead.split()),
        published=date.fromisoformat(issued) if issued else None,
    )


def parted(descriptors: Iterable[Descriptor], decisions: Decisions = NOBODY) -> set[frozenset[str]]:
    """The events that accounts make up, each as the set of their articles."""
    known = {descriptor.iri: descriptor for descriptor in descriptors}
    links = {found.pair: found.score for found in all_matches(known) if found.linked}
    found = clusters(known, links, decisions)
    return {frozenset(iri.split("/article/")[1].removesuffix("/event/e1") for iri in members) for members in found.values()}


def score(one: Descriptor, other: Descriptor) -> float:
    found = match(one, other)
    assert found == match(other, one)
    return found.score if found else 0.0


_ROUTINE = "corvettes destroyers rehearsed firing artillery crews navies sent ships patrols boarding"


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        pytest.param(told("a", "ARG", "PER"), told("b", "PER", "ARG"), LINKED, 1, id="same parties on one day"),
        pytest.param(
            told("a", "ARG", "PER"), told("b", "PER", "ARG", site="lima"), LINKED, 1, id="a place that one leaves out"
        ),
        pytest.param(told("a", "ARG", "PER"), told("b", "ARG", "CHL"), 0, LINKED, id="one party differs"),
        pytest.param(told("a", "ARG", "PER"), told("b", "BRA", "CHL"), 0, 0, id="no party in common"),
        pytest.param(
            told("a", "ARG", "PER", days=("2031-05-01", "2031-05-31")),
            told("b", "ARG", "PER", site="lima"),
            PROPOSED,
            1,
            id="a month and a day of it",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.ATTACK, days=("2031-05-01", "2031-05-31")),
            told("b", "ARG", "PER", type=EventType.ATTACK, site="lima"),
            PROPOSED,
            LINKED,
            id="attacks of one month are proposed only",
        ),
        pytest.param(
            told("a", "ARG", "PER"), told("b", "ARG", "PER", days=("2031-05-20", "2031-05-20")), 0, 0, id="weeks apart"
        ),
        pytest.param(
            told("a", "ARG", type=EventType.EXERCISE, name="condor-2031"),
            told("b", "ARG", "PER", type=EventType.EXERCISE, name="condor-2031", days=("2031-11-01", "2031-11-03")),
            LINKED,
            1,
            id="one edition whatever else differs",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.EXERCISE, name="condor-azul-2031", site="lima", words=_ROUTINE),
            told("b", "ARG", "CHL", type=EventType.EXERCISE, name="puma-2031", site="lima", words=_ROUTINE),
            0,
            LINKED,
            id="another name, and the words that all exercises share",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.EXERCISE, name="condor-azul-2031", words=_ROUTINE),
            told("b", "ARG", "CHL", type=EventType.EXERCISE, name="condor-rojo-2031", words=_ROUTINE),
            0,
            LINKED,
            id="half a name and the year",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.EXERCISE, name="condor-azul-2031", words=_ROUTINE),
            told("b", "ARG", "PER", type=EventType.EXERCISE, name="condor-azul-naval-2031", words=_ROUTINE),
            LINKED,
            1,
            id="nearly the same name",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.EXERCISE, name="condor-2031"),
            told("b", "ARG", "PER", type=EventType.EXERCISE, name="condor-2030"),
            0,
            0,
            id="two years of one series",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.PORT_CALL, site="lima", ship="alba"),
            told("b", "ARG", "PER", type=EventType.PORT_CALL, site="lima", ship="sol"),
            0,
            LINKED + 0.1,
            id="another ship",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.ACCUSATION, words="fishe water trawl", role="directed"),
            told("b", "ARG", "PER", type=EventType.ACCUSATION, words="fishe water quota", role="directed"),
            LINKED,
            1,
            id="an accusation in like words",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.ACCUSATION, role="directed"),
            told("b", "PER", "ARG", type=EventType.ACCUSATION, role="directed"),
            0,
            0,
            id="the answer to an accusation",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.ACCUSATION, words="fishe trawl quota", lead=STORY, role="directed"),
            told("b", "ARG", "PER", type=EventType.ACCUSATION, words="visas crowd consu", lead=STORY, role="directed"),
            PROPOSED,
            LINKED,
            id="two accusations in one story, for different things",
        ),
        pytest.param(
            told(
                "a",
                "ARG",
                "PER",
                type=EventType.ATTACK,
                days=NEWS,
                published=True,
                words="shell outpo ridge",
                role="directed",
            ),
            told(
                "b",
                "ARG",
                "PER",
                type=EventType.ATTACK,
                days=NEWS,
                published=True,
                words="drone depot fuel",
                role="directed",
            ),
            0,
            LINKED,
            id="two attacks in the news of one day, told in different words",
        ),
        pytest.param(
            told("a", "ARG", type=EventType.ATTACK, words="^zaruma shell #40", lead=STORY, role="actor"),
            told("b", "ARG", "PER", type=EventType.ATTACK, words="^zaruma shell #40", lead=STORY, role="directed"),
            LINKED,
            1,
            id="one attack, whose target one report leaves out",
        ),
        pytest.param(
            told("a", "ARG", type=EventType.ATTACK, words="^zaruma shell #40", lead=STORY, role="actor"),
            told("b", "CHL", type=EventType.ATTACK, words="^zaruma shell #40", lead=STORY, role="actor"),
            0,
            0,
            id="the same words of somebody else",
        ),
        pytest.param(
            told(
                "a",
                "ARG",
                "PER",
                type=EventType.DEPLOYMENT,
                words="^zaruma borde",
                mode="planned",
                days=PLAN,
                published=True,
            ),
            told(
                "b",
                "ARG",
                "PER",
                type=EventType.DEPLOYMENT,
                words="^zaruma borde",
                mode="planned",
                days=PLAN,
                published=True,
            ),
            LINKED,
            1,
            id="one plan, reported twice",
        ),
        pytest.param(
            told("a", "ARG", "PER", days=NEWS, published=True, words="^zaruma borde", issued="2031-05-03"),
            told("b", "ARG", "PER", days=LATER, published=True, words="^zaruma borde", issued="2031-07-03"),
            0,
            LINKED,
            id="talks reported two months later",
        ),
        pytest.param(
            told("a", "ARG", "PER", type=EventType.ATTACK, days=("2031-05-01", "2031-05-31"), role="directed"),
            told("b", "ARG", "PER", type=EventType.ATTACK, days=("2031-06-20", "2031-06-20"), role="directed"),
            0,
            0,
            id="a day long after the month that is told",
        ),
        pytest.param(told("a/e1", "ARG", "PER"), told("a/e2", "ARG", "PER"), 0, 0, id="two events of one article"),
        pytest.param(
            told("a", "ARG", "PER"), told("b", "ARG", "PER", mode="hypothetical"), PROPOSED, LINKED, id="what could be"
        ),
    ],
)
def test_score(one: Descriptor, other: Descriptor, least: float, most: float) -> None:
    assert least <= score(one, other) <= most


def test_every_score_is_the_sum_of_its_parts() -> None:
    found = match(told("a", "ARG", "PER", site="lima"), told("b", "ARG", "PER", site="lima"))
    assert found is not None
    assert [part.kind for part in found.parts] == ["prior", "dates", "parties", "place"]
    assert found.score == round(1 / (1 + 2 ** -sum(part.bits for part in found.parts)), 3)
    assert "lima" in found.parts[-1].text


def test_what_can_match_shares_a_block() -> None:
    one = told("a", "ARG", "PER", days=("2031-05-30", "2031-06-02"), site="lima")
    for other in (
        told("b", "ARG", "PER", days=("2031-06-01", "2031-06-01")),
        told("c", "ARG", days=None, name="condor-2031"),
    ):
        shared = set(one.keys) & set(other.keys)
        assert bool(shared) is bool(match(one, other))


@given(
    start=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    lengths=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    lasting=st.booleans(),
    gap=st.integers(-40, 45),
)
def test_accounts_that_their_days_do_not_exclude_share_the_blocks_of_place_and_name(
    start: date, lengths: tuple[int, int], lasting: bool, gap: int
) -> None:
    kind, most = (EventType.EXERCISE, 45) if lasting else (EventType.ATTACK, 3)
    end = start + timedelta(days=lengths[0])
    begin = end + timedelta(days=max(-most, min(gap, most)))
    windows = [(start, end), (begin, begin + timedelta(days=lengths[1]))]
    one, other = (
        told(key, "ARG", "PER", type=kind, days=(low.isoformat(), high.isoformat()), site="lima", words="^zaruma truce")
        for key, (low, high) in zip("ab", windows, strict=True)
    )
    shared = set(one.keys) & set(other.keys)
    assert any("|place/lima|" in key for key in shared)
    assert any("|^zaruma|" in key for key in shared)


def test_only_what_is_said_of_the_event_is_a_key() -> None:
    keys = told("a", "ARG", "PER", words="^zaruma ^sea truce", lead="^marcona").keys
    assert any("^zaruma" in key for key in keys)
    assert not any("^sea" in key for key in keys)
    assert not any("^marcona" in key or "truce" in key for key in keys)


def test_a_profile_is_read_back_as_it_was() -> None:
    one = told("a", "ARG", "PER", name="condor-2031", site="lima", ship="alba", words="fishe water", role="directed")
    one = replace(one, lead=frozenset({"^zaruma"}), published=date(2031, 5, 4))
    assert Descriptor.parse(one.iri, one.profile()) == one
    bare = told("b", days=None)
    assert Descriptor.parse(bare.iri, bare.profile()) == bare


def exercise(key: str, name: str | None, days: tuple[str, str]) -> Descriptor:
    return told(key, "ARG", "PER", type=EventType.EXERCISE, name=name, days=days, site="lima")


def test_a_chain_does_not_join_editions_of_two_years() -> None:
    old = exercise("old", "condor-2030", ("2030-12-20", "2031-01-02"))
    vague = exercise("vague", None, ("2030-12-30", "2031-01-03"))
    new = exercise("new", "condor-2031", ("2031-01-03", "2031-01-09"))
    assert conflict(old, new)
    assert score(old, vague) >= LINKED <= score(vague, new)
    expected = parted([old, vague, new])
    assert len(expected) == 2
    assert not any({"old", "new"} <= members for members in expected)
    assert all(parted(order) == expected for order in permutations([old, vague, new]))


def test_planned_begun_and_ended_are_one_exercise() -> None:
    planned = told(
        "plan", "ARG", "PER", type=EventType.EXERCISE, days=("2031-05-01", "2031-05-31"), mode="planned", site="lima"
    )
    begun = exercise("begun", None, ("2031-05-10", "2031-05-24"))
    ended = exercise("ended", None, ("2031-05-02", "2031-05-16"))
    assert parted([planned, begun, ended]) == {frozenset({"plan", "begun", "ended"})}


def test_people_stand_above_scores() -> None:
    one, other, third = told("a", "ARG", "PER"), told("b", "ARG", "PER"), told("c", "BRA", "CHL")
    pair = (one.iri, other.iri)
    assert parted([one, other, third]) == {frozenset({"a", "b"}), frozenset({"c"})}
    apart = Decisions(rejected=frozenset({pair}))
    assert parted([one, other, third], apart) == {frozenset("a"), frozenset("b"), frozenset("c")}
    joined = Decisions(accepted=frozenset({(one.iri, third.iri)}))
    assert parted([one, other, third], joined) == {frozenset({"a", "c"}), frozenset({"b"})}


def test_two_events_of_one_edition_have_two_names() -> None:
    one, other = (
        exercise("a", "condor-2031", ("2031-01-03", "2031-01-09")),
        exercise("b", "condor-2031", ("2031-01-03", "2031-01-09")),
    )
    known = {descriptor.iri: descriptor for descriptor in (one, other)}
    links = {found.pair: found.score for found in all_matches(known)}
    found = clusters(known, links, Decisions(rejected=frozenset(links)))
    assert sorted(iri.rsplit("/", 1)[-1][:12] for iri in found) == ["condor-2031", "condor-2031-"]


def test_a_decision_on_accounts_of_two_types_is_void() -> None:
    talks, visit = told("a", "ARG", "PER"), told("b", "ARG", "PER", type=EventType.VISIT)
    assert len(parted([talks, visit], Decisions(accepted=frozenset({(talks.iri, visit.iri)})))) == 2
