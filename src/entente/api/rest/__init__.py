"""REST: lists and single things of the graph, each resource a query card and a model."""

from __future__ import annotations

from entente.api.rest.dyads import Dyad, DyadAsked, Dyads
from entente.api.rest.lists import Asked, Entry, Lists, Page
from entente.api.rest.resource import Resource, Row
from entente.api.rest.resources import resources
from entente.api.rest.routes import DyadQuery, Pages, Rest, client_of, router

__all__ = [
    "Asked",
    "Dyad",
    "DyadAsked",
    "DyadQuery",
    "Dyads",
    "Entry",
    "Lists",
    "Page",
    "Pages",
    "Resource",
    "Rest",
    "Row",
    "client_of",
    "resources",
    "router",
]
