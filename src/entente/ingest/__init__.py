"""Ingest at scale: examiners that run in parallel, one writer, and the journal that keeps what is done from being redone."""

from __future__ import annotations

from entente.ingest.cluster import Cluster
from entente.ingest.entries import Run, said_lines
from entente.ingest.examiners import Examiner, InProcess
from entente.ingest.inputs import Inputs, Settled
from entente.ingest.intake import Intake
from entente.ingest.journal import Journal
from entente.ingest.pool import Pool
from entente.ingest.versions import article_versions, graph_versions

__all__ = [
    "Cluster",
    "Examiner",
    "InProcess",
    "Inputs",
    "Intake",
    "Journal",
    "Pool",
    "Run",
    "Settled",
    "article_versions",
    "graph_versions",
    "said_lines",
]
