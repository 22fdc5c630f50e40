"""Schemathesis sends what /openapi.json allows, and what it does not, to every JSON route that reads.

ENTENTE_EXAMPLES says how many requests are made up for each route and each of both ways; CI makes few.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from entente.api import create_app
from entente.query import load
from pipelines import ingested, tools

ROOT = Path(__file__).parents[2]
SAMPLES = tuple(sorted((ROOT / "samples").glob("*.txt")))

# Their answers are checked by the W3C's tests, by tests of their own, or are no JSON.
OTHERS = ("/sparql", "/store", "/dumps", "/metrics")
# What only the service can read: it is 400 where it is none, which would pass for a refusal of good data.
OPAQUE = {"cursor", "queries", "extend"}

BOUNDED = settings(
    max_examples=int(os.environ.get("ENTENTE_EXAMPLES", "12")),
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def reads() -> list[Any]:
    app = create_app(ingested(*SAMPLES), tools().index, load(ROOT / "queries"))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    found = [each.ok() for each in schema.get_all_operations()]
    return [each for each in found if each.method == "get" and not each.path.startswith(OTHERS)]


def cases_of(operation: Any, mode: GenerationMode) -> int:
    """Send what the mode makes, check each answer in every way that there is, and count."""
    sent = 0

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        nonlocal sent
        if mode is GenerationMode.POSITIVE:
            case.query = {name: value for name, value in (case.query or {}).items() if name not in OPAQUE}
        case.call_and_validate(timeout=60)
        sent += 1

    # A route without parameters cannot be asked wrongly.
    with suppress(Unsatisfiable):
        send()
    return sent


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"])
def test_every_answer_is_as_described(reads: list[Any], mode: GenerationMode) -> None:
    counts = {each.path: cases_of(each, mode) for each in reads}
    assert len(counts) == 41
    assert all(counts.values()) or mode is GenerationMode.NEGATIVE, counts
    assert sum(counts.values()) > 250
