"""What the endpoint says of itself: a small service description; people are given the page to write queries on."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request, Response

from entente.api.negotiation import wants_html
from entente.api.settings import Settings
from entente.api.wellknown import respond_graph
from entente.engine import Engine
from entente.model import Iri, Literal, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import rdf
from entente.store import GRAPH_TYPES
from entente.store.search import MATCHES

__all__ = ["describe"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_GEOF = "http://www.opengis.net/def/function/geosparql/"
_RELATIONS = ("Contains", "Crosses", "Disjoint", "Equals", "Intersects", "Overlaps", "Touches", "Within")
_GEO_FUNCTIONS = ("distance", *(f"sf{name}" for name in _RELATIONS))
_FORMATS = "http://www.w3.org/ns/formats/"
_PREFIXES = {**VOCABULARIES, "sd": _SD, "void": _VOID, "formats": _FORMATS}
_RESULT_NAMES = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPH_NAMES = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")


def describe(request: Request, settings: Settings, engine: Engine, page: Callable[[Request], Response]) -> Response:
    """Answer a GET without a query: a page for people, a service description for programs (SPARQL 1.1 SD §2)."""
    accept, format = request.headers.get("accept"), request.query_params.get("format")
    if not format and wants_html(accept, GRAPH_TYPES):
        return page(request)
    return respond_graph(
        request, _triples(settings.address(request, "/sparql"), settings, engine), _PREFIXES, engine.version
    )


def _triples(endpoint: str, settings: Settings, engine: Engine) -> list[Triple]:
    """The description: what the service speaks, and where the description of its data is."""
    service, dataset, graph = (Iri(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
    query = Iri(endpoint)
    root = endpoint.removesuffix("/sparql")
    found = [
        Triple(service, rdf.type, Iri(_SD + "Service")),
        Triple(service, Iri(_SD + "endpoint"), query),
        Triple(service, Iri(_SD + "supportedLanguage"), Iri(_SD + "SPARQL11Query")),
        Triple(service, Iri(_SD + "propertyFeature"), Iri(MATCHES)),
        Triple(service, Iri(_SD + "defaultDataset"), dataset),
        Triple(dataset, rdf.type, Iri(_SD + "Dataset")),
        Triple(dataset, rdf.type, Iri(_VOID + "Dataset")),
        Triple(dataset, Iri(_VOID + "sparqlEndpoint"), query),
        Triple(dataset, Iri(VOCABULARIES["rdfs"] + "seeAlso"), Iri(f"{root}/.well-known/void")),
        Triple(dataset, Iri(VOCABULARIES["dcterms"] + "title"), Literal(settings.title)),
        Triple(dataset, Iri(_SD + "defaultGraph"), graph),
        Triple(graph, rdf.type, Iri(_SD + "Graph")),
    ]
    if settings.token_hashes:
        found.append(Triple(service, Iri(_SD + "supportedLanguage"), Iri(_SD + "SPARQL11Update")))
    # Where the functions are evaluated is known only of our own engine.
    if engine.version is not None:
        found += [Triple(service, Iri(_SD + "extensionFunction"), Iri(_GEOF + name)) for name in _GEO_FUNCTIONS]
    for name in (*_RESULT_NAMES, *_GRAPH_NAMES):
        found.append(Triple(service, Iri(_SD + "resultFormat"), Iri(_FORMATS + name)))
    for name in _GRAPH_NAMES:
        found.append(Triple(service, Iri(_SD + "inputFormat"), Iri(_FORMATS + name)))
    return found
