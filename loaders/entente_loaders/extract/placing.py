"""Where an event takes place: the places that its clause names, as the text writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entente.model import EventType, Kind, Location, Mention, Role, Span
from entente_loaders.extract.forms import NAMES
from entente_loaders.extract.frames import Frame
from entente_loaders.extract.heads import is_demonym
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import BOUNDARIES, Unit

__all__ = ["locations", "places"]

_MOVES = frozenset({EventType.VISIT, EventType.PORT_CALL, EventType.DEPLOYMENT, EventType.TRANSIT, EventType.AID})
_TOWARDS = frozenset({"to", "into", "onto", "toward", "towards"})
# The object of these events' verbs may be the place itself ("crossed the strait", "invaded the island").
_REACHES = frozenset({EventType.TRANSIT, EventType.INCURSION, EventType.PORT_CALL, EventType.VISIT, EventType.ATTACK})
# The receiving side of these is where they happen.
_HOSTED = frozenset({EventType.VISIT, EventType.PORT_CALL})
# A noun of these may carry its place before it: "a Baltic Sea transit", "the South China Sea drills".
_PLACED = frozenset({EventType.EXERCISE, EventType.JOINT_PATROL, EventType.TRANSIT, EventType.ATTACK})
_PLACE_ROLES = frozenset({"place", "port"})
_OVER = frozenset({"over", "into", "across", "near"})
# What force is used on may be a place ("a strike on the Elbonia airbase", "the capture of the town of Elbonia").
_STRUCK = frozenset({EventType.ATTACK, EventType.INCURSION})
_AGAINST = frozenset({"against", "at", "of", "on"})
# With "the" and a capital these are names by themselves.
_WATERS = frozenset({"gulf", "strait", "straits", "channel"})
_HELD = ("-held", "-controlled", "-occupied", "-run", "-ruled", "-administered", "-backed", "-led")
_APPOSED = frozenset({"one", "part", "home", "site"})
_PATROLLED = frozenset({EventType.DEPLOYMENT, EventType.JOINT_PATROL, EventType.EXERCISE})
_PATROLS = frozenset({"patrol", "guard", "police"})


def locations(frame: Frame, parties: Sequence[tuple[Role, Mention]]) -> list[Location]:
    """Give the places of the event, in the order of the text."""
    text = frame.reading.text
    found: dict[str, Mention] = {}
    for at in sorted(set(_places_at(frame))):
        for mention in _places(frame.units, at, text):
            found.setdefault(mention.text, mention)
    if frame.rule.event in _PLACED and frame.trigger.kind == "NP":
        for name in frame.trigger.names:
            if name.kind is Kind.PLACE:
                found.setdefault(name.text, name)
    if frame.rule.event in _HOSTED and not found:
        hosts = [agent for role, agent in parties if role is Role.RECIPIENT and agent.kind is Kind.STATE]
        found.update({host.text: host._replace(use="place") for host in hosts if host.use not in {"demonym", "reference"}})
    return [Location(mention) for mention in found.values()]


def _places_at(frame: Frame) -> Iterator[int]:
    """Give the indices of the noun groups that may name the place."""
    units, event = frame.units, frame.rule.event
    prepositions = {preposition for preposition, role in frame.rule.attach.items() if role in _PLACE_ROLES}
    if event in _MOVES:
        prepositions |= _TOWARDS
    if event is EventType.INCURSION:
        prepositions |= _OVER
    for name, (first, last) in frame.match.roles.items():
        if name.split("__")[0] in _PLACE_ROLES:
            yield from range(first, last)
        elif name.split("__")[0] == "recipient" and event in _HOSTED | {EventType.INCURSION} and last > first:
            before = units[first - 1] if first else None
            if event in _HOSTED or (before is not None and (before.preposition in _OVER or before.has("V.OVERFLY"))):
                yield from range(first, last)
    if event in _REACHES and frame.verb_at is not None and frame.verb_at + 1 < len(units):
        thing = units[frame.verb_at + 1]
        known = "PLACE" in thing.classes and not thing.agents
        if thing.kind == "NP" and not thing.virtual and (known or _site(units, frame.verb_at + 1)):
            yield frame.verb_at + 1
    if event in _PATROLLED:
        yield from (at for at in range(frame.trigger_at + 1, frame.reach) if _patrolled(units, at))
    start = _clause_start(frame)
    for at in (*range(start, frame.match.start), *range(frame.trigger_at + 1, frame.reach), *_aside(frame)):
        unit = units[at]
        if at > frame.trigger_at and unit.kind == "COMMA" and _apposed(units[at + 1 : at + 2]):
            return
        if unit.preposition in lexicon().closed["occasions"]:
            if at > frame.trigger_at:
                return
            continue
        if unit.kind != "PREP" or at + 1 >= len(units):
            continue
        on_land = unit.preposition == "on" and _geographic(units[at + 1])
        struck = event in _STRUCK and unit.preposition in _AGAINST and at < frame.stop and _site(units, at + 1)
        if unit.preposition not in prepositions and not on_land and not struck:
            continue
        if start < at < frame.match.start and units[at - 1].kind == "NP" and not _geographic(units[at - 1]):
            # "Besides the ships near Elbonia, it moved ..." places the ships.
            continue
        if at and units[at - 1].preposition in lexicon().closed["occasions"]:
            continue
        yield from _listed(units, at + 1)


def _apposed(following: Sequence[Unit]) -> bool:
    """Tell whether what follows a comma says more of the noun before it: "the Elbonia zone, one of four in the north"."""
    return any(unit.kind == "NP" and bool(unit.tokens) and unit.tokens[0].lower in _APPOSED for unit in following)


def _aside(frame: Frame) -> range:
    """Give the indices of what an aside says of the event's noun: "the drills, held in the Elbonia Sea, involved ..."."""
    units = frame.units
    nouns = {unit.start for unit in frame.matched if unit.kind == "NP" and not unit.agents}
    for at in range(frame.match.end, len(units) - 1):
        again, verb = units[at], units[at + 1]
        if again.start in nouns and not again.virtual and units[at - 1].kind == "SEMI" and verb.has("V.HOLD", "V.HAPPEN"):
            end = next((last for last in range(at + 2, len(units)) if units[last].kind in BOUNDARIES), len(units))
            return range(at + 2, end)
    return range(0)


def _site(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a noun group names a site by its kind: "the Elbonia airbase", "Syria's Elbonia island", "the town of"."""
    unit = units[at]
    if unit.kind != "NP" or unit.agents or not _geographic(unit):
        return False
    if at + 2 < len(units) and units[at + 1].preposition == "of":
        return units[at + 2].kind == "NP" and not units[at + 2].agents
    return len(unit.tokens) > 1 and unit.tokens[-2].tag in NAMES


def _patrolled(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a noun group is the beat of a force: "to patrol Elbonia's border"."""
    verb, unit = units[at - 1].verb, units[at]
    return verb is not None and verb.lemma in _PATROLS and unit.kind == "NP" and (_geographic(unit) or unit.has("PLACE"))


def _clause_start(frame: Frame) -> int:
    """Give the index of the first unit of the event's clause, inside the words of whoever is quoted."""
    units, scope = frame.units, frame.scope
    for at in range(frame.match.start - 1, -1, -1):
        if units[at].kind in BOUNDARIES or (scope is not None and units[at].start < scope.start):
            return at + 1
        if scope is None and frame.reading.attribution.scope_at(units[at].start) is not None:
            return at + 1
    return 0


def _listed(units: Sequence[Unit], at: int) -> Iterator[int]:
    """Give a noun group and the places that "and" or a comma joins to it."""
    if units[at].kind != "NP":
        return
    yield at
    while at + 2 < len(units) and units[at + 1].kind in {"AND", "COMMA"} and units[at + 2].kind == "NP":
        following = units[at + 3] if at + 3 < len(units) else None
        if (
            "PLACE" not in units[at + 2].classes
            or units[at + 2].agents
            or (following is not None and following.kind == "VP")
        ):
            return
        at += 2
        yield at


def _places(units: Sequence[Unit], at: int, text: str) -> Iterator[Mention]:
    """Give the places that a noun group names, itself or by "of" ("the port of Odesa")."""
    unit = units[at]
    found = places(unit, text)
    led = at + 2 < len(units) and units[at + 1].preposition == "of" and units[at + 2].kind == "NP"
    if led and _geographic(unit) and (not found or any(word.tag == "POS" for word in unit.tokens)):
        # "Elbonia's northern island of Kandar" is the island.
        found = places(units[at + 2], text) or found
    yield from found


def _geographic(unit: Unit) -> bool:
    """Tell whether a noun group's noun says what kind of place it is ("the island of Crete", "a naval base")."""
    geographic = lexicon().closed["geographic"]
    return bool(unit.tokens) and (unit.head in geographic or unit.tokens[-1].lower in geographic)


def places(unit: Unit, text: str) -> tuple[Mention, ...]:
    """Give the places that a noun group after "in", "off" or "near" names."""
    return tuple(dict.fromkeys(place for part in unit.parts or (unit,) for place in _in_group(part, text)))


def _in_group(unit: Unit, text: str) -> Iterator[Mention]:
    words = unit.tokens
    if not words or "PRON" in unit.classes:
        return
    for name in unit.names:
        if name.kind not in {Kind.PLACE, Kind.STATE}:
            continue
        first = next((number for number, word in enumerate(words) if word.start >= name.span.start), None)
        if first is None:
            continue
        last = max((number for number, word in enumerate(words) if word.end <= name.span.end), default=first)
        span = _spelled(words, first, last, adjective=name.use == "demonym")
        # "Elbonia's Kandar peninsula" is the peninsula.
        owner = last + 1 < len(words) and words[last + 1].tag == "POS"
        if span is not None and not any(
            owner or place.span.start <= name.span.start < place.span.end for place in _unknown(unit, text)
        ):
            yield name._replace(span=span, text=span.of(text), use="place" if name.kind is Kind.STATE else name.use)
            return
    yield from _unknown(unit, text)


def _spelled(words: Sequence[Token], first: int, last: int, *, adjective: bool) -> Span | None:
    """Give a name with what belongs to it ("northern | Syria", "Kuwaiti | waters"); None where another noun follows."""
    geographic, directions = lexicon().closed["geographic"], lexicon().closed["directional"]
    rest = words[last + 1 :]
    if rest and rest[0].tag == "POS":
        owned = rest[1:]
        if not owned or not (owned[-1].lower in geographic or owned[-1].lower in directions):
            return None
        rest = ()
    # "Kuwaiti waters" is a place, "a Kuwaiti town" only some place.
    vague = adjective and (not rest or rest[-1].lower in lexicon().closed["settlements"])
    if vague or any(word.lower not in geographic for word in rest):
        return None
    while first > 0 and words[first - 1].lower in directions:
        first -= 1
    return Span(words[first].start, rest[-1].end if rest else words[last].end)


def _unknown(unit: Unit, text: str) -> Iterator[Mention]:
    """Give a capitalised name that nobody knows, with the word that tells what it is ("Faw peninsula")."""
    if unit.agents:
        return
    closed = lexicon().closed
    words = unit.tokens
    end = len(words)
    while end > 0 and words[end - 1].lower in closed["geographic"] and words[end - 1].hit is None:
        end -= 1
    begin = end
    while begin > 0 and _name_part(words[begin - 1]):
        begin -= 1
    if begin == end == 1 and words[0].lower == "the" and len(words) == 2 and words[1].lower in _WATERS:
        begin, end = (1, 2) if words[1].tag in NAMES else (1, 1)
    if begin == end or words[begin].lower in closed["no_places"] or words[end - 1].lower in closed["no_places"]:
        return
    if lexicon().nouns.get(words[end - 1].lower):
        # "In the Washington Declaration": a noun of ours with a capital names no place.
        return
    while begin > 0 and words[begin - 1].lower in closed["directional"]:
        begin -= 1
    span = Span(words[begin].start, words[-1].end)
    # "Split, Croatia" is a place that lies in a state.
    state = unit.names[-1].state if unit.alias and unit.names and "LOCATED" in unit.classes else None
    yield Mention(span, span.of(text), Kind.PLACE, state=state, use="unknown")


def _name_part(word: Token) -> bool:
    """Tell whether a word may be part of a name nobody knows; "rebel-held" is none, nor is a nationality."""
    return word.tag in NAMES and word.hit is None and not is_demonym(word) and not word.lower.endswith(_HELD)
