"""The form of an article's graph (docs/decisions/0001-graph-form.md)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TEXT, agent, claim, days, delta, event, naming, ships, takes_part
from entente.model import (
    Activity,
    ActivityCount,
    Aim,
    Claim,
    Concerns,
    Content,
    CountQualifier,
    Delta,
    EventStatus,
    EventType,
    Iri,
    Literal,
    Modality,
    Mode,
    Relation,
    Role,
    Span,
    StatusIs,
    Triple,
)
from entente.model.iri import child, entity, vocab
from entente.model.terms import dcterms, ent, oa, prov, rdf

ARTICLE = entity("article", "report")
EVENT = child(ARTICLE, "event", "e1")
SOME = Span(21, 30)


def objects(made: Delta, subject: Iri, *path: Iri) -> set[object]:
    """What a path of properties leads to."""
    nodes: set[object] = {subject}
    for predicate in path:
        nodes = {t.object for t in made.triples if t.subject in nodes and t.predicate == predicate}
    return nodes


def typed(made: Delta, cls: Iri) -> set[Iri]:
    """The nodes of a class."""
    return {t.subject for t in made.triples if t.predicate == rdf.type and t.object == cls and isinstance(t.subject, Iri)}


def test_the_article_keeps_what_is_known_of_it_and_nothing_else() -> None:
    made = delta("report", event("e1", claim(*takes_part("RUS"))), published=None, outlet=None)
    assert objects(made, ARTICLE, dcterms.issued) == set()
    assert objects(made, ARTICLE, ent.text) == {Literal(TEXT)}
    assert objects(made, ARTICLE, ent.publisher) == {child(ARTICLE, "outlet")}
    assert "report.txt" not in "".join(t.n3() for t in made.triples)


def test_every_claim_has_speaker_level_evidence_and_provenance() -> None:
    made = delta("report", event("e1", claim(*takes_part("RUS")), claim(naming(), speaker=agent("CHN"))))
    claims = typed(made, ent.Claim)
    assert len(claims) == 2
    for each in claims:
        assert objects(made, each, ent.evidence, oa.hasTarget, oa.hasSelector, oa.start) == {Literal.of(21)}
        assert objects(made, each, ent.evidence, oa.hasTarget, oa.hasSelector, oa.exact) == {Literal(TEXT[21:50])}
        assert objects(made, each, prov.wasGeneratedBy, rdf.type) == {prov.Activity}
    speakers = {speaker for each in claims for speaker in objects(made, each, ent.assertedBy)}
    assert speakers == {entity("outlet", "test-outlet"), entity("state", "CHN")}


def test_each_direct_triple_of_an_event_is_asserted_by_a_claim() -> None:
    facts = (
        *takes_part("RUS", "CHN"),
        naming(),
        ships(2),
        days("2023-07-20", "2023-07-23"),
        StatusIs(EventStatus.CONCLUDED),
    )
    made = delta("report", event("e1", claim(*facts)))
    stated = {
        Triple(s, p, o)  # type: ignore[arg-type]
        for node in typed(made, rdf.Statement)
        for s in objects(made, node, rdf.subject)
        for p in objects(made, node, rdf.predicate)
        for o in objects(made, node, rdf.object)
    }
    described = {t for t in made.triples if t.subject == EVENT} - stated
    assert {t.predicate for t in described} == {rdf.type, ent.mode, ent.background}
    assert len(stated) == 8


@pytest.mark.parametrize(
    ("modality", "mode", "direct"),
    [
        (Modality.ASSERTED, Mode.ACTUAL, True),
        (Modality.PLANNED, Mode.PLANNED, True),
        (Modality.CONDITIONAL, Mode.ACTUAL, False),
        (Modality.DENIED, Mode.NEGATED, False),
        (Modality.ASSERTED, Mode.HYPOTHETICAL, False),
    ],
)
def test_only_what_the_article_puts_forward_stands_as_a_triple(modality: Modality, mode: Mode, direct: bool) -> None:
    made = delta("report", event("e1", claim(*takes_part("RUS"), modality=modality), mode=mode))
    assert bool(objects(made, EVENT, ent.hasParticipation)) is direct
    assert len(typed(made, rdf.Statement)) == 2


def test_counted_ships_are_a_contribution_and_no_vessels() -> None:
    made = delta("report", event("e1", claim(ships(2), ships(None, noun="auxiliary-ship"))))
    assert typed(made, ent.Vessel) == set()
    assert objects(made, EVENT, ent.hasContribution, ent.count) == {Literal.of(2)}
    assert objects(made, EVENT, ent.hasContribution, ent.countMin) == {Literal.of(2)}
    assert objects(made, EVENT, ent.hasContribution, ent.countQualifier) == {
        vocab("count-qualifier", "exact"),
        vocab("count-qualifier", "unspecified-plural"),
    }


def test_an_unknown_ship_is_a_candidate() -> None:
    made = delta("report", event("e1", claim(ships(None, "Gremyashchiy"))))
    assert typed(made, ent.Vessel) == typed(made, ent.CandidateEntity) == {entity("candidate", "vessel", "gremyashchiy")}


def test_what_an_accusation_alleges_stays_a_quotation() -> None:
    facts = (
        *takes_part("CHN", role=Role.ACTOR),
        *takes_part("USA", role=Role.RECIPIENT),
        Content("intrusion of warships", SOME),
    )
    made = delta("report", event("e1", claim(*facts, speaker=agent("CHN")), type=EventType.ACCUSATION))
    assert typed(made, ent.StatementAct) == {EVENT}
    assert objects(made, EVENT, ent.carriesClaim, ent.content) == {Literal("intrusion of warships", lang="en")}
    assert len(typed(made, ent.InteractionEvent)) == 0


def test_an_agreement_event_results_in_an_agreement_of_its_parties() -> None:
    facts = (*takes_part("RUS", "CHN"), StatusIs(EventStatus.AGREED))
    made = delta("report", event("e1", claim(*facts), type=EventType.AGREEMENT))
    assert objects(made, EVENT, ent.resultsIn, rdf.type) == {ent.InformalUnderstanding}
    assert objects(made, EVENT, ent.resultsIn, ent.party) == {entity("state", "RUS"), entity("state", "CHN")}


def test_a_partnership_label_is_a_relation_and_no_agreement() -> None:
    relation = Relation("r1", (agent("RUS"), agent("CHN")), "no limits", claim())
    made = delta("report", relations=[relation])
    [node] = typed(made, ent.DyadicRelation)
    assert objects(made, node, ent.partnershipLabel) == {Literal("no limits", lang="en")}
    assert typed(made, ent.Agreement) == typed(made, ent.InformalUnderstanding) == set()
    assert len(typed(made, ent.Claim)) == 1


def test_activities_counts_aims_and_topics() -> None:
    facts = (
        ActivityCount(20, CountQualifier.APPROXIMATE, SOME),
        Activity(vocab("activity-type", "live-fire"), (vocab("target-type", "coastal"),), SOME),
        Aim("strengthen security", SOME),
        Concerns(agent("CHN")),
    )
    made = delta("report", event("e1", claim(*takes_part("RUS"), *facts), claim(*takes_part("CHN"))))
    assert objects(made, EVENT, ent.activityCount, ent.count) == {Literal.of(20)}
    assert objects(made, EVENT, ent.hasActivity, ent.target) == {vocab("target-type", "coastal")}
    assert objects(made, EVENT, ent.statedAim, ent.aimText) == {Literal("strengthen security", lang="en")}


def test_an_aim_is_stated_even_where_it_is_only_hoped_for() -> None:
    made = delta("report", event("e1", claim(*takes_part("RUS")), claim(Aim("peace", SOME), modality=Modality.ASPIRATION)))
    assert objects(made, EVENT, ent.statedAim, ent.aimText) == {Literal("peace", lang="en")}


CLAIMS = [claim(*takes_part("RUS")), claim(ships(2)), claim(naming(), speaker=agent("CHN"))]


@given(st.permutations(CLAIMS))
def test_the_order_of_claims_does_not_change_the_graph(claims: list[Claim]) -> None:
    assert delta("report", event("e1", *claims)) == delta("report", event("e1", *CLAIMS))
