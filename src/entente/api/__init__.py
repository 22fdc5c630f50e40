"""The graph over HTTP: SPARQL for programs, REST with readable JSON for everybody else."""

from __future__ import annotations

from entente.api.app import Settings, create_app

__all__ = ["Settings", "create_app"]
