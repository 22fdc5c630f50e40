"""The whole dataset for download, /dumps/{version}/{file}, and how VoID and DCAT tell of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from entente.api.negotiation import is_known
from entente.api.settings import Settings
from entente.api.statistics import PREFIXES
from entente.engine import DUMP_TYPES, SUMS, Engine
from entente.errors import QueryError, StoreError
from entente.model import Iri, Triple
from entente.model.terms import rdf
from entente.query.holdings import DCAT, SPDX, VOID, describe_sum

__all__ = ["DUMP_PREFIXES", "describe_dumps", "router"]

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DUMP_PREFIXES: Mapping[str, str] = MappingProxyType({**PREFIXES, "dcat": DCAT, "spdx": SPDX})
"""The prefixes of a description with its dumps."""

_PATIENCE = 20.0
_YEAR = 365 * 24 * 3600
_log = logging.getLogger(__name__)


def router(engine: Engine, settings: Settings) -> APIRouter:
    """The routes over one engine."""
    routes = APIRouter(tags=["service"])
    making = _Making(engine)

    @routes.head("/dumps/latest/{file}", include_in_schema=False)
    @routes.get("/dumps/latest/{file}", summary="The newest dump", status_code=307, response_class=RedirectResponse)
    async def latest(request: Request, file: str) -> RedirectResponse:
        _check(engine, file)
        address = settings.address(request, f"/dumps/{engine.version}/{file}")
        return RedirectResponse(address, headers={"Cache-Control": "no-cache"})

    @routes.head("/dumps/{version}/{file}", include_in_schema=False)
    @routes.get("/dumps/{version}/{file}", summary="A version of the dataset", response_class=Response)
    async def download(request: Request, version: int, file: str) -> Response:
        _check(engine, file)
        await making.reach(version)
        return await asyncio.to_thread(_respond, request, engine, version, file)

    return routes


def describe_dumps(engine: Engine, root: str, version: int | None) -> Iterator[Triple]:
    """Tell of the dumps of a version; sizes and sums are told once they have been made."""
    if engine.dumps is None or version is None:
        return
    here = f"{root}/.well-known/void"
    dataset = Iri(f"{here}#dataset")
    made = engine.dumps.find(version)
    yield Triple(dataset, rdf.type, Iri(DCAT + "Dataset"))
    for name, media_type in DUMP_TYPES.items():
        file = Iri(f"{root}/dumps/{version}/{name}")
        yield Triple(dataset, Iri(VOID + "dataDump"), file)
        yield Triple(dataset, Iri(DCAT + "distribution"), file)
        yield Triple(file, rdf.type, Iri(DCAT + "Distribution"))
        yield Triple(file, Iri(DCAT + "downloadURL"), file)
        yield Triple(file, Iri(DCAT + "mediaType"), Iri(_MEDIA_TYPES + media_type))
        yield Triple(file, Iri(DCAT + "compressFormat"), Iri(_MEDIA_TYPES + "application/gzip"))
        if name in made:
            yield from describe_sum(file, Iri(f"{here}#checksum-{name}"), made[name].size, made[name].sha256)


class _Making:
    """The one dump that is being made; whoever asks for it meanwhile waits for the same."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._task: asyncio.Task[None] | None = None

    async def reach(self, version: int) -> None:
        """Wait for a while until a version has been dumped, if it is the newest; raises StoreError where it takes longer."""
        dumps = self._engine.dumps
        if dumps is None or version != self._engine.version:
            return
        if await asyncio.to_thread(dumps.find, version):
            return
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(asyncio.to_thread(dumps.make))
            self._task.add_done_callback(_note)
        try:
            await asyncio.wait_for(asyncio.shield(self._task), _PATIENCE)
        except TimeoutError:
            raise StoreError(546, f"the dump of version {version} is being made", "ask again in a while") from None


def _note(task: asyncio.Task[None]) -> None:
    """Log a failure that nobody may have waited for."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s", error)


def _check(engine: Engine, file: str) -> None:
    if engine.dumps is None:
        raise QueryError(
            350, "this service makes no dumps", "ask /store or /sparql, or serve a store in a folder", status=404
        )
    if file not in (*DUMP_TYPES, SUMS):
        raise QueryError(351, f"no dump is named {file!r}", f"there are: {', '.join((*DUMP_TYPES, SUMS))}", status=404)


def _respond(request: Request, engine: Engine, version: int, file: str) -> Response:
    found = engine.dumps.find(version) if engine.dumps is not None else {}
    if not found:
        raise QueryError(
            352, f"version {version} has no dump; the newest is {engine.version}", f"see /dumps/latest/{file}", status=404
        )
    dump = found[next(iter(DUMP_TYPES))] if file == SUMS else found[file]
    etag = f'"{version}-sums"' if file == SUMS else f'"{dump.sha256}"'
    headers = {
        "ETag": etag,
        "Cache-Control": f"public, max-age={_YEAR}, immutable",
        "Entente-Dataset-Version": str(version),
    }
    if is_known(etag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    media_type = "text/plain" if file == SUMS else "application/gzip"
    return FileResponse(dump.path.with_name(file), headers=headers, media_type=media_type)
