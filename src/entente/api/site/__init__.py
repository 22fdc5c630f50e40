"""The web pages: what each kind of page shows, read from the graph for its template."""

from __future__ import annotations

__all__: list[str] = []
