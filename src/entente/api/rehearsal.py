"""Dry-run ingest over HTTP: POST /ingest?dry-run=true says what an article would change; nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from entente.api.operations import content_type_of, read_body
from entente.api.reader import plain
from entente.api.validation import ValidationLimits
from entente.consensus import AnswerChange, Preview, preview
from entente.errors import InputError, RefusedError
from entente.gate import as_data
from entente.gate.workers import Workers
from entente.model import Delta, EntityIndex, GateReport, Store, Triple
from entente.query import Catalogue
from entente.store import open_store

__all__ = ["router"]

_HINT = "add ?dry-run=true, or use: entente ingest"
_FIELDS = ("id", "title", "outlet", "published", "url", "source", "licence", "lang")
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "text/plain": {"schema": {"type": "string"}},
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {name: {"type": "string"} for name in ("text", *_FIELDS)},
                }
            },
        },
    }
}


class ChangedAnswer(BaseModel):
    """A competency question that would be answered differently."""

    question: str
    columns: list[str]
    gained: list[list[str | None]]
    lost: list[list[str | None]]


class Rehearsal(BaseModel):
    """What an article would change: facts of the merged graph as N-Triples, contradictions, and answers."""

    article: str
    passed: bool
    report: dict[str, Any]
    facts_added: list[str]
    facts_removed: list[str]
    conflicts_added: list[str]
    conflicts_removed: list[str]
    answers: list[ChangedAnswer]


def router(store: Store, index: EntityIndex, catalogue: Catalogue, limits: ValidationLimits, workers: Workers) -> APIRouter:
    """The route over one store; `workers` read articles and check their graphs."""
    routes = APIRouter(tags=["validation"])
    questions = {card.name: card.text for card in catalogue.cards if card.competency is not None}

    async def sent(request: Request) -> bytes:
        body = await read_body(request, limits.article_bytes)
        media_type = content_type_of(request)
        if media_type == "application/json":
            return _text(body)
        if media_type == "text/plain":
            return body
        raise InputError(
            182, f"an article cannot be sent as {media_type or 'nothing'}", "send text/plain or application/json", status=415
        )

    taken = Depends(sent)

    @routes.post("/ingest", summary="Say what an article would change, by ?dry-run=true", openapi_extra=_BODY)
    def ingest(
        article: bytes = taken,
        dry_run: Annotated[bool, Query(alias="dry-run", description="Must be true: this service stores nothing")] = False,
    ) -> Rehearsal:
        if not dry_run:
            raise RefusedError(424, "this service takes no articles in", _HINT, status=403)
        if len(store) > limits.stored_statements:
            hint = "use: entente ingest --dry-run"
            raise RefusedError(425, "the store is too large to be copied for a trial", hint, status=503)
        delta, report = workers.run(article)
        found = Preview()
        if report.passed:
            with closing(open_store("memory:")) as copy:
                found = preview(store, copy, [delta], index, questions=questions)
        return _rehearsal(delta, report, found)

    return routes


def _text(body: bytes) -> bytes:
    """Write an article that came as JSON as text with front matter."""
    try:
        article = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError(183, f"the article is no JSON: {error}", "send an object with the field 'text'") from error
    known = ("text", *_FIELDS)
    fields = article if isinstance(article, dict) else {}
    wrong = [name for name, value in fields.items() if name not in known or not isinstance(value, str)]
    broken = [name for name in _FIELDS if len(str(fields.get(name, "")).splitlines()) > 1]
    if "text" not in fields or wrong or broken:
        what = f"the field '{(wrong or broken)[0]}' cannot be used" if wrong or broken else "there is no field 'text'"
        hint = f"send an object of texts of one line, with some of: {', '.join(_FIELDS)}; and the 'text'"
        raise InputError(183, f"the article cannot be read: {what}", hint)
    header = "".join(f"{name}: {fields[name]}\n" for name in _FIELDS if name in fields)
    return f"---\n{header}---\n{fields['text']}".encode()


def _rehearsal(delta: Delta, report: GateReport, found: Preview) -> Rehearsal:
    return Rehearsal(
        article=delta.slug,
        passed=report.passed,
        report=as_data(report),
        facts_added=_spelled(found.added),
        facts_removed=_spelled(found.removed),
        conflicts_added=list(found.conflicts_added),
        conflicts_removed=list(found.conflicts_removed),
        answers=[_answer(answer) for answer in found.answers],
    )


def _spelled(triples: Iterable[Triple]) -> list[str]:
    return [f"{triple.n3()} ." for triple in triples]


def _answer(answer: AnswerChange) -> ChangedAnswer:
    return ChangedAnswer(
        question=answer.question,
        columns=list(answer.columns),
        gained=[[plain(term) for term in row] for row in answer.gained],
        lost=[[plain(term) for term in row] for row in answer.lost],
    )
