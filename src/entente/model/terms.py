"""The terms of the ontology and of the vocabularies it builds on, as IRIs: `ent.Exercise`, `prov.Entity`.

Written by scripts/terms from ontology/: change the ontology, then run it.
"""
# ruff: noqa: N815

from __future__ import annotations

from typing import Final

from entente.model.rdf import Iri

__all__ = [
    "dcterms",
    "edtf",
    "ent",
    "foaf",
    "oa",
    "org",
    "owl",
    "prov",
    "rdf",
    "rdfs",
    "schema",
    "sem",
    "skos",
    "skosxl",
    "time",
    "vann",
    "xsd",
]


class _Ent:
    """The ontology of Entente."""

    __slots__ = ()

    AccountLink: Final = Iri("https://w3id.org/entente/ns#AccountLink")
    ActivityCount: Final = Iri("https://w3id.org/entente/ns#ActivityCount")
    Agent: Final = Iri("https://w3id.org/entente/ns#Agent")
    Agreement: Final = Iri("https://w3id.org/entente/ns#Agreement")
    AimStatement: Final = Iri("https://w3id.org/entente/ns#AimStatement")
    AllianceTreaty: Final = Iri("https://w3id.org/entente/ns#AllianceTreaty")
    ArmedForces: Final = Iri("https://w3id.org/entente/ns#ArmedForces")
    ArmsTransferDeal: Final = Iri("https://w3id.org/entente/ns#ArmsTransferDeal")
    Article: Final = Iri("https://w3id.org/entente/ns#Article")
    BroadArea: Final = Iri("https://w3id.org/entente/ns#BroadArea")
    CandidateEntity: Final = Iri("https://w3id.org/entente/ns#CandidateEntity")
    Claim: Final = Iri("https://w3id.org/entente/ns#Claim")
    ClaimRelation: Final = Iri("https://w3id.org/entente/ns#ClaimRelation")
    ClaimedValue: Final = Iri("https://w3id.org/entente/ns#ClaimedValue")
    Coalition: Final = Iri("https://w3id.org/entente/ns#Coalition")
    CodeAssignment: Final = Iri("https://w3id.org/entente/ns#CodeAssignment")
    ContestedPlace: Final = Iri("https://w3id.org/entente/ns#ContestedPlace")
    Count: Final = Iri("https://w3id.org/entente/ns#Count")
    DefenceCooperationAgreement: Final = Iri("https://w3id.org/entente/ns#DefenceCooperationAgreement")
    Dyad: Final = Iri("https://w3id.org/entente/ns#Dyad")
    DyadicRelation: Final = Iri("https://w3id.org/entente/ns#DyadicRelation")
    Event: Final = Iri("https://w3id.org/entente/ns#Event")
    Exercise: Final = Iri("https://w3id.org/entente/ns#Exercise")
    ExerciseActivity: Final = Iri("https://w3id.org/entente/ns#ExerciseActivity")
    ExerciseSeries: Final = Iri("https://w3id.org/entente/ns#ExerciseSeries")
    Facility: Final = Iri("https://w3id.org/entente/ns#Facility")
    ForceContribution: Final = Iri("https://w3id.org/entente/ns#ForceContribution")
    Formation: Final = Iri("https://w3id.org/entente/ns#Formation")
    Government: Final = Iri("https://w3id.org/entente/ns#Government")
    GovernmentOrgan: Final = Iri("https://w3id.org/entente/ns#GovernmentOrgan")
    ImplementingPlan: Final = Iri("https://w3id.org/entente/ns#ImplementingPlan")
    InformalUnderstanding: Final = Iri("https://w3id.org/entente/ns#InformalUnderstanding")
    InteractionEvent: Final = Iri("https://w3id.org/entente/ns#InteractionEvent")
    InternationalOrganisation: Final = Iri("https://w3id.org/entente/ns#InternationalOrganisation")
    Island: Final = Iri("https://w3id.org/entente/ns#Island")
    LooseCollective: Final = Iri("https://w3id.org/entente/ns#LooseCollective")
    MemorandumOfUnderstanding: Final = Iri("https://w3id.org/entente/ns#MemorandumOfUnderstanding")
    Occurrence: Final = Iri("https://w3id.org/entente/ns#Occurrence")
    Organisation: Final = Iri("https://w3id.org/entente/ns#Organisation")
    Outlet: Final = Iri("https://w3id.org/entente/ns#Outlet")
    PartiallyRecognisedState: Final = Iri("https://w3id.org/entente/ns#PartiallyRecognisedState")
    Participation: Final = Iri("https://w3id.org/entente/ns#Participation")
    Person: Final = Iri("https://w3id.org/entente/ns#Person")
    Place: Final = Iri("https://w3id.org/entente/ns#Place")
    PlaceNameUse: Final = Iri("https://w3id.org/entente/ns#PlaceNameUse")
    PoliticalDeclaration: Final = Iri("https://w3id.org/entente/ns#PoliticalDeclaration")
    Region: Final = Iri("https://w3id.org/entente/ns#Region")
    Sea: Final = Iri("https://w3id.org/entente/ns#Sea")
    ServiceBranch: Final = Iri("https://w3id.org/entente/ns#ServiceBranch")
    Settlement: Final = Iri("https://w3id.org/entente/ns#Settlement")
    State: Final = Iri("https://w3id.org/entente/ns#State")
    StatementAct: Final = Iri("https://w3id.org/entente/ns#StatementAct")
    Strait: Final = Iri("https://w3id.org/entente/ns#Strait")
    TaskDetachment: Final = Iri("https://w3id.org/entente/ns#TaskDetachment")
    Territory: Final = Iri("https://w3id.org/entente/ns#Territory")
    TimeBounds: Final = Iri("https://w3id.org/entente/ns#TimeBounds")
    Treaty: Final = Iri("https://w3id.org/entente/ns#Treaty")
    UnrealisedEvent: Final = Iri("https://w3id.org/entente/ns#UnrealisedEvent")
    Vessel: Final = Iri("https://w3id.org/entente/ns#Vessel")
    VesselClass: Final = Iri("https://w3id.org/entente/ns#VesselClass")
    activityCount: Final = Iri("https://w3id.org/entente/ns#activityCount")
    activityType: Final = Iri("https://w3id.org/entente/ns#activityType")
    agreementStatus: Final = Iri("https://w3id.org/entente/ns#agreementStatus")
    aimText: Final = Iri("https://w3id.org/entente/ns#aimText")
    alias: Final = Iri("https://w3id.org/entente/ns#alias")
    ambiguousName: Final = Iri("https://w3id.org/entente/ns#ambiguousName")
    assertedBy: Final = Iri("https://w3id.org/entente/ns#assertedBy")
    assertionTime: Final = Iri("https://w3id.org/entente/ns#assertionTime")
    asserts: Final = Iri("https://w3id.org/entente/ns#asserts")
    attributionLevel: Final = Iri("https://w3id.org/entente/ns#attributionLevel")
    background: Final = Iri("https://w3id.org/entente/ns#background")
    basedOn: Final = Iri("https://w3id.org/entente/ns#basedOn")
    belongsToState: Final = Iri("https://w3id.org/entente/ns#belongsToState")
    betweenValue: Final = Iri("https://w3id.org/entente/ns#betweenValue")
    branchOf: Final = Iri("https://w3id.org/entente/ns#branchOf")
    cameo: Final = Iri("https://w3id.org/entente/ns#cameo")
    carriesClaim: Final = Iri("https://w3id.org/entente/ns#carriesClaim")
    codeLetters: Final = Iri("https://w3id.org/entente/ns#codeLetters")
    codeNumber: Final = Iri("https://w3id.org/entente/ns#codeNumber")
    codeOf: Final = Iri("https://w3id.org/entente/ns#codeOf")
    codeScheme: Final = Iri("https://w3id.org/entente/ns#codeScheme")
    commandedBy: Final = Iri("https://w3id.org/entente/ns#commandedBy")
    concerns: Final = Iri("https://w3id.org/entente/ns#concerns")
    confidence: Final = Iri("https://w3id.org/entente/ns#confidence")
    content: Final = Iri("https://w3id.org/entente/ns#content")
    contributedBy: Final = Iri("https://w3id.org/entente/ns#contributedBy")
    count: Final = Iri("https://w3id.org/entente/ns#count")
    countMax: Final = Iri("https://w3id.org/entente/ns#countMax")
    countMin: Final = Iri("https://w3id.org/entente/ns#countMin")
    countQualifier: Final = Iri("https://w3id.org/entente/ns#countQualifier")
    coveredIn: Final = Iri("https://w3id.org/entente/ns#coveredIn")
    dateBasis: Final = Iri("https://w3id.org/entente/ns#dateBasis")
    datePrecision: Final = Iri("https://w3id.org/entente/ns#datePrecision")
    dateRule: Final = Iri("https://w3id.org/entente/ns#dateRule")
    demonym: Final = Iri("https://w3id.org/entente/ns#demonym")
    describedAs: Final = Iri("https://w3id.org/entente/ns#describedAs")
    domain: Final = Iri("https://w3id.org/entente/ns#domain")
    dyad: Final = Iri("https://w3id.org/entente/ns#dyad")
    dyadMember: Final = Iri("https://w3id.org/entente/ns#dyadMember")
    eastLongitude: Final = Iri("https://w3id.org/entente/ns#eastLongitude")
    editionOf: Final = Iri("https://w3id.org/entente/ns#editionOf")
    edtf: Final = Iri("https://w3id.org/entente/ns#edtf")
    eventType: Final = Iri("https://w3id.org/entente/ns#eventType")
    evidence: Final = Iri("https://w3id.org/entente/ns#evidence")
    extractedByRule: Final = Iri("https://w3id.org/entente/ns#extractedByRule")
    formationOf: Final = Iri("https://w3id.org/entente/ns#formationOf")
    governedBy: Final = Iri("https://w3id.org/entente/ns#governedBy")
    governs: Final = Iri("https://w3id.org/entente/ns#governs")
    hasActivity: Final = Iri("https://w3id.org/entente/ns#hasActivity")
    hasBranch: Final = Iri("https://w3id.org/entente/ns#hasBranch")
    hasCode: Final = Iri("https://w3id.org/entente/ns#hasCode")
    hasContribution: Final = Iri("https://w3id.org/entente/ns#hasContribution")
    hasEdition: Final = Iri("https://w3id.org/entente/ns#hasEdition")
    hasFormation: Final = Iri("https://w3id.org/entente/ns#hasFormation")
    hasNationalEntity: Final = Iri("https://w3id.org/entente/ns#hasNationalEntity")
    hasOrgan: Final = Iri("https://w3id.org/entente/ns#hasOrgan")
    hasParticipant: Final = Iri("https://w3id.org/entente/ns#hasParticipant")
    hasParticipation: Final = Iri("https://w3id.org/entente/ns#hasParticipation")
    hasSubEvent: Final = Iri("https://w3id.org/entente/ns#hasSubEvent")
    hostedBy: Final = Iri("https://w3id.org/entente/ns#hostedBy")
    identityKey: Final = Iri("https://w3id.org/entente/ns#identityKey")
    implements: Final = Iri("https://w3id.org/entente/ns#implements")
    inEvent: Final = Iri("https://w3id.org/entente/ns#inEvent")
    includesVessel: Final = Iri("https://w3id.org/entente/ns#includesVessel")
    independentSources: Final = Iri("https://w3id.org/entente/ns#independentSources")
    involvesState: Final = Iri("https://w3id.org/entente/ns#involvesState")
    iso3166alpha2: Final = Iri("https://w3id.org/entente/ns#iso3166alpha2")
    iso3166alpha3: Final = Iri("https://w3id.org/entente/ns#iso3166alpha3")
    iso3166numeric: Final = Iri("https://w3id.org/entente/ns#iso3166numeric")
    linkRule: Final = Iri("https://w3id.org/entente/ns#linkRule")
    linkScore: Final = Iri("https://w3id.org/entente/ns#linkScore")
    linksAccount: Final = Iri("https://w3id.org/entente/ns#linksAccount")
    location: Final = Iri("https://w3id.org/entente/ns#location")
    m49: Final = Iri("https://w3id.org/entente/ns#m49")
    materielLabel: Final = Iri("https://w3id.org/entente/ns#materielLabel")
    materielType: Final = Iri("https://w3id.org/entente/ns#materielType")
    memberState: Final = Iri("https://w3id.org/entente/ns#memberState")
    mentionsPlaceAs: Final = Iri("https://w3id.org/entente/ns#mentionsPlaceAs")
    modality: Final = Iri("https://w3id.org/entente/ns#modality")
    mode: Final = Iri("https://w3id.org/entente/ns#mode")
    name: Final = Iri("https://w3id.org/entente/ns#name")
    nameStatus: Final = Iri("https://w3id.org/entente/ns#nameStatus")
    northLatitude: Final = Iri("https://w3id.org/entente/ns#northLatitude")
    obligation: Final = Iri("https://w3id.org/entente/ns#obligation")
    onEvent: Final = Iri("https://w3id.org/entente/ns#onEvent")
    onProperty: Final = Iri("https://w3id.org/entente/ns#onProperty")
    operatedBy: Final = Iri("https://w3id.org/entente/ns#operatedBy")
    operates: Final = Iri("https://w3id.org/entente/ns#operates")
    organOf: Final = Iri("https://w3id.org/entente/ns#organOf")
    partOfPlace: Final = Iri("https://w3id.org/entente/ns#partOfPlace")
    participant: Final = Iri("https://w3id.org/entente/ns#participant")
    partnershipLabel: Final = Iri("https://w3id.org/entente/ns#partnershipLabel")
    party: Final = Iri("https://w3id.org/entente/ns#party")
    partyTo: Final = Iri("https://w3id.org/entente/ns#partyTo")
    pennantNumber: Final = Iri("https://w3id.org/entente/ns#pennantNumber")
    peopleName: Final = Iri("https://w3id.org/entente/ns#peopleName")
    placeInState: Final = Iri("https://w3id.org/entente/ns#placeInState")
    plover: Final = Iri("https://w3id.org/entente/ns#plover")
    ploverContext: Final = Iri("https://w3id.org/entente/ns#ploverContext")
    ploverScore: Final = Iri("https://w3id.org/entente/ns#ploverScore")
    preferredBy: Final = Iri("https://w3id.org/entente/ns#preferredBy")
    providesFor: Final = Iri("https://w3id.org/entente/ns#providesFor")
    publisher: Final = Iri("https://w3id.org/entente/ns#publisher")
    quad: Final = Iri("https://w3id.org/entente/ns#quad")
    relates: Final = Iri("https://w3id.org/entente/ns#relates")
    relationKind: Final = Iri("https://w3id.org/entente/ns#relationKind")
    relationOf: Final = Iri("https://w3id.org/entente/ns#relationOf")
    relationRule: Final = Iri("https://w3id.org/entente/ns#relationRule")
    relationType: Final = Iri("https://w3id.org/entente/ns#relationType")
    relayedBy: Final = Iri("https://w3id.org/entente/ns#relayedBy")
    reportedIn: Final = Iri("https://w3id.org/entente/ns#reportedIn")
    respondsTo: Final = Iri("https://w3id.org/entente/ns#respondsTo")
    resultsIn: Final = Iri("https://w3id.org/entente/ns#resultsIn")
    rightCensored: Final = Iri("https://w3id.org/entente/ns#rightCensored")
    roleType: Final = Iri("https://w3id.org/entente/ns#roleType")
    rulesetDigest: Final = Iri("https://w3id.org/entente/ns#rulesetDigest")
    seatName: Final = Iri("https://w3id.org/entente/ns#seatName")
    southLatitude: Final = Iri("https://w3id.org/entente/ns#southLatitude")
    statedAim: Final = Iri("https://w3id.org/entente/ns#statedAim")
    status: Final = Iri("https://w3id.org/entente/ns#status")
    subEventOf: Final = Iri("https://w3id.org/entente/ns#subEventOf")
    supersedes: Final = Iri("https://w3id.org/entente/ns#supersedes")
    target: Final = Iri("https://w3id.org/entente/ns#target")
    territoryOf: Final = Iri("https://w3id.org/entente/ns#territoryOf")
    text: Final = Iri("https://w3id.org/entente/ns#text")
    textSha256: Final = Iri("https://w3id.org/entente/ns#textSha256")
    toEvent: Final = Iri("https://w3id.org/entente/ns#toEvent")
    url: Final = Iri("https://w3id.org/entente/ns#url")
    usedFor: Final = Iri("https://w3id.org/entente/ns#usedFor")
    usedName: Final = Iri("https://w3id.org/entente/ns#usedName")
    validFromYear: Final = Iri("https://w3id.org/entente/ns#validFromYear")
    validToYear: Final = Iri("https://w3id.org/entente/ns#validToYear")
    vesselClass: Final = Iri("https://w3id.org/entente/ns#vesselClass")
    vesselType: Final = Iri("https://w3id.org/entente/ns#vesselType")
    westLongitude: Final = Iri("https://w3id.org/entente/ns#westLongitude")
    when: Final = Iri("https://w3id.org/entente/ns#when")


class _Dcterms:
    """DCMI Metadata Terms."""

    __slots__ = ()

    contributor: Final = Iri("http://purl.org/dc/terms/contributor")
    created: Final = Iri("http://purl.org/dc/terms/created")
    creator: Final = Iri("http://purl.org/dc/terms/creator")
    description: Final = Iri("http://purl.org/dc/terms/description")
    identifier: Final = Iri("http://purl.org/dc/terms/identifier")
    isReplacedBy: Final = Iri("http://purl.org/dc/terms/isReplacedBy")
    issued: Final = Iri("http://purl.org/dc/terms/issued")
    language: Final = Iri("http://purl.org/dc/terms/language")
    license: Final = Iri("http://purl.org/dc/terms/license")
    modified: Final = Iri("http://purl.org/dc/terms/modified")
    publisher: Final = Iri("http://purl.org/dc/terms/publisher")
    source: Final = Iri("http://purl.org/dc/terms/source")
    title: Final = Iri("http://purl.org/dc/terms/title")


class _Edtf:
    """The Library of Congress's EDTF datatypes."""

    __slots__ = ()

    EDTF: Final = Iri("http://id.loc.gov/datatypes/edtf/EDTF")


class _Foaf:
    """Friend of a Friend."""

    __slots__ = ()

    Person: Final = Iri("http://xmlns.com/foaf/0.1/Person")


class _Oa:
    """Web Annotation."""

    __slots__ = ()

    Annotation: Final = Iri("http://www.w3.org/ns/oa#Annotation")
    SpecificResource: Final = Iri("http://www.w3.org/ns/oa#SpecificResource")
    TextPositionSelector: Final = Iri("http://www.w3.org/ns/oa#TextPositionSelector")
    TextQuoteSelector: Final = Iri("http://www.w3.org/ns/oa#TextQuoteSelector")
    end: Final = Iri("http://www.w3.org/ns/oa#end")
    exact: Final = Iri("http://www.w3.org/ns/oa#exact")
    hasBody: Final = Iri("http://www.w3.org/ns/oa#hasBody")
    hasSelector: Final = Iri("http://www.w3.org/ns/oa#hasSelector")
    hasSource: Final = Iri("http://www.w3.org/ns/oa#hasSource")
    hasTarget: Final = Iri("http://www.w3.org/ns/oa#hasTarget")
    prefix: Final = Iri("http://www.w3.org/ns/oa#prefix")
    start: Final = Iri("http://www.w3.org/ns/oa#start")
    suffix: Final = Iri("http://www.w3.org/ns/oa#suffix")


class _Org:
    """The Organization Ontology."""

    __slots__ = ()

    Organization: Final = Iri("http://www.w3.org/ns/org#Organization")
    OrganizationalUnit: Final = Iri("http://www.w3.org/ns/org#OrganizationalUnit")
    subOrganizationOf: Final = Iri("http://www.w3.org/ns/org#subOrganizationOf")
    unitOf: Final = Iri("http://www.w3.org/ns/org#unitOf")


class _Owl:
    """OWL 2."""

    __slots__ = ()

    AnnotationProperty: Final = Iri("http://www.w3.org/2002/07/owl#AnnotationProperty")
    Class: Final = Iri("http://www.w3.org/2002/07/owl#Class")
    DatatypeProperty: Final = Iri("http://www.w3.org/2002/07/owl#DatatypeProperty")
    ObjectProperty: Final = Iri("http://www.w3.org/2002/07/owl#ObjectProperty")
    Ontology: Final = Iri("http://www.w3.org/2002/07/owl#Ontology")
    sameAs: Final = Iri("http://www.w3.org/2002/07/owl#sameAs")
    versionIRI: Final = Iri("http://www.w3.org/2002/07/owl#versionIRI")
    versionInfo: Final = Iri("http://www.w3.org/2002/07/owl#versionInfo")


class _Prov:
    """PROV-O."""

    __slots__ = ()

    Activity: Final = Iri("http://www.w3.org/ns/prov#Activity")
    Agent: Final = Iri("http://www.w3.org/ns/prov#Agent")
    Entity: Final = Iri("http://www.w3.org/ns/prov#Entity")
    Organization: Final = Iri("http://www.w3.org/ns/prov#Organization")
    SoftwareAgent: Final = Iri("http://www.w3.org/ns/prov#SoftwareAgent")
    used: Final = Iri("http://www.w3.org/ns/prov#used")
    wasAssociatedWith: Final = Iri("http://www.w3.org/ns/prov#wasAssociatedWith")
    wasAttributedTo: Final = Iri("http://www.w3.org/ns/prov#wasAttributedTo")
    wasDerivedFrom: Final = Iri("http://www.w3.org/ns/prov#wasDerivedFrom")
    wasGeneratedBy: Final = Iri("http://www.w3.org/ns/prov#wasGeneratedBy")


class _Rdf:
    """RDF 1.1."""

    __slots__ = ()

    Property: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#Property")
    Statement: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement")
    langString: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
    object: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#object")
    predicate: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate")
    subject: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject")
    type: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    value: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")


class _Rdfs:
    """RDF Schema."""

    __slots__ = ()

    Class: Final = Iri("http://www.w3.org/2000/01/rdf-schema#Class")
    Literal: Final = Iri("http://www.w3.org/2000/01/rdf-schema#Literal")
    Resource: Final = Iri("http://www.w3.org/2000/01/rdf-schema#Resource")
    comment: Final = Iri("http://www.w3.org/2000/01/rdf-schema#comment")
    domain: Final = Iri("http://www.w3.org/2000/01/rdf-schema#domain")
    isDefinedBy: Final = Iri("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")
    label: Final = Iri("http://www.w3.org/2000/01/rdf-schema#label")
    range: Final = Iri("http://www.w3.org/2000/01/rdf-schema#range")
    seeAlso: Final = Iri("http://www.w3.org/2000/01/rdf-schema#seeAlso")
    subClassOf: Final = Iri("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    subPropertyOf: Final = Iri("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")


class _Schema:
    """Schema.org."""

    __slots__ = ()

    Claim: Final = Iri("https://schema.org/Claim")
    Event: Final = Iri("https://schema.org/Event")
    EventSeries: Final = Iri("https://schema.org/EventSeries")
    NewsArticle: Final = Iri("https://schema.org/NewsArticle")


class _Sem:
    """The Simple Event Model."""

    __slots__ = ()

    Actor: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/Actor")
    Event: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/Event")
    Object: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/Object")
    Place: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/Place")
    Role: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/Role")
    Time: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/Time")
    hasActor: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasActor")
    hasEarliestBeginTimeStamp: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasEarliestBeginTimeStamp")
    hasEarliestEndTimeStamp: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasEarliestEndTimeStamp")
    hasLatestBeginTimeStamp: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasLatestBeginTimeStamp")
    hasLatestEndTimeStamp: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasLatestEndTimeStamp")
    hasPlace: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace")
    hasSubEvent: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasSubEvent")
    hasTime: Final = Iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasTime")


class _Skos:
    """SKOS."""

    __slots__ = ()

    Concept: Final = Iri("http://www.w3.org/2004/02/skos/core#Concept")
    ConceptScheme: Final = Iri("http://www.w3.org/2004/02/skos/core#ConceptScheme")
    altLabel: Final = Iri("http://www.w3.org/2004/02/skos/core#altLabel")
    broader: Final = Iri("http://www.w3.org/2004/02/skos/core#broader")
    changeNote: Final = Iri("http://www.w3.org/2004/02/skos/core#changeNote")
    closeMatch: Final = Iri("http://www.w3.org/2004/02/skos/core#closeMatch")
    definition: Final = Iri("http://www.w3.org/2004/02/skos/core#definition")
    editorialNote: Final = Iri("http://www.w3.org/2004/02/skos/core#editorialNote")
    exactMatch: Final = Iri("http://www.w3.org/2004/02/skos/core#exactMatch")
    example: Final = Iri("http://www.w3.org/2004/02/skos/core#example")
    hasTopConcept: Final = Iri("http://www.w3.org/2004/02/skos/core#hasTopConcept")
    hiddenLabel: Final = Iri("http://www.w3.org/2004/02/skos/core#hiddenLabel")
    inScheme: Final = Iri("http://www.w3.org/2004/02/skos/core#inScheme")
    narrower: Final = Iri("http://www.w3.org/2004/02/skos/core#narrower")
    notation: Final = Iri("http://www.w3.org/2004/02/skos/core#notation")
    prefLabel: Final = Iri("http://www.w3.org/2004/02/skos/core#prefLabel")
    related: Final = Iri("http://www.w3.org/2004/02/skos/core#related")
    relatedMatch: Final = Iri("http://www.w3.org/2004/02/skos/core#relatedMatch")
    scopeNote: Final = Iri("http://www.w3.org/2004/02/skos/core#scopeNote")
    topConceptOf: Final = Iri("http://www.w3.org/2004/02/skos/core#topConceptOf")


class _Skosxl:
    """SKOS eXtension for Labels."""

    __slots__ = ()

    Label: Final = Iri("http://www.w3.org/2008/05/skos-xl#Label")
    altLabel: Final = Iri("http://www.w3.org/2008/05/skos-xl#altLabel")
    literalForm: Final = Iri("http://www.w3.org/2008/05/skos-xl#literalForm")
    prefLabel: Final = Iri("http://www.w3.org/2008/05/skos-xl#prefLabel")


class _Time:
    """OWL-Time."""

    __slots__ = ()

    TemporalEntity: Final = Iri("http://www.w3.org/2006/time#TemporalEntity")


class _Vann:
    """Vocabulary annotation."""

    __slots__ = ()

    preferredNamespacePrefix: Final = Iri("http://purl.org/vocab/vann/preferredNamespacePrefix")
    preferredNamespaceUri: Final = Iri("http://purl.org/vocab/vann/preferredNamespaceUri")


class _Xsd:
    """XML Schema datatypes."""

    __slots__ = ()

    anyURI: Final = Iri("http://www.w3.org/2001/XMLSchema#anyURI")
    boolean: Final = Iri("http://www.w3.org/2001/XMLSchema#boolean")
    date: Final = Iri("http://www.w3.org/2001/XMLSchema#date")
    dateTime: Final = Iri("http://www.w3.org/2001/XMLSchema#dateTime")
    decimal: Final = Iri("http://www.w3.org/2001/XMLSchema#decimal")
    double: Final = Iri("http://www.w3.org/2001/XMLSchema#double")
    gYear: Final = Iri("http://www.w3.org/2001/XMLSchema#gYear")
    gYearMonth: Final = Iri("http://www.w3.org/2001/XMLSchema#gYearMonth")
    integer: Final = Iri("http://www.w3.org/2001/XMLSchema#integer")
    nonNegativeInteger: Final = Iri("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
    string: Final = Iri("http://www.w3.org/2001/XMLSchema#string")


dcterms: Final = _Dcterms()
edtf: Final = _Edtf()
ent: Final = _Ent()
foaf: Final = _Foaf()
oa: Final = _Oa()
org: Final = _Org()
owl: Final = _Owl()
prov: Final = _Prov()
rdf: Final = _Rdf()
rdfs: Final = _Rdfs()
schema: Final = _Schema()
sem: Final = _Sem()
skos: Final = _Skos()
skosxl: Final = _Skosxl()
time: Final = _Time()
vann: Final = _Vann()
xsd: Final = _Xsd()
