"""REST over the samples: lists that are complete and in order, pairs of states, and events under each policy."""

from __future__ import annotations

import asyncio
import base64
import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from entente.api import create_app
from entente.api.reader import Reader
from entente.api.rest import Asked, Lists, Row, resources
from entente.api.rest.cursors import Cursor
from entente.api.rest.ordering import Order
from entente.engine import LocalEngine
from entente.model import Iri, Literal, Store
from entente.model.terms import ent
from entente.query import load
from entente.store import open_store, parse
from pipelines import ingested, tools

ROOT = Path(__file__).parents[2]
CATALOGUE = load(ROOT / "queries")
NORTH = "/exercises/northern-interaction-2023"
POLICIES = ["consensus", "only-party", "only-third-party", "latest"]
LISTS = sorted(resource.name for resource in resources())


@pytest.fixture(scope="module")
def store() -> Store:
    return ingested(*sorted((ROOT / "samples").glob("*.txt")))


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, tools().index, CATALOGUE)) as made:
        yield made


def get(client: TestClient, path: str, **params: str | int) -> Any:
    response = client.get(path, params=params or None)
    assert response.status_code == 200, response.text
    return response.json()


def walk(client: TestClient, name: str, /, **params: str | int) -> list[dict[str, Any]]:
    page = get(client, f"/{name}", **params)
    found = list(page["items"])
    while page["next"]:
        page = get(client, page["next"])
        found += page["items"]
    assert len(found) == page["total"]
    return found


def query_of(name: str) -> dict[str, str | int]:
    return {"q": "north"} if name == "search" else {}


def test_the_resources() -> None:
    named = "agreements articles claims conflicts dyads events exercises forces places search series states vessels"
    assert named.split() == LISTS
    for resource in resources():
        card = CATALOGUE.card(resource.card)
        assert card.listing is not None
        assert set(resource.shapes()) - set(Row.model_fields) == set(card.columns) - {card.listing.key}, resource.name


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_walked_in_order(client: TestClient, name: str) -> None:
    query = query_of(name)
    found = walk(client, name, limit=1000, **query)
    assert len(found) > 1
    assert len({item["iri"] for item in found}) == len(found)
    [resource] = [each for each in resources() if each.name == name]
    listing = CATALOGUE.card(resource.card).listing
    assert listing is not None
    for sort in listing.sorts:
        rising = [item[sort] for item in walk(client, name, limit=1000, sort=sort, **query)]
        falling = [item[sort] for item in walk(client, name, limit=1000, sort=f"-{sort}", **query)]
        known = [value for value in rising if value is not None]
        assert rising == sorted(known) + [None] * (len(rising) - len(known))
        assert falling == sorted(known, reverse=True) + [None] * (len(rising) - len(known))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_pages_of_any_size_give_each_row_once(client: TestClient, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["events", "claims", "states", "series", "dyads", "articles"]))
    listing = CATALOGUE.card(f"list-{name}").listing
    assert listing is not None
    sort = data.draw(st.sampled_from([*listing.sorts, *(f"-{each}" for each in listing.sorts)]))
    whole = walk(client, name, sort=sort, limit=1000)
    size = data.draw(st.integers(max(1, len(whole) // 12), len(whole) + 1))
    assert walk(client, name, sort=sort, limit=size) == whole


KEYS = st.text("abc", min_size=1, max_size=3)


@given(
    rows=st.dictionaries(KEYS, st.none() | st.integers(0, 3)),
    lost=st.sets(KEYS),
    size=st.integers(1, 4),
    descending=st.booleans(),
)
def test_what_goes_in_between_moves_nothing_else(
    rows: dict[str, int | None], lost: set[str], size: int, descending: bool
) -> None:
    def order(kept: dict[str, int | None]) -> Order:
        known = sorted((value, key) for key, value in kept.items() if value is not None)
        return Order(list(known), sorted(key for key, value in kept.items() if value is None))

    first = order(rows).page(None, size, descending=descending)
    rest = order({key: value for key, value in rows.items() if key not in lost})
    after: Cursor | None = first[-1] if first else None
    seen = [cursor.key for cursor in first]
    while page := rest.page(after, size, descending=descending):
        seen += [cursor.key for cursor in page]
        after = page[-1]
    assert len(seen) == len(set(seen))
    assert set(rows) - lost <= set(seen)


def test_a_list_may_change_while_it_is_read() -> None:
    world = open_store("memory:")
    engine = LocalEngine(world)
    lists = Lists(engine, CATALOGUE, Reader(world, tools().index), resources())

    def state(code: str) -> str:
        return f'<https://w3id.org/entente/id/state/{code}> a <{ent.State}> ; <{ent.iso3166alpha3}> "{code}"'

    async def read() -> list[str]:
        seen = []
        cursor = None
        for added in ("CCD", "AAA", None):
            page = await lists.page("states", Asked(sort="code", cursor=cursor, limit=2), "test")
            seen += [entry.row.id for entry in page.entries]
            cursor = page.next
            if cursor is None:
                return seen
            if added is not None:
                await asyncio.to_thread(engine.update, f"INSERT DATA {{ {state(added)} }}")
        return seen

    engine.update(f"INSERT DATA {{ {' . '.join(state(code) for code in ('BBB', 'CCC', 'DDD', 'EEE', 'FFF'))} }}")
    try:
        assert asyncio.run(read()) == ["BBB", "CCC", "CCD", "DDD", "EEE", "FFF"]
    finally:
        engine.close()


def test_a_cursor_holds_for_its_own_list_only(client: TestClient) -> None:
    cursor = get(client, "/events", limit=2)["next"].partition("cursor=")[2]
    assert get(client, "/events", cursor=cursor)["items"]
    flipped = [cursor[:n] + ("A" if cursor[n] != "A" else "B") + cursor[n + 1 :] for n in range(0, len(cursor) - 1, 3)]
    assert len(flipped) > 30
    asked = [("/events", {"cursor": each}) for each in (*flipped, "", "=", "é", cursor[:20], cursor + "AAAA")]
    asked += [
        ("/events", {"cursor": cursor, "sort": "end"}),
        ("/events", {"cursor": cursor, "state": "RUS"}),
        ("/exercises", {"cursor": cursor}),
    ]
    for path, params in asked:
        response = client.get(path, params=params)
        assert (response.status_code, response.json()["code"]) == (400, "ENTENTE-820"), params


@pytest.mark.parametrize("said", ["[1]", "[1,2]", '[3,"x"]', '{"a":1}', "nonsense", '["a","b","c"]'])
def test_a_cursor_made_by_hand_gets_nowhere(client: TestClient, said: str) -> None:
    described = json.dumps(sorted({"#list": "list-events", "#sort": "begin"}.items())).encode()
    check = hashlib.sha256(described + b"\0" + said.encode()).digest()[:9]
    cursor = base64.urlsafe_b64encode(check + said.encode()).decode().rstrip("=")
    response = client.get("/events", params={"cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (400, "ENTENTE-820")


FILTERS = [
    ("events", {"type": "exercise"}, lambda item: item["type"] == "exercise"),
    ("events", {"state": "russia", "partner": "710"}, lambda item: {"Russia", "China"} <= labels(item["states"])),
    ("events", {"dyad": "365-710"}, lambda item: {"Russia", "China"} <= labels(item["states"])),
    ("events", {"mode": "planned"}, lambda item: item["mode"] == "planned"),
    ("events", {"status": "agreed"}, lambda item: item["status"] == "agreed"),
    ("events", {"from": "2023-07-01"}, lambda item: item["end"] is None or item["end"] >= "2023-07-01"),
    ("events", {"to": "2022-12-31"}, lambda item: item["begin"] is None or item["begin"] <= "2022-12-31"),
    ("events", {"sources": "2"}, lambda item: item["sources"] >= 2),
    ("events", {"place": "sea-of-japan"}, lambda item: "Sea of Japan" in labels(item["places"])),
    ("exercises", {"series": "malabar"}, lambda item: labels(item["series"]) == {"Malabar"}),
    ("agreements", {"state": "IRN"}, lambda item: "Iran" in labels(item["parties"])),
    ("agreements", {"kind": "InformalUnderstanding"}, lambda item: item["kind"] == "InformalUnderstanding"),
    ("articles", {"from": "2023-07-01", "to": "2023-07-31"}, lambda item: item["issued"].startswith("2023-07")),
    ("claims", {"level": "indirect-speech"}, lambda item: item["level"] == "indirect-speech"),
    ("claims", {"article": "interaction-003"}, lambda item: item["article"]["iri"].endswith("/interaction-003")),
    (
        "claims",
        {"event": "exercise/northern-interaction-2023"},
        lambda item: any("northern-interaction-2023" in each["iri"] for each in item["events"]),
    ),
    ("conflicts", {"state": "CHN"}, lambda item: item["event"]["iri"].endswith("/northern-interaction-2023")),
    ("dyads", {"state": "USA"}, lambda item: "United States" in labels(item["states"])),
    ("forces", {"state": "RUS"}, lambda item: item["state"]["label"] == "Russia"),
    ("places", {"name": "sea"}, lambda item: "sea" in item["label"].lower()),
    ("series", {"name": "INTERACTION"}, lambda item: "Interaction" in item["label"]),
    ("states", {"name": "united"}, lambda item: "United" in item["label"]),
    (
        "vessels",
        {"type": "frigate", "state": "CHN"},
        lambda item: (item["type"], item["state"]["label"]) == ("frigate", "China"),
    ),
    ("search", {"q": "sea of", "kind": "Sea"}, lambda item: "Sea" in item["kind"] and "sea of" in item["name"].lower()),
]


def labels(refs: list[dict[str, str]]) -> set[str]:
    return {ref["label"] for ref in refs}


@pytest.mark.parametrize(("name", "filters", "holds"), FILTERS)
def test_filters(client: TestClient, name: str, filters: dict[str, str], holds: Any) -> None:
    found = walk(client, name, **filters)
    assert found
    assert all(holds(item) for item in found)
    if name != "search":
        assert len(found) == sum(holds(item) for item in walk(client, name, limit=1000))


def test_fields_are_chosen(client: TestClient) -> None:
    assert set(get(client, "/events", fields="begin,name")["items"][0]) == {"id", "iri", "link", "begin", "name"}
    response = client.get("/events", params={"fields": "begin,beginning"})
    assert (response.status_code, response.json()["code"]) == (400, "ENTENTE-822")


def test_lists_as_csv(client: TestClient) -> None:
    response = client.get("/exercises", params={"fields": "name,states", "sort": "-begin"}, headers={"accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert response.headers["entente-total"] == str(len(rows)) == "5"
    items = get(client, "/exercises", sort="-begin")["items"]
    assert [row["name"] for row in rows] == [item["name"] or "" for item in items]
    assert [row["states_label"].split("|") for row in rows] == [sorted(labels(item["states"])) for item in items]


@pytest.mark.parametrize("name", LISTS)
def test_json_ld_says_what_the_graph_says(client: TestClient, store: Store, name: str) -> None:
    response = client.get(f"/{name}", params={"format": "jsonld", "limit": 40, **query_of(name)})
    assert response.headers["content-type"] == "application/ld+json"
    triples = [quad.triple for quad in parse(response.content, "application/ld+json")]
    said = [t for t in triples if "testserver" not in t.subject and "hydra" not in t.predicate]
    assert said or name in ("dyads", "search")
    for subject, predicate, value in said:
        assert isinstance(subject, Iri)
        held = {quad.object for quad in store.quads(subject, predicate, default_graph=True)}
        # What lists sort by is a text without its language.
        assert value in held or (isinstance(value, Literal) and value.lexical in {getattr(h, "lexical", None) for h in held})


def test_the_events_of_a_pair_as_csv_and_json_ld(client: TestClient, store: Store) -> None:
    whole = get(client, "/dyads/RUS-CHN", limit=500)
    wanted = [item["iri"] for item in whole["timeline"]["items"]]
    assert len(wanted) > 3
    by_suffix = client.get("/dyads/RUS-CHN.csv", params={"limit": 500})
    by_header = client.get("/dyads/CHN-RUS", params={"limit": 500}, headers={"accept": "text/csv"})
    assert by_suffix.text == by_header.text == client.get("/dyads/RUS-CHN?limit=500&format=csv").text
    assert [row["iri"] for row in csv.DictReader(io.StringIO(by_suffix.text, newline=""))] == wanted
    assert by_suffix.headers["entente-total"] == str(whole["timeline"]["total"])
    response = client.get("/dyads/RUS-CHN.jsonld", params={"limit": 500, "type": "exercise"})
    triples = [quad.triple for quad in parse(response.content, "application/ld+json")]
    told = {t.subject for t in triples if t.predicate == ent.dyad and t.object == whole["iri"]}
    assert told == {item["iri"] for item in whole["timeline"]["items"] if item["type"] == "exercise"}
    again = client.get("/dyads/RUS-CHN.csv", params={"limit": 500}, headers={"if-none-match": by_suffix.headers["etag"]})
    assert again.status_code == 304


def test_a_policy_decides_what_is_told_of_events_of_a_pair_that_are_in_conflict(client: TestClient) -> None:
    told = {policy: get(client, "/dyads/RUS-CHN", policy=policy) for policy in POLICIES}
    contested = {conflict["event"]["iri"] for conflict in told["latest"]["conflicts"]}
    seen = 0
    for policy, found in told.items():
        assert (found["policy"], found["undecided"]) == (policy, [])
        for part in ("timeline", "exercises"):
            for row, usual in zip(found[part]["items"], told["consensus"][part]["items"], strict=True):
                if policy == "consensus" or row["iri"] not in contested:
                    assert row == usual
                else:
                    full = get(client, f"/events/{row['id']}", policy=policy)
                    assert row.items() <= full.items()
                    seen += 1
    assert seen > 0


def test_formats_are_negotiated(client: TestClient) -> None:
    for accept, media_type in (("*/*", "application/json"), ("text/csv;q=0.1, application/ld+json", "application/ld+json")):
        response = client.get("/states", headers={"accept": accept})
        assert (response.headers["content-type"], "Accept" in response.headers["vary"]) == (media_type, True)
    refused = client.get("/states", headers={"accept": "image/png"})
    assert (refused.status_code, refused.json()["code"]) == (406, "ENTENTE-821")
    said = {policy: get(client, NORTH, policy=policy, format="jsonld") for policy in POLICIES}
    assert len(said["only-third-party"]["name"]) == 1 < len(said["consensus"]["name"])


@pytest.mark.parametrize("path", ["/events?limit=3", "/events?limit=3&format=csv", "/states/RUS", "/dyads/RUS-CHN", NORTH])
def test_what_the_client_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = client.get("/events?limit=2", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200
    assert client.head(path).headers["etag"] == first.headers["etag"]
    assert client.head(path).content == b""
    assert first.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("name", [name for name in LISTS if name not in ("dyads", "search")])
def test_every_thing_of_a_list_has_an_address(client: TestClient, name: str) -> None:
    for row in get(client, f"/{name}", limit=4)["items"]:
        thing = get(client, row["link"])
        assert thing.items() >= {key: row[key] for key in ("id", "iri", "link")}.items()
        assert client.get(thing["document"], headers={"accept": "text/turtle"}).status_code == 200
        for address in thing["related"].values():
            assert client.get(address).status_code == 200, address
    missing = client.get(f"/{name}/nothing")
    assert (missing.status_code, missing.json()["code"]) == (404, "ENTENTE-143")


def test_a_state_goes_by_code_number_and_name(client: TestClient) -> None:
    assert len({client.get(f"/states/{name}").text for name in ("RUS", "rus", "365", "russia")}) == 1
    assert "Russian Federation" in get(client, "/states/RUS")["names"]


def test_articles_have_claims_with_their_words(client: TestClient, store: Store) -> None:
    article = get(client, "/articles/interaction-003")
    assert article["claims"] == len(article["told"]) == 7
    starts = [claim["spans"][0]["start"] for claim in article["told"]]
    assert starts == sorted(starts)


PAIRS = ["CHN-RUS", "RUS-CHN", "365-710", "710-365", "russia-china", "chn-365"]


def test_a_pair_is_the_same_either_way(client: TestClient) -> None:
    told = [get(client, f"/dyads/{pair}", on="2023-08-01", by="month") for pair in PAIRS]
    assert all(each == told[0] for each in told)
    pair = told[0]
    assert [state["label"] for state in pair["states"]] == ["China", "Russia"]
    assert pair["iri"].endswith("/dyad/365-710")
    assert pair["counts"]["events"] == 5
    assert pair["timeline"]["total"] == len(walk(client, "events", dyad="365-710")) == 5
    assert {item["id"] for item in pair["exercises"]["items"]} == {"northern-interaction-2023", "western-interaction-2021"}
    assert all(len(conflict["sides"]) > 1 for conflict in pair["conflicts"])
    assert {side["speaker"]["label"] for conflict in pair["conflicts"] for side in conflict["sides"]} > set()


def test_series_count_by_period_and_by_sources(client: TestClient) -> None:
    months = get(client, "/dyads/CHN-RUS", by="month")["series"]
    assert [(each["period"], each["events"]) for each in months] == [("2021-08", 1), ("2022-09", 2), ("2023-07", 1)]
    years = get(client, "/dyads/CHN-RUS", by="year")["series"]
    assert sum(each["cooperation"] for each in years) == sum(each["cooperation"] for each in months) > 0
    assert [each["period"] for each in get(client, "/dyads/CHN-RUS", by="year", sources=2)["series"]] == ["2023"]
    assert [
        each["period"] for each in get(client, "/dyads/CHN-RUS", **{"from": "2022-01-01", "to": "2022-12-31"})["series"]
    ] == ["2022"]
    assert all(each["balance"] == each["cooperation"] - each["conflict"] for each in months)


@pytest.mark.parametrize("pair", ["RUS-RUS", "RUS-XXX", "365-365", "nowhere-land"])
def test_what_is_no_pair(client: TestClient, pair: str) -> None:
    response = client.get(f"/dyads/{pair}")
    assert (response.status_code, response.json()["code"]) == (404, "ENTENTE-143")


def test_two_states_without_events(client: TestClient) -> None:
    pair = get(client, "/dyads/FJI-TON")
    assert (pair["counts"], pair["timeline"]["total"], pair["series"], pair["conflicts"]) == (None, 0, [], [])


@pytest.mark.parametrize("policy", POLICIES)
def test_every_value_leads_to_the_words_of_its_claims(client: TestClient, store: Store, policy: str) -> None:
    event = get(client, NORTH, policy=policy)
    values = [(name, value) for name, found in event["values"].items() for value in found]
    assert len(values) > 10
    for name, value in values:
        assert value["claims"], (name, value["text"])
        assert value["sources"] >= 1
        for claim in value["claims"]:
            article = Iri(claim["article"]["iri"])
            [text] = {quad.object.lexical for quad in store.quads(article, ent.text)}  # type: ignore[union-attr]
            assert claim["spans"]
            for span in claim["spans"]:
                assert text[span["start"] : span["end"]] == span["quote"]


def test_policies_choose_among_claims(client: TestClient) -> None:
    told = {policy: get(client, NORTH, policy=policy) for policy in POLICIES}
    speakers = {
        policy: {claim["speaker"]["iri"] for found in event["values"].values() for v in found for claim in v["claims"]}
        for policy, event in told.items()
    }
    assert all("/outlet/" not in speaker for speaker in speakers["only-party"])
    assert any("/outlet/" in speaker for speaker in speakers["only-third-party"])
    assert not speakers["only-party"] & speakers["only-third-party"]
    assert speakers["only-party"] | speakers["only-third-party"] == speakers["consensus"]
    # The two ministries contradict one another on the begin; outlets do not.
    assert {policy: event["open"] for policy, event in told.items()} == {
        "consensus": ["when"],
        "only-party": ["when"],
        "only-third-party": [],
        "latest": [],
    }
    assert told["consensus"]["begin"] is None
    assert len({len(event["conflicts"]) for event in told.values()}) == 1
    assert told["consensus"]["sources"] > told["only-party"]["sources"]


def test_nobody_of_the_kind_says_anything(client: TestClient) -> None:
    quiet = [item["link"] for item in walk(client, "events") if item["sources"] == 1]
    told = [get(client, link, policy="only-party") for link in quiet]
    assert any(event["values"] == {} for event in told)
    assert all(event["sources"] is None for event in told if event["values"] == {})


def test_too_many_articles_are_not_weighed_anew(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    monkeypatch.setattr("entente.consensus.choice._MOST", 2)
    response = client.get(NORTH, params={"policy": "latest"})
    assert (response.status_code, response.json()["code"]) == (400, "ENTENTE-823")
    assert client.get(NORTH).status_code == 200
