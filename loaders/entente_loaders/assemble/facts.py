"""The facts of a claim as properties of the event, with the nodes they need described on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from entente.model import (
    Activity,
    ActivityCount,
    Aim,
    Concerns,
    Contribution,
    CountQualifier,
    Detachment,
    During,
    Fact,
    Iri,
    Literal,
    Location,
    Naming,
    Participant,
    StatusIs,
    Term,
)
from entente.model.iri import slug, vocab
from entente.model.terms import ent, rdf, skos
from entente_loaders.assemble.account import Assembly

__all__ = ["describe"]


def describe(assembly: Assembly, event: Iri, fact: Fact) -> list[tuple[Iri, Term]]:
    """Say a fact about the event as predicates and objects; empty where its entity could not be resolved."""
    return _FACTS[type(fact)](assembly, event, fact)


def _participant(assembly: Assembly, event: Iri, fact: Participant) -> list[tuple[Iri, Term]]:
    agent = assembly.agent(fact.agent)
    if agent is None:
        return []
    node = assembly.value(
        event,
        "participation",
        f"{_tail(agent)}-{fact.role}",
        [(rdf.type, ent.Participation), (ent.participant, agent), (ent.roleType, vocab("role-type", fact.role))],
    )
    assembly.add(node, ent.inEvent, event)
    return [(ent.hasParticipation, node)]


def _contribution(assembly: Assembly, event: Iri, fact: Contribution) -> list[tuple[Iri, Term]]:
    owner = assembly.agent(fact.owner) if fact.owner else None
    vessels = sorted({iri for vessel in fact.vessels if (iri := assembly.agent(vessel)) is not None})
    low, high = _count_bounds(fact, len(vessels))
    properties: list[tuple[Iri, Term]] = [
        (rdf.type, ent.ForceContribution),
        (ent.materielLabel, Literal(fact.noun, lang="en")),
        (ent.countQualifier, vocab("count-qualifier", fact.qualifier)),
        *((ent.includesVessel, vessel) for vessel in vessels),
    ]
    if owner is not None:
        properties.append((ent.contributedBy, owner))
    if fact.concept is not None:
        properties.append((ent.materielType, fact.concept))
    for predicate, number in ((ent.count, fact.count), (ent.countMin, low), (ent.countMax, high)):
        if number is not None:
            properties.append((predicate, Literal.of(number)))
    amount = str(fact.count) if fact.count is not None else "some"
    node = assembly.value(event, "contribution", f"{_tail(owner)}-{amount}-{slug(fact.noun)}", properties)
    assembly.add(node, ent.toEvent, event)
    return [(ent.hasContribution, node)]


def _activity_count(assembly: Assembly, event: Iri, fact: ActivityCount) -> list[tuple[Iri, Term]]:
    properties: list[tuple[Iri, Term]] = [
        (rdf.type, ent.ActivityCount),
        (ent.count, Literal.of(fact.count)),
        (ent.countQualifier, vocab("count-qualifier", fact.qualifier)),
    ]
    return [(ent.activityCount, assembly.value(event, "activity-count", f"{fact.count}", properties))]


def _activity(assembly: Assembly, event: Iri, fact: Activity) -> list[tuple[Iri, Term]]:
    properties: list[tuple[Iri, Term]] = [
        (rdf.type, ent.ExerciseActivity),
        (ent.activityType, fact.activity),
        *((ent.target, target) for target in fact.targets),
    ]
    readable = slug(fact.activity.rsplit("/", 1)[-1])
    return [(ent.hasActivity, assembly.value(event, "activity", readable, properties))]


def _detachment(assembly: Assembly, event: Iri, fact: Detachment) -> list[tuple[Iri, Term]]:
    properties: list[tuple[Iri, Term]] = [(rdf.type, ent.TaskDetachment), (skos.prefLabel, Literal(fact.text, lang="en"))]
    node = assembly.value(event, "detachment", slug(fact.text), properties)
    assembly.add(node, ent.formedFor, event)
    return [(ent.hasDetachment, node)]


def _aim(assembly: Assembly, event: Iri, fact: Aim) -> list[tuple[Iri, Term]]:
    properties: list[tuple[Iri, Term]] = [(rdf.type, ent.AimStatement), (ent.aimText, Literal(fact.text, lang="en"))]
    return [(ent.statedAim, assembly.value(event, "aim", "", properties))]


def _naming(assembly: Assembly, event: Iri, fact: Naming) -> list[tuple[Iri, Term]]:  # noqa: ARG001
    said: list[tuple[Iri, Term]] = [(ent.name, Literal(fact.text, lang="en"))]
    series = assembly.agent(fact.series) if fact.series else None
    return [*said, (ent.editionOf, series)] if series else said


def _place(assembly: Assembly, event: Iri, fact: Location) -> list[tuple[Iri, Term]]:  # noqa: ARG001
    place = assembly.agent(fact.place)
    return [(ent.location, place)] if place else []


def _concerns(assembly: Assembly, event: Iri, fact: Concerns) -> list[tuple[Iri, Term]]:  # noqa: ARG001
    about = assembly.agent(fact.about)
    return [(ent.concerns, about)] if about else []


def _status(assembly: Assembly, event: Iri, fact: StatusIs) -> list[tuple[Iri, Term]]:  # noqa: ARG001
    return [(ent.status, vocab("event-status", fact.status))]


def _during(assembly: Assembly, event: Iri, fact: During) -> list[tuple[Iri, Term]]:
    return [(ent.when, assembly.when(event, fact.when))]


_FACTS: Mapping[type, Callable[..., list[tuple[Iri, Term]]]] = {
    Participant: _participant,
    Location: _place,
    Naming: _naming,
    StatusIs: _status,
    During: _during,
    Contribution: _contribution,
    ActivityCount: _activity_count,
    Activity: _activity,
    Detachment: _detachment,
    Aim: _aim,
    Concerns: _concerns,
}


def _tail(iri: Iri | None) -> str:
    """The readable end of an entity's IRI as one path segment: `force-RUS-navy`."""
    return iri.split("/id/", 1)[-1].replace("/", "-") if iri else "unknown"


def _count_bounds(fact: Contribution, named: int) -> tuple[int | None, int | None]:
    """Least and greatest number that the wording allows; a plural without a number means at least two."""
    if fact.count is None:
        return max(2, named) if fact.qualifier is CountQualifier.UNSPECIFIED_PLURAL else named or None, None
    if fact.qualifier is CountQualifier.EXACT:
        return fact.count, fact.count
    return (fact.count, None) if fact.qualifier is CountQualifier.AT_LEAST else (None, None)
