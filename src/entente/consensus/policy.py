"""The consensus policy: what of the accounts of one event is published as fact, and what as contradiction.

A statement is published when an article itself puts it forward (docs/decisions/0001-graph-form.md §6). Properties that
can have many values are united; those that can have one are merged, and where that fails they are left out and listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from entente.consensus.account import Account, Node, first
from entente.consensus.derive import derive
from entente.consensus.identity import notation
from entente.consensus.merge import Difference, Merged, merge_contributions, merge_counts, merge_times
from entente.model import EventType, Iri, Literal, Modality, Mode, Term, Triple
from entente.model.iri import digest, entity, vocab
from entente.model.terms import ent, rdf, rdfs

__all__ = ["CONTRADICTS", "MERGED", "POLICY", "publish"]

POLICY = "consensus-4"
"""Name and version of this policy; a change of what it publishes gives it a new number."""

CONTRADICTS = vocab("claim-relation", "contradicts")
"""How claims stand to one another that cannot both be true."""

_UNITED = (
    ent.carriesClaim,
    ent.concerns,
    ent.domain,
    ent.editionOf,
    ent.exerciseType,
    ent.focus,
    ent.hasActivity,
    ent.hasDetachment,
    ent.hasParticipation,
    ent.location,
    ent.mmeId,
    ent.name,
    ent.resultsIn,
    ent.statedAim,
)
MERGED = (ent.activityCount, ent.hasContribution, ent.status, ent.when)
"""The properties that have one value, or one for each side, so that accounts of them can contradict one another."""

_LIFECYCLE = (
    *("proposed", "announced", "planned", "started", "ongoing", "concluded"),
    *("agreed", "signed", "ratified", "in_force", "extended"),
)
_BROKEN_OFF = ("cancelled", "postponed", "suspended", "terminated")
_BACKLINK = {
    ent.hasParticipation: ent.inEvent,
    ent.hasContribution: ent.toEvent,
    ent.hasDetachment: ent.formedFor,
}
_BACKLINKS = frozenset(_BACKLINK.values())
_DENIED = vocab("modality", Modality.DENIED)


def _described() -> dict[Iri, dict[Iri, set[Term]]]:
    return defaultdict(lambda: defaultdict(set))


@dataclass(slots=True)
class _Component:
    """All accounts of one event under its canonical IRI."""

    iri: Iri
    accounts: Sequence[Account]
    state_of: Callable[[Iri], Iri | None]
    sources_of: Mapping[Iri, Iri] = field(default_factory=dict)
    accepted: dict[Iri, set[Term]] = field(default_factory=lambda: defaultdict(set))
    values: dict[Iri, dict[Iri, set[Term]]] = field(default_factory=_described)
    claims: dict[Triple, set[Iri]] = field(default_factory=lambda: defaultdict(set))
    denials: dict[Triple, set[Iri]] = field(default_factory=lambda: defaultdict(set))
    voices: dict[Iri, Iri] = field(default_factory=dict)
    triples: set[Triple] = field(default_factory=set)

    def add(self, subject: Iri, predicate: Iri, *values: Term) -> None:
        for value in values:
            self.triples.add(Triple(subject, predicate, value))

    def gather(self) -> None:
        for account in self.accounts:
            self._gather(account)

    def _gather(self, account: Account) -> None:
        own, below = account.iri, f"{account.iri}/"

        def rename(term: Term) -> Term:
            if isinstance(term, Iri) and (term == own or term.startswith(below)):
                return Iri(self.iri + term[len(own) :])
            return term

        realised = ent.UnrealisedEvent not in account.objects(rdf.type)
        for predicate, objects in account.node.items():
            if realised:
                self.accepted[predicate].update(map(rename, objects))
        for value, node in account.values.items():
            renamed = rename(value)
            assert isinstance(renamed, Iri)
            for predicate, objects in node.items():
                if predicate not in _BACKLINKS:
                    self.values[renamed][predicate].update(map(rename, objects))
        for claim in account.claims:
            self.voices[claim.iri] = self._voice(claim.speaker, account)
            self.triples |= claim.details
            for predicate, objects in claim.properties.items():
                self.add(claim.iri, predicate, *objects)
            denied = _DENIED in claim.properties.get(ent.modality, ())
            for statement in claim.statements:
                triple = Triple(self.iri, statement.predicate, rename(statement.object))
                self.claims[triple].add(claim.iri)
                if denied:
                    self.denials[triple].add(claim.iri)

    def node(self, value: Iri) -> Node:
        described = self.values[value]
        return {p: tuple(sorted(terms, key=lambda term: term.n3())) for p, terms in sorted(described.items())}

    def iris(self, predicate: Iri) -> set[Iri]:
        return {value for value in self.accepted[predicate] if isinstance(value, Iri)}

    def candidates(self, predicate: Iri) -> dict[Iri, Node]:
        return {value: self.node(value) for value in sorted(self.iris(predicate))}

    def sources(self, claims: Iterable[Iri]) -> int:
        """How many independent voices there are."""
        return len({self.voices[claim] for claim in claims})

    def _voice(self, speaker: Iri, account: Account) -> Iri:
        """Who a speaker stands for: an organ for its state, an outlet for the source of its report, others themselves."""
        state = self.state_of(speaker)
        if state is None and speaker == account.outlet:
            return self.sources_of.get(account.article, speaker)
        return state or speaker


def publish(
    canonical: Iri,
    accounts: Sequence[Account],
    state_of: Callable[[Iri], Iri | None],
    dyad: Callable[[Iri, Iri], Iri],
    sources_of: Mapping[Iri, Iri],
) -> frozenset[Triple]:
    """Merge the accounts of one event into the triples that the default graph holds about it.

    `state_of` gives the state that an agent belongs to (a state gives itself), or None; `sources_of` the one source behind
    each article, the same for articles that copy one another. The result depends on the set of accounts, not on their order.
    """
    component = _Component(canonical, sorted(accounts, key=lambda account: account.iri), state_of, sources_of)
    component.gather()
    _publish_event(component, dyad)
    _publish_statements(component)
    return frozenset(component.triples)


def _publish_event(component: _Component, dyad: Callable[[Iri, Iri], Iri]) -> None:
    event = component.iri
    component.add(event, ent.describedAs, *(account.iri for account in component.accounts))
    component.add(event, ent.coveredIn, *(account.article for account in component.accounts))
    component.add(event, ent.independentSources, Literal.of(component.sources(component.voices)))
    component.add(event, ent.eventType, component.accounts[0].type)
    modes = {notation(m) for account in component.accounts for m in account.objects(ent.mode) if isinstance(m, Iri)}
    mode = next(mode for mode in Mode if mode in modes)
    component.add(event, ent.mode, vocab("mode", mode))
    if not component.accepted:
        component.add(event, rdf.type, ent.UnrealisedEvent)
        _publish_values(component, set())
        return
    background = all(Literal.of(True) in account.objects(ent.background) for account in component.accounts)
    component.add(event, ent.background, Literal.of(background))
    component.add(event, rdf.type, *component.accepted[rdf.type])
    selected: set[Iri] = set()
    for predicate in _UNITED:
        component.add(event, predicate, *component.accepted[predicate])
        selected |= component.iris(predicate) & component.values.keys()
    status = _publish_status(component)
    merges = {
        ent.when: merge_times(event, component.candidates(ent.when)),
        ent.hasContribution: merge_contributions(event, component.candidates(ent.hasContribution), component.state_of),
        ent.activityCount: merge_counts(component.candidates(ent.activityCount)),
    }
    for predicate, merged in merges.items():
        selected |= merged.chosen
        _publish_merged(component, predicate, merged)
    _publish_values(component, selected)
    happened = Triple(event, ent.eventType, component.accounts[0].type)
    if (deniers := component.denials[happened]) and (asserters := component.claims[happened] - deniers):
        comment = "said to have happened by some, denied by others"
        _relate(component, "contradicts", "event.denied.v1", on=ent.eventType, claims=asserters | deniers, comment=comment)
    event_type = EventType(notation(component.accounts[0].type))
    component.triples |= derive(event, event_type, _roles(component), mode=mode, status=status, dyad=dyad)


def _publish_status(component: _Component) -> str | None:
    """Publish the latest stage of the event's life; stages are no contradiction, but an end and a breaking-off are."""
    stages = sorted({notation(s) for s in component.accepted[ent.status] if isinstance(s, Iri)})
    broken = [stage for stage in stages if stage in _BROKEN_OFF]
    reached = [stage for stage in stages if stage in ("concluded", "started", "ongoing")]
    if len(broken) > 1 or (broken and reached and broken[0] in ("cancelled", "postponed")):
        claims = {c for s in stages for c in component.claims[Triple(component.iri, ent.status, vocab("event-status", s))]}
        comment = " against ".join(stages)
        _relate(component, "contradicts", "status.broken-off.v1", on=ent.status, claims=claims, comment=comment)
        return None
    if not stages:
        return None
    latest = broken[0] if broken else max(stages, key=_LIFECYCLE.index)
    component.add(component.iri, ent.status, vocab("event-status", latest))
    return latest


def _publish_merged(component: _Component, predicate: Iri, merged: Merged) -> None:
    component.add(component.iri, predicate, *merged.chosen, *merged.made)
    for value, node in merged.made.items():
        for property_, terms in node.items():
            component.add(value, property_, *terms)
        if predicate in _BACKLINK:
            component.add(value, _BACKLINK[predicate], component.iri)
    for difference in merged.differences:
        _publish_difference(component, predicate, difference)


def _publish_difference(component: _Component, predicate: Iri, difference: Difference) -> None:
    claims = {
        claim
        for value in (difference.one, difference.other)
        for claim in component.claims[Triple(component.iri, predicate, value)]
    }
    node = _relate(component, difference.relation, difference.rule, on=predicate, claims=claims, comment=difference.comment)
    component.add(node, ent.betweenValue, difference.one, difference.other)


def _relate(component: _Component, relation: str, rule: str, *, on: Iri, claims: Iterable[Iri], comment: str) -> Iri:
    ordered = sorted(claims)
    node = entity("claim-relation", digest(component.iri, relation, rule, on, comment, *ordered))
    component.add(node, rdf.type, ent.ClaimRelation)
    component.add(node, ent.relationType, vocab("claim-relation", relation))
    component.add(node, ent.onEvent, component.iri)
    component.add(node, ent.onProperty, on)
    component.add(node, ent.relates, *ordered)
    component.add(node, ent.relationRule, Literal(rule))
    component.add(node, rdfs.comment, Literal(comment, lang="en"))
    return node


def _publish_values(component: _Component, selected: set[Iri]) -> None:
    """Describe the values that claims speak of; those not chosen are no participations or contributions of the event."""
    spoken_of = {s.object for s in component.claims if isinstance(s.object, Iri)} & component.values.keys()
    for value in sorted(selected | spoken_of):
        for predicate, terms in component.values[value].items():
            if value in selected or predicate != rdf.type:
                component.add(value, predicate, *terms)
        if value not in selected:
            component.add(value, rdf.type, ent.ClaimedValue)
    for predicate, backlink in _BACKLINK.items():
        for value in component.iris(predicate) & selected:
            component.add(value, backlink, component.iri)


def _publish_statements(component: _Component) -> None:
    for triple, claims in component.claims.items():
        node = entity("statement", digest(triple.n3()))
        component.add(node, rdf.type, rdf.Statement)
        component.add(node, rdf.subject, triple.subject)
        component.add(node, rdf.predicate, triple.predicate)
        component.add(node, rdf.object, triple.object)
        component.add(node, ent.independentSources, Literal.of(component.sources(claims)))
        for claim in claims:
            component.add(claim, ent.asserts, node)


def _roles(component: _Component) -> Mapping[Iri, frozenset[str]]:
    """The roles of each state that takes part, itself or by an agent of its own."""
    roles: dict[Iri, set[str]] = defaultdict(set)
    for node in component.candidates(ent.hasParticipation).values():
        agent, role = first(node, ent.participant), first(node, ent.roleType)
        if isinstance(agent, Iri) and isinstance(role, Iri) and (state := component.state_of(agent)) is not None:
            roles[state].add(notation(role))
    return {state: frozenset(held) for state, held in sorted(roles.items())}
