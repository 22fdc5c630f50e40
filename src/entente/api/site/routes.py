"""The routes of the pages that stand beside documents and lists: front, schema, about, validation, review."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from entente.api.access import check_token
from entente.api.describing import Describer
from entente.api.examining import Job, Upload
from entente.api.keeping import Kept
from entente.api.markup import describe_dataset
from entente.api.models import Home
from entente.api.negotiation import entity_tag, is_known, wants_html
from entente.api.rendering import Renderer
from entente.api.settings import Settings
from entente.api.site.about import list_downloads, read_coverage, read_quality
from entente.api.site.home import NOTHING, read_overview, read_states
from entente.api.site.querying import query_page
from entente.api.site.reviewing import Verdict, decide, read_refused, read_review, still_open, write_update
from entente.api.site.schema import Schema, read_schema
from entente.api.site.validating import Form, read_form, read_report
from entente.api.statistics import Statistics
from entente.api.updates import changed
from entente.engine import Engine
from entente.errors import Error
from entente.gate.profiles import profiles
from entente.gate.workers import Workers
from entente.model.iri import slug
from entente.query import Catalogue
from entente.query.holdings import Holdings
from entente.resources import folder
from entente.store import GRAPH_TYPES
from entente.version import __version__

__all__ = ["Site", "router"]

_EXAMPLE = """@prefix ent: <https://w3id.org/entente/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<https://w3id.org/entente/id/article/example> a ent:Article ;
  dcterms:title "Two navies train" ;
  dcterms:issued "2023-07-21" .
"""


class Site:
    """Answers requests for these pages."""

    def __init__(
        self,
        renderer: Renderer,
        engine: Engine,
        describer: Describer,
        *,
        catalogue: Catalogue,
        settings: Settings,
        statistics: Statistics,
        workers: Workers,
        lists: Sequence[str],
    ) -> None:
        self._renderer = renderer
        self._engine = engine
        self._settings = settings
        self._workers = workers
        self._index = describer.reader.index
        self._statistics = statistics
        self._lists = lists
        self._catalogue = catalogue
        self._overview = Kept(engine, lambda store, _: read_overview(store, catalogue, describer), behind=True)
        self._coverage = Kept(engine, lambda store, _: read_coverage(store, describer), behind=True)
        self._states = Kept(engine, lambda store, _: read_states(store))
        self._review = Kept(engine, lambda store, _: read_review(store), behind=True)
        self._quality = read_quality()
        self._schema: tuple[Holdings, Schema] | None = None

    def home(self, request: Request) -> Response:
        """Show how much there is."""
        data, known = self._data(request)
        (counted, overview), (named, states) = self._overview.known(NOTHING), self._states.told()
        given = {"overview": overview, "states": states, "lists": self._lists, "data": data, "counting": overview is NOTHING}
        return self._kept(request, "home.html", given, (known, counted, named))

    def pair(self, request: Request, one: str = "", other: str = "") -> Response:
        """Lead from the form that names two states to their page."""
        names = "-".join(slug(name) for name in (one, other))
        return RedirectResponse(self._settings.address(request, f"/dyads/{quote(names)}"), 303)

    def schema(self, request: Request) -> Response:
        """Show the classes and properties in use."""
        holdings = self._statistics.holdings()
        if self._schema is None or self._schema[0] is not holdings:
            self._schema = holdings, read_schema(self._engine.store, holdings)
        return self._kept(request, "schema.html", {"schema": self._schema[1]}, (holdings.version,))

    def about(self, request: Request) -> Response:
        """Show what the dataset covers."""
        data, known = self._data(request)
        (covered, coverage), (counted, overview) = self._coverage.told(), self._overview.told()
        given = {
            "coverage": coverage,
            "overview": overview,
            "quality": self._quality,
            "downloads": list_downloads(self._engine),
            "version": __version__,
            "data": data,
            "dataset": self._engine.version,
        }
        return self._kept(request, "about.html", given, (known, covered, counted, self._engine.version))

    def review(self, request: Request) -> Response:
        """Show what waits for a person."""
        # The quarantine changes without the dataset, so that the page is made each time.
        refused, more = read_refused(self._settings.quarantine or ())
        review = still_open(self._engine.store, self._review.get())
        given = {"review": review, "refused": refused, "more_refused": more}
        answer = self._renderer.page(request, "review.html", {**given, "writes": bool(self._settings.token_hashes)})
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def query(self, request: Request) -> Response:
        """Show the page to write queries on."""
        answer = self._renderer.page(request, "query.html", query_page(self._catalogue, request.query_params.get("edit")))
        answer.headers["Vary"] = "Accept"
        return answer

    def form(self, request: Request) -> Response:
        """Show the form that validates RDF."""
        return self._renderer.page(request, "validate.html", self._validation(_EXAMPLE))

    async def validate(self, request: Request) -> Response:
        """Validate the RDF that the form sends, and show the report beside its lines."""
        form = await read_form(request, self._settings.validation.body_bytes)
        return await asyncio.to_thread(self._validate, request, form)

    def _validate(self, request: Request, form: Form) -> Response:
        shown = self._validation(form.text, form.media_type, form.profile)
        try:
            job = Job("json", Upload("the data", form.text.encode(), form.media_type), profiles=(form.profile,))
            report = read_report(self._workers.run(job), form.text)
        except Error as error:
            # RDF that cannot be read is what the page is for: it is told beside the text.
            trouble = {"message": error.message, "hint": error.hint or "", "code": error.code}
            return self._examined(request, shown | {"trouble": trouble}, error.status)
        return self._examined(request, shown | {"report": report}, 200)

    def decide(self, request: Request, said: Verdict) -> Response:
        """Carry out a decision, and tell the version of the dataset that shows it."""
        check_token(request, self._settings.token_hashes)
        update = write_update(decide(self._engine.store, self._index, said))
        if update:
            self._engine.update(update)
        return changed(self._engine)

    def _data(self, request: Request) -> tuple[Mapping[str, Any], int | None]:
        """The dataset in schema.org's terms, and the version that was counted for it."""
        root = self._renderer.root(request)
        dumps = self._engine.dumps is not None
        summary = self._statistics.known()
        return describe_dataset(summary, root, self._settings.title, dumps=dumps), summary.version

    def _examined(self, request: Request, given: dict[str, Any], status: int) -> Response:
        answer = self._renderer.page(request, "validate.html", given, status)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @staticmethod
    def _validation(text: str, media_type: str = "text/turtle", profile: str = "core") -> dict[str, Any]:
        return {
            "text": text,
            "media_type": media_type,
            "media_types": list(GRAPH_TYPES),
            "profile": profile,
            "profiles": list(profiles(folder("shapes"))),
            "report": None,
            "trouble": None,
        }

    def _kept(self, request: Request, template: str, given: Mapping[str, Any], versions: Sequence[int | None]) -> Response:
        """Make a page out of what was read of some versions of the dataset, unless the client has it.

        It is told which version all of it has reached.
        """
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        counted = [version for version in versions if version is not None]
        if len(counted) == len(versions):
            parts = f"{template} {self._renderer.root(request)} {counted} {__version__}"
            tag = entity_tag(self._engine, min(counted), parts)
            headers |= {"ETag": tag, "Entente-Dataset-Version": str(min(counted))}
            if is_known(tag, request.headers.get("if-none-match")):
                return Response(status_code=304, headers=headers)
        answer = self._renderer.page(request, template, given)
        answer.headers.update(headers)
        return answer


def router(site: Site, home: Home) -> APIRouter:
    """The routes; programs are given `home` where people see the front page. Deciding needs a token, all else is read."""
    routes = APIRouter(tags=["pages"])

    @routes.get("/", tags=["service"], summary="What there is", response_model=Home)
    def front(request: Request) -> Home | Response:
        return site.home(request) if wants_html(request.headers.get("accept"), ("application/json",)) else home

    def page(path: str, handler: Callable[[Request], Response]) -> None:
        routes.add_api_route(path, handler, methods=["GET", "HEAD"], response_class=Response, include_in_schema=False)

    page("/schema", site.schema)
    page("/about", site.about)
    page("/review", site.review)
    page("/validate", site.form)
    routes.add_api_route("/pair", site.pair, methods=["GET"], response_class=Response, include_in_schema=False)
    routes.add_api_route("/validate/page", site.validate, methods=["POST"], response_class=Response, include_in_schema=False)
    routes.add_api_route(
        "/review",
        site.decide,
        methods=["POST"],
        status_code=204,
        response_class=Response,
        summary="Decide on a link between reports or on an unknown name; needs a token",
    )
    return routes
