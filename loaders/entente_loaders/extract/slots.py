"""The sub-facts of an event: where, called what, with which forces, doing what, to what end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from entente.model import Activity, Aim, Contribution, CountQualifier, Detachment, Iri, Kind, Mention, Naming, Span
from entente_loaders.extract.directory import Directory
from entente_loaders.extract.forms import NAMES
from entente_loaders.extract.heads import is_demonym, split_names
from entente_loaders.extract.lemmas import lemma
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.ships import bare_ship_name, ship_words
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit

__all__ = ["activity", "aims", "contributions", "detachment", "naming"]

_YEAR_LENGTH = 4
_EDITION = re.compile(r"[\s-]+(?:(?:19|20)?\d\d|[IVX]+)\Z")


def naming(units: Sequence[Unit], trigger: int, stop: int, text: str) -> Naming | None:
    """Find the name of the exercise at `trigger`: in its noun group, beside it, or after "dubbed"."""
    found = _name_beside(units, trigger, stop, text)
    if found is None or found.series is not None:
        return found
    return replace(found, series=_unknown_series(found))


def _name_beside(units: Sequence[Unit], trigger: int, stop: int, text: str) -> Naming | None:
    unit = units[trigger]
    if "CALLED" in unit.classes:
        return _whole_name(unit.parts[-1], text)
    if (
        found := _series_name(unit, text)
        or _tail_name(unit, text)
        or _quoted_name(unit, text)
        or _name_before_noun(unit, text)
    ):
        return found
    for at in range(trigger + 1, min(stop, len(units))):
        other = units[at]
        if other.kind == "VP" and "V.NAME" in other.classes and at + 1 < len(units) and units[at + 1].kind == "NP":
            return _whole_name(units[at + 1], text)
        if other.kind == "NP" and (found := _series_name(other, text)):
            return found
        if other.kind not in {"COMMA", "PREP", "NP", "VP", "AND"}:
            break
    if (
        trigger > 1
        and units[trigger - 1].kind == "COMMA"
        and units[trigger - 2].kind == "NP"
        and not units[trigger - 2].agents
    ):
        return _whole_name(units[trigger - 2], text)
    return None


def _series(unit: Unit) -> Mention | None:
    return next((name for name in unit.names if name.kind is Kind.SERIES), None)


def _series_name(unit: Unit, text: str) -> Naming | None:
    series = _series(unit)
    if series is None:
        return None
    end = series.span.end
    following = next((token for token in unit.tokens if token.start >= end), None)
    if (
        following is not None
        and following.tag == "CD"
        and len(following.text) == _YEAR_LENGTH
        and following.start - end <= 1
    ):
        end = following.end
    span = Span(series.span.start, end)
    return Naming(span.of(text), span, series)


def _tail_name(unit: Unit, text: str) -> Naming | None:
    _, tail = split_names(unit.tokens)
    if not tail or "N.EXERCISE" not in unit.classes:
        return None
    end = tail[-1].end
    span = Span(tail[0].start, end)
    return Naming(span.of(text), span)


def _quoted_name(unit: Unit, text: str) -> Naming | None:
    """Find a capitalised name in quotation marks inside the group, before its noun."""
    names = [token for token in unit.tokens if token.tag in NAMES or (token.text[0].isupper() and not is_demonym(token))]
    for first in names:
        if first.start and text[first.start - 1] in "\"“‘'":
            last = first
            for token in unit.tokens:
                if token.start > last.end and token.text[0].isupper() | (token.tag == "CD") and token.start - last.end <= 1:
                    last = token
            if last.end < len(text) and text[last.end] in "\"”’'":
                return Naming(text[first.start : last.end], Span(first.start, last.end))
    return None


def _name_before_noun(unit: Unit, text: str) -> Naming | None:
    """Find the unknown name before the noun ("the Southern Anchor naval exercise"); in a headline capitals say nothing."""
    known = lexicon()
    head = unit.tokens[-1]
    if "N.EXERCISE" not in unit.classes or head.capital or (unit.owners and unit.owners[-1].use == "reference"):
        return None
    names: list[Token] = []
    for token in unit.tokens[:-1]:
        proper = token.tag in NAMES and token.hit is None and token.lower not in known.modifiers
        if proper or (names and token.tag == "CD" and names[-1].end + 1 >= token.start):
            names.append(token)
        elif names:
            break
    if not names or names[0].text in known.ship_prefixes or (len(names) == 1 and names[0].text.isupper()):
        return None
    span = Span(names[0].start, names[-1].end)
    return Naming(span.of(text), span)


def _unknown_series(name: Naming) -> Mention | None:
    """Give the series that an unknown name without its year or number belongs to."""
    match = _EDITION.search(name.text)
    end = match.start() if match else len(name.text)
    words = name.text[:end].rstrip(" -–'’")
    if not words or not words[0].isupper():
        return None
    return Mention(Span(name.span.start, name.span.start + len(words)), words, Kind.SERIES, use="unknown")


def _whole_name(unit: Unit, text: str) -> Naming | None:
    words = [token for token in unit.tokens if token.tag not in {"DT", "PRP$"}]
    while len(words) > 1 and "EXERCISE" in lexicon().nouns.get(lemma(words[-1].lower, "N"), ()):
        words.pop()
    if not words or not words[0].capital:
        return None
    span = Span(words[0].start, words[-1].end)
    return Naming(span.of(text), span, _series(unit))


def contributions(units: Sequence[Unit], owner: Mention | None, directory: Directory, text: str) -> tuple[Contribution, ...]:
    """Read the list of forces that the units begin with ("two corvettes, the frigates A and B, and auxiliary ships")."""
    found: list[Contribution] = []
    position = 0
    while position < len(units):
        unit = units[position]
        if unit.kind in {"COMMA", "AND"}:
            position += 1
            continue
        if unit.kind != "NP" or unit.virtual:
            break
        for part in _members(unit):
            if _tells_nothing(part):
                continue
            if "N.SHIP" in part.classes and not _only_sums_up(part, unit):
                found.extend(_contribution(part, owner, directory, text))
            elif found and (found[-1].vessels or part is not unit) and bare_ship_name(part):
                found[-1] = _with_vessel(found[-1], part.tokens, directory, text)
            elif "N.SHIP" in part.classes:
                continue
            else:
                return tuple(found)
        position += 1
    return tuple(found)


def _members(unit: Unit) -> Iterator[Unit]:
    """Give the plain groups that a list of ships joins."""
    for part in unit.parts:
        yield from _members(part)
    if not unit.parts:
        yield unit


def _only_sums_up(part: Unit, whole: Unit) -> bool:
    """Tell whether "the destroyers" of "the destroyers, USS A and USS B" stands for what the names then say."""
    return part is not whole and part is whole.parts[0] and not ship_words(part) and any(map(ship_words, whole.parts[1:]))


def _tells_nothing(part: Unit) -> bool:
    """Tell whether a group neither counts nor names nor types its forces (guideline, rule 9)."""
    counted = part.quantity is not None and part.quantity.count is not None
    return "N.UNTYPED" in part.classes and "PLURAL" in part.classes and not counted and not ship_words(part)


def _contribution(unit: Unit, owner: Mention | None, directory: Directory, text: str) -> list[Contribution]:
    """Read one group of ships, once for each state that it belongs to where no number is shared among them."""
    noun = unit.head if lexicon().nouns.get(unit.head) else "ship"
    count = unit.quantity.count if unit.quantity else None
    qualifier = unit.quantity.qualifier if unit.quantity else CountQualifier.EXACT
    if count is None and "PLURAL" not in unit.classes:
        count, qualifier = 1, CountQualifier.EXACT
    composed = tuple(agent for agent in unit.agents if agent.use == "composed")
    holders: tuple[Mention | None, ...] = unit.owners or composed or (owner,)
    if len({holder.state for holder in holders if holder is not None}) < 2:
        holders = holders[:1]
    elif count is not None:
        return []
    concept = directory.concept(noun)
    made = [Contribution(holder, noun, concept, count, qualifier, unit.span) for holder in holders]
    named = ship_words(unit)
    return [_with_vessel(one, named, directory, text) for one in made] if named else made


def _with_vessel(contribution: Contribution, words: Sequence[Token], directory: Directory, text: str) -> Contribution:
    words = [word for word in words if word.tag != "DT"]
    hits = words[-1].hit if len(words) == 1 else None
    span = Span(words[0].start, words[-1].end)
    state = contribution.owner.state if contribution.owner else None
    known = tuple(name.entity for name in hits.names) if hits else ()
    if not known and state is not None:
        known = directory.ships(span.of(text), state, contribution.noun)
    vessel = Mention(
        span=span,
        text=span.of(text),
        kind=Kind.VESSEL,
        state=state,
        entities=known,
        head=contribution.noun,
        concept=contribution.concept,
        use="name" if known else "unknown",
    )
    vessels = (*contribution.vessels, vessel)
    counted = contribution.qualifier is CountQualifier.UNSPECIFIED_PLURAL or (contribution.count or 0) < len(vessels)
    return replace(
        contribution,
        vessels=vessels,
        count=len(vessels) if counted else contribution.count,
        qualifier=CountQualifier.EXACT if counted else contribution.qualifier,
        span=Span(contribution.span.start, words[-1].end),
    )


def activity(units: Sequence[Unit], activities: Mapping[str, Iri], targets: Mapping[str, Iri]) -> Activity | None:
    """Read the activity that the units begin with ("joint artillery firing at a sea target")."""
    unit = units[0]
    kind = _longest_term(unit.tokens, activities)
    if kind is None:
        return None
    aimed: list[Iri] = []
    end = unit.end
    if len(units) > 2 and units[1].preposition in {"at", "on", "against"} and units[2].kind == "NP":
        goal = units[2]
        head = lemma(goal.tokens[-1].lower, "N")
        for token in goal.tokens:
            for phrase in (f"{token.lower} {head}", token.lower):
                if (target := targets.get(phrase)) is not None and target not in aimed:
                    aimed.append(target)
        end = goal.end
    return Activity(kind, tuple(aimed), Span(unit.start, end))


def detachment(units: Sequence[Unit], text: str) -> Detachment:
    """Read the detachment that the units begin with, with what it is made of ("a joint detachment of ships")."""
    words = [token for token in units[0].tokens if token.tag not in {"DT", "PRP$"}]
    made_of = len(units) > 2 and units[1].preposition == "of" and units[2].kind == "NP" and not units[2].agents
    span = Span(words[0].start, units[2].end if made_of else words[-1].end)
    return Detachment(span.of(text), span)


def _longest_term(words: Sequence[Token], terms: Mapping[str, Iri]) -> Iri | None:
    lemmas = [lemma(word.lower, "N") for word in words]
    plain = [word.lower for word in words]
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            for series in (plain, lemmas):
                if (found := terms.get(" ".join(series[start : start + size]))) is not None:
                    return found
    return None


def aims(units: Sequence[Unit], at: int, text: str, end: int) -> tuple[Aim, ...]:
    """Read the aims that begin with the infinitive at unit `at`; verbs joined to it are aims of their own."""
    begins = [at]
    for position in range(at + 1, len(units)):
        unit = units[position]
        if unit.start >= end:
            break
        before = next((other for other in reversed(units[:position]) if not other.virtual), None)
        if unit.kind == "VP" and unit.verb is not None and before is not None and before.kind in {"COMMA", "AND"}:
            if unit.verb.form in {"finite", "infinitive"} and unit.verb.lemma and unit.tokens[-1].tag in {"VB", "VBP"}:
                begins.append(position)
        elif unit.kind in {"SEMI", "WH"}:
            end = unit.start
            break
    found: list[Aim] = []
    for number, begin in enumerate(begins):
        start = units[begin].tokens[1 if units[begin].tokens[0].lower == "to" else 0].start
        stop = end
        if number + 1 < len(begins):
            stop = max(
                unit.end
                for unit in units[begin : begins[number + 1]]
                if unit.kind not in {"COMMA", "AND"} and not unit.virtual
            )
        words = text[start:stop].rstrip(' .,;”"')
        if words:
            found.append(Aim(words, Span(start, start + len(words))))
    return tuple(found)
