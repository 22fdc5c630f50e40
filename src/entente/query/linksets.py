"""The links of the graph to other datasets, counted, and as queries that give each set of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from entente.model import Iri, Literal, Store, Term
from entente.model.iri import BASE, DEFAULT_BASE, vocab
from entente.model.terms import ent, owl, skos

__all__ = ["TARGETS", "Linkset", "Target", "count_links", "statements"]

_LINKS = (owl.sameAs, skos.exactMatch, skos.closeMatch)
_OTHERS = 50


@dataclass(frozen=True, slots=True)
class Target:
    """Another dataset: the name of the linkset, a title, and how its entries are told in the graph.

    Entries with IRIs begin with `space`. Those of a list without IRIs are nodes of a code `scheme`, or values of the
    `properties` of states.
    """

    name: str
    title: str
    space: str = ""
    scheme: Iri | None = None
    properties: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Linkset:
    """What leads to a target: by which properties, how many of ours have an entry there, and how many statements tell so."""

    target: Target
    predicates: tuple[Iri, ...]
    links: int
    triples: int

    @property
    def is_rdf(self) -> bool:
        """Whether the links lead from node to node, as VoID wants of linksets; values of properties do not."""
        return not self.target.properties


TARGETS: tuple[Target, ...] = (
    Target("wikidata", "Wikidata", "http://www.wikidata.org/entity/"),
    Target("geonames", "GeoNames", "https://sws.geonames.org/"),
    Target("dbpedia", "DBpedia", "http://dbpedia.org/resource/"),
    Target(
        "eu-country",
        "Country authority table of the EU Publications Office",
        "http://publications.europa.eu/resource/authority/country/",
    ),
    Target("cow", "Correlates of War, state system membership", scheme=vocab("code-scheme", "cow")),
    Target("gw", "Gleditsch and Ward, independent states", scheme=vocab("code-scheme", "gw")),
    Target("iso-3166", "ISO 3166-1 country codes", properties=(ent.iso3166alpha2, ent.iso3166alpha3, ent.iso3166numeric)),
    Target("m49", "United Nations M49 area codes", properties=(ent.m49,)),
)
"""The datasets whose links can be downloaded; those that a graph has no links to are not listed for it."""


def statements(target: Target) -> str:
    """Write the CONSTRUCT that gives the links to a target; of the entries of a code scheme all that is said."""
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {_pattern(target)} }}"


def count_links(store: Store) -> Iterator[Linkset]:
    """Count the links of the default graph: to the targets in order, then to the other places that most lead to."""
    spaces = _spaces(store)
    for target in TARGETS:
        if target.space:
            found = {key: n for key, n in spaces.items() if key[0].startswith(target.space)}
            for key in found:
                del spaces[key]
            links = triples = sum(found.values())
            predicates = tuple(sorted({predicate for _, predicate in found}))
        else:
            triples = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {_pattern(target)} }}").number
            linked = (
                f"{{ {_pattern(target)} FILTER(?p = {ent.codeOf.n3()}) }}" if target.scheme else f"{{ {_pattern(target)} }}"
            )
            what = "?o" if target.scheme else "?s"
            links = store.select(f"SELECT (COUNT(DISTINCT {what}) AS ?n) WHERE {linked}").number
            predicates = (ent.codeOf,) if target.scheme else target.properties
        if links:
            yield Linkset(target, predicates, links, triples)
    for (space, predicate), links in sorted(spaces.items(), key=lambda each: (-each[1], each[0]))[:_OTHERS]:
        yield Linkset(Target("", space, space), (predicate,), links, links)


def _pattern(target: Target) -> str:
    """The statements of a target, as ?s ?p ?o."""
    if target.scheme is not None:
        return f"?s {ent.codeScheme.n3()} {target.scheme.n3()} ; ?p ?o"
    if target.properties:
        return _any(target.properties)
    return f"{_any(_LINKS)} FILTER(ISIRI(?o) && STRSTARTS(STR(?o), {Literal(target.space).n3()}))"


def _any(properties: tuple[Iri, ...]) -> str:
    return " UNION ".join(f"{{ ?s {p.n3()} ?o BIND({p.n3()} AS ?p) }}" for p in properties)


def _spaces(store: Store) -> dict[tuple[str, Iri], int]:
    """How many links there are, by what the IRIs begin with up to their last part, and by property."""
    ours = " || ".join(f"STRSTARTS(STR(?o), {Literal(base).n3()})" for base in dict.fromkeys((BASE, DEFAULT_BASE)))
    query = (
        f"SELECT ?space ?p (COUNT(*) AS ?n) WHERE {{ {_any(_LINKS)} FILTER(ISIRI(?o) && !({ours})) "
        f"BIND(REPLACE(STR(?o), '[^/#]*[/#]?$', '') AS ?space) }} GROUP BY ?space ?p"
    )
    return {
        (space.lexical, predicate): as_int(n)
        for space, predicate, n in store.select(query).rows
        if isinstance(space, Literal) and isinstance(predicate, Iri) and space.lexical.startswith(("http://", "https://"))
    }


def as_int(term: Term | None) -> int:
    """The whole number that a term stands for; 0 for none."""
    return int(term.lexical) if isinstance(term, Literal) else 0
