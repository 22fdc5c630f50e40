"""What search engines read: robots.txt, the site map and its parts, and the markup of the dataset."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from entente.api import Settings, create_app
from entente.api.sitemap import PART
from entente.model import Change, Iri, Quad, Store
from entente.model.terms import ent, rdf
from entente.query import load
from entente.store import open_store, parse
from pipelines import ingested, tools

ROOT = Path(__file__).parents[2]
HOST = "http://testserver"
XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def client_of(store: Store, settings: Settings | None = None) -> TestClient:
    app = create_app(store, tools().index, load(ROOT / "queries"), settings)
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(ingested(ROOT / "samples" / "kentucky-001.txt")) as made:
        yield made


def addresses(client: TestClient, path: str, root: str, entry: str) -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    tree = ElementTree.fromstring(answer.content)
    assert tree.tag == XML + root
    assert {each.tag for each in tree} <= {XML + entry}
    return [each.findtext(f"{XML}loc") or "" for each in tree]


def test_robots_are_led_to_the_site_map(client: TestClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
    assert "Disallow: /sparql" in lines
    assert "Disallow: /doc" not in lines


def test_the_site_map_lists_documents_that_are_there(client: TestClient) -> None:
    parts = addresses(client, "/sitemap.xml", "sitemapindex", "sitemap")
    listed = {part: addresses(client, part.removeprefix(HOST), "urlset", "url") for part in parts}
    assert all(listed.values())
    articles = listed[f"{HOST}/sitemaps/articles-1.xml"]
    assert articles == [f"{HOST}/doc/id/article/kentucky-001"]
    assert f"{HOST}/doc/id/state/USA" in listed[f"{HOST}/sitemaps/agents-1.xml"]
    assert f"{HOST}/doc/vocab/mode" in listed[f"{HOST}/sitemaps/vocabularies-1.xml"]
    for part, found in listed.items():
        assert len(found) == len(set(found)), part
        for address in found[:: max(1, len(found) // 5)]:
            assert client.get(address.removeprefix(HOST), headers={"accept": "text/html"}).status_code == 200, address


def test_parts_hold_no_more_than_the_protocol_allows() -> None:
    world = open_store("memory:")
    names = [Iri(f"https://w3id.org/entente/id/article/a&{n}") for n in range(PART + 1)]
    world.apply(Change(insert=tuple(Quad(name, rdf.type, ent.Article) for name in names)))
    with client_of(world, Settings(public_url="https://kg.example/x")) as client:
        parts = addresses(client, "/sitemap.xml", "sitemapindex", "sitemap")
        assert [part.rsplit("/", 1)[-1] for part in parts] == ["pages.xml", "articles-1.xml", "articles-2.xml"]
        found = [addresses(client, f"/sitemaps/articles-{n}.xml", "urlset", "url") for n in (1, 2)]
        assert list(map(len, found)) == [PART, 1] == [50_000, 1]
        assert len({*found[0], *found[1]}) == PART + 1
        assert found[1][0].startswith("https://kg.example/x/doc/id/article/a&")
        refused = client.get("/sitemaps/articles-3.xml")
        assert (refused.status_code, refused.json()["code"]) == (404, "ENTENTE-862")
    world.close()


def test_the_dataset_is_described_for_search_engines(client: TestClient) -> None:
    answer = client.get("/dataset.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    told = answer.json()
    assert told["@type"] == "Dataset"
    # What Google asks of a dataset: a name, and a description of 50 to 5000 characters.
    assert told["name"] == "Entente"
    assert 50 <= len(told["description"]) <= 5000
    assert told["license"].startswith("https://creativecommons.org/")
    counts = {each["name"]: each["value"] for each in told["variableMeasured"]}
    assert counts["Article"] == 1
    assert counts["State"] == 206
    assert {part["name"] for part in told["hasPart"]} >= {"Links to Wikidata", "Links to GeoNames"}
    for part in told["hasPart"]:
        for file in part["distribution"]:
            assert client.head(file["contentUrl"].removeprefix(HOST)).status_code == 200
    # It is whole: no context needs to be fetched.
    read = parse(answer.content, "application/ld+json")
    assert f"{HOST}/.well-known/void#dataset" in {str(quad.subject) for quad in read}
    assert len(read) > 50


@pytest.mark.parametrize("path", ["ns", "graph/article/kentucky-001"])
def test_pages_of_whole_graphs_tell_of_their_files(client: TestClient, path: str) -> None:
    page = client.get(f"/doc/{path}.html").text
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(data)
    assert told["@id"] == f"https://w3id.org/entente/{path}"
    files = {file["encodingFormat"]: file["contentUrl"] for file in told["distribution"]}
    assert set(files) == {"text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"}
    for media_type, address in files.items():
        answer = client.get(address.removeprefix(HOST))
        assert answer.headers["content-type"].partition(";")[0] == media_type
