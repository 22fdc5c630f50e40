"""The graph over HTTP: SPARQL for programs, REST with readable JSON for everybody else."""

from __future__ import annotations

from entente.api.access import check_hashes
from entente.api.app import create_app
from entente.api.settings import Settings

__all__ = ["Settings", "check_hashes", "create_app"]
