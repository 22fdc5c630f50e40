"""What becomes of refused articles: they are tried again, or forgotten, by those who have a token."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from entente.api.access import check_token
from entente.api.settings import Settings
from entente.api.site.reviewing import reasons_of
from entente.consensus import GraphSink
from entente.engine import Engine
from entente.errors import InputError
from entente.gate import FolderQuarantine, as_data
from entente.gate.workers import Workers
from entente.ingest import Journal
from entente.model import EntityIndex
from entente_loaders.pipeline import Finding, settle

__all__ = ["router"]

Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=500, examples=["kentucky-001"])]
"""An article's name in quarantine."""


class Retried(BaseModel):
    """What came of another try, and of a refusal the reasons."""

    name: str = Field(examples=["kentucky-001"])
    outcome: Literal["added", "refused"]
    reasons: list[str] = Field(examples=[["Give the article exactly one text, which is not empty."]])


def router(engine: Engine, index: EntityIndex, settings: Settings, workers: Workers) -> APIRouter:
    """The routes over one engine; `workers` read articles and check their graphs."""
    routes = APIRouter(tags=["pages"])

    def held(request: Request, name: str) -> FolderQuarantine:
        check_token(request, settings.token_hashes)
        if settings.quarantine is None or name not in settings.quarantine:
            raise InputError(117, f"no article {name!r} is in quarantine", "see /review for what there is", status=404)
        return settings.quarantine

    def forget(name: str) -> None:
        with closing(Journal(settings.journal)) as journal:
            journal.forget([name])

    @routes.post("/quarantine/{name}", summary="Try to take a refused article in again; needs a token")
    def retry(request: Request, name: Name) -> Retried:
        quarantine = held(request, name)
        item = quarantine.get(name).item()
        delta, report = workers.run(item)
        if report.passed:
            # As Intake does: what the journal says goes before the store is changed, so that no crash leaves it wrong.
            forget(name)
        found = Finding(item.origin, name, delta=delta, report=report)
        settle([(item, found)], sink=GraphSink(engine.store, index), quarantine=quarantine)
        if report.passed:
            return Retried(name=name, outcome="added", reasons=[])
        return Retried(name=name, outcome="refused", reasons=list(reasons_of(as_data(report))))

    @routes.delete("/quarantine/{name}", status_code=204, summary="Forget a refused article; needs a token")
    def drop(request: Request, name: Name) -> Response:
        quarantine = held(request, name)
        forget(name)
        quarantine.release(name)
        return Response(status_code=204)

    return routes
