"""Malformed queries by the thousand: each is answered or refused with a code, none ends the service or changes the graph.

ENTENTE_FUZZ says how many are sent; CI sends few of them.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

from conftest import ROOT
from workplace import run_service

REQUESTS = int(os.environ.get("ENTENTE_FUZZ", "200"))
ENDED = {"ENTENTE-323", "ENTENTE-324"}
"""What is said of a query that is past its deadline or its memory."""

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
NOISE = (
    *(
        "{",
        "}",
        "(",
        ")",
        ".",
        ";",
        '"',
        "'",
        "<",
        ">",
        "^^",
        "@",
        "\\u",
        "\\",
        "\x00",
        "\ud7ff",
        "𝄞",
        "#",
        "?",
        "$",
        "*",
        "|",
    ),
    *("SELECT", "WHERE", "OPTIONAL", "UNION", "FILTER", "BIND", "VALUES", "SERVICE", "GRAPH", "GROUP BY", "LIMIT -1", "NaN"),
    *("DROP ALL;", "INSERT DATA", "LOAD <file:///etc/passwd>", "FROM <file:///etc/passwd>", "((" * 500, "{" * 500),
)


def spoilt(text: str, random: Random) -> str:
    """A query with some of its words left out, doubled, moved or replaced by noise."""
    words = TOKEN.findall(text)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(words))
        match random.randrange(4):
            case 0:
                words[at] = ""
            case 1:
                words.insert(at, words[random.randrange(len(words))])
            case 2:
                words.insert(at, random.choice(NOISE))
            case _:
                words = words[:at] if at > 3 else words[at:]
    return "".join(words)


def ask(address: str, query: str, number: int) -> tuple[int, bytes]:
    """Send a query, by GET or in one of the two ways of POST."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    encoded = f"query={quote(query.encode('utf-8', 'surrogatepass'))}"
    try:
        if number % 3 == 0:
            connection.request("GET", f"/sparql?{encoded}")
        elif number % 3 == 1:
            connection.request("POST", "/sparql", encoded, form)
        else:
            body = query.encode("utf-8", "surrogatepass")
            connection.request("POST", "/sparql", body, {"Content-Type": "application/sparql-query"})
        answer = connection.getresponse()
        try:
            return answer.status, answer.read()
        except http.client.IncompleteRead:
            # The deadline came while the answer was under way, which is told by leaving its end out.
            return answer.status, b""
    finally:
        connection.close()


def test_malformed_queries_are_answered_or_refused_and_change_nothing(tmp_path: Path) -> None:
    entente = Path(sys.executable).with_name("entente")
    subprocess.run([entente, "demo", "--no-serve"], cwd=tmp_path, capture_output=True, check=True)
    queries = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "queries").rglob("*.rq"))]
    assert len(queries) > 50
    random, seen = Random(9), Counter[int]()
    count = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    with run_service(f"{entente} serve --timeout 2 --parallel 0 --budget 0", tmp_path, os.environ) as address:
        before = ask(address, count, 0)
        assert before[0] == 200
        for number in range(REQUESTS):
            query = spoilt(random.choice(queries), random)
            status, body = ask(address, query, number)
            seen[status] += 1
            if status != 200:
                problem = json.loads(body)
                assert problem["status"] == status, query
                assert problem["code"] != "ENTENTE-900", (query, problem)
                assert status < 500 or problem["code"] in ENDED, (query, problem)
                assert b"root:" not in body
        assert ask(address, count, 0) == before
    assert seen[400] > REQUESTS / 3, seen
