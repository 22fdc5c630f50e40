"""Renders the pages: one environment of templates, the headers that keep pages safe, and links for IRIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from entente.api.addresses import PAIRS, link_of, quoted
from entente.api.assets import Assets
from entente.api.settings import Settings
from entente.errors import Error

__all__ = ["PAGE_HEADERS", "Renderer"]

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Nothing of another host is loaded, no script or style that stands in a page is run; images may be part of a style."""


class Renderer:
    """Makes pages of templates; what comes from the graph is escaped."""

    def __init__(self, settings: Settings, assets: Assets) -> None:
        self._settings = settings
        self._assets = assets
        # Templates do not change while the service runs.
        self._templates = Environment(
            loader=PackageLoader("entente.api", "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def root(self, request: Request) -> str:
        """The address of the service, as the client knows it, without a slash at the end."""
        return self._settings.address(request, "")

    def linker(self, request: Request) -> Callable[[str], str | None]:
        """Give the function that finds the address of the page about an IRI."""
        return partial(_page_of, root=self.root(request))

    def page(self, request: Request, template: str, given: Mapping[str, Any], status: int = 200) -> Response:
        """Render a template with what it is given."""
        root = self.root(request)
        text = self._templates.get_template(template).render(
            root=root,
            service=self._settings.title,
            link=self.linker(request),
            asset=lambda entry: (path := self._assets.path(entry)) and root + path,
            **given,
        )
        return Response(text, status, PAGE_HEADERS, "text/html")

    def refusal(self, request: Request, error: Error) -> Response:
        """Tell an error on a page."""
        given = {"message": error.message, "hint": error.hint or "", "code": error.code}
        return self.page(request, "error.html", given, error.status)


def _page_of(iri: str, root: str) -> str | None:
    """The page about an IRI: that of a pair of states stands where REST tells of it, all others where documents are."""
    pair = iri.removeprefix(PAIRS)
    return f"{root}/dyads/{quoted(pair)}" if pair != iri else link_of(iri, root)
