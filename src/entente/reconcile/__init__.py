"""Matches texts, such as the cells of a table, with the entities of the reference data."""

from __future__ import annotations

from entente.reconcile.gazetteer import Gazetteer, Record
from entente.reconcile.kinds import KINDS, PROPERTIES, Property
from entente.reconcile.ranking import Candidate, Condition, Query, Reconciler

__all__ = ["KINDS", "PROPERTIES", "Candidate", "Condition", "Gazetteer", "Property", "Query", "Reconciler", "Record"]
