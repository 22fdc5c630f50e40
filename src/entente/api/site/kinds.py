"""Which template shows a thing, and what it is given, by what the thing is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from entente.api.describing import Describer, Description
from entente.api.rest import Page
from entente.api.site.articles import read_article
from entente.api.site.events import read_event
from entente.api.site.things import Part, iri_of, read_agreement, read_place, read_state, read_vessel
from entente.model import Iri
from entente.model.terms import ent

__all__ = ["Visit", "view_of"]


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page is made for: a thing as it is described, where pages about IRIs are, and its lists."""

    describer: Describer
    it: Description
    link: Callable[[str], str | None]
    parts: Mapping[Part, Page]


def _article(visit: Visit) -> dict[str, Any]:
    return {"article": read_article(visit.describer, iri_of(visit.it), visit.link)}


def _event(visit: Visit) -> dict[str, Any]:
    return {"event": read_event(visit.describer, visit.it, visit.link)}


def _state(visit: Visit) -> dict[str, Any]:
    return {"thing": read_state(visit.describer, visit.it, visit.parts, visit.link)}


def _place(visit: Visit) -> dict[str, Any]:
    return {"thing": read_place(visit.describer, visit.it, visit.parts, visit.link)}


def _vessel(visit: Visit) -> dict[str, Any]:
    return {"thing": read_vessel(visit.describer, visit.it, visit.link)}


def _agreement(visit: Visit) -> dict[str, Any]:
    return {"thing": read_agreement(visit.describer, visit.it, visit.link)}


_VIEWS: Mapping[Iri, tuple[str, Callable[[Visit], dict[str, Any]]]] = {
    ent.Article: ("article.html", _article),
    ent.Event: ("event.html", _event),
    ent.State: ("entity.html", _state),
    ent.Agreement: ("entity.html", _agreement),
    ent.Vessel: ("entity.html", _vessel),
    ent.Place: ("entity.html", _place),
}


def view_of(visit: Visit) -> tuple[str, dict[str, Any]]:
    """Give the template for a thing, and what it needs beside the description."""
    of = {value.iri for value in visit.it.types}
    for kind, (template, make) in _VIEWS.items():
        if kind in of:
            return template, make(visit)
    return "thing.html", {}
