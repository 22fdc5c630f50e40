"""Reasoning over the ontology, for its makers and for CI; nothing at run time needs it."""

from __future__ import annotations

from entente.ontology.reasoner import OntologyReport, check

__all__ = ["OntologyReport", "check"]
