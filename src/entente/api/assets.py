"""The scripts and styles of the pages: bundled when the package is built, served under names that hold their digests."""

from __future__ import annotations

import hashlib
import json
import logging
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Response

from entente.errors import QueryError

__all__ = ["ASSETS", "Assets"]

ASSETS = "/assets"
_TYPES = {
    "js": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}
_OWN = ("style.css", "icon.svg")
_log = logging.getLogger(__name__)


class Assets:
    """What lies in the bundle, and the pages' own style sheet and icon."""

    def __init__(self, folder: Traversable | None = None) -> None:
        package = files("entente.api")
        folder = package / "bundle" if folder is None else folder
        self._files = {each.name: each for each in folder.iterdir() if each.is_file()} if folder.is_dir() else {}
        manifest = self._files.get("manifest.json")
        self._entries: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8")) if manifest else {}
        if manifest is None:
            _log.warning("the scripts of the pages are not bundled: run scripts/bundle.py, or install entente again")
        for name in _OWN:
            file = package / "pages" / name
            stem, _, suffix = name.partition(".")
            named = f"{stem}-{hashlib.sha256(file.read_bytes()).hexdigest()[:8]}.{suffix}"
            self._entries[name], self._files[named] = named, file

    def path(self, entry: str) -> str | None:
        """The path of a script or style by its plain name, such as `page.js`; None where it is not bundled."""
        name = self._entries.get(entry)
        return name and f"{ASSETS}/{name}"

    def router(self) -> APIRouter:
        """The route that serves them."""
        routes = APIRouter()

        def asset(name: str) -> Response:
            file = self._files.get(name)
            if file is None:
                raise QueryError(
                    840, f"there is no {name!r} among the scripts of the pages", "load the page again", status=404
                )
            # Most names change with the content; the map and the licences are asked for anew each day.
            keep = (
                "public, max-age=31536000, immutable"
                if "-" in name and not name.startswith("countries")
                else "max-age=86400"
            )
            headers = {"Cache-Control": keep, "X-Content-Type-Options": "nosniff"}
            return Response(file.read_bytes(), media_type=_TYPES.get(name.rpartition(".")[2]), headers=headers)

        routes.add_api_route(f"{ASSETS}/{{name}}", asset, methods=["GET", "HEAD"], include_in_schema=False)
        return routes
