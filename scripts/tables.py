"""What the tables in ontology/tables mean: for every table its file, its subject and what each column says of it.

A table needs no code: a new one is a CSV file and an entry in TABLES. See ontology/tables/README.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["BASE", "PREFIXES", "TABLES", "Column", "Table"]

BASE = "https://w3id.org/entente/"
PREFIXES: Mapping[str, str] = {
    "code": f"{BASE}id/code/",
    "ent": f"{BASE}ns#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "state": f"{BASE}id/state/",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column says.

    `says` is the predicate (`skos:prefLabel`, or `a` for the class). `kind` is `string`, `integer`, `decimal`, `boolean`,
    `year`, `@en` (a text in that language) or a template of an IRI, in which `{}` stands for the cell: `id/state/{}`,
    `ent:{}`, `https://sws.geonames.org/{}/`; a template without a scheme or prefix starts at the base IRI.
    """

    says: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file below ontology/tables.

    `file` names the Turtle file that its statements go to; tables with the same file and subject add up. `subject` is a
    template in which `{column}` stands for that row's cell. `classes` are those of every row, `columns` says what the
    columns mean; a column in `plain` is for readers or for `by_role`. `by_role` adds to each row the names that
    name-patterns.csv makes for its `role` out of the names of its `state`.
    """

    file: str
    subject: str
    columns: Mapping[str, Column]
    classes: tuple[str, ...] = ()
    plain: frozenset[str] = field(default_factory=frozenset)
    by_role: bool = False


_NAMED: Mapping[str, Column] = {
    "type": Column("a", "ent:{}"),
    "name": Column("skos:prefLabel", "@en"),
    "aliases": Column("ent:alias", "@en"),
    "seats": Column("ent:seatName", "@en"),
    "ambiguous": Column("ent:ambiguousName", "@en"),
}

TABLES: Mapping[str, Table] = {
    "states": Table(
        "states",
        "id/state/{id}",
        {
            "type": Column("a", "ent:{}"),
            "name": Column("skos:prefLabel", "@en"),
            "aliases": Column("ent:alias", "@en"),
            "demonyms": Column("ent:demonym", "@en"),
            "people": Column("ent:peopleName", "@en"),
            "seats": Column("ent:seatName", "@en"),
            "ambiguous": Column("ent:ambiguousName", "@en"),
            "alpha3": Column("ent:iso3166alpha3", "string"),
            "alpha2": Column("ent:iso3166alpha2", "string"),
            "numeric": Column("ent:iso3166numeric", "string"),
            "m49": Column("ent:m49", "string"),
            "wikidata": Column("owl:sameAs", "wd:{}"),
            "geonames": Column("skos:exactMatch", "https://sws.geonames.org/{}/"),
            "eu": Column("skos:exactMatch", "http://publications.europa.eu/resource/authority/country/{}"),
            "succeeds": Column("ent:succeeds", "state:{}"),
            "first": Column("ent:validFromYear", "integer"),
            "last": Column("ent:validToYear", "integer"),
            "editorial": Column("skos:editorialNote", "@en"),
        },
        classes=("ent:State",),
        plain=frozenset({"the", "attributive", "owners"}),
    ),
    "names": Table(
        "states",
        "id/state/{id}",
        {language: Column("skos:prefLabel", f"@{language}") for language in ("ar", "es", "fr", "ru", "zh")},
    ),
    "codes": Table(
        "codes",
        "id/code/{id}",
        {
            "state": Column("ent:codeOf", "state:{}"),
            "scheme": Column("ent:codeScheme", "vocab/code-scheme/{}"),
            "number": Column("ent:codeNumber", "integer"),
            "letters": Column("ent:codeLetters", "string"),
            "first": Column("ent:validFromYear", "integer"),
            "last": Column("ent:validToYear", "integer"),
            "censored": Column("ent:rightCensored", "boolean"),
        },
        classes=("ent:CodeAssignment",),
    ),
    "organs": Table(
        "organs",
        "id/organ/{id}",
        {
            **_NAMED,
            "governs": Column("ent:governs", "state:{}"),
            "organ_of": Column("ent:organOf", "id/organ/{}"),
            "state": Column("ent:belongsToState", "state:{}"),
        },
        plain=frozenset({"role"}),
        by_role=True,
    ),
    "forces": Table(
        "forces",
        "id/force/{id}",
        {
            **_NAMED,
            "branch_of": Column("ent:branchOf", "id/force/{}"),
            "formation_of": Column("ent:formationOf", "id/force/{}"),
            "state": Column("ent:belongsToState", "state:{}"),
        },
        plain=frozenset({"role"}),
        by_role=True,
    ),
    "organisations": Table(
        "organisations",
        "id/organisation/{id}",
        {**_NAMED, "members": Column("ent:memberState", "state:{}")},
    ),
    "armed-groups": Table(
        "armed-groups",
        "id/organisation/{id}",
        {**_NAMED, "sector": Column("ent:sector", "vocab/plover-sector/{}")},
    ),
    "memberships": Table(
        "memberships",
        "id/membership/{organisation}/{state}",
        {
            "organisation": Column("ent:membershipIn", "id/organisation/{}"),
            "state": Column("ent:membershipOf", "state:{}"),
            "first": Column("ent:validFromYear", "integer"),
            "last": Column("ent:validToYear", "integer"),
        },
        classes=("ent:Membership",),
    ),
    "places": Table(
        "places",
        "id/place/{id}",
        {
            **_NAMED,
            "part_of": Column("ent:partOfPlace", "id/place/{}"),
            "state": Column("ent:placeInState", "state:{}"),
            "west": Column("ent:westLongitude", "decimal"),
            "south": Column("ent:southLatitude", "decimal"),
            "east": Column("ent:eastLongitude", "decimal"),
            "north": Column("ent:northLatitude", "decimal"),
            "preferred_label": Column("skosxl:prefLabel", "id/place/{}"),
            "other_labels": Column("skosxl:altLabel", "id/place/{}"),
        },
    ),
    "ports": Table("places", "id/place/{id}", {**_NAMED, "state": Column("ent:placeInState", "state:{}")}),
    "places-labels": Table(
        "places",
        "id/place/{place}/name/{id}",
        {
            **{
                language: Column("skosxl:literalForm", f"@{language}")
                for language in ("en", "ar", "es", "fa", "ja", "ko", "ru", "vi", "zh")
            },
            "status": Column("ent:nameStatus", "vocab/name-status/{}"),
            "preferred_by": Column("ent:preferredBy", "state:{}"),
        },
        classes=("skosxl:Label",),
    ),
    "places-claims": Table(
        "places",
        "id/place/{place}/claim/{claimant}",
        {
            "place": Column("ent:controlOf", "id/place/{}"),
            "claimant": Column("ent:claimant", "state:{}"),
            "administers": Column("ent:administers", "boolean"),
        },
        classes=("ent:ControlClaim",),
    ),
    "series": Table(
        "series",
        "id/series/{id}",
        {**_NAMED, "usual": Column("skos:note", "@en")},
        classes=("ent:ExerciseSeries",),
        plain=frozenset({"mme"}),
    ),
    "vessel-classes": Table(
        "vessel-classes",
        "id/vessel-class/{id}",
        {
            "name": Column("skos:prefLabel", "@en"),
            "designation": Column("ent:nationalDesignation", "string"),
            "nato": Column("ent:natoReportingName", "string"),
            "type": Column("ent:vesselType", "vocab/vessel-type/{}"),
            "operators": Column("ent:classOperatedBy", "id/force/{}"),
        },
        classes=("ent:VesselClass",),
    ),
    "vessels": Table(
        "vessels",
        "id/vessel/{id}",
        {
            "name": Column("skos:prefLabel", "@en"),
            "aliases": Column("ent:alias", "@en"),
            "ambiguous": Column("ent:ambiguousName", "@en"),
            "vessel_class": Column("ent:vesselClass", "id/vessel-class/{}"),
            "type": Column("ent:vesselType", "vocab/vessel-type/{}"),
            "operator": Column("ent:operatedBy", "id/force/{}"),
            "pennant": Column("ent:pennantNumber", "string"),
            "fate": Column("skos:note", "@en"),
        },
        classes=("ent:Vessel",),
    ),
}
