"""The terms of the ontology and of the vocabularies it builds on, as IRIs: `ent.Exercise`, `prov.Entity`.

Written by scripts/terms from ontology/: change the ontology, then run it.
"""
# ruff: noqa: N815

from __future__ import annotations

from typing import Final

from entente.model.rdf import Iri

__all__ = [
    "bibo",
    "dcterms",
    "edtf",
    "ent",
    "foaf",
    "geo",
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
    AgentNameUse: Final = Iri("https://w3id.org/entente/ns#AgentNameUse")
    Agreement: Final = Iri("https://w3id.org/entente/ns#Agreement")
    AgreementStatusChange: Final = Iri("https://w3id.org/entente/ns#AgreementStatusChange")
    AimStatement: Final = Iri("https://w3id.org/entente/ns#AimStatement")
    AllianceTreaty: Final = Iri("https://w3id.org/entente/ns#AllianceTreaty")
    ArmedForces: Final = Iri("https://w3id.org/entente/ns#ArmedForces")
    ArmedGroup: Final = Iri("https://w3id.org/entente/ns#ArmedGroup")
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
    ControlClaim: Final = Iri("https://w3id.org/entente/ns#ControlClaim")
    CopyLink: Final = Iri("https://w3id.org/entente/ns#CopyLink")
    Count: Final = Iri("https://w3id.org/entente/ns#Count")
    DefenceCooperationAgreement: Final = Iri("https://w3id.org/entente/ns#DefenceCooperationAgreement")
    DirectedDyad: Final = Iri("https://w3id.org/entente/ns#DirectedDyad")
    Dyad: Final = Iri("https://w3id.org/entente/ns#Dyad")
    DyadPeriod: Final = Iri("https://w3id.org/entente/ns#DyadPeriod")
    DyadicRelation: Final = Iri("https://w3id.org/entente/ns#DyadicRelation")
    Event: Final = Iri("https://w3id.org/entente/ns#Event")
    Exercise: Final = Iri("https://w3id.org/entente/ns#Exercise")
    ExerciseActivity: Final = Iri("https://w3id.org/entente/ns#ExerciseActivity")
    ExercisePhase: Final = Iri("https://w3id.org/entente/ns#ExercisePhase")
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
    Interval: Final = Iri("https://w3id.org/entente/ns#Interval")
    Island: Final = Iri("https://w3id.org/entente/ns#Island")
    LinkEvidence: Final = Iri("https://w3id.org/entente/ns#LinkEvidence")
    LooseCollective: Final = Iri("https://w3id.org/entente/ns#LooseCollective")
    Membership: Final = Iri("https://w3id.org/entente/ns#Membership")
    MemorandumOfUnderstanding: Final = Iri("https://w3id.org/entente/ns#MemorandumOfUnderstanding")
    MilitaryBase: Final = Iri("https://w3id.org/entente/ns#MilitaryBase")
    Moment: Final = Iri("https://w3id.org/entente/ns#Moment")
    NameUse: Final = Iri("https://w3id.org/entente/ns#NameUse")
    Occurrence: Final = Iri("https://w3id.org/entente/ns#Occurrence")
    Organisation: Final = Iri("https://w3id.org/entente/ns#Organisation")
    Outlet: Final = Iri("https://w3id.org/entente/ns#Outlet")
    PartiallyRecognisedState: Final = Iri("https://w3id.org/entente/ns#PartiallyRecognisedState")
    Participation: Final = Iri("https://w3id.org/entente/ns#Participation")
    Person: Final = Iri("https://w3id.org/entente/ns#Person")
    Place: Final = Iri("https://w3id.org/entente/ns#Place")
    PlaceNameUse: Final = Iri("https://w3id.org/entente/ns#PlaceNameUse")
    PoliticalDeclaration: Final = Iri("https://w3id.org/entente/ns#PoliticalDeclaration")
    Port: Final = Iri("https://w3id.org/entente/ns#Port")
    Post: Final = Iri("https://w3id.org/entente/ns#Post")
    Region: Final = Iri("https://w3id.org/entente/ns#Region")
    ReviewDecision: Final = Iri("https://w3id.org/entente/ns#ReviewDecision")
    Sea: Final = Iri("https://w3id.org/entente/ns#Sea")
    ServiceBranch: Final = Iri("https://w3id.org/entente/ns#ServiceBranch")
    Settlement: Final = Iri("https://w3id.org/entente/ns#Settlement")
    SpokespersonMembership: Final = Iri("https://w3id.org/entente/ns#SpokespersonMembership")
    State: Final = Iri("https://w3id.org/entente/ns#State")
    StatementAct: Final = Iri("https://w3id.org/entente/ns#StatementAct")
    StatusCount: Final = Iri("https://w3id.org/entente/ns#StatusCount")
    Strait: Final = Iri("https://w3id.org/entente/ns#Strait")
    TaskDetachment: Final = Iri("https://w3id.org/entente/ns#TaskDetachment")
    Territory: Final = Iri("https://w3id.org/entente/ns#Territory")
    TimeBounds: Final = Iri("https://w3id.org/entente/ns#TimeBounds")
    TrainingRange: Final = Iri("https://w3id.org/entente/ns#TrainingRange")
    Treaty: Final = Iri("https://w3id.org/entente/ns#Treaty")
    UnrealisedEvent: Final = Iri("https://w3id.org/entente/ns#UnrealisedEvent")
    Vessel: Final = Iri("https://w3id.org/entente/ns#Vessel")
    VesselClass: Final = Iri("https://w3id.org/entente/ns#VesselClass")
    VesselDesignation: Final = Iri("https://w3id.org/entente/ns#VesselDesignation")
    accountOf: Final = Iri("https://w3id.org/entente/ns#accountOf")
    activityCount: Final = Iri("https://w3id.org/entente/ns#activityCount")
    activityOf: Final = Iri("https://w3id.org/entente/ns#activityOf")
    activityType: Final = Iri("https://w3id.org/entente/ns#activityType")
    actor: Final = Iri("https://w3id.org/entente/ns#actor")
    actorIn: Final = Iri("https://w3id.org/entente/ns#actorIn")
    administers: Final = Iri("https://w3id.org/entente/ns#administers")
    administersPlace: Final = Iri("https://w3id.org/entente/ns#administersPlace")
    agreementCount: Final = Iri("https://w3id.org/entente/ns#agreementCount")
    agreementStatus: Final = Iri("https://w3id.org/entente/ns#agreementStatus")
    aimText: Final = Iri("https://w3id.org/entente/ns#aimText")
    alias: Final = Iri("https://w3id.org/entente/ns#alias")
    ambiguousName: Final = Iri("https://w3id.org/entente/ns#ambiguousName")
    amendedBy: Final = Iri("https://w3id.org/entente/ns#amendedBy")
    amends: Final = Iri("https://w3id.org/entente/ns#amends")
    answeredBy: Final = Iri("https://w3id.org/entente/ns#answeredBy")
    articleStatus: Final = Iri("https://w3id.org/entente/ns#articleStatus")
    assertedBy: Final = Iri("https://w3id.org/entente/ns#assertedBy")
    assertionTime: Final = Iri("https://w3id.org/entente/ns#assertionTime")
    asserts: Final = Iri("https://w3id.org/entente/ns#asserts")
    attributionLevel: Final = Iri("https://w3id.org/entente/ns#attributionLevel")
    background: Final = Iri("https://w3id.org/entente/ns#background")
    basedOn: Final = Iri("https://w3id.org/entente/ns#basedOn")
    beginsWith: Final = Iri("https://w3id.org/entente/ns#beginsWith")
    belongsToState: Final = Iri("https://w3id.org/entente/ns#belongsToState")
    betweenValue: Final = Iri("https://w3id.org/entente/ns#betweenValue")
    branchOf: Final = Iri("https://w3id.org/entente/ns#branchOf")
    builds: Final = Iri("https://w3id.org/entente/ns#builds")
    builtIn: Final = Iri("https://w3id.org/entente/ns#builtIn")
    cameo: Final = Iri("https://w3id.org/entente/ns#cameo")
    carriedOutBy: Final = Iri("https://w3id.org/entente/ns#carriedOutBy")
    carriesClaim: Final = Iri("https://w3id.org/entente/ns#carriesClaim")
    changeClaim: Final = Iri("https://w3id.org/entente/ns#changeClaim")
    changeEvent: Final = Iri("https://w3id.org/entente/ns#changeEvent")
    claimant: Final = Iri("https://w3id.org/entente/ns#claimant")
    classOperatedBy: Final = Iri("https://w3id.org/entente/ns#classOperatedBy")
    codeLetters: Final = Iri("https://w3id.org/entente/ns#codeLetters")
    codeNumber: Final = Iri("https://w3id.org/entente/ns#codeNumber")
    codeOf: Final = Iri("https://w3id.org/entente/ns#codeOf")
    codeScheme: Final = Iri("https://w3id.org/entente/ns#codeScheme")
    codedIn: Final = Iri("https://w3id.org/entente/ns#codedIn")
    commandedBy: Final = Iri("https://w3id.org/entente/ns#commandedBy")
    commands: Final = Iri("https://w3id.org/entente/ns#commands")
    concerns: Final = Iri("https://w3id.org/entente/ns#concerns")
    confidence: Final = Iri("https://w3id.org/entente/ns#confidence")
    content: Final = Iri("https://w3id.org/entente/ns#content")
    contributedBy: Final = Iri("https://w3id.org/entente/ns#contributedBy")
    contributes: Final = Iri("https://w3id.org/entente/ns#contributes")
    controlOf: Final = Iri("https://w3id.org/entente/ns#controlOf")
    copyKey: Final = Iri("https://w3id.org/entente/ns#copyKey")
    count: Final = Iri("https://w3id.org/entente/ns#count")
    countMax: Final = Iri("https://w3id.org/entente/ns#countMax")
    countMin: Final = Iri("https://w3id.org/entente/ns#countMin")
    countQualifier: Final = Iri("https://w3id.org/entente/ns#countQualifier")
    countedStatus: Final = Iri("https://w3id.org/entente/ns#countedStatus")
    coveredIn: Final = Iri("https://w3id.org/entente/ns#coveredIn")
    covers: Final = Iri("https://w3id.org/entente/ns#covers")
    creditedBy: Final = Iri("https://w3id.org/entente/ns#creditedBy")
    creditsAgency: Final = Iri("https://w3id.org/entente/ns#creditsAgency")
    dateBasis: Final = Iri("https://w3id.org/entente/ns#dateBasis")
    datePrecision: Final = Iri("https://w3id.org/entente/ns#datePrecision")
    dateRule: Final = Iri("https://w3id.org/entente/ns#dateRule")
    dcaScope: Final = Iri("https://w3id.org/entente/ns#dcaScope")
    dcaSector: Final = Iri("https://w3id.org/entente/ns#dcaSector")
    decidedBy: Final = Iri("https://w3id.org/entente/ns#decidedBy")
    decidedOn: Final = Iri("https://w3id.org/entente/ns#decidedOn")
    demonym: Final = Iri("https://w3id.org/entente/ns#demonym")
    describedAs: Final = Iri("https://w3id.org/entente/ns#describedAs")
    designatedName: Final = Iri("https://w3id.org/entente/ns#designatedName")
    designatedNumber: Final = Iri("https://w3id.org/entente/ns#designatedNumber")
    designatedOperator: Final = Iri("https://w3id.org/entente/ns#designatedOperator")
    designates: Final = Iri("https://w3id.org/entente/ns#designates")
    detachedFrom: Final = Iri("https://w3id.org/entente/ns#detachedFrom")
    detaches: Final = Iri("https://w3id.org/entente/ns#detaches")
    directedDyad: Final = Iri("https://w3id.org/entente/ns#directedDyad")
    directionOf: Final = Iri("https://w3id.org/entente/ns#directionOf")
    domain: Final = Iri("https://w3id.org/entente/ns#domain")
    dyad: Final = Iri("https://w3id.org/entente/ns#dyad")
    dyadMember: Final = Iri("https://w3id.org/entente/ns#dyadMember")
    eastLongitude: Final = Iri("https://w3id.org/entente/ns#eastLongitude")
    editionLabel: Final = Iri("https://w3id.org/entente/ns#editionLabel")
    editionOf: Final = Iri("https://w3id.org/entente/ns#editionOf")
    edtf: Final = Iri("https://w3id.org/entente/ns#edtf")
    endsWith: Final = Iri("https://w3id.org/entente/ns#endsWith")
    eventScore: Final = Iri("https://w3id.org/entente/ns#eventScore")
    eventType: Final = Iri("https://w3id.org/entente/ns#eventType")
    evidence: Final = Iri("https://w3id.org/entente/ns#evidence")
    evidenceKind: Final = Iri("https://w3id.org/entente/ns#evidenceKind")
    evidenceWeight: Final = Iri("https://w3id.org/entente/ns#evidenceWeight")
    exerciseCount: Final = Iri("https://w3id.org/entente/ns#exerciseCount")
    exerciseType: Final = Iri("https://w3id.org/entente/ns#exerciseType")
    extractedByRule: Final = Iri("https://w3id.org/entente/ns#extractedByRule")
    focus: Final = Iri("https://w3id.org/entente/ns#focus")
    formationOf: Final = Iri("https://w3id.org/entente/ns#formationOf")
    formedFor: Final = Iri("https://w3id.org/entente/ns#formedFor")
    fromState: Final = Iri("https://w3id.org/entente/ns#fromState")
    geoPrecision: Final = Iri("https://w3id.org/entente/ns#geoPrecision")
    governedBy: Final = Iri("https://w3id.org/entente/ns#governedBy")
    governs: Final = Iri("https://w3id.org/entente/ns#governs")
    grantsMembership: Final = Iri("https://w3id.org/entente/ns#grantsMembership")
    hasActivity: Final = Iri("https://w3id.org/entente/ns#hasActivity")
    hasBranch: Final = Iri("https://w3id.org/entente/ns#hasBranch")
    hasCode: Final = Iri("https://w3id.org/entente/ns#hasCode")
    hasContribution: Final = Iri("https://w3id.org/entente/ns#hasContribution")
    hasControlClaim: Final = Iri("https://w3id.org/entente/ns#hasControlClaim")
    hasDesignation: Final = Iri("https://w3id.org/entente/ns#hasDesignation")
    hasDetachment: Final = Iri("https://w3id.org/entente/ns#hasDetachment")
    hasDirection: Final = Iri("https://w3id.org/entente/ns#hasDirection")
    hasEdition: Final = Iri("https://w3id.org/entente/ns#hasEdition")
    hasFormation: Final = Iri("https://w3id.org/entente/ns#hasFormation")
    hasMembership: Final = Iri("https://w3id.org/entente/ns#hasMembership")
    hasNationalEntity: Final = Iri("https://w3id.org/entente/ns#hasNationalEntity")
    hasOrgan: Final = Iri("https://w3id.org/entente/ns#hasOrgan")
    hasParticipant: Final = Iri("https://w3id.org/entente/ns#hasParticipant")
    hasParticipation: Final = Iri("https://w3id.org/entente/ns#hasParticipation")
    hasPeriod: Final = Iri("https://w3id.org/entente/ns#hasPeriod")
    hasPhase: Final = Iri("https://w3id.org/entente/ns#hasPhase")
    hasPlacePart: Final = Iri("https://w3id.org/entente/ns#hasPlacePart")
    hasPost: Final = Iri("https://w3id.org/entente/ns#hasPost")
    hasSubEvent: Final = Iri("https://w3id.org/entente/ns#hasSubEvent")
    hasTerritory: Final = Iri("https://w3id.org/entente/ns#hasTerritory")
    hasVessel: Final = Iri("https://w3id.org/entente/ns#hasVessel")
    heldBy: Final = Iri("https://w3id.org/entente/ns#heldBy")
    highestAction: Final = Iri("https://w3id.org/entente/ns#highestAction")
    holds: Final = Iri("https://w3id.org/entente/ns#holds")
    hostedBy: Final = Iri("https://w3id.org/entente/ns#hostedBy")
    hostilityLevel: Final = Iri("https://w3id.org/entente/ns#hostilityLevel")
    hosts: Final = Iri("https://w3id.org/entente/ns#hosts")
    identifiedWith: Final = Iri("https://w3id.org/entente/ns#identifiedWith")
    identityKey: Final = Iri("https://w3id.org/entente/ns#identityKey")
    identityProfile: Final = Iri("https://w3id.org/entente/ns#identityProfile")
    implementedBy: Final = Iri("https://w3id.org/entente/ns#implementedBy")
    implements: Final = Iri("https://w3id.org/entente/ns#implements")
    inEvent: Final = Iri("https://w3id.org/entente/ns#inEvent")
    includedIn: Final = Iri("https://w3id.org/entente/ns#includedIn")
    includesVessel: Final = Iri("https://w3id.org/entente/ns#includesVessel")
    independentSources: Final = Iri("https://w3id.org/entente/ns#independentSources")
    involvesState: Final = Iri("https://w3id.org/entente/ns#involvesState")
    iso3166alpha2: Final = Iri("https://w3id.org/entente/ns#iso3166alpha2")
    iso3166alpha3: Final = Iri("https://w3id.org/entente/ns#iso3166alpha3")
    iso3166numeric: Final = Iri("https://w3id.org/entente/ns#iso3166numeric")
    jmeId: Final = Iri("https://w3id.org/entente/ns#jmeId")
    legallyBinding: Final = Iri("https://w3id.org/entente/ns#legallyBinding")
    linkRule: Final = Iri("https://w3id.org/entente/ns#linkRule")
    linkScore: Final = Iri("https://w3id.org/entente/ns#linkScore")
    linkStatus: Final = Iri("https://w3id.org/entente/ns#linkStatus")
    linksAccount: Final = Iri("https://w3id.org/entente/ns#linksAccount")
    linksArticle: Final = Iri("https://w3id.org/entente/ns#linksArticle")
    location: Final = Iri("https://w3id.org/entente/ns#location")
    locationBasis: Final = Iri("https://w3id.org/entente/ns#locationBasis")
    m49: Final = Iri("https://w3id.org/entente/ns#m49")
    materialConflictCount: Final = Iri("https://w3id.org/entente/ns#materialConflictCount")
    materialCooperationCount: Final = Iri("https://w3id.org/entente/ns#materialCooperationCount")
    materielLabel: Final = Iri("https://w3id.org/entente/ns#materielLabel")
    materielType: Final = Iri("https://w3id.org/entente/ns#materielType")
    meanScore: Final = Iri("https://w3id.org/entente/ns#meanScore")
    memberState: Final = Iri("https://w3id.org/entente/ns#memberState")
    memberStateOf: Final = Iri("https://w3id.org/entente/ns#memberStateOf")
    membershipIn: Final = Iri("https://w3id.org/entente/ns#membershipIn")
    membershipOf: Final = Iri("https://w3id.org/entente/ns#membershipOf")
    membershipPost: Final = Iri("https://w3id.org/entente/ns#membershipPost")
    membershipRole: Final = Iri("https://w3id.org/entente/ns#membershipRole")
    mentionsAgentAs: Final = Iri("https://w3id.org/entente/ns#mentionsAgentAs")
    mentionsPlaceAs: Final = Iri("https://w3id.org/entente/ns#mentionsPlaceAs")
    metonymOf: Final = Iri("https://w3id.org/entente/ns#metonymOf")
    mmeId: Final = Iri("https://w3id.org/entente/ns#mmeId")
    modality: Final = Iri("https://w3id.org/entente/ns#modality")
    mode: Final = Iri("https://w3id.org/entente/ns#mode")
    name: Final = Iri("https://w3id.org/entente/ns#name")
    nameStatus: Final = Iri("https://w3id.org/entente/ns#nameStatus")
    nameUsedIn: Final = Iri("https://w3id.org/entente/ns#nameUsedIn")
    nationalDesignation: Final = Iri("https://w3id.org/entente/ns#nationalDesignation")
    natoReportingName: Final = Iri("https://w3id.org/entente/ns#natoReportingName")
    nearCopyOf: Final = Iri("https://w3id.org/entente/ns#nearCopyOf")
    newStatus: Final = Iri("https://w3id.org/entente/ns#newStatus")
    northLatitude: Final = Iri("https://w3id.org/entente/ns#northLatitude")
    notableFirst: Final = Iri("https://w3id.org/entente/ns#notableFirst")
    numberDelivered: Final = Iri("https://w3id.org/entente/ns#numberDelivered")
    numberOrdered: Final = Iri("https://w3id.org/entente/ns#numberOrdered")
    obligation: Final = Iri("https://w3id.org/entente/ns#obligation")
    obligationInForce: Final = Iri("https://w3id.org/entente/ns#obligationInForce")
    onAccount: Final = Iri("https://w3id.org/entente/ns#onAccount")
    onCandidate: Final = Iri("https://w3id.org/entente/ns#onCandidate")
    onEvent: Final = Iri("https://w3id.org/entente/ns#onEvent")
    onProperty: Final = Iri("https://w3id.org/entente/ns#onProperty")
    operatedBy: Final = Iri("https://w3id.org/entente/ns#operatedBy")
    operates: Final = Iri("https://w3id.org/entente/ns#operates")
    operatesClass: Final = Iri("https://w3id.org/entente/ns#operatesClass")
    opposingForce: Final = Iri("https://w3id.org/entente/ns#opposingForce")
    organOf: Final = Iri("https://w3id.org/entente/ns#organOf")
    originator: Final = Iri("https://w3id.org/entente/ns#originator")
    partOfPlace: Final = Iri("https://w3id.org/entente/ns#partOfPlace")
    participant: Final = Iri("https://w3id.org/entente/ns#participant")
    participatesIn: Final = Iri("https://w3id.org/entente/ns#participatesIn")
    partnershipLabel: Final = Iri("https://w3id.org/entente/ns#partnershipLabel")
    party: Final = Iri("https://w3id.org/entente/ns#party")
    partyTo: Final = Iri("https://w3id.org/entente/ns#partyTo")
    pennantNumber: Final = Iri("https://w3id.org/entente/ns#pennantNumber")
    peopleName: Final = Iri("https://w3id.org/entente/ns#peopleName")
    periodOf: Final = Iri("https://w3id.org/entente/ns#periodOf")
    periodUnit: Final = Iri("https://w3id.org/entente/ns#periodUnit")
    personnelCount: Final = Iri("https://w3id.org/entente/ns#personnelCount")
    phaseOf: Final = Iri("https://w3id.org/entente/ns#phaseOf")
    placeInState: Final = Iri("https://w3id.org/entente/ns#placeInState")
    plover: Final = Iri("https://w3id.org/entente/ns#plover")
    ploverContext: Final = Iri("https://w3id.org/entente/ns#ploverContext")
    ploverMode: Final = Iri("https://w3id.org/entente/ns#ploverMode")
    ploverScore: Final = Iri("https://w3id.org/entente/ns#ploverScore")
    policyVersion: Final = Iri("https://w3id.org/entente/ns#policyVersion")
    postIn: Final = Iri("https://w3id.org/entente/ns#postIn")
    postRole: Final = Iri("https://w3id.org/entente/ns#postRole")
    preferredBy: Final = Iri("https://w3id.org/entente/ns#preferredBy")
    providedForBy: Final = Iri("https://w3id.org/entente/ns#providedForBy")
    providesFor: Final = Iri("https://w3id.org/entente/ns#providesFor")
    publisher: Final = Iri("https://w3id.org/entente/ns#publisher")
    publishes: Final = Iri("https://w3id.org/entente/ns#publishes")
    quad: Final = Iri("https://w3id.org/entente/ns#quad")
    rank: Final = Iri("https://w3id.org/entente/ns#rank")
    receiver: Final = Iri("https://w3id.org/entente/ns#receiver")
    receiverIn: Final = Iri("https://w3id.org/entente/ns#receiverIn")
    recipient: Final = Iri("https://w3id.org/entente/ns#recipient")
    recipientIn: Final = Iri("https://w3id.org/entente/ns#recipientIn")
    reciprocal: Final = Iri("https://w3id.org/entente/ns#reciprocal")
    relates: Final = Iri("https://w3id.org/entente/ns#relates")
    relatesFrom: Final = Iri("https://w3id.org/entente/ns#relatesFrom")
    relatesTo: Final = Iri("https://w3id.org/entente/ns#relatesTo")
    relationKind: Final = Iri("https://w3id.org/entente/ns#relationKind")
    relationOf: Final = Iri("https://w3id.org/entente/ns#relationOf")
    relationRule: Final = Iri("https://w3id.org/entente/ns#relationRule")
    relationType: Final = Iri("https://w3id.org/entente/ns#relationType")
    relationValue: Final = Iri("https://w3id.org/entente/ns#relationValue")
    relayedBy: Final = Iri("https://w3id.org/entente/ns#relayedBy")
    reportedIn: Final = Iri("https://w3id.org/entente/ns#reportedIn")
    respondsTo: Final = Iri("https://w3id.org/entente/ns#respondsTo")
    restsOn: Final = Iri("https://w3id.org/entente/ns#restsOn")
    resultOf: Final = Iri("https://w3id.org/entente/ns#resultOf")
    resultsIn: Final = Iri("https://w3id.org/entente/ns#resultsIn")
    rightCensored: Final = Iri("https://w3id.org/entente/ns#rightCensored")
    roleType: Final = Iri("https://w3id.org/entente/ns#roleType")
    rulesetDigest: Final = Iri("https://w3id.org/entente/ns#rulesetDigest")
    seatName: Final = Iri("https://w3id.org/entente/ns#seatName")
    sector: Final = Iri("https://w3id.org/entente/ns#sector")
    side: Final = Iri("https://w3id.org/entente/ns#side")
    signatory: Final = Iri("https://w3id.org/entente/ns#signatory")
    signatoryOf: Final = Iri("https://w3id.org/entente/ns#signatoryOf")
    southLatitude: Final = Iri("https://w3id.org/entente/ns#southLatitude")
    sponsorsExercise: Final = Iri("https://w3id.org/entente/ns#sponsorsExercise")
    stateInvolvedIn: Final = Iri("https://w3id.org/entente/ns#stateInvolvedIn")
    statedAim: Final = Iri("https://w3id.org/entente/ns#statedAim")
    status: Final = Iri("https://w3id.org/entente/ns#status")
    statusChange: Final = Iri("https://w3id.org/entente/ns#statusChange")
    statusChangeOf: Final = Iri("https://w3id.org/entente/ns#statusChangeOf")
    subEventOf: Final = Iri("https://w3id.org/entente/ns#subEventOf")
    succeededBy: Final = Iri("https://w3id.org/entente/ns#succeededBy")
    succeeds: Final = Iri("https://w3id.org/entente/ns#succeeds")
    supersededBy: Final = Iri("https://w3id.org/entente/ns#supersededBy")
    supersedes: Final = Iri("https://w3id.org/entente/ns#supersedes")
    supplier: Final = Iri("https://w3id.org/entente/ns#supplier")
    supplierIn: Final = Iri("https://w3id.org/entente/ns#supplierIn")
    takenFrom: Final = Iri("https://w3id.org/entente/ns#takenFrom")
    takenOverBy: Final = Iri("https://w3id.org/entente/ns#takenOverBy")
    target: Final = Iri("https://w3id.org/entente/ns#target")
    territoryOf: Final = Iri("https://w3id.org/entente/ns#territoryOf")
    text: Final = Iri("https://w3id.org/entente/ns#text")
    textLikeness: Final = Iri("https://w3id.org/entente/ns#textLikeness")
    textOverlap: Final = Iri("https://w3id.org/entente/ns#textOverlap")
    textSha256: Final = Iri("https://w3id.org/entente/ns#textSha256")
    toEvent: Final = Iri("https://w3id.org/entente/ns#toEvent")
    toState: Final = Iri("https://w3id.org/entente/ns#toState")
    transferredDesignation: Final = Iri("https://w3id.org/entente/ns#transferredDesignation")
    transferredType: Final = Iri("https://w3id.org/entente/ns#transferredType")
    underInstitution: Final = Iri("https://w3id.org/entente/ns#underInstitution")
    url: Final = Iri("https://w3id.org/entente/ns#url")
    usedFor: Final = Iri("https://w3id.org/entente/ns#usedFor")
    usedName: Final = Iri("https://w3id.org/entente/ns#usedName")
    validFromYear: Final = Iri("https://w3id.org/entente/ns#validFromYear")
    validToYear: Final = Iri("https://w3id.org/entente/ns#validToYear")
    verbalConflictCount: Final = Iri("https://w3id.org/entente/ns#verbalConflictCount")
    verbalCooperationCount: Final = Iri("https://w3id.org/entente/ns#verbalCooperationCount")
    verdict: Final = Iri("https://w3id.org/entente/ns#verdict")
    vesselClass: Final = Iri("https://w3id.org/entente/ns#vesselClass")
    vesselType: Final = Iri("https://w3id.org/entente/ns#vesselType")
    weaponUsed: Final = Iri("https://w3id.org/entente/ns#weaponUsed")
    westLongitude: Final = Iri("https://w3id.org/entente/ns#westLongitude")
    when: Final = Iri("https://w3id.org/entente/ns#when")


class _Bibo:
    """The Bibliographic Ontology."""

    __slots__ = ()

    status: Final = Iri("http://purl.org/ontology/bibo/status")


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


class _Geo:
    """GeoSPARQL."""

    __slots__ = ()

    Feature: Final = Iri("http://www.opengis.net/ont/geosparql#Feature")
    Geometry: Final = Iri("http://www.opengis.net/ont/geosparql#Geometry")
    asWKT: Final = Iri("http://www.opengis.net/ont/geosparql#asWKT")
    hasGeometry: Final = Iri("http://www.opengis.net/ont/geosparql#hasGeometry")


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

    Membership: Final = Iri("http://www.w3.org/ns/org#Membership")
    Organization: Final = Iri("http://www.w3.org/ns/org#Organization")
    OrganizationalUnit: Final = Iri("http://www.w3.org/ns/org#OrganizationalUnit")
    Post: Final = Iri("http://www.w3.org/ns/org#Post")
    heldBy: Final = Iri("http://www.w3.org/ns/org#heldBy")
    member: Final = Iri("http://www.w3.org/ns/org#member")
    organization: Final = Iri("http://www.w3.org/ns/org#organization")
    postIn: Final = Iri("http://www.w3.org/ns/org#postIn")
    role: Final = Iri("http://www.w3.org/ns/org#role")
    subOrganizationOf: Final = Iri("http://www.w3.org/ns/org#subOrganizationOf")
    unitOf: Final = Iri("http://www.w3.org/ns/org#unitOf")


class _Owl:
    """OWL 2."""

    __slots__ = ()

    AllDifferent: Final = Iri("http://www.w3.org/2002/07/owl#AllDifferent")
    AllDisjointClasses: Final = Iri("http://www.w3.org/2002/07/owl#AllDisjointClasses")
    AllDisjointProperties: Final = Iri("http://www.w3.org/2002/07/owl#AllDisjointProperties")
    AnnotationProperty: Final = Iri("http://www.w3.org/2002/07/owl#AnnotationProperty")
    AsymmetricProperty: Final = Iri("http://www.w3.org/2002/07/owl#AsymmetricProperty")
    Class: Final = Iri("http://www.w3.org/2002/07/owl#Class")
    DatatypeProperty: Final = Iri("http://www.w3.org/2002/07/owl#DatatypeProperty")
    FunctionalProperty: Final = Iri("http://www.w3.org/2002/07/owl#FunctionalProperty")
    InverseFunctionalProperty: Final = Iri("http://www.w3.org/2002/07/owl#InverseFunctionalProperty")
    IrreflexiveProperty: Final = Iri("http://www.w3.org/2002/07/owl#IrreflexiveProperty")
    NamedIndividual: Final = Iri("http://www.w3.org/2002/07/owl#NamedIndividual")
    ObjectProperty: Final = Iri("http://www.w3.org/2002/07/owl#ObjectProperty")
    Ontology: Final = Iri("http://www.w3.org/2002/07/owl#Ontology")
    ReflexiveProperty: Final = Iri("http://www.w3.org/2002/07/owl#ReflexiveProperty")
    Restriction: Final = Iri("http://www.w3.org/2002/07/owl#Restriction")
    SymmetricProperty: Final = Iri("http://www.w3.org/2002/07/owl#SymmetricProperty")
    Thing: Final = Iri("http://www.w3.org/2002/07/owl#Thing")
    TransitiveProperty: Final = Iri("http://www.w3.org/2002/07/owl#TransitiveProperty")
    allValuesFrom: Final = Iri("http://www.w3.org/2002/07/owl#allValuesFrom")
    cardinality: Final = Iri("http://www.w3.org/2002/07/owl#cardinality")
    complementOf: Final = Iri("http://www.w3.org/2002/07/owl#complementOf")
    deprecated: Final = Iri("http://www.w3.org/2002/07/owl#deprecated")
    disjointWith: Final = Iri("http://www.w3.org/2002/07/owl#disjointWith")
    equivalentClass: Final = Iri("http://www.w3.org/2002/07/owl#equivalentClass")
    equivalentProperty: Final = Iri("http://www.w3.org/2002/07/owl#equivalentProperty")
    hasSelf: Final = Iri("http://www.w3.org/2002/07/owl#hasSelf")
    hasValue: Final = Iri("http://www.w3.org/2002/07/owl#hasValue")
    imports: Final = Iri("http://www.w3.org/2002/07/owl#imports")
    intersectionOf: Final = Iri("http://www.w3.org/2002/07/owl#intersectionOf")
    inverseOf: Final = Iri("http://www.w3.org/2002/07/owl#inverseOf")
    maxCardinality: Final = Iri("http://www.w3.org/2002/07/owl#maxCardinality")
    maxQualifiedCardinality: Final = Iri("http://www.w3.org/2002/07/owl#maxQualifiedCardinality")
    members: Final = Iri("http://www.w3.org/2002/07/owl#members")
    minCardinality: Final = Iri("http://www.w3.org/2002/07/owl#minCardinality")
    minQualifiedCardinality: Final = Iri("http://www.w3.org/2002/07/owl#minQualifiedCardinality")
    onClass: Final = Iri("http://www.w3.org/2002/07/owl#onClass")
    onDataRange: Final = Iri("http://www.w3.org/2002/07/owl#onDataRange")
    onProperty: Final = Iri("http://www.w3.org/2002/07/owl#onProperty")
    oneOf: Final = Iri("http://www.w3.org/2002/07/owl#oneOf")
    priorVersion: Final = Iri("http://www.w3.org/2002/07/owl#priorVersion")
    propertyChainAxiom: Final = Iri("http://www.w3.org/2002/07/owl#propertyChainAxiom")
    propertyDisjointWith: Final = Iri("http://www.w3.org/2002/07/owl#propertyDisjointWith")
    qualifiedCardinality: Final = Iri("http://www.w3.org/2002/07/owl#qualifiedCardinality")
    sameAs: Final = Iri("http://www.w3.org/2002/07/owl#sameAs")
    someValuesFrom: Final = Iri("http://www.w3.org/2002/07/owl#someValuesFrom")
    unionOf: Final = Iri("http://www.w3.org/2002/07/owl#unionOf")
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

    List: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#List")
    Property: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#Property")
    Statement: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement")
    first: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
    langString: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
    nil: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")
    object: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#object")
    predicate: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate")
    rest: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")
    subject: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject")
    type: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    value: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")


class _Rdfs:
    """RDF Schema."""

    __slots__ = ()

    Class: Final = Iri("http://www.w3.org/2000/01/rdf-schema#Class")
    Datatype: Final = Iri("http://www.w3.org/2000/01/rdf-schema#Datatype")
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
    broadMatch: Final = Iri("http://www.w3.org/2004/02/skos/core#broadMatch")
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
    narrowMatch: Final = Iri("http://www.w3.org/2004/02/skos/core#narrowMatch")
    narrower: Final = Iri("http://www.w3.org/2004/02/skos/core#narrower")
    notation: Final = Iri("http://www.w3.org/2004/02/skos/core#notation")
    note: Final = Iri("http://www.w3.org/2004/02/skos/core#note")
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

    Instant: Final = Iri("http://www.w3.org/2006/time#Instant")
    ProperInterval: Final = Iri("http://www.w3.org/2006/time#ProperInterval")
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


bibo: Final = _Bibo()
dcterms: Final = _Dcterms()
edtf: Final = _Edtf()
ent: Final = _Ent()
foaf: Final = _Foaf()
geo: Final = _Geo()
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
