"""Documents about things: where IRIs lead, in which formats, what the pages hold, and that hostile data stays text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from starlette.testclient import TestClient

from entente.api import Settings, create_app
from entente.api.describing import CLAIMS, INBOUND, PAGE, STATEMENTS, VALUES
from entente.engine import LocalEngine
from entente.model import Change, Iri, Literal, Quad, Store
from entente.model.terms import ent, owl, rdf, skos
from entente.query import load
from entente.store import open_store, parse
from pipelines import ingested, tools

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/entente/"
HOST = "http://testserver"
OWN = re.compile(rf"{HOST}/assets/page-\w+\.js\Z")
FORMATS = {
    "ttl": "text/turtle",
    "html": "text/html",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
RDF_FORMATS = {suffix: media_type for suffix, media_type in FORMATS.items() if suffix != "html"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HOSTILE = '"><script>alert(1)</script></script><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}&amp;'
THING = Iri(BASE + "id/exercise/hostile")
LARGE = Iri(BASE + "id/exercise/large")


class Page(HTMLParser):
    """The links, scripts, element names and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.handlers += [name for name in given if name.startswith("on")]
        if tag in ("a", "link"):
            self.links.append(given.get("href") or "")
        # Data in a page is no script that runs; those that run come from here.
        if tag == "script" and given.get("type") != "application/json":
            self.scripts.append(given)


def client_of(store: Store) -> TestClient:
    app = create_app(store, tools().index, load(ROOT / "queries"))
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def store() -> Store:
    return ingested(*(ROOT / "samples" / f"{name}.txt" for name in ("kentucky-001", "interaction-001")))


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with client_of(store) as made:
        yield made


@pytest.fixture(scope="module")
def hostile() -> Iterator[TestClient]:
    """A graph whose names, IRIs and numbers of statements are those of somebody who means harm."""
    world = open_store("memory:")
    triples = [
        (THING, rdf.type, ent.Exercise),
        (THING, skos.prefLabel, Literal(HOSTILE, lang="en")),
        (LARGE, rdf.type, ent.Exercise),
        (THING, ent.name, Literal(HOSTILE)),
        *((Iri(f"{BASE}id/talks/{a}"), ent.eventType, Iri(f"{BASE}id/talks/{b}")) for a, b in ("xy", "yx", "zz")),
        (THING, skos.related, Iri("javascript:alert(3)")),
        (THING, skos.related, Iri("data:text/html,alert(4)")),
        (THING, skos.related, Iri("https://example.org/'onclick='alert(5)")),
        (Iri(BASE + "id/place/São-Tomé"), skos.prefLabel, Literal("São Tomé", lang="pt")),
        (Iri(BASE + "id/place/dotted.nt"), skos.prefLabel, Literal("Dotted", lang="en")),
        *((Iri(f"{BASE}id/place/p{n}"), ent.location, LARGE) for n in range(INBOUND + 2 * PAGE)),
        *((LARGE, skos.note, Literal(f"note {n}")) for n in range(STATEMENTS + 10)),
        *((Iri(f"{BASE}id/article/a/claim/{n}"), ent.asserts, LARGE) for n in range(CLAIMS + 1)),
    ]
    world.apply(Change(insert=tuple(Quad(*triple) for triple in triples)))
    with client_of(world) as made:
        yield made
    world.close()


def one(store: Store, kind: Iri) -> str:
    """The path of the first thing of a kind that an article tells of."""
    found = sorted(str(quad.subject) for quad in store.quads(None, rdf.type, kind, default_graph=True))
    return found[0].removeprefix(BASE)


def things(store: Store) -> list[str]:
    return [
        one(store, ent.Exercise),
        one(store, ent.Article),
        one(store, ent.Claim),
        "id/state/USA",
        "vocab/mode/actual",
        "vocab/mode",
        "ns",
        "graph/article/kentucky-001",
    ]


def test_every_iri_leads_to_a_document(client: TestClient, store: Store) -> None:
    paths = things(store)
    for path in paths:
        for method in ("GET", "HEAD"):
            answer = client.request(method, f"/{path}")
            assert answer.status_code == 303, path
            assert answer.headers["location"] == f"{HOST}/doc/{path}"
    assert len(paths) == 8


CHOICES = [
    (None, "ttl"),
    ("*/*", "ttl"),
    ("text/html", "html"),
    (BROWSER, "html"),
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "nt"),
    ("application/rdf+xml", "rdf"),
    ("text/html;q=0.5, text/turtle", "ttl"),
    ("text/turtle;q=0.2, text/html;q=0.3", "html"),
    ("text/turtle;q=0, */*", "html"),
    ("application/*", "jsonld"),
    ("application/xml;q=0.9, application/rdf+xml;q=0.8", "rdf"),
    ("text/anot+turtle, application/ld+json;q=0.1", "jsonld"),
]


def test_formats_by_accept_and_by_suffix(client: TestClient, store: Store) -> None:
    cases = 0
    for path in things(store):
        for accept, suffix in CHOICES:
            answer = client.get(f"/doc/{path}", headers={"accept": accept or ""})
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"].partition(";")[0] == FORMATS[suffix], (path, accept)
            assert "Accept" in answer.headers["vary"]
            cases += 1
        for suffix, media_type in FORMATS.items():
            # A suffix stands against any Accept.
            answer = client.get(f"/doc/{path}.{suffix}", headers={"accept": "text/csv"})
            assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media_type)
            head = client.head(f"/doc/{path}.{suffix}")
            assert (head.status_code, head.content) == (200, b"")
            assert head.headers["content-type"] == answer.headers["content-type"]
            cases += 1
    assert cases == 8 * (len(CHOICES) + len(FORMATS)) == 152


def test_formats_say_the_same_with_the_canonical_names(client: TestClient, store: Store) -> None:
    for path in things(store):
        said = []
        for suffix, media_type in RDF_FORMATS.items():
            content = client.get(f"/doc/{path}.{suffix}").content
            assert HOST.encode() not in content
            said.append({quad.triple for quad in parse(content, media_type)})
        assert said[0]
        assert all(each == said[0] for each in said), path


def test_no_format_that_is_accepted(client: TestClient) -> None:
    refused = client.get("/doc/id/state/USA", headers={"accept": "image/png"})
    assert (refused.status_code, refused.json()["code"]) == (406, "ENTENTE-370")
    assert "text/turtle" in refused.json()["hint"]


@pytest.mark.parametrize(
    "path", ["id/state/XXX", "doc/id/state/XXX", "doc/id/state/XXX.html", "doc/queries", "doc/id/a%20b"]
)
def test_unknown_things(client: TestClient, path: str) -> None:
    page = client.get(f"/{path}", headers={"accept": BROWSER})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "ENTENTE-371" in page.text
    if not path.endswith(".html"):
        problem = client.get(f"/{path}", headers={"accept": "text/turtle"})
        assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
        assert problem.json()["code"] == "ENTENTE-371"


def test_each_format_has_a_tag_of_its_own_that_changes_with_the_data() -> None:
    world = open_store("memory:")
    world.apply(Change(insert=(Quad(THING, skos.prefLabel, Literal("Shield", lang="en")),)))
    engine = LocalEngine(world)
    app = create_app(world, tools().index, load(ROOT / "queries"), engine=engine)
    with TestClient(app) as client:
        path = "/doc/id/exercise/hostile"
        tags = {suffix: client.get(f"{path}.{suffix}").headers["etag"] for suffix in FORMATS}
        assert len(set(tags.values())) == len(FORMATS)
        for suffix, tag in tags.items():
            held = client.get(f"{path}.{suffix}", headers={"if-none-match": f'"other", {tag}'})
            assert (held.status_code, held.content, held.headers["etag"]) == (304, b"", tag)
        # What a browser keeps of the page does not stand for the data, nor the other way round (schemaorg#1219).
        crossed = client.get(path, headers={"accept": "application/ld+json", "if-none-match": tags["html"]})
        assert crossed.status_code == 200
        engine.store.apply(Change(insert=(Quad(THING, ent.name, Literal("Shield 2")),)))
        assert client.get(f"{path}.ttl", headers={"if-none-match": tags["ttl"]}).status_code == 200
    engine.close()
    world.close()


def test_signposts(client: TestClient, store: Store) -> None:
    path = one(store, ent.Exercise)
    told = client.head(f"/doc/{path}.html").headers["link"]
    links = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', told)
    by = {relation: address for address, relation, _ in links}
    assert by["canonical"] == f"{HOST}/doc/{path}"
    assert by["cite-as"] == by["describes"] == BASE + path
    assert by["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert BASE + "ns#Exercise" in {address for address, relation, _ in links if relation == "type"}
    files = {media_type: address for address, relation, media_type in links if "describedby" in relation}
    assert files == {media_type: f"{HOST}/doc/{path}.{suffix}" for suffix, media_type in RDF_FORMATS.items()}
    context = client.get(by["http://www.w3.org/ns/json-ld#context"].removeprefix(HOST))
    assert "immutable" in context.headers["cache-control"]
    document = {**context.json(), "id": BASE + path, "type": "ent:Exercise", "label": {"@value": "E", "@language": "en"}}
    read = parse(json.dumps(document).encode(), "application/ld+json")
    assert {quad.predicate for quad in read} == {rdf.type, skos.prefLabel}


def test_embedded_data_is_that_of_the_document(client: TestClient, store: Store) -> None:
    for path in things(store)[:6]:
        page = client.get(f"/doc/{path}.html").text
        [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        embedded = {quad.triple for quad in parse(data.encode(), "application/ld+json")}
        assert embedded == {quad.triple for quad in parse(client.get(f"/doc/{path}.ttl").content, "text/turtle")}


def test_who_claims_it_is_shown_with_the_words(client: TestClient, store: Store) -> None:
    path = one(store, ent.Exercise)
    page = unescape(client.get(f"/doc/{path}.html").text)
    shown = re.findall(r"<blockquote><p>(.*?)</p><footer>characters (\d+) to (\d+)", page, re.DOTALL)
    assert shown
    texts = [(ROOT / "samples" / f"{name}.txt").read_text(encoding="utf-8") for name in ("kentucky-001", "interaction-001")]
    assert all(any(words in re.sub(r"\s+", " ", text) for text in texts) for words, _, _ in shown)
    assert all(int(end) - int(start) == len(words) for words, start, end in shown)


def test_every_link_of_the_pages_leads_somewhere_here(client: TestClient, store: Store) -> None:
    checked: set[str] = set()
    for path in things(store):
        page = client.get(f"/doc/{path}.html")
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
        seen = Page(page.text)
        assert all(script["type"] == "application/ld+json" or OWN.match(script.get("src") or "") for script in seen.scripts)
        assert not any(link.startswith(BASE) for link in seen.links)
        for link in seen.links:
            address = urldefrag(link).url
            if address.startswith(HOST) and address not in checked:
                answer = client.get(address.removeprefix(HOST))
                assert answer.status_code in (200, 303), (path, link)
                checked.add(address)
    assert len(checked) > 150


def test_fragments_of_the_ontology_are_on_its_page(client: TestClient) -> None:
    page = client.get("/doc/ns.html").text
    assert 'id="Exercise"' in page
    assert 'id="involvesState"' in page


def test_hostile_data_stays_text(hostile: TestClient) -> None:
    page = hostile.get("/doc/id/exercise/hostile.html")
    assert page.status_code == 200
    seen = Page(page.text)
    inline = [script for script in seen.scripts if not OWN.match(script.get("src") or "")]
    assert inline == [{"type": "application/ld+json"}]
    assert "img" not in seen.tags
    assert seen.handlers == []
    assert {link.partition(":")[0] for link in seen.links} == {"http", "https", "#main"}
    assert HOSTILE in unescape(page.text)
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert HOSTILE in {
        q.object.lexical for q in parse(data.encode(), "application/ld+json") if isinstance(q.object, Literal)
    }
    missing = hostile.get("/doc/id/%3Cscript%3Ealert(1)%3C/script%3E", headers={"accept": BROWSER})
    assert missing.status_code == 404
    assert all(OWN.match(script.get("src") or "") for script in Page(missing.text).scripts)


def test_things_that_are_of_one_anothers_type_have_a_page(hostile: TestClient) -> None:
    for name in ("x", "y", "z"):
        assert hostile.get(f"/doc/id/talks/{name}.html").status_code == 200


def test_caps(hostile: TestClient) -> None:
    path = "/doc/id/exercise/large"
    page = hostile.get(f"{path}.html").text
    assert "There is more than a document holds" in page
    assert "There are more claims than these" in page
    assert page.count("<blockquote>") == 0
    assert page.count("<li><span>note ") == VALUES
    assert f"and {STATEMENTS - 1 - VALUES} more" in page
    triples = parse(hostile.get(f"{path}.nt").content, "application/n-triples")
    assert sum(quad.subject == LARGE for quad in triples) == STATEMENTS
    assert Quad(LARGE, rdf.type, ent.Exercise) in triples
    assert sum(quad.object == LARGE and quad.predicate == ent.location for quad in triples) <= PAGE
    seen: list[str] = []
    last = INBOUND // PAGE - 1
    for number in (0, 1, last):
        answer = hostile.get(f"{path}.nt?page={number}")
        seen += [str(q.subject) for q in parse(answer.content, "application/n-triples") if q.predicate == ent.location]
        assert ('rel="next"' in answer.headers["link"]) == (number < last)
        assert ('rel="prev"' in answer.headers["link"]) == (number > 0)
    assert len(seen) == len(set(seen))
    behind = hostile.get(f"{path}.nt?page={last + 1}")
    assert (behind.status_code, behind.json()["code"]) == (404, "ENTENTE-372")
    for number in ("-1", "x", "9" * 40):
        wrong = hostile.get(f"{path}.nt?page={number}")
        assert (wrong.status_code, wrong.json()["code"]) == (400, "ENTENTE-373")


def test_names_beyond_ascii_and_with_dots(hostile: TestClient) -> None:
    for path in ("id/place/São-Tomé", "id/place/dotted.nt"):
        led = hostile.get(f"/{path}")
        assert led.status_code == 303
        answer = hostile.get(led.headers["location"].removeprefix(HOST), headers={"accept": "text/turtle"})
        assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
        assert Iri(BASE + path) in {quad.subject for quad in parse(answer.content, "text/turtle")}
    assert 'lang="pt"' in hostile.get("/doc/id/place/São-Tomé.html").text


def test_links_lead_to_the_address_that_is_known(store: Store) -> None:
    settings = Settings(public_url="https://kg.example/here/")
    with TestClient(create_app(store, tools().index, load(ROOT / "queries"), settings)) as client:  # a proxy strips /here
        led = client.get("/id/state/USA", follow_redirects=False)
        assert led.headers["location"] == "https://kg.example/here/doc/id/state/USA"
        page = client.get("/doc/id/state/USA.html")
        ours = [link for link in Page(page.text).links if link.startswith("https://kg.example/")]
        assert len(ours) > 20
        assert all(link.startswith("https://kg.example/here/") for link in ours)
        assert HOST not in page.text


def test_documents_of_another_base() -> None:
    cases = {
        "http://localhost:8000/kg/id/state/USA": "/doc/id/state/USA",
        BASE + "id/state/USA": "/doc/id/state/USA",
        BASE + "ns#Exercise": "/doc/ns#Exercise",
        "http://localhost:8000/kg/sparql": None,
        "http://localhost:8000/id/state/USA": None,
        "https://example.org/": None,
    }
    code = (
        "import sys, json; from entente.api.addresses import document_path as d; print(json.dumps([*map(d, sys.argv[1:])]))"
    )
    environment = {**os.environ, "ENTENTE_BASE_IRI": "http://localhost:8000/kg/"}
    command = [sys.executable, "-c", code, *cases]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == list(cases.values())


def test_the_version_of_the_ontology_leads_to_it(client: TestClient, store: Store) -> None:
    [version] = {str(q.object) for q in store.quads(Iri(BASE + "ns"), owl.versionIRI, default_graph=True)}
    [earlier] = {str(q.object) for q in store.quads(Iri(BASE + "ns"), owl.priorVersion, default_graph=True)}
    for iri, path in ((version, "ns"), (earlier, earlier.removeprefix(BASE))):
        answer = client.get(f"/{iri.removeprefix(BASE)}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{HOST}/doc/{path}")


def test_every_term_and_concept_can_be_looked_up(client: TestClient, store: Store) -> None:
    """All classes and properties stand on the ontology's page; all vocabularies and concepts have documents."""
    page = client.get("/doc/ns.html").text
    terms = {str(q.subject) for q in store.quads(graph=Iri(BASE + "graph/ontology")) if q.subject.startswith(BASE + "ns#")}
    assert len(terms) > 350
    assert not [term for term in terms if f'id="{term.removeprefix(BASE + "ns#")}"' not in page]
    concepts = {
        str(quad.subject).removeprefix(BASE)
        for kind in (skos.Concept, skos.ConceptScheme)
        for quad in store.quads(None, rdf.type, kind, default_graph=True)
    }
    assert len(concepts) > 850
    assert {path.partition("/")[0] for path in concepts} == {"vocab"}
    for path in concepts:
        answer = client.head(f"/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{HOST}/doc/{path}")
    for path in sorted(concepts)[::40]:
        page = client.get(f"/doc/{path}", headers={"accept": BROWSER}).text
        assert "application/ld+json" in page
        assert f"{BASE}{path}" in page


def test_a_document_that_is_kept_is_the_one_that_was_made(client: TestClient) -> None:
    for path in ("ns.html", "id/state/USA.html", "id/state/USA.jsonld", "graph/article/kentucky-001.html"):
        first, second = (client.get(f"/doc/{path}") for _ in range(2))
        assert first.content == second.content
        assert first.headers == second.headers
    elsewhere = client.get("/doc/id/state/USA.html", headers={"host": "kg.example"})
    assert "http://kg.example/doc/" in elsewhere.text
    assert HOST not in elsewhere.text


def test_links_in_named_graphs_only_are_paged_too() -> None:
    world = open_store("memory:")
    graph = Iri(BASE + "graph/mine")
    links = [Quad(Iri(f"{BASE}id/event/e{n}"), ent.concerns, THING, graph) for n in range(PAGE + 10)]
    world.apply(Change(insert=tuple(links)))
    client = client_of(world)
    seen = [
        set(re.findall(r"id/event/e\d+", client.get(f"/doc/id/exercise/hostile.nt?page={page}").text)) for page in (0, 1)
    ]
    assert [len(found) for found in seen] == [PAGE, 10]
    assert len(seen[0] | seen[1]) == PAGE + 10
