"""The prefixes of the vocabularies that Entente's data uses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from entente.model.iri import BASE, NS

__all__ = ["VOCABULARIES"]

VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {
        "dcterms": "http://purl.org/dc/terms/",
        "ent": NS,
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "skosxl": "http://www.w3.org/2008/05/skos-xl#",
        "state": f"{BASE}id/state/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefix and namespace of each vocabulary, and of the states, which are named most often."""
