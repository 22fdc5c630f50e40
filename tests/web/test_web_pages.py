"""Every page answers, loads nothing from elsewhere, has the headers that keep it safe, and takes what it shows for text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from entente.api import Settings, create_app
from entente.engine import LocalEngine
from entente.model import Change, Iri, Literal, Quad, Store
from entente.model.terms import dcterms, ent, oa, rdf
from entente.query import load
from entente.store import open_store
from pipelines import ingested, tools
from web.markup import Page

ROOT = Path(__file__).parents[2]
HOST = "http://testserver"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HOSTILE = "</mark><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }} \"'&amp; Ω🚢"
ARTICLE = Iri("https://w3id.org/entente/id/article/hostile")
LISTS = [
    *("agreements", "articles", "claims", "conflicts", "dyads", "events", "exercises", "forces", "places", "series"),
    *("states", "vessels"),
]
PAGES = [
    *("/", "/sparql", "/schema", "/validate", "/review", "/about", "/search?q=sea", "/dyads/RUS-CHN", "/dyads/NOR-PER"),
    *(f"/{name}" for name in LISTS),
]
THINGS = [
    *("article/interaction-003", "exercise/northern-interaction-2023", "state/RUS", "place/sea-of-japan"),
    *("vessel/RUS-admiral-panteleyev", "series/northern-interaction", "organ/CHN/defence-ministry"),
]


def client_of(store: Store, settings: Settings | None = None, *, engine: LocalEngine | None = None) -> TestClient:
    app = create_app(store, tools().index, load(ROOT / "queries"), settings, engine)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def store() -> Store:
    names = ("interaction-001", "interaction-002", "interaction-003", "interaction-004", "beijing-001", "patrushev-001")
    return ingested(*(ROOT / "samples" / f"{name}.txt" for name in names))


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with client_of(store) as made:
        yield made


def read(client: TestClient, path: str, status: int = 200) -> Page:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == status, (path, answer.text[:500])
    assert answer.headers["content-type"] == "text/html; charset=utf-8", path
    return Page(answer.text)


def check(path: str, page: Page) -> None:
    """What holds for every page."""
    assert page.unclosed == [], path
    ids = page.ids()
    assert len(ids) == len(set(ids)), path
    assert len(page.all("h1")) == 1, path
    assert [each["lang"] for each in page.all("html")] == ["en"], path
    assert {name for name, _ in page.tags} >= {"main", "header", "nav", "footer"}, path
    assert {"class": "skip", "href": "#main"} in page.all("a"), path
    for _, attributes in page.tags:
        # A link may lead elsewhere; nothing is loaded from elsewhere, and no script or style stands in the page.
        for name in ("src", "action", "data", "poster"):
            assert attributes.get(name, HOST).startswith((HOST, "/")), (path, attributes)
        assert "style" not in attributes, path
        assert not any(name.startswith("on") for name in attributes), path
    for link in page.all("link"):
        assert link["href"].startswith((HOST, "?")), (path, link)
    for script in page.all("script"):
        assert "src" in script or script["type"].endswith("json"), path
    assert page.all("style") == [], path
    labelled = {label.get("for") for label in page.all("label")}
    for kind in ("input", "select", "textarea"):
        for control in page.all(kind):
            assert control.get("type") == "hidden" or control.get("id") in labelled, (path, control)
    for pointer in [a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")]:
        assert pointer in ids, (path, pointer)


@pytest.mark.parametrize("path", [*PAGES, *(f"/doc/id/{name}.html" for name in THINGS), "/doc/ns.html"])
def test_every_page_is_whole_and_safe(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    check(path, read(client, path))
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "Accept" in answer.headers.get("vary", "Accept")


def test_pages_of_an_empty_store() -> None:
    world = open_store("memory:")
    with client_of(world) as client:
        for path in (path for path in PAGES if not path.startswith("/dyads/")):
            check(path, read(client, path))
        assert "There is no article yet" in read(client, "/").text
    world.close()


def test_every_link_of_the_pages_leads_somewhere_here(client: TestClient) -> None:
    checked: set[str] = set()
    for path in ("/", "/schema", "/about", "/dyads/RUS-CHN", "/exercises", *(f"/doc/id/{name}.html" for name in THINGS)):
        for link in read(client, path).all("a"):
            address = link["href"].partition("#")[0]
            if address.startswith((HOST, "/")) and address not in checked and "/sparql?edit" not in address:
                status = client.get(address.removeprefix(HOST), headers=BROWSER).status_code
                assert status in (200, 303, 307), (path, link)
                checked.add(address)
    assert len(checked) > 120


def test_an_article_shows_each_claim_and_its_words(client: TestClient, store: Store) -> None:
    page = read(client, "/doc/id/article/interaction-003.html")
    text = (ROOT / "samples" / "interaction-003.txt").read_text(encoding="utf-8")
    shown = re.search(r'<div class="text"[^>]*>(.*?)</div>', page.text, re.DOTALL)
    assert shown is not None
    # Without the numbers of the claims, the text is that of the article.
    plain = unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup>.*?</sup>", "", shown[1])))
    assert plain.strip() in re.sub(r"\r\n?", "\n", text)
    claims = [item["id"] for item in page.all("li") if item.get("id", "").startswith("claim-")]
    assert len(claims) == 7
    marked = {name for mark in page.all("mark") for name in mark["data-claims"].split()}
    assert marked == set(claims)
    assert {f"words-{claim.removeprefix('claim-')}" for claim in claims} <= set(page.ids())
    network = next(data for data in page.data if "nodes" in data)
    assert {"Russia", "China", "Sea of Japan"} <= {node["label"] for node in network["nodes"]}


def test_an_exercise_shows_sides_of_contradictions(client: TestClient) -> None:
    page = read(client, "/doc/id/exercise/northern-interaction-2023.html")
    assert page.text.count('class="conflict"') >= 1
    assert page.text.count('class="side"') >= 2
    [where] = [data for data in page.data if "points" in data]
    assert [point["label"] for point in where["points"]] == ["Sea of Japan"]
    assert where["states"] == ["156", "643"]


def test_the_filters_of_a_dyad_are_plain_links(client: TestClient) -> None:
    page = read(client, "/dyads/CHN-RUS")
    narrowed = [a["href"] for a in page.all("a") if "type=exercise" in a.get("href", "")]
    assert narrowed
    exercises = read(client, narrowed[0].removeprefix(HOST))
    kinds = {tuple(item["kind"] for item in data["items"]) for data in exercises.data if "items" in data}
    assert kinds == {("exercise",) * len(*kinds)}
    assert {"href": f"{HOST}/dyads/CHN-RUS", "aria-current": "true"} not in exercises.all("a")
    assert client.get("/dyads/CHN-RUS?type=%3Cscript%3E", headers=BROWSER).status_code == 422
    led = client.get("/pair?one=Russia&other=china", headers=BROWSER)
    assert (led.status_code, led.headers["location"]) == (303, f"{HOST}/dyads/russia-china")


def test_things_of_rest_lead_to_their_documents(client: TestClient) -> None:
    led = client.get("/exercises/northern-interaction-2023", headers=BROWSER)
    assert led.status_code == 303
    assert led.headers["location"] == f"{HOST}/doc/id/exercise/northern-interaction-2023"
    assert client.get("/exercises/northern-interaction-2023").headers["content-type"] == "application/json"
    assert client.get("/").json()["name"] == "Entente"


def test_pages_tell_what_the_browser_has_already() -> None:
    world = open_store("memory:")
    engine = LocalEngine(world)
    with client_of(world, engine=engine) as client:
        for path in ("/", "/schema", "/about", "/events"):
            tag = client.get(path, headers=BROWSER).headers["etag"]
            assert client.get(path, headers={**BROWSER, "if-none-match": tag}).status_code == 304
            engine.update("INSERT DATA { <urn:x> <urn:y> <urn:z> }")
            assert client.get(path, headers={**BROWSER, "if-none-match": tag}).status_code == 200
            assert client.get(path).headers.get("etag") != tag
    engine.close()
    world.close()


def test_hostile_articles_stay_text() -> None:
    graph = Iri("https://w3id.org/entente/graph/article/hostile")
    claim = Iri(f"{ARTICLE}/claim/1")
    nodes = [Iri(f"{claim}/evidence/{name}") for name in ("1", "1/target", "1/position")]
    said = [
        (ARTICLE, rdf.type, ent.Article),
        (ARTICLE, dcterms.title, Literal(HOSTILE)),
        (ARTICLE, ent.text, Literal(HOSTILE)),
        (ARTICLE, dcterms.source, Literal("javascript:alert(3)")),
        (ARTICLE, dcterms.language, Literal('en" onmouseover="alert(4)')),
        (claim, rdf.type, ent.Claim),
        (claim, ent.content, Literal(HOSTILE)),
        (claim, ent.evidence, nodes[0]),
        (nodes[0], oa.hasTarget, nodes[1]),
        (nodes[1], oa.hasSelector, nodes[2]),
        (nodes[2], oa.start, Literal("5")),
        (nodes[2], oa.end, Literal(str(len(HOSTILE) - 2))),
    ]
    world = open_store("memory:")
    quads = [Quad(*triple, graph) for triple in said] + [Quad(*triple) for triple in said[:2]]
    world.apply(Change(insert=tuple(quads)))
    with client_of(world) as client:
        page = read(client, "/doc/id/article/hostile.html")
        check("hostile", page)
        assert page.all("img") == []
        [mark] = page.all("mark")
        assert mark["data-claims"] == "claim-1"
        shown = re.search(r"<mark [^>]*>(.*?)</mark>", page.text, re.DOTALL)
        assert shown is not None
        assert unescape(shown[1]) == HOSTILE[5:-2]
        assert not any(link["href"].startswith("javascript") for link in page.all("a"))
        for path in ("/", "/articles", "/search?q=mark", "/search?q=%3Cscript%3Ealert(5)%3C/script%3E"):
            check(path, read(client, path))
    world.close()


def test_the_query_page_offers_what_the_address_gives_and_runs_without_scripts(client: TestClient) -> None:
    page = read(client, "/sparql?edit=ASK%20%7B%7D%3C/textarea%3E")
    assert "\nASK {}&lt;/textarea&gt;</textarea>" in page.text
    [form] = [form for form in page.all("form") if form.get("id") == "plain-query"]
    answer = client.get(form["action"].removeprefix(HOST), params={"query": "ASK {}", "format": "csv"}, headers=BROWSER)
    assert answer.status_code == 200
    examples = next(data for data in page.data if isinstance(data, list))
    assert len(examples) > 25
    assert all("#+" not in example["query"] for example in examples)
    for example in examples[:5]:
        assert client.post("/sparql", data={"query": example["query"]}).status_code == 200
