"""The migrations between versions of the ontology: each turns its given data into the expected, once or twice run."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MIGRATIONS = sorted(path for path in (ROOT / "ontology/migrations").iterdir() if path.is_dir())
SKOS = "http://www.w3.org/2004/02/skos/core#"
VOCAB = "https://w3id.org/entente/vocab/"


def triples(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)}


def test_every_version_has_a_migration_or_says_that_it_needs_none() -> None:
    header = (ROOT / "ontology/entente.ttl").read_text(encoding="utf-8")
    assert len(MIGRATIONS) == 1
    [version] = re.findall(r'owl:versionInfo "([^"]+)"', header)
    reached = MIGRATIONS[-1].name.rsplit("-to-", 1)[1]
    changes = (ROOT / "ontology/CHANGELOG.md").read_text(encoding="utf-8").split("\n## [")[1:]
    versions = {text.split("]", 1)[0]: text for text in changes}
    assert next(iter(versions)) == version
    for later in list(versions)[: list(versions).index(reached)]:
        assert "nothing to migrate" in " ".join(versions[later].split()), f"{later} has no migration"


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: path.name)
def test_migration_turns_given_into_expected_data(migration: Path) -> None:
    given, expected = triples(migration / "given.ttl"), triples(migration / "expect.ttl")
    assert given != expected
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in given)
    for _ in range(2):
        store.update((migration / "update.ru").read_text(encoding="utf-8"))
        assert {quad.triple for quad in store} == expected


def test_moved_names_belong_to_the_types_they_move_to() -> None:
    update = (ROOT / "ontology/migrations/0.1.0-to-1.0.0/update.ru").read_text(encoding="utf-8")
    moved = re.findall(r'\("([^"]+)"@en ([a-z]+-type):([\w-]+) \2:([\w-]+)\)', update)
    owners = {
        (scheme, quad.object.value): quad.subject.value
        for scheme in ("vessel-type", "materiel-type")
        for quad in ox.parse((ROOT / f"ontology/vocab/{scheme}.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value in {SKOS + "prefLabel", SKOS + "altLabel"} and isinstance(quad.object, ox.Literal)
    }
    assert len(moved) == 57
    for label, scheme, old, new in moved:
        assert owners[scheme, label] == f"{VOCAB}{scheme}/{new}"
        assert old != new
