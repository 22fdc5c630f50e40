"""A service with the samples, and Debian's Chromium to look at its pages with; every page is held to the same rules."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.server import serving
from conftest import ROOT, require
from entente.api import Settings, create_app
from entente.gate import FolderQuarantine
from entente.model import Delta, Iri, Triple
from entente.model.iri import graph
from entente.model.terms import ent, rdf
from entente.query import load
from pipelines import run, tools

TOKEN = "let-me-decide"
SCREENSHOTS = ROOT / "build" / "screenshots"
Open = Callable[..., Page]
# A machine that is busy with other tests takes its time.
_PATIENCE = 60_000
expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, without a window; as long as it runs, no test of this process can have an event loop of its own."""
    program = which("chromium")
    require(program, "chromium is not installed (Debian package chromium)")
    require((files("entente.api") / "bundle" / "manifest.json").is_file(), "the scripts are not bundled: scripts/bundle.py")
    with sync_playwright() as playwright:
        # Where tests run as root, Chromium has no sandbox.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that holds the samples, has refused an article, and lets the token's bearer decide."""
    store = run(sorted((ROOT / "samples").glob("*.txt"))).store
    quarantine = FolderQuarantine(tmp_path_factory.mktemp("quarantine"))
    article = Iri("https://w3id.org/entente/id/article/gap")
    refused = Delta(article, "gap", "gap.txt", graph("article", "gap"), (Triple(article, rdf.type, ent.Article),), ())
    quarantine.hold(refused, tools().gate.check(refused.triples), None)
    settings = Settings(token_hashes=(hashlib.sha256(TOKEN.encode()).hexdigest(),), quarantine=quarantine)
    app = create_app(store, tools().index, load(ROOT / "queries"), settings)
    with serving(app) as address:
        yield address


@pytest.fixture
def open_page(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open pages of the site; in the end there must have been no error on the console and no request to elsewhere.

    A picture of what was last to be seen is kept in build/screenshots.
    """
    pages: list[Page] = []
    troubles: list[str] = []

    def note(address: str) -> None:
        if not address.startswith((f"{site}/", "data:", "blob:")):
            troubles.append(f"a request to {address}")

    def open_page(path: str, *, width: int = 1280, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=site, **options)  # type: ignore[arg-type]
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda asked: note(asked.url))
        pages.append(page)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        name = re.sub(r"[^\w-]+", "-", request.node.name).strip("-")
        page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png")
        page.context.close()
    assert not troubles


@pytest.fixture(scope="session")
def broken_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of an article that lacks what shapes demand, with a date that is none."""
    file = tmp_path_factory.mktemp("broken") / "broken.ttl"
    file.write_text(
        "@prefix ent: <https://w3id.org/entente/ns#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
        "<https://w3id.org/entente/id/article/broken> a ent:Article ;\n"
        '  dcterms:title "Broken" ;\n'
        '  dcterms:issued "2023-02-30"^^xsd:date .\n',
        encoding="utf-8",
    )
    return file
