"""The Reconciliation API: every answer is valid by the schemas of version 0.2, and says what the reference data says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from starlette.testclient import TestClient

from entente.api import create_app
from entente.api.batches import LIMITS
from entente.index import ReferenceIndex, load_base
from entente.query import Catalogue
from entente.reconcile import KINDS, PROPERTIES
from entente.store import open_store

ROOT = Path(__file__).parents[2]
QUERIES = {
    "q0": {"query": "Rusian Federaton", "type": "state"},
    "q1": {"query": "Pacific Fleet", "properties": [{"pid": "state", "v": "Russia"}]},
    "q2": {"query": "Pacific Fleet", "properties": [{"pid": "state", "v": {"id": "state/USA"}}], "limit": 3.0},
    "q3": {"query": "", "type": ["state", "place"], "type_strict": "should"},
    "q4": {"properties": [{"pid": "iso-alpha3", "v": ["IND"]}], "type": "state"},
    "q5": {"query": "日本", "type": ["state"], "type_strict": "all"},
    "q6": {"query": "710", "type": "state"},
}
Checked = Callable[[str, Any], Any]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    store = open_store("memory:")
    with TestClient(create_app(store, ReferenceIndex(load_base(ROOT)), Catalogue(()))) as made:
        yield made
    store.close()


@pytest.fixture(scope="module")
def checked(shared: Path) -> Checked:
    """Validates a document against one of the schemas, and gives it back."""
    files = sorted((shared / "conformance" / "reconciliation" / "0.2" / "schemas").glob("*.json"))
    schemas = {path.stem: json.loads(path.read_text()) for path in files}
    # relative references go by the address of the schema that they stand in
    registry: Registry[Any] = Registry().with_resources(
        [
            (name, Resource.from_contents(schema, default_specification=_draft7()))
            for schema in schemas.values()
            if (name := schema.get("$id"))
        ]
    )

    def check(name: str, document: Any) -> Any:
        Draft7Validator(schemas[name], registry=registry).validate(document)
        return document

    return check


def _draft7() -> Any:
    from referencing.jsonschema import DRAFT7

    return DRAFT7


def get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_every_answer_is_valid(client: TestClient, checked: Checked) -> None:
    answers = [("manifest", get(client, "/reconcile"))]
    checked("reconciliation-query-batch", QUERIES)
    batch = json.dumps(QUERIES)
    answers.append(("reconciliation-result-batch", get(client, "/reconcile", queries=batch)))
    answers.append(("reconciliation-result-batch", client.post("/reconcile", data={"queries": batch}).json()))
    answers.append(("reconciliation-result-batch", get(client, "/reconcile", queries="{}")))
    for prefix in ("", "Rus", "zzz", "Щ"):
        answers.append(("suggest-entities-response", get(client, "/reconcile/suggest/entity", prefix=prefix)))
        answers.append(("suggest-types-response", get(client, "/reconcile/suggest/type", prefix=prefix)))
        answers.append(("suggest-properties-response", get(client, "/reconcile/suggest/property", prefix=prefix)))
    answers.append(("data-extension-property-proposal", get(client, "/reconcile/properties")))
    for kind in KINDS:
        answers.append(("data-extension-property-proposal", get(client, "/reconcile/properties", type=kind, limit=5)))
    ids = ["state/RUS", "force/RUS/pacific-fleet", "state/none"]
    extension = {"ids": ids, "properties": [{"id": name} for name in PROPERTIES]}
    checked("data-extension-query", extension)
    text = json.dumps(extension)
    answers.append(("data-extension-response", get(client, "/reconcile", extend=text)))
    answers.append(("data-extension-response", client.post("/reconcile", data={"extend": text}).json()))
    for schema, document in answers:
        checked(schema, document)
    assert len(answers) == 26


def test_an_empty_type_is_refused_as_any_that_there_is_not(client: TestClient) -> None:
    answers = [client.get("/reconcile/properties", params={"type": kind}) for kind in ("", "planet")]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(400, "ENTENTE-362")] * 2


def test_the_schemas_refuse_what_is_wrong(checked: Checked) -> None:
    for schema in ("manifest", "data-extension-response", "suggest-types-response"):
        with pytest.raises(Exception, match="is a required property"):
            checked(schema, {})


def test_the_examples_of_the_specification_are_read_or_refused(client: TestClient, shared: Path) -> None:
    """Those that are valid fail at most for types and properties that are not ours; those that are not, for their form."""
    folder = shared / "conformance" / "reconciliation" / "0.2" / "examples" / "reconciliation-query-batch"
    codes: dict[str, list[str]] = {"valid": [], "invalid": []}
    for kind, found in codes.items():
        for path in sorted((folder / kind).glob("*.json")):
            answer = client.post("/reconcile", data={"queries": path.read_text()})
            found.append(answer.json().get("code", "read"))
    assert codes["invalid"] == ["ENTENTE-360"] * 3
    assert len(codes["valid"]) == 4
    assert set(codes["valid"]) <= {"read", "ENTENTE-362", "ENTENTE-363"}


def test_candidates(client: TestClient) -> None:
    found = get(client, "/reconcile", queries=json.dumps(QUERIES))
    best = {key: (answer["result"] or [{}])[0] for key, answer in found.items()}
    assert {key: each.get("id") for key, each in best.items()} == {
        "q0": "state/RUS",
        "q1": "force/RUS/pacific-fleet",
        "q2": "force/USA/pacific-fleet",
        "q3": None,
        "q4": "state/IND",
        "q5": "state/JPN",
        "q6": "state/CHN",
    }
    assert {key for key, each in best.items() if each.get("match")} == {"q1", "q2", "q4", "q5"}
    # 710 is one state's COW number and another's ISO number
    assert [each["id"] for each in found["q6"]["result"]] == ["state/CHN", "state/ZAF"]
    assert len(found["q2"]["result"]) <= 3
    assert best["q0"]["type"] == [{"id": "state", "name": "State"}]
    assert all(0 <= each["score"] <= 100 for answer in found.values() for each in answer["result"])


def test_what_openrefine_sends_is_understood(client: TestClient) -> None:
    """It prefers the type rather than insisting on it, and names properties twice."""
    query = {"query": "Pacific Fleet", "type": "force", "type_strict": "should", "limit": 5}
    query["properties"] = [{"pid": "state", "p": "State", "v": "USA"}]
    answer = client.post("/reconcile", data={"queries": json.dumps({"q0": query})}).json()
    assert answer["q0"]["result"][0]["id"] == "force/USA/pacific-fleet"


def test_extension_gives_codes(client: TestClient) -> None:
    wanted = ["cow", "gw", "iso-alpha2", "state", "wikidata"]
    asked = {"ids": ["state/JPN", "force/JPN/navy"], "properties": [{"id": name} for name in wanted]}
    rows = get(client, "/reconcile", extend=json.dumps(asked))["rows"]
    japan = [{"id": "state/JPN", "name": "Japan"}]
    codes = {"cow": [{"str": "740"}], "gw": [{"str": "740"}], "iso-alpha2": [{"str": "JP"}], "state": japan}
    assert rows["state/JPN"] == {**codes, "wikidata": [{"str": "Q17"}]}
    assert rows["force/JPN/navy"] == {**codes, "wikidata": []}


def test_suggestions_go_on_behind_the_cursor(client: TestClient) -> None:
    first = get(client, "/reconcile/suggest/entity", prefix="Rus", type="force")["result"]
    second = get(client, "/reconcile/suggest/entity", prefix="Rus", type="force", cursor=20)["result"]
    assert len(first) == 20
    assert second
    assert not {each["id"] for each in first} & {each["id"] for each in second}
    assert {note["id"] for each in first for note in each["notable"]} == {"force"}
    assert [each["id"] for each in get(client, "/reconcile/suggest/property", prefix="cow")["result"]] == [
        "cow",
        "cow-abbreviation",
    ]


def test_preview_is_html_that_may_load_nothing(client: TestClient) -> None:
    answer = client.get("/reconcile/preview", params={"id": "state/CIV"})
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<h1>Ivory Coast</h1>" in answer.text
    assert "CIV" in answer.text
    assert "<h1>CNS Xi&#x27;an</h1>" in client.get("/reconcile/preview", params={"id": "vessel/CHN-xi-an"}).text
    refused = client.get("/reconcile/preview", params={"id": "<script>alert(1)</script>"})
    assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")


def test_jsonp_calls_a_function_and_nothing_else(client: TestClient) -> None:
    answer = client.get("/reconcile", params={"callback": "page.found"})
    assert answer.headers["content-type"].startswith("application/javascript")
    assert answer.text.startswith("/**/page.found({")
    assert json.loads(answer.text.removeprefix("/**/page.found(").removesuffix(");"))["versions"] == ["0.2"]
    assert client.get("/reconcile", params={"callback": "alert(1)//"}).json()["code"] == "ENTENTE-365"
    assert client.post("/reconcile", data={"callback": "f"}).json()["code"] == "ENTENTE-365"


def test_pages_of_other_origins_may_ask(client: TestClient) -> None:
    origin = {"Origin": "https://table.example"}
    assert client.post("/reconcile", data={"queries": "{}"}, headers=origin).headers["access-control-allow-origin"] == "*"
    preflight = client.options("/reconcile", headers={**origin, "Access-Control-Request-Method": "POST"})
    assert preflight.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("parameter", "text", "status", "code"),
    [
        ("queries", "{", 400, "360"),
        ("queries", "[]", 400, "360"),
        ("queries", '{"q": {}}', 400, "360"),
        ("queries", '{"q": {"query": 5}}', 400, "360"),
        ("queries", '{"q": {"query": "x", "more": 1}}', 400, "360"),
        ("queries", '{"q": {"query": "x", "limit": 0}}', 400, "360"),
        ("queries", '{"q": {"query": "x", "type": "planet"}}', 400, "362"),
        ("queries", '{"q": {"query": "x", "type": ["state", "force"], "type_strict": "all"}}', 400, "362"),
        ("queries", '{"q": {"query": "x", "properties": [{"pid": "colour", "v": "red"}]}}', 400, "363"),
        ("queries", json.dumps({"q": {"query": "x" * (LIMITS["characters"] + 1)}}), 413, "361"),
        ("queries", json.dumps({str(n): {"query": "x"} for n in range(LIMITS["queries"] + 1)}), 413, "361"),
        ("extend", '{"ids": ["state/RUS"]}', 400, "360"),
        ("extend", '{"ids": [], "properties": [{"id": "colour"}]}', 400, "363"),
        ("extend", json.dumps({"ids": ["x"] * (LIMITS["ids"] + 1), "properties": []}), 413, "361"),
    ],
)
def test_bad_batches_are_refused(client: TestClient, parameter: str, text: str, status: int, code: str) -> None:
    answer = client.post("/reconcile", data={parameter: text})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, f"ENTENTE-{code}")


def test_other_bodies_are_refused(client: TestClient) -> None:
    assert client.post("/reconcile", json={}).status_code == 415
    assert client.post("/reconcile", data={"queries": "x" * LIMITS["bytes"]}).status_code == 413
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/reconcile", content=b"queries=\xff", headers=form).json()["code"] == "ENTENTE-360"
    assert client.post("/reconcile", data={"queries": "{}", "extend": "{}"}).json()["code"] == "ENTENTE-360"
