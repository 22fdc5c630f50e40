"""The article's graph from its events and relations: the last step before validation."""

from __future__ import annotations

import re

from entente.model import (
    Aim,
    Content,
    Delta,
    Event,
    EventStatus,
    EventType,
    Iri,
    Literal,
    Modality,
    Mode,
    Naming,
    Participant,
    Relation,
    Resolution,
    StatusIs,
    Triple,
)
from entente.model.iri import child, entity, graph, slug, vocab
from entente.model.terms import ent, rdf, rdfs
from entente_loaders.assemble.account import Assembly, Statement
from entente_loaders.assemble.facts import describe

__all__ = ["assemble"]

_EVENT_CLASS = {EventType.EXERCISE: ent.Exercise}
_REALISED = frozenset({Mode.ACTUAL, Mode.PLANNED})
_AFFIRMED = frozenset({Modality.ASSERTED, Modality.PLANNED})
_CONCLUDED = frozenset({EventStatus.SIGNED, EventStatus.RATIFIED, EventStatus.IN_FORCE, EventStatus.EXTENDED})
# The noun in an agreement's own name says what it is; without one only its status does.
_AGREEMENT_NOUNS = (
    (re.compile(r"\btreaty\b", re.I), ent.Treaty),
    (re.compile(r"\bmemorandum\b", re.I), ent.MemorandumOfUnderstanding),
    (re.compile(r"\b(?:declaration|statement|communiqu[eé])\b", re.I), ent.PoliticalDeclaration),
)


def assemble(resolution: Resolution) -> Delta:
    """Build the triples of the article's graph from what was extracted and resolved.

    Equal resolutions give equal deltas; nothing in them depends on other articles.
    """
    extraction = resolution.extraction
    source = extraction.document.article
    article = entity("article", source.slug)
    outlet = entity("outlet", slug(source.outlet)) if source.outlet else child(article, "outlet")
    assembly = Assembly(resolution, article, outlet)
    assembly.describe_article()
    assembly.describe_activities()
    assembly.describe_mentions()
    for event in extraction.events:
        _add_event(assembly, event)
    for relation in extraction.relations:
        _add_relation(assembly, relation)
    for remark in extraction.remarks:
        words = "; ".join(fact.text for fact in remark.facts if isinstance(fact, Content))
        assembly.assert_claim(remark, (), words)
    return Delta(
        article=article,
        slug=source.slug,
        origin=source.origin,
        graph=graph("article", source.slug),
        triples=tuple(sorted(assembly.triples, key=Triple.n3)),
        unresolved=tuple(sorted({mention.text for mention in resolution.unresolved})),
    )


def _add_event(assembly: Assembly, event: Event) -> None:
    node = child(assembly.article, "event", event.key)
    realised = event.mode in _REALISED
    if not realised:
        types = (ent.UnrealisedEvent,)
    elif event.type.speech_act:
        types = (ent.StatementAct,)
    else:
        types = (_EVENT_CLASS.get(event.type, ent.InteractionEvent),)
    assembly.add(node, rdf.type, *types)
    assembly.add(node, ent.eventType, vocab("event-type", event.type))
    assembly.add(node, ent.mode, vocab("mode", event.mode))
    assembly.add(node, ent.background, Literal.of(event.background))
    agreement = _agreement(assembly, node, event) if event.type is EventType.AGREEMENT else None
    for claim in event.claims:
        affirmed = realised and claim.modality in _AFFIRMED
        statements = [Statement(node, ent.eventType, vocab("event-type", event.type), affirmed)]
        content = None
        for fact in claim.facts:
            if isinstance(fact, Content):
                content = fact.text
                continue
            # An aim is stated whether or not it will be reached.
            direct = affirmed or (realised and isinstance(fact, Aim))
            statements += [Statement(node, p, o, direct) for p, o in describe(assembly, node, fact)]
        if agreement is not None:
            statements.append(Statement(node, ent.resultsIn, agreement, affirmed))
        claim_node = assembly.assert_claim(claim, statements, content)
        if event.type.speech_act and realised and content:
            assembly.add(node, ent.carriesClaim, claim_node)


def _agreement(assembly: Assembly, event_node: Iri, event: Event) -> Iri | None:
    """The agreement that the event brings about: who is party, and what class its name or status shows it to be."""
    facts = [fact for claim in event.claims for fact in claim.facts]
    parties = sorted({iri for f in facts if isinstance(f, Participant) and (iri := assembly.agent(f.agent)) is not None})
    if event.mode not in _REALISED or len(parties) < 2:
        return None
    names = sorted({f.text for f in facts if isinstance(f, Naming)})
    statuses = {f.status for f in facts if isinstance(f, StatusIs)}
    named = next((cls for name in names for pattern, cls in _AGREEMENT_NOUNS if pattern.search(name)), None)
    node = child(event_node, "agreement")
    assembly.add(node, rdf.type, named or (ent.Agreement if statuses & _CONCLUDED or names else ent.InformalUnderstanding))
    assembly.add(node, ent.party, *parties)
    assembly.add(node, rdfs.label, *(Literal(name, lang="en") for name in names))
    assembly.add(node, ent.agreementStatus, *(vocab("event-status", status) for status in sorted(statuses)))
    return node


def _add_relation(assembly: Assembly, relation: Relation) -> None:
    parties = sorted({iri for party in relation.parties if (iri := assembly.agent(party)) is not None})
    if len(parties) < 2:
        return
    node = child(assembly.article, "relation", relation.key)
    label = Literal(relation.label, lang="en")
    assembly.add(node, rdf.type, ent.DyadicRelation)
    assembly.add(node, ent.relationKind, vocab("relation-kind", "partnership-label"))
    assembly.add(node, ent.relationOf, *parties)
    statements = [Statement(node, ent.partnershipLabel, label, direct=True)]
    if relation.since:
        event = assembly.agent(relation.begins_with) if relation.begins_with else None
        statements.append(Statement(node, ent.when, assembly.when(node, relation.since, event), direct=True))
    assembly.assert_claim(relation.claim, statements, None)
