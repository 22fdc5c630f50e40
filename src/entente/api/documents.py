"""Documents about the things of the graph: their IRIs lead here, and here they are described in every format."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response

from entente.api.addresses import DESCRIBED, document_path, is_described, subjects
from entente.api.describing import Describer, Description
from entente.api.markup import describe_graph
from entente.api.negotiation import entity_tag, is_known, pick, wants_html
from entente.api.rendering import Renderer
from entente.api.rest import Lists, Page, client_of
from entente.api.settings import Settings
from entente.api.shelf import Shelf
from entente.api.signposts import FORMATS, Asked, signposts
from entente.api.site.kinds import Visit, view_of
from entente.api.site.things import Part, read_parts
from entente.api.sparql import Querying
from entente.engine import Engine
from entente.errors import Error, QueryError
from entente.model import Iri
from entente.model.iri import BASE, DEFAULT_BASE, graph
from entente.model.terms import owl
from entente.store import Question, serialise
from entente.version import __version__

__all__ = ["router"]

_NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML"}
_SUFFIXES = {media_type: suffix for suffix, media_type in FORMATS.items()}
_ONTOLOGY = Iri(DEFAULT_BASE + "ns")
_CONTEXT = "/contexts/1.json"


class Documents:
    """Answers for documents over one engine and what describes the things of its store."""

    def __init__(
        self,
        querying: Querying,
        engine: Engine,
        *,
        describer: Describer,
        settings: Settings,
        renderer: Renderer,
        lists: Lists,
    ) -> None:
        self._querying = querying
        self._engine = engine
        self._describer = describer
        self._settings = settings
        self._renderer = renderer
        self._lists = lists
        self._shelf = Shelf()

    async def lead(self, request: Request) -> Response:
        """Lead from the IRI of a thing to the document about it (303, Cool URIs for the Semantic Web §4.2)."""
        path = _path(request)
        found = await asyncio.to_thread(self._led, path)
        own = document_path(found) if found else None
        if own is None:
            return self._refused(request, _unknown(path), None)
        address = self._settings.address(request, own)
        return Response(status_code=303, headers={"Location": address, "Link": f'<{address}>; rel="describedby"'})

    async def show(self, request: Request) -> Response:
        """Give a document in the format that its suffix names, or that the client prefers."""
        path = _path(request).removeprefix("doc/")
        try:
            asked = await asyncio.to_thread(self._asked, request, path)
            headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
            tag = self._tag(asked)
            if tag is not None:
                headers["ETag"] = tag
                if is_known(tag, request.headers.get("if-none-match")):
                    return Response(status_code=304, headers=headers)
            name = _graph_of(asked.subject)
            if name is not None and asked.suffix != "html":
                return await self._whole(request, asked, name, headers)
            key = (tag, self._settings.address(request, ""))
            answer = self._shelf.find(key) if tag is not None else None
            if answer is None:
                answer = await self._described(request, asked)
                if tag is not None and tag == self._tag(asked):
                    self._shelf.keep(key, answer)
        except Error as error:
            ending = path.rpartition(".")[2]
            return self._refused(request, error, ending if ending in FORMATS else None)
        answer.headers.update(headers)
        return answer

    def _led(self, path: str) -> Iri | None:
        """The thing whose document a path leads to: the version of the ontology that is held is the ontology."""
        found = self._find(path)
        held = found is not None and found in self._describer.reader.nodes(_ONTOLOGY, owl.versionIRI)
        return _ONTOLOGY if held else found

    def _find(self, path: str) -> Iri | None:
        """The thing that a path stands for, if the graph has it."""
        if not is_described(path):
            return None
        known = self._describer.holds if path.startswith("graph/") else self._describer.knows
        return next((iri for iri in subjects(path) if known(iri)), None)

    def _asked(self, request: Request, path: str) -> Asked:
        """Read what is asked for. Raises QueryError for what there is not, and for formats that nothing is written in."""
        # A name may itself end in what looks like a suffix.
        found, suffix = self._find(path), ""
        stem, _, ending = path.rpartition(".")
        if found is None and ending in FORMATS:
            found, suffix = self._find(stem), ending
        own = document_path(found) if found else None
        if found is None or own is None:
            raise _unknown(path)
        if not suffix:
            accept = request.headers.get("accept")
            best = pick(accept, FORMATS.values())
            if not best:
                known = ", ".join(FORMATS.values())
                raise QueryError(370, f"no document is written as {accept}", f"ask for one of: {known}", status=406)
            suffix = _SUFFIXES[best[0]]
        return Asked(found, suffix, _page_number(request), self._settings.address(request, own))

    def _tag(self, asked: Asked) -> str | None:
        """The tag of one format of a document: the version of the dataset, and what else decides the bytes."""
        if self._engine.version is None:
            return None
        # A page shows beginnings of lists, which may be in the order of an earlier version.
        lists = self._lists.version if asked.suffix == "html" else ""
        parts = f"{asked.own} {asked.suffix} {asked.page} {lists} {__version__}"
        return entity_tag(self._engine, self._engine.version, parts)

    async def _whole(self, request: Request, asked: Asked, name: Iri, headers: dict[str, str]) -> Response:
        """Give a whole graph, which may be large: from the engine, under its limits."""
        tag = headers.pop("ETag", None)
        told = {**headers, "Link": signposts(asked, self._settings.address(request, _CONTEXT))}
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name.n3()} {{ ?s ?p ?o }} }}"
        return await self._querying.respond(request, Question(text, (asked.media_type,)), told, tag)

    async def _described(self, request: Request, asked: Asked) -> Response:
        if asked.subject == _ONTOLOGY or _graph_of(asked.subject) is not None:
            return await asyncio.to_thread(self._collected, request, asked)
        it = await asyncio.to_thread(self._describer.describe, asked.subject, asked.page)
        parts: Mapping[Part, Page] = {}
        if asked.suffix == "html":
            parts = await read_parts(it, self._lists, client_of(request))
        return await asyncio.to_thread(self._written, request, asked, it, parts)

    def _collected(self, request: Request, asked: Asked) -> Response:
        """The page of the ontology, or of a graph."""
        given: dict[str, Any] = {"name": asked.subject, "files": self._shown(asked), "data": self._files(request, asked)}
        more = False
        if asked.subject == _ONTOLOGY:
            answer = self._renderer.page(request, "ontology.html", {**given, "terms": self._describer.terms()})
        else:
            members, more = self._describer.members(asked.subject, asked.page)
            given |= {"members": members, **asked.neighbours(more)}
            answer = self._renderer.page(request, "graph.html", given)
        answer.headers["Link"] = signposts(asked, self._settings.address(request, _CONTEXT), more=more)
        return answer

    def _written(self, request: Request, asked: Asked, it: Description, parts: Mapping[Part, Page]) -> Response:
        """A thing in the format that is asked for."""
        if asked.suffix == "html":
            data = json.loads(serialise(it.triples, FORMATS["jsonld"]))
            template, own = view_of(Visit(self._describer, it, self._renderer.linker(request), parts))
            given = {"it": it, "data": data, "files": self._shown(asked), **own, **asked.neighbours(it.more)}
            # A page with a view of its own shows the plain statements on demand.
            answer = self._renderer.page(request, template, {**given, "folded": bool(own)})
        else:
            charset = "; charset=utf-8" if asked.media_type.startswith("text/") else ""
            headers = {"Content-Type": asked.media_type + charset}
            answer = Response(serialise(it.triples, asked.media_type), headers=headers)
        types = tuple(value.iri for value in it.types if value.iri)
        answer.headers["Link"] = signposts(asked, self._settings.address(request, _CONTEXT), types, more=it.more)
        return answer

    @staticmethod
    def _shown(asked: Asked) -> list[tuple[str, str]]:
        return [(name, asked.file(suffix)) for suffix, name in _NAMES.items()]

    def _files(self, request: Request, asked: Asked) -> Mapping[str, Any]:
        """What the page of a whole graph has as embedded data: where the graph is, which would be too large itself."""
        files = ((suffix, asked.file(suffix)) for suffix in _NAMES)
        return describe_graph(asked.subject, self._settings.address(request, ""), files)

    def _refused(self, request: Request, error: Error, suffix: str | None) -> Response:
        """Tell an error on a page to those who read pages; for all others it is raised."""
        if suffix != "html" and (suffix or not wants_html(request.headers.get("accept"), FORMATS.values())):
            raise error
        answer = self._renderer.refusal(request, error)
        answer.headers["Vary"] = "Accept"
        return answer


def _path(request: Request) -> str:
    """The path as it was sent, without the leading slash: an IRI of ours may hold percent signs."""
    sent = request.scope.get("raw_path", request.url.path.encode())
    return str(
        sent.decode("ascii", "replace").partition("?")[0].removeprefix(request.scope.get("root_path", "")).lstrip("/")
    )


def _graph_of(subject: Iri) -> Iri | None:
    """The graph that a document gives whole: the one it is about, or that of the ontology."""
    if subject == _ONTOLOGY:
        return graph("ontology")
    return subject if subject.startswith((f"{BASE}graph/", f"{DEFAULT_BASE}graph/")) else None


def _page_number(request: Request) -> int:
    said = request.query_params.get("page", "0")
    if not (said.isascii() and said.isdigit()) or len(said) > 9:
        raise QueryError(373, f"page={said} is no page", "give a whole number from 0: page=1")
    return int(said)


def _unknown(path: str) -> QueryError:
    return QueryError(371, f"the graph says nothing of {path!r}", "look for it at /search?q=...", status=404)


def router(
    querying: Querying, engine: Engine, *, describer: Describer, settings: Settings, renderer: Renderer, lists: Lists
) -> APIRouter:
    """The routes over one engine, what describes the things of its store, and its lists."""
    routes = APIRouter(tags=["linked data"])
    documents = Documents(querying, engine, describer=describer, settings=settings, renderer=renderer, lists=lists)
    both = ["GET", "HEAD"]
    for path in ("/ns", *(f"/{first}{{path:path}}" for first in DESCRIBED)):
        routes.add_api_route(path, documents.lead, methods=both, response_class=Response, include_in_schema=False)
    routes.add_api_route("/doc/{path:path}", documents.show, methods=both, response_class=Response, include_in_schema=False)
    context = (files("entente.api") / "pages" / "context-1.json").read_bytes()

    def vocabulary() -> Response:
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(context, headers={**kept, "Content-Type": FORMATS["jsonld"]})

    routes.add_api_route(_CONTEXT, vocabulary, methods=both, include_in_schema=False)
    return routes
