"""The application: routes, errors and texts put together over one store."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import FastAPI

from entente.api import entities, questions, rehearsal, sparql, validation
from entente.api.models import Health, Home, Problem
from entente.api.problems import PROBLEM_TYPE, add_handlers
from entente.api.reader import Reader
from entente.api.validation import ValidationLimits
from entente.model import EntityIndex, Store
from entente.query import Catalogue
from entente.version import __version__

__all__ = ["Settings", "create_app"]

_LINKS = {
    "sparql": "/sparql",
    "exercises": "/exercises",
    "queries": "/queries",
    "openapi": "/openapi.json",
    "health": "/healthz",
}
_DESCRIPTION = """
What news articles claim about relations between states, who says so, and in which words.
SPARQL at `/sparql`; ready-made questions at `/queries`; the rest is readable JSON.
Errors are `application/problem+json` with a code that docs/errors.md explains.
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What may differ between installations."""

    title: str = "Entente"
    validation: ValidationLimits = field(default_factory=ValidationLimits)


def create_app(store: Store, index: EntityIndex, catalogue: Catalogue, settings: Settings | None = None) -> FastAPI:
    """Make the application over an open store; the caller closes the store."""
    settings = settings or Settings()
    title = settings.title
    app = FastAPI(
        title=title,
        version=__version__,
        description=_DESCRIPTION,
        # Their pages load scripts from other servers.
        docs_url=None,
        redoc_url=None,
        responses={"4XX": {"model": Problem, "content": {PROBLEM_TYPE: {}}, "description": "The request was wrong"}},
    )
    add_handlers(app)

    @app.get("/", tags=["service"], summary="What there is")
    def home() -> Home:
        return Home(name=title, version=__version__, links=_LINKS)

    @app.get("/healthz", tags=["service"], summary="Whether the store answers")
    def health() -> Health:
        store.ask("ASK {}")
        return Health(status="ok")

    app.include_router(sparql.router(store))
    app.include_router(validation.router(store, settings.validation))
    app.include_router(rehearsal.router(store, index, catalogue, settings.validation))
    app.include_router(questions.router(store, catalogue))
    app.include_router(entities.router(Reader(store, index), catalogue))
    return app
