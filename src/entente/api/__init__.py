"""The graph over HTTP: SPARQL for programs, REST with readable JSON for everybody else."""

from __future__ import annotations

from entente.api.app import create_app
from entente.api.settings import Settings

__all__ = ["Settings", "create_app"]
