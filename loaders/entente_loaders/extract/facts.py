"""What a frame states: who, where, when, and the sub-facts that its roles hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from entente.model import (
    ActivityCount,
    Concerns,
    Content,
    EventType,
    Fact,
    Kind,
    Mention,
    Role,
    Span,
    When,
)
from entente_loaders.extract.bands import described
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.frames import Frame
from entente_loaders.extract.placing import locations
from entente_loaders.extract.slots import activity, aims, contributions, detachment
from entente_loaders.extract.times import open_from, undated_from
from entente_loaders.extract.units import Unit

__all__ = ["content", "details", "evidence", "parties", "since", "wording"]

_ROLES = {role.value: role for role in Role} | {"participants": Role.PARTICIPANT}
_SHIP_EVENTS = frozenset(
    {EventType.EXERCISE, EventType.JOINT_PATROL, EventType.TRANSIT, EventType.PORT_CALL}
    | {EventType.DEPLOYMENT, EventType.INCURSION, EventType.ATTACK}
)
# In these, the ships that something is done to count as well as those that do it.
_CLASHES = frozenset({EventType.INCURSION, EventType.ATTACK})
# What is done to a state's goods or bases is done to the state.
_DONE_TO_THINGS = frozenset({EventType.SANCTION, EventType.ATTACK})
_LONGEST_CONTENT = 40
_DATE_GAP = 12
# "Since" opens a clause itself, so that only these part it from what it dates.
_FAR_BOUNDARIES = frozenset({"SEMI", "COLON", "THAT", "WH"})
_HELD = ("-held", "-controlled", "-occupied")


def parties(frame: Frame) -> tuple[tuple[Role, Mention], ...] | None:
    """Give the parties by role, or None where one that the rule needs is missing."""
    rule, units = frame.rule, frame.units
    found: list[tuple[Role, Mention]] = []
    for name in sorted(frame.match.roles):
        first, last = frame.match.roles[name]
        plain = name.split("__")[0]
        if plain in _ROLES:
            found.extend((_ROLES[plain], agent) for unit in units[first:last] for agent in _standing_for(unit, frame))
        elif plain == "port":
            found.extend((Role.RECIPIENT, agent) for unit in units[first:last] for agent in _lies_in(unit))
        elif plain == "label":
            # "Mali's main ally": whose ally it is, is said within the label.
            found.extend((Role.PARTICIPANT, owner) for unit in units[first:last] for owner in (*unit.agents, *unit.owners))
        elif plain == "owner":
            found.extend((Role.PARTICIPANT, agent) for unit in units[first:last] for agent in unit.agents)
        elif plain == "both":
            agents = [agent for unit in units[first:last] for agent in unit.agents]
            found.extend((Role.ACTOR if number == 0 else Role.RECIPIENT, agent) for number, agent in enumerate(agents))
    for name, unit in frame.attached():
        if name in _ROLES:
            whose = _standing_for(unit, frame) if rule.event in _DONE_TO_THINGS else unit.agents
            if rule.event is EventType.ATTACK and "N.NONSTATE" in unit.classes and "GROUP" not in unit.classes:
                # Rebels are not the state whose people they are.
                whose = described(unit.tokens, frame.reading.bands)
            found.extend((_ROLES[name], agent) for agent in whose)
        elif name == "port":
            found.extend((Role.RECIPIENT, agent) for agent in _lies_in(unit))
    if "port" in frame.match.roles and not any(role is Role.RECIPIENT for role, _ in _distinct(found)) and _at_home(found):
        return None  # nor is coming home a port call
    if rule.event is EventType.VISIT and any(units[at].has("N.AFLOAT") for at in range(frame.match.start, frame.match.end)):
        return None  # what ships pay is a port call
    if rule.kind == "relation" and not found:
        found.extend((Role.PARTICIPANT, agent) for agent in frame.trigger.agents)
    if rule.owners and frame.trigger.kind == "NP":
        have = {Discourse.owner(agent) for _, agent in found}
        role = _ROLES[rule.owners]
        # "A fleet made its first Philippine visit": whose the visit is, where the ships are known, is whom it is paid to.
        role = Role.RECIPIENT if rule.event is EventType.PORT_CALL and any(one is role for one, _ in found) else role
        found.extend((role, owner) for owner in frame.trigger.owners if Discourse.owner(owner) not in have)
    if rule.speaker:
        speaker = frame.reading.attribution.words_of(frame.trigger.start)
        if speaker is None:
            return None
        found.insert(0, (_ROLES[rule.speaker], speaker))
        if not _is_speaker(frame, speaker):
            return None
    if rule.other and (other := _other(frame, found, _ROLES[rule.other])) is not None:
        found.append((_ROLES[rule.other], other))
    distinct = _distinct(found)
    for name, least in rule.needs.items():
        have = {Discourse.owner(agent) for role, agent in distinct if role is _ROLES[name]}
        if len(have) < least and not (rule.joins and not distinct):
            return None
    return None if not distinct and rule.kind == "event" and not rule.joins else distinct


def _is_speaker(frame: Frame, speaker: Mention) -> bool:
    """Tell whether what the match binds as `self`, if anything, is the one who speaks: "we", "our army", the state."""
    first, last = frame.match.roles.get("self", (0, 0))
    return all(
        unit.has("PRON.FIRST", "OURS")
        or Discourse.owner(speaker) in {Discourse.owner(agent) for agent in _standing_for(unit, frame)}
        for unit in frame.units[first:last]
    )


def _other(frame: Frame, found: Sequence[tuple[Role, Mention]], role: Role) -> Mention | None:
    """Give the state most spoken of before the trigger, beside those that the match names, for a role that nobody has."""
    if any(known is role and Discourse.owner(agent) is not None for known, agent in found):
        return None
    have = {Discourse.owner(agent) for _, agent in found}
    others = [agent for agent in frame.reading.spoken_of if agent.state is not None and agent.state not in have]
    before = [agent for agent in others if agent.span.start < frame.trigger.start]
    often = Counter(agent.state for agent in before)
    return max(before, key=lambda agent: (often[agent.state], agent.span.start), default=None)


def _standing_for(unit: Unit, frame: Frame) -> tuple[Mention, ...]:
    """Give who a noun group in a party's place stands for: itself, an armed group, its owners, or the state of a place."""
    if "GROUP" in unit.classes:
        return tuple(name for name in unit.names if name.kind is Kind.ARMED_GROUP)
    if any(token.lower.endswith(_HELD) for token in unit.tokens):
        # "The rebel-held Libyan town" is not Libya's where force is used.
        return described(unit.tokens, frame.reading.bands)
    if unit.agents or unit.owners:
        return unit.agents or unit.owners
    named = tuple(name for name in unit.names if name.kind is Kind.STATE)
    return named if named or "N.NONSTATE" not in unit.classes else described(unit.tokens, frame.reading.bands)


def _at_home(found: Sequence[tuple[Role, Mention]]) -> bool:
    """Tell whether the port lies in the ships' own state."""
    ports = {Discourse.owner(agent) for role, agent in found if role is Role.RECIPIENT}
    return bool(ports & {Discourse.owner(agent) for role, agent in found if role is Role.ACTOR})


def _lies_in(unit: Unit) -> tuple[Mention, ...]:
    """Give the state that a port lies in, by its own name or by the state's that stands with it."""
    if unit.agents:
        return unit.agents
    named = [name for name in unit.names if name.kind is Kind.STATE]
    ports = [name for name in unit.names if name.kind is Kind.PLACE and name.state is not None]
    states = dict.fromkeys(name.state for name in (*ports, *named) if name.state is not None)
    source = (*ports, *named, *unit.owners)
    if len(states) != 1:
        return unit.owners if not states else ()
    [state] = states
    return (Mention(source[0].span, source[0].text, Kind.STATE, (state,), state, use="place"),)


def _distinct(found: Sequence[tuple[Role, Mention]]) -> tuple[tuple[Role, Mention], ...]:
    """Keep one mention of each state: its first role counts, and a force or organ says more than the bare state."""
    kept: dict[object, tuple[Role, Mention]] = {}
    for role, agent in found:
        owner = Discourse.owner(agent)
        if owner is None:
            continue
        known = kept.get(owner)
        fuller = agent.kind in {Kind.FORCE, Kind.ORGAN} and agent.use != "reference"
        if known is None or (known[0] is role and known[1].kind is Kind.STATE and fuller):
            kept[owner] = (role, agent)
    return tuple(kept.values())


def evidence(frame: Frame) -> Span:
    """Give the clause that states the event."""
    reading, units, stop = frame.reading, frame.units, frame.stop
    matched = frame.matched
    start = min(unit.start for unit in matched)
    core = max(unit.end for unit in matched)
    tail = [
        unit.end for unit in units[frame.match.end : stop] if not unit.virtual and unit.kind not in {"COMMA", "AND", "BUT"}
    ]
    end = max([core, *tail])
    for date in reading.clause.dates:
        if end <= date.start <= end + _DATE_GAP and (stop >= len(units) or date.end <= units[stop].start):
            end = date.end
    scope = reading.attribution.scope_at(start)
    if scope is not None and scope.end < end:
        end = max(scope.end, core)
    words = reading.text[start:end].rstrip(" ,;:")
    return Span(start, start + len(words))


def details(frame: Frame, found: tuple[tuple[Role, Mention], ...]) -> Iterator[Fact]:
    """Give the sub-facts that the roles `forces`, `activity`, `detachment`, `count` and `aim` hold."""
    reading, units = frame.reading, frame.units
    movers = [agent for role, agent in found if len(found) == 1 or role is not Role.RECIPIENT]
    alone = movers[0] if len(movers) == 1 else None
    at = frame.role("forces")
    if at is not None:
        owner_at = frame.role("owner")
        owner = units[owner_at].agents if owner_at is not None else ()
        yield from contributions(units[at:], owner[0] if len(owner) == 1 else alone, reading.directory, reading.text)
    if at is None and frame.rule.event in _SHIP_EVENTS:
        for unit in _sailing(frame):
            crew = {Discourse.owner(agent): agent for agent in unit.agents}
            theirs = next(iter(crew.values())) if len(crew) == 1 else alone
            yield from contributions((unit,), theirs, reading.directory, reading.text)
    at = frame.role("activity")
    if at is not None and (done := activity(units[at:], reading.activities, reading.targets)) is not None:
        yield done
    at = frame.role("detachment")
    if at is not None:
        yield detachment(units[at:], reading.text)
    at = frame.role("count")
    if at is not None and (quantity := units[at].quantity) is not None and quantity.count is not None:
        yield ActivityCount(quantity.count, quantity.qualifier, units[at].span)
    at = frame.role("aim")
    if at is not None:
        yield from aims(units, at, reading.text, reading.span.end)


def wording(frame: Frame, found: tuple[tuple[Role, Mention], ...]) -> Iterator[Fact]:
    """Give what a frame says in the text's words: a remark its own, an agreement what is agreed upon, else the content."""
    if frame.rule.kind == "remark":
        unit = frame.trigger
        yield Content(unit.span.of(frame.reading.text), unit.span)
    elif frame.rule.event is not None and frame.rule.event.speech_act:
        yield from content(frame, max(frame.trigger_at, frame.verb_at if frame.verb_at is not None else 0) + 1)
    else:
        matter = frame.role("matter")
        begin = frame.match.end if matter is None else matter
        yield from (fact for fact in content(frame, begin) if isinstance(fact, Content))
        yield from locations(frame, found)


def _sailing(frame: Frame) -> Iterator[Unit]:
    """Give the groups of ships or aircraft, counted, named or typed, among those that take part."""
    sides = {"actor", "participants", "recipient"} if frame.rule.event in _CLASHES else {"actor", "participants"}
    for name, (first, last) in frame.match.roles.items():
        if name.split("__")[0] in sides:
            yield from (unit for unit in frame.units[first:last] if unit.has("N.SHIP") and not _only_refers(unit))
    for name, unit in frame.attached():
        if name in sides and unit.has("N.SHIP") and not _only_refers(unit):
            yield unit


def _only_refers(unit: Unit) -> bool:
    """Tell whether "the ships" or "the Halsey" says nothing new of what was named or counted before."""
    return not unit.parts and all(agent.use == "reference" for agent in unit.agents) and unit.has("DEF", "PRON")


def content(frame: Frame, begin: int) -> Iterator[Fact]:
    """Give what stands from unit `begin` on, in the text's words, and the places that this is about."""
    units, reading, scope = frame.units, frame.reading, frame.scope
    following = [unit for unit in units[begin:] if not unit.virtual]
    ends = [unit.start for unit in following if unit.kind == "SEMI" or unit.preposition == "according to"]
    end = min([scope.end if scope is not None else reading.span.end, *ends])
    following = [unit for unit in following if unit.start < end and unit.kind != "COMMA"]
    if following:
        start = following[0].start
        words = reading.text[start:end].rstrip(' ,;."”’')
        if words:
            yield Content(words, Span(start, start + len(words)))
    for unit in following[:_LONGEST_CONTENT]:
        yield from (Concerns(name) for name in unit.names if name.kind is Kind.PLACE)


def since(frame: Frame) -> tuple[When | None, Mention | None]:
    """Give the time from which a state of affairs holds: from a date, or from an event that the text names."""
    reading, units = frame.reading, frame.units
    stop = next((at for at in range(frame.match.end, len(units)) if units[at].kind in _FAR_BOUNDARIES), len(units))
    last = units[stop].start if stop < len(units) else reading.span.end
    for date in reading.clause.dates:
        if date.preposition == "since" and date.date is not None and frame.matched[-1].end <= date.start < last:
            return open_from(date.date), None
    for at in range(frame.match.end, stop):
        if units[at].has("S.since", "P.since") and (span := _beginning(units[at + 1 : stop])) is not None:
            return undated_from(), Mention(span, span.of(reading.text), Kind.EVENT, use="unknown")
    return None, None


def _beginning(units: Sequence[Unit]) -> Span | None:
    """Give the event that "the war in X began", "the start of the war in X" or "the war in X" names."""
    named = [unit for unit in units if not unit.virtual]
    if len(named) > 2 and named[0].has("N.BEGINNING") and named[1].preposition == "of":
        named = named[2:]
    verb = next((at for at, unit in enumerate(named) if unit.kind == "VP"), None)
    group = named if verb is None else named[:verb]
    if verb is not None and not named[verb].has("V.BEGIN"):
        return None
    if not group or not group[0].has("N.ATTACK", "N.UPHEAVAL"):
        return None
    placed = len(group) > 2 and group[1].kind == "PREP" and group[2].kind == "NP"
    words = [token for token in group[0].tokens if token.tag not in {"DT", "PRP$"}]
    return Span(words[0].start, group[2].end if placed else group[0].end)
