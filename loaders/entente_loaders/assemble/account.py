"""The triples of one article's graph as they grow: the article, its entities, its claims with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from entente.model import Claim, Iri, Kind, Link, Literal, Mention, Resolution, Span, Term, Triple, When
from entente.model.iri import child, digest, entity, slug, vocab
from entente.model.terms import dcterms, edtf, ent, oa, prov, rdf, rdfs, sem, skos
from entente.version import __version__
from entente_loaders.assemble.credits import credited_agencies

__all__ = ["Assembly", "Statement"]

_CANDIDATE_CLASS: Mapping[Kind, Iri] = {
    Kind.STATE: ent.State,
    Kind.ORGAN: ent.GovernmentOrgan,
    Kind.FORCE: ent.Formation,
    Kind.ORGANISATION: ent.InternationalOrganisation,
    Kind.ARMED_GROUP: ent.ArmedGroup,
    Kind.PERSON: ent.Person,
    Kind.PLACE: ent.Place,
    Kind.VESSEL: ent.Vessel,
    Kind.SERIES: ent.ExerciseSeries,
    Kind.AGREEMENT: ent.Agreement,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a claim asserts; `direct` tells whether it also stands as a triple of the article's own account."""

    subject: Iri
    predicate: Iri
    object: Term
    direct: bool


@dataclass(slots=True)
class Assembly:
    """The triples of one article's graph as they grow."""

    resolution: Resolution
    article: Iri
    outlet: Iri
    triples: set[Triple] = field(default_factory=set)

    def add(self, subject: Iri, predicate: Iri, *objects: Term) -> None:
        for value in objects:
            self.triples.add(Triple(subject, predicate, value))

    def value(self, owner: Iri, kind: str, readable: str, properties: Iterable[tuple[Iri, Term]]) -> Iri:
        """Mint a dependent node below its owner, named by what it says, and describe it."""
        described = sorted([(predicate, value.n3(), value) for predicate, value in properties])
        name = f"{readable}-" if readable else ""
        key = digest(*[f"{predicate} {spelled}" for predicate, spelled, _ in described], length=8)
        node = child(owner, kind, f"{name}{key}")
        for predicate, _, value in described:
            self.triples.add(Triple(node, predicate, value))
        return node

    def link(self, mention: Mention) -> Link | None:
        return self.resolution.links.get(mention)

    def agent(self, mention: Mention) -> Iri | None:
        link = self.link(mention)
        return link.iri if link else None

    # -- the article itself --------------------------------------------------------------------------------------------

    def describe_article(self) -> None:
        document = self.resolution.extraction.document
        source = document.article
        title = source.title or document.text.split("\n", 1)[0].strip()
        self.add(self.article, rdf.type, ent.Article)
        self.add(self.article, dcterms.title, Literal(title, lang=source.lang))
        self.add(self.article, dcterms.language, Literal(source.lang))
        self.add(self.article, ent.text, Literal(document.text))
        self.add(self.article, ent.textSha256, Literal(document.sha256))
        self.add(self.article, ent.publisher, self.outlet)
        if source.published:
            self.add(self.article, dcterms.issued, Literal.date(source.published))
        for predicate, address in ((dcterms.source, source.source), (ent.url, source.url)):
            if address:
                self.add(self.article, predicate, Iri(address))
        if source.licence:
            self.add(self.article, dcterms.license, Literal(source.licence))
        for name in credited_agencies(document.text):
            agency = entity("outlet", slug(name))
            self.add(self.article, ent.creditsAgency, agency)
            self.add(agency, rdf.type, ent.Outlet)
            self.add(agency, skos.prefLabel, Literal(name, lang="en"))
        self.add(self.outlet, rdf.type, ent.Outlet)
        self.add(self.outlet, skos.prefLabel, Literal(source.outlet or "Unknown outlet", lang="en"))

    def activity(self, extractor: str | None) -> Iri:
        """Give the run of an extractor that found a claim; None stands for the extraction's only one."""
        extraction = self.resolution.extraction
        name = extractor or extraction.extractor
        return entity("activity", f"{slug(name)}-{extraction.parts.get(name, extraction.ruleset)[:12]}")

    def describe_activities(self) -> None:
        extraction = self.resolution.extraction
        software = entity("software", f"entente-{__version__}")
        for name, ruleset in (extraction.parts or {extraction.extractor: extraction.ruleset}).items():
            activity = self.activity(name)
            self.add(activity, rdf.type, prov.Activity)
            self.add(activity, rdfs.label, Literal(f"Extraction by {name}", lang="en"))
            self.add(activity, ent.rulesetDigest, Literal(ruleset))
            self.add(activity, prov.wasAssociatedWith, software)
        self.add(software, rdf.type, prov.SoftwareAgent)
        self.add(software, rdfs.label, Literal(f"Entente {__version__}"))

    def describe_mentions(self) -> None:
        """Describe the entities minted here, and record under which name the text speaks of a place."""
        for mention, link in self.resolution.links.items():
            if link.candidate:
                # A person who speaks for an office is described as the office.
                kind = Kind.ORGAN if link.basis == "office" else mention.kind
                # What sort of event "the war" is, the text does not say: it is a candidate and no more.
                known_class = (_CANDIDATE_CLASS[kind],) if kind in _CANDIDATE_CLASS else ()
                self.add(link.iri, rdf.type, ent.CandidateEntity, *known_class)
                self.add(link.iri, skos.prefLabel, Literal(label_of(mention, kind), lang="en"))
                if mention.state and kind in {Kind.FORCE, Kind.ORGAN, Kind.VESSEL}:
                    self.add(link.iri, ent.belongsToState, mention.state)
                if mention.concept and mention.kind is Kind.VESSEL:
                    self.add(link.iri, ent.vesselType, mention.concept)
            if mention.kind is Kind.PLACE:
                self.value(
                    self.article,
                    "place-name",
                    slug(mention.text),
                    [
                        (rdf.type, ent.PlaceNameUse),
                        (ent.usedFor, link.iri),
                        (ent.usedName, Literal(mention.text, lang="en")),
                        (ent.reportedIn, self.article),
                    ],
                )

    # -- claims --------------------------------------------------------------------------------------------------------

    def assert_claim(self, claim: Claim, statements: Iterable[Statement], content: str | None) -> Iri:
        speaker = (self.agent(claim.speaker) if claim.speaker else None) or self.outlet
        nodes = []
        for statement in statements:
            triple = Triple(statement.subject, statement.predicate, statement.object)
            node = child(self.article, "statement", digest(triple.n3()))
            nodes.append(node)
            self.add(node, rdf.type, rdf.Statement)
            self.add(node, rdf.subject, statement.subject)
            self.add(node, rdf.predicate, statement.predicate)
            self.add(node, rdf.object, statement.object)
            if statement.direct:
                self.triples.add(triple)
        said = [f"{claim.said}"] if claim.said else []
        by = [claim.extractor] if claim.extractor else []
        name = digest(speaker, claim.level, claim.modality, content or "", *said, *by, *sorted(nodes))
        node = child(self.article, "claim", name)
        self.add(node, rdf.type, ent.Claim)
        self.add(node, ent.assertedBy, speaker)
        self.add(node, ent.reportedIn, self.article)
        self.add(node, ent.attributionLevel, vocab("attribution-level", claim.level))
        self.add(node, ent.modality, vocab("modality", claim.modality))
        self.add(node, ent.extractedByRule, Literal(claim.rule))
        self.add(node, ent.confidence, Literal.decimal(claim.confidence))
        self.add(node, prov.wasGeneratedBy, self.activity(claim.extractor))
        self.add(node, ent.asserts, *nodes)
        if content:
            self.add(node, ent.content, Literal(content, lang="en"))
        if claim.said:
            self.add(node, ent.assertionTime, self.when(node, claim.said))
        for span in claim.evidence:
            self.add_evidence(node, span)
        return node

    def add_evidence(self, claim: Iri, span: Span) -> None:
        text = self.resolution.extraction.document.text
        note = child(claim, "evidence", f"{span.start}-{span.end}")
        target, position, quote = (child(note, part) for part in ("target", "position", "quote"))
        self.add(claim, ent.evidence, note)
        self.add(note, rdf.type, oa.Annotation)
        self.add(note, oa.hasBody, claim)
        self.add(note, oa.hasTarget, target)
        self.add(target, rdf.type, oa.SpecificResource)
        self.add(target, oa.hasSource, self.article)
        self.add(target, oa.hasSelector, position, quote)
        self.add(position, rdf.type, oa.TextPositionSelector)
        self.add(position, oa.start, Literal.of(span.start))
        self.add(position, oa.end, Literal.of(span.end))
        self.add(quote, rdf.type, oa.TextQuoteSelector)
        self.add(quote, oa.exact, Literal(span.of(text)))

    def when(self, owner: Iri, when: When, begins_with: Iri | None = None) -> Iri:
        bounds = (
            (sem.hasEarliestBeginTimeStamp, when.earliest_begin),
            (sem.hasLatestBeginTimeStamp, when.latest_begin),
            (sem.hasEarliestEndTimeStamp, when.earliest_end),
            (sem.hasLatestEndTimeStamp, when.latest_end),
        )
        properties: list[tuple[Iri, Term]] = [
            (predicate, Literal.date(day.isoformat())) for predicate, day in bounds if day is not None
        ]
        properties += [
            (rdf.type, ent.TimeBounds),
            (ent.datePrecision, vocab("date-precision", when.precision)),
            (ent.dateBasis, vocab("date-basis", when.basis)),
        ]
        if when.edtf:
            properties.append((ent.edtf, Literal(when.edtf, edtf.EDTF)))
        if begins_with is not None:
            properties.append((ent.beginsWith, begins_with))
        if when.rule:
            properties.append((ent.dateRule, Literal(when.rule)))
        readable = slug(when.edtf.replace("/", " to ")) if when.edtf else "bounds"
        return self.value(owner, "when", readable, properties)


def label_of(mention: Mention, kind: Kind) -> str:
    """What to call a candidate of this kind: a name as the text writes it, a force or organ by its noun and its state."""
    if mention.state and mention.head and kind in {Kind.FORCE, Kind.ORGAN}:
        return f"{mention.head} ({mention.state.rsplit('/', 1)[-1]})"
    return mention.text
