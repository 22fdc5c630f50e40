"""The application: routes, errors and texts put together over one store."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from entente.api import (
    documents,
    downloads,
    graphs,
    held,
    links,
    markup,
    questions,
    reading,
    reconciliation,
    rehearsal,
    rest,
    running,
    sitemap,
    sparql,
    updates,
    validation,
    watching,
    wellknown,
)
from entente.api.access import check_hashes
from entente.api.assets import Assets
from entente.api.cors import OpenReads
from entente.api.describing import Describer
from entente.api.examining import make
from entente.api.models import Health, Home, Problem
from entente.api.problems import PROBLEM_TYPE, add_handlers
from entente.api.reader import Reader
from entente.api.rendering import Renderer
from entente.api.settings import Settings
from entente.api.site import routes as pages
from entente.api.site.lists import ListPages
from entente.api.site.routes import Site
from entente.api.statistics import Statistics
from entente.engine import Engine, LocalEngine
from entente.gate.workers import Workers
from entente.model import EntityIndex, Store
from entente.query import Catalogue
from entente.version import __version__

__all__ = ["Settings", "create_app"]

_LINKS = {
    "sparql": "/sparql",
    "states": "/states",
    "dyads": "/dyads",
    "events": "/events",
    "exercises": "/exercises",
    "articles": "/articles",
    "claims": "/claims",
    "conflicts": "/conflicts",
    "queries": "/queries",
    "reconcile": "/reconcile",
    "linksets": "/linksets",
    "dataset": "/dataset.jsonld",
    "void": "/.well-known/void",
    "examples": "/.well-known/sparql-examples",
    "openapi": "/openapi.json",
    "health": "/healthz",
}
_DESCRIPTION = """
What news articles claim about relations between states, who says so, and in which words.
SPARQL at `/sparql`; ready-made questions at `/queries`; the rest is readable JSON.
Errors are `application/problem+json` with a code that docs/errors.md explains.
"""


def create_app(
    store: Store,
    index: EntityIndex,
    catalogue: Catalogue,
    settings: Settings | None = None,
    engine: Engine | None = None,
) -> FastAPI:
    """Make the application over an open store, or over an engine that stands in for it; the caller closes both.

    Without an engine, queries run in threads of this process.
    """
    settings = settings or Settings()
    title = settings.title
    check_hashes(settings.token_hashes)
    engine = engine or LocalEngine(store)
    store = engine.store
    app = FastAPI(
        title=title,
        version=__version__,
        description=_DESCRIPTION,
        # Their pages load scripts from other servers.
        docs_url=None,
        redoc_url=None,
        responses={"4XX": {"model": Problem, "content": {PROBLEM_TYPE: {}}, "description": "The request was wrong"}},
    )
    assets = Assets()
    renderer = Renderer(settings, assets)
    add_handlers(app, renderer.refusal)
    app.add_middleware(_Compression, minimum_size=1024, compresslevel=5)
    app.add_middleware(OpenReads)

    @app.get("/healthz", tags=["service"], summary="Whether the store answers")
    def health() -> Health:
        store.ask("ASK {}")
        return Health(status="ok")

    querying = sparql.Querying(engine, settings)
    app.include_router(running.router(engine, settings))
    app.include_router(updates.router(engine, settings))
    app.include_router(graphs.router(querying, engine, settings))
    statistics = Statistics(engine)
    app.include_router(wellknown.router(engine, catalogue, settings, statistics))
    app.include_router(links.router(engine, querying, statistics, settings))
    app.include_router(markup.router(engine, statistics, settings))
    app.include_router(sitemap.router(store, statistics, settings))
    app.include_router(downloads.router(engine, settings))
    app.include_router(watching.router(engine))
    workers = Workers(make, settings.validation.work)
    app.include_router(validation.router(store, settings.validation, workers))
    readers = Workers(reading.make, settings.validation.work)
    app.include_router(rehearsal.router(store, index, catalogue, settings.validation, readers))
    app.include_router(held.router(engine, index, settings, readers))
    app.include_router(questions.router(store, catalogue))
    app.include_router(reconciliation.router(index, settings))
    app.include_router(assets.router())
    lists = rest.Lists(engine, catalogue, Reader(store, index), rest.resources())
    describer = Describer(Reader(store, index))
    app.include_router(
        documents.router(querying, engine, describer=describer, settings=settings, renderer=renderer, lists=lists)
    )
    site = Site(
        renderer,
        engine,
        describer,
        settings=settings,
        catalogue=catalogue,
        statistics=statistics,
        workers=workers,
        lists=[name for name in lists.resources if name != "search"],
    )
    app.include_router(pages.router(site, Home(name=title, version=__version__, links=_LINKS)))
    app.include_router(sparql.router(querying, settings, engine, site.query))
    shown = ListPages(renderer, lists, describer)
    app.include_router(rest.router(rest.Rest(lists, rest.Dyads(lists), settings, shown)))
    return app


class _Compression(GZipMiddleware):
    """Gzip for all but the dumps, which are packed, and of which clients may ask for parts."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope.get("path", "").startswith("/dumps/"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
