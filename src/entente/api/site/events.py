"""An event as its page shows it: who took part with what, where and when, and where claims contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from entente.api.describing import ClaimView, Describer, Description, Value
from entente.api.naming import namer
from entente.api.reader import plain, tail
from entente.api.site.nodes import Nodes, Phrase, Shower, collect, phrase
from entente.api.site.places import Map, locate
from entente.api.site.things import iri_of
from entente.consensus import CONTRADICTS
from entente.model import Iri, Term
from entente.model.terms import ent, rdf, rdfs

__all__ = ["Conflict", "Contribution", "EventPage", "Participant", "Side", "read_event"]

_FACTS = (ent.eventType, ent.mode, ent.status, ent.when, ent.location, ent.editionOf, ent.statedAim, ent.hasActivity)


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part, in which part, and for which states."""

    agent: Value
    roles: tuple[Value, ...]
    states: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody brought: the number as it is claimed, the kind, and the ships by name."""

    by: tuple[Value, ...]
    count: str
    qualifier: str
    what: str
    vessels: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of several values that exclude each other, with the claims that make it."""

    words: Phrase
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction between claims on one property, side by side."""

    property: Value
    reason: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """What the page of an event shows."""

    facts: tuple[tuple[Value, tuple[Phrase, ...]], ...]
    participants: tuple[Participant, ...]
    contributions: tuple[Contribution, ...]
    conflicts: tuple[Conflict, ...]
    dyads: tuple[Value, ...]
    map: Map


def read_event(describer: Describer, it: Description, link: Callable[[str], str | None]) -> EventPage:
    """Read an event of the published graph out of its description; `link` gives the address of the page about an IRI."""
    subject = iri_of(it)
    nodes = collect((t.subject, t.predicate, t.object) for t in it.triples)
    node = nodes.get(subject, {})

    def below(predicate: Iri) -> list[Iri]:
        return [value for value in node.get(predicate, ()) if isinstance(value, Iri)]

    reader = describer.reader
    show = namer(reader, (term for triple in it.triples for term in triple))
    parts = _without(nodes, subject)
    facts = [
        (show(predicate), tuple(phrase(value, parts, show) for value in node[predicate]))
        for predicate in _FACTS
        if predicate in node
    ]
    return EventPage(
        facts=tuple(facts),
        participants=_participants(describer, show, nodes, below(ent.hasParticipation)),
        contributions=tuple(_contribution(show, nodes.get(iri, {})) for iri in below(ent.hasContribution)),
        conflicts=tuple(_conflicts(describer, nodes, subject)),
        dyads=tuple(map(show, reader.nodes(subject, ent.dyad))),
        map=locate(describer, below(ent.location), below(ent.involvesState), link),
    )


def _without(nodes: Nodes, subject: Iri) -> Nodes:
    """The nodes below an event only, which have no names of their own."""
    return {iri: node for iri, node in nodes.items() if iri.startswith(f"{subject}/")}


def _participants(
    describer: Describer, show: Shower, nodes: Nodes, participations: Iterable[Iri]
) -> tuple[Participant, ...]:
    roles: dict[Iri, list[Value]] = {}
    for iri in participations:
        node = nodes.get(iri, {})
        for agent in node.get(ent.participant, ()):
            if isinstance(agent, Iri):
                roles.setdefault(agent, []).extend(show(role) for role in node.get(ent.roleType, ()))
    found = [
        Participant(
            agent=show(agent),
            roles=tuple(dict.fromkeys(said)),
            states=tuple(show(state) for state in describer.reader.nodes(agent, ent.belongsToState)),
        )
        for agent, said in roles.items()
    ]
    # States stand before their bodies.
    return tuple(
        sorted(
            found, key=lambda each: ([s.text for s in each.states] or [each.agent.text], bool(each.states), each.agent.text)
        )
    )


def _contribution(show: Shower, node: dict[Iri, list[Term]]) -> Contribution:
    def text(predicate: Iri) -> str:
        return next((str(plain(value)) for value in node.get(predicate, ())), "")

    few, many = text(ent.countMin), text(ent.countMax)
    return Contribution(
        by=tuple(show(value) for value in node.get(ent.contributedBy, ())),
        count=text(ent.count) or (f"{few}–{many}" if few and many else few or many),
        qualifier=text(ent.countQualifier).rpartition("/")[2],
        what=text(ent.materielLabel),
        vessels=tuple(show(value) for value in node.get(ent.includesVessel, ())),
    )


def _conflicts(describer: Describer, nodes: Nodes, event: Iri) -> Iterable[Conflict]:
    reader = describer.reader
    about = {quad.subject for quad in reader.store.quads(None, ent.onEvent, event, default_graph=True)}
    for relation in sorted(iri for iri in about if isinstance(iri, Iri)):
        if CONTRADICTS not in reader.nodes(relation, ent.relationType):
            continue
        for predicate in reader.nodes(relation, ent.onProperty):
            claims = reader.nodes(relation, ent.relates)
            said = _said(describer, claims, predicate)
            values = [value for value in reader.objects(relation, ent.betweenValue) if isinstance(value, Iri)]
            known = {
                **nodes,
                **collect(
                    (q.subject, q.predicate, q.object)
                    for value in values
                    for q in reader.store.quads(value, default_graph=True)
                ),
            }
            sides = [
                Side(
                    phrase(value, known, describer.value),
                    # A value of the published graph ends as that of the article's graph does from which it comes.
                    tuple(describer.claim(claim) for claim in claims if tail(value) in said.get(claim, ())),
                )
                for value in values
            ]
            placed = {claim.claim.iri for side in sides for claim in side.claims}
            rest = [claim for claim in claims if claim not in placed]
            if rest:
                sides.append(Side((), tuple(describer.claim(claim) for claim in rest)))
            yield Conflict(describer.value(predicate), "; ".join(reader.texts(relation, rdfs.comment)), tuple(sides))


def _said(describer: Describer, claims: Iterable[Iri], predicate: Iri) -> dict[Iri, set[str]]:
    """The ends of the values that claims give a property, in the graphs of their articles."""
    found: dict[Iri, set[str]] = {}
    asked = " ".join(claim.n3() for claim in claims)
    rows = describer.reader.store.select(
        f"SELECT ?c ?o WHERE {{ VALUES ?c {{ {asked} }} GRAPH ?g {{ ?c <{ent.asserts}> ?s . "
        f"?s <{rdf.predicate}> {predicate.n3()} ; <{rdf.object}> ?o }} }}"
    ).rows
    for claim, value in rows:
        if isinstance(claim, Iri):
            found.setdefault(claim, set()).add(tail(value))
    return found
