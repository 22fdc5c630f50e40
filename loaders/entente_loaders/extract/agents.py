"""Who or what each noun group of a sentence stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entente.model import Kind, Mention
from entente_loaders.extract.composition import ACTING, Scene, composed, crews, owners_of
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.forms import NAMES
from entente_loaders.extract.heads import split_names
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.references import PAIR_WORDS, bare_two, countries, half, person, pronoun, refer
from entente_loaders.extract.ships import flag_of
from entente_loaders.extract.tokens import Hit
from entente_loaders.extract.units import Unit, one_set

__all__ = ["identify"]

_REFERRING = frozenset(
    {
        *(f"N.{name}" for name in ("WARSHIP", "ORGAN", "OFFICIAL", "FORCE", "PAIR", "COUNTRY", "HARBOUR")),
        "PRON",
        "OWN",
    }
)
"""Classes of common nouns and pronouns that may stand for somebody."""
_POSSIBLE_NAMES = frozenset({"NNP", "NNPS", "POS"})
_CONJUNCTIONS = frozenset({"after", "before", "since", "until", "as"})


def identify(units: Sequence[Unit], scene: Scene) -> list[Unit]:
    """Say of each noun group who or what it stands for, and remember it for what follows."""
    done: list[Unit] = []
    for at, unit in enumerate(units):
        if unit.kind != "NP":
            done.append(unit)
            continue
        hits = [token.hit for token in unit.tokens if token.hit is not None]
        if not hits and _settled(unit, scene):
            done.append(unit)
            continue
        before = units[at - 1] if at else None
        after = units[at + 1] if at + 1 < len(units) else None
        group = unit if not hits and _owned_later(units, at, scene) else _identify(unit, hits, before, scene)
        if before is not None and before.kind == "COMMA" and len(done) > 1:
            group, done[-2] = _apposed(done[-2], group, scene.discourse)
        subject = _leads(before, after)
        if group.agents and "PRON" not in group.classes:
            scene.discourse.hear(group.agents, subject=subject)
            if group.has("N.AFLOAT"):
                scene.discourse.sail(group.agents, single="PLURAL" not in group.classes)
            if subject and group.has("PLURAL", "MULTI"):
                scene.discourse.several = group.agents
        elif subject and _bare_name(group) and len(group.tokens) > 1:
            # "He" may now be somebody of no known state.
            scene.discourse.person = None
        for owner in group.owners:
            scene.discourse.note(owner)
            if subject and owner.kind is Kind.PERSON:
                # "The president's remarks came as his envoy left": he is who remarked.
                scene.discourse.person = owner
        if after is not None and after.kind == "THAT" and group.has("N.STATEMENT") and len(group.owners) == 1:
            # "A Malian statement that it will leave": the statement's owner is who will leave.
            scene.discourse.hear(group.owners, subject=True)
        done.append(group)
    return done


def _settled(unit: Unit, scene: Scene) -> bool:
    """Tell at a glance that a group of unknown words stands for nobody and says nothing of who comes after it."""
    words = scene.text[unit.start : unit.end]
    if not words.islower() or not unit.classes.isdisjoint(_REFERRING):
        return False
    if not _POSSIBLE_NAMES.isdisjoint([token.tag for token in unit.tokens]):
        return False
    last = unit.tokens[-1]
    return last.lower not in PAIR_WORDS and last.text not in scene.discourse.by_name


def _owned_later(units: Sequence[Unit], at: int, scene: Scene) -> bool:
    """Tell whether a group without names waits for its owner: "the speaker | of the US senate" is of no state before it."""
    unit = units[at]
    if at + 2 >= len(units) or units[at + 1].preposition != "of" or unit.tokens[0].tag != "DT":
        return False
    if not unit.has("N.OFFICIAL", "N.ORGAN", "N.FORCE"):
        return False
    hits = [token.hit for token in units[at + 2].tokens if token.hit is not None]
    return any(
        name is not None and name.state is not None for name in (scene.directory.read(hit, scene.text) for hit in hits)
    )


def _leads(before: Unit | None, after: Unit | None) -> bool:
    """Tell whether a noun group is the subject of a clause: before its verb, or first in the sentence."""
    if before is not None and before.kind == "PREP" and not _opens_clause(before, after):
        return False
    return (after is not None and after.kind == "VP") or before is None


def _opens_clause(before: Unit, after: Unit | None) -> bool:
    """Tell whether a preposition opens a clause: "after | Mali | announced"."""
    finite = after is not None and after.verb is not None and after.verb.form == "finite"
    return finite and before.preposition in _CONJUNCTIONS


def _apposed(first: Unit, second: Unit, discourse: Discourse) -> tuple[Unit, Unit]:
    """Read "the Turkish president, Kemal Demir" and "Kemal Demir, the Turkish president" as one person."""
    if _office(first) and _bare_name(second):
        named, office = second, first
    elif _office(second) and _bare_name(first):
        named, office = first, second
    else:
        return second, first
    agent = office.agents[0]
    words = [token.text for token in named.tokens if token.tag in NAMES]
    discourse.remember_name(words, agent)
    known = named.but(agents=(refer(agent, named.span, " ".join(words)),), classes=named.classes | {"PARTY"})
    return (known, first) if named is second else (second, known)


def _office(unit: Unit) -> bool:
    single = len(unit.agents) == 1 and "PLURAL" not in unit.classes
    return single and unit.has("N.OFFICIAL") and unit.agents[0].state is not None


def _bare_name(unit: Unit) -> bool:
    known = unit.kind != "NP" or bool(unit.agents or unit.owners)
    return not known and all(token.tag in NAMES and token.hit is None for token in unit.tokens)


def _identify(unit: Unit, hits: Sequence[Hit], before: Unit | None, scene: Scene) -> Unit:
    if "PRON" in unit.classes:
        return pronoun(unit, scene.discourse)
    core, tail = split_names(unit.tokens)
    located = before is not None and before.preposition in lexicon().closed["locative"]
    if _ethnic(unit):
        return unit
    flag = flag_of(unit.tokens, scene.directory)
    owners = (owners_of(core, scene) or flag) if "N.NONSTATE" not in unit.classes else ()
    names = tuple(_names(hits, scene, located=located)) if hits else ()
    classes = set(unit.classes)
    if flag and "N.WARSHIP" not in classes:
        classes.update({"N.SHIP", "N.FORCE", "N.WARSHIP", "N.AFLOAT", "NAMED"})
        unit = unit.but(classes=frozenset(classes), names=names)
    agents: tuple[Mention, ...] = ()
    if unit.has("N.WARSHIP"):
        agents = crews(unit, owners, scene)
    elif core and core[-1].hit is not None:
        last = scene.directory.read(core[-1].hit, scene.text)
        agents = _named(last, located=located)
        if last is not None and last.kind is Kind.STATE:
            classes.update({"PLACE"} if agents else {"PLACE", "LOCATED"})
            owners = ()
    elif tail and tail[-1].hit is not None and unit.has("N.RELATION", "N.ALLY", "N.PAIR") and not unit.has("N.OFFICIAL"):
        # "Its ally Mali" is Mali, and the owner stays for what the two are to each other.
        agents = _named(scene.directory.read(tail[-1].hit, scene.text), located=located)
    elif unit.has("N.ORGAN", "N.OFFICIAL", "N.FORCE"):
        grouped = not owners and any(name.kind is Kind.ARMED_GROUP for name in names)
        agents = composed(unit, owners, scene) if not grouped else ()
        if agents and located and not unit.has("N.OFFICIAL", "N.FORCE"):
            classes.add("LOCATED")
    elif unit.has("N.PAIR", "N.COUNTRY") or bare_two(unit):
        agents = countries(unit, scene.discourse)
    elif not tail and (not owners or _bare_name(unit)):
        agents = half(unit, scene.discourse) or person(unit.tokens, unit, scene.discourse) or _recalled(unit, scene)
        if agents and agents[0].kind is Kind.FORCE and _only_name(unit):
            classes.update({"N.SHIP", "N.FORCE", "N.WARSHIP", "N.AFLOAT"})
    if agents or owners or names:
        classes.update(_classes(unit, agents, owners, names))
    elif unit.has("N.HARBOUR") or _bare_name(unit):
        classes.add("SITE")
    if agents:
        classes -= {"N.EXERCISE", "N.ATTACK"}
        owners = owners if tail and unit.has("N.ALLY") else ()
    if not (agents or owners or names) and classes == unit.classes:
        return unit
    # Made anew with what a fresh group has: `replace`, which asks for all fields, takes ten times as long.
    return Unit(
        "NP",
        unit.start,
        unit.end,
        unit.tokens,
        one_set(frozenset(classes)),
        unit.head,
        agents,
        owners,
        names,
        unit.quantity,
    )


def _only_name(unit: Unit) -> bool:
    return all(token.tag in {"NNP", "NNPS", "DT"} for token in unit.tokens)


def _recalled(unit: Unit, scene: Scene) -> tuple[Mention, ...]:
    """Resolve "the Halsey" after "USS Halsey"."""
    if len(unit.tokens) != 2 or unit.tokens[0].lower != "the":
        return ()
    agent = scene.discourse.by_name.get(unit.tokens[1].text)
    return (refer(agent, unit.span, unit.span.of(scene.text)),) if agent is not None and agent.kind is Kind.FORCE else ()


def _ethnic(unit: Unit) -> bool:
    """Tell whether a group is a people and no state: "two ethnic Albanians"."""
    return any(token.lower == "ethnic" for token in unit.tokens[:2])


def _named(last: Mention | None, *, located: bool) -> tuple[Mention, ...]:
    """Give who a name at the end of a group stands for; a state after "in" is a place."""
    if last is None or last.kind not in ACTING:
        return ()
    return () if last.kind is Kind.STATE and located else (last,)


def _names(hits: Sequence[Hit], scene: Scene, *, located: bool) -> Iterator[Mention]:
    for hit in hits:
        name = scene.directory.read(hit, scene.text)
        # "In Ankara" is the city, and by it the state that it lies in.
        place = scene.directory.read(hit, scene.text, place=True) if located else None
        if place is not None and place != name:
            yield place
        if name is not None:
            yield name


def _bare(unit: Unit, owners: tuple[Mention, ...]) -> bool:
    """Tell whether a state's plain name stands before the noun, as whom it is about: "Iran sanctions", "Syria strikes"."""
    plain = all(owner.use in {"name", "alias"} and not owner.text.replace(".", "").isupper() for owner in owners)
    return plain and all(token.tag not in {"POS", "PRP$"} for token in unit.tokens)


def _speaks(agent: Mention) -> bool:
    """Tell whether an agent is a person: one who attacks with words rather than with arms."""
    return agent.kind is Kind.PERSON or "OFFICIAL" in lexicon().nouns.get(agent.head or "", ())


def _classes(
    unit: Unit, agents: tuple[Mention, ...], owners: tuple[Mention, ...], names: tuple[Mention, ...]
) -> Iterator[str]:
    if agents:
        yield "PARTY"
        if len({Discourse.owner(agent) for agent in agents}) > 1:
            yield "MULTI"
        if all(agent.kind is Kind.STATE for agent in agents):
            yield "STATE"
        if any(_speaks(agent) for agent in agents):
            yield "PERSON"
    elif owners:
        yield "OWNED"
        if _bare(unit, owners):
            yield "OWNED.BARE"
        if any(_speaks(owner) for owner in owners):
            yield "OWNED.PERSON"
        if len({Discourse.owner(owner) for owner in owners}) > 1:
            yield "OWNED.MULTI"
        if all(owner.kind is Kind.FORCE for owner in owners):
            yield "OWNED.FORCE"
    kinds = {name.kind for name in names}
    if Kind.ARMED_GROUP in kinds and not agents:
        yield "GROUP"
    if Kind.PLACE in kinds:
        yield "PLACE"
    if Kind.PLACE in kinds or Kind.STATE in kinds or unit.has("N.HARBOUR") or (not agents and _bare_name(unit)):
        yield "SITE"
    if Kind.SERIES in kinds:
        yield "SERIES"
        if not agents and (unit.tokens[-1].hit is not None or unit.tokens[-1].tag == "CD"):
            yield "N.EXERCISE"
    if Kind.AGREEMENT in kinds:
        yield from ("N.AGREEMENT", "N.PACT")
