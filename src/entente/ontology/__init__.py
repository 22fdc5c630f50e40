"""Work on the ontology for its makers, for CI and for its documentation; nothing at run time needs it."""

from __future__ import annotations

from entente.ontology.diff import Bump, Changes, compare, version_of
from entente.ontology.handbook import Handbook, Question, gather
from entente.ontology.pages import render
from entente.ontology.profile import RULES, Fault, profile_faults
from entente.ontology.reasoner import OntologyReport, Taxonomy, check, classify, entail

__all__ = [
    "RULES",
    "Bump",
    "Changes",
    "Fault",
    "Handbook",
    "OntologyReport",
    "Question",
    "Taxonomy",
    "check",
    "classify",
    "compare",
    "entail",
    "gather",
    "profile_faults",
    "render",
    "version_of",
]
