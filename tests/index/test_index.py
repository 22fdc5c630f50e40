"""The reference data as an index."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

import pytest

from entente.index import ReferenceIndex, load_base
from entente.model import BlankNode, Iri, Kind
from entente.model.iri import entity, vocab
from entente.model.terms import ent
from entente.resources import root


@cache
def index() -> ReferenceIndex:
    """The index of the bundled data."""
    return ReferenceIndex(load_base(root()))


@pytest.mark.parametrize(
    ("path", "kind", "code"),
    [
        (("state", "RUS"), Kind.STATE, "RUS"),
        (("force", "RUS", "pacific-fleet"), Kind.FORCE, "RUS"),
        (("organ", "CHN", "defence-ministry"), Kind.ORGAN, "CHN"),
        (("organisation", "NATO"), Kind.ORGANISATION, None),
        (("place", "sea-of-japan"), Kind.PLACE, None),
        (("series", "northern-interaction"), Kind.SERIES, None),
    ],
)
def test_an_entity_has_kind_state_and_code(path: tuple[str, ...], kind: Kind, code: str | None) -> None:
    found = index().entity(entity(*path))
    assert found is not None
    assert (found.kind, found.code) == (kind, code)
    assert found.state == (entity("state", code) if code and kind is not Kind.STATE else None)


def test_what_is_no_entity_is_none() -> None:
    assert index().entity(entity("state", "XYZ")) is None
    assert index().entity(ent.Exercise) is None
    assert index().entity(vocab("mode", "actual")) is None


def test_names_know_how_they_are_used() -> None:
    uses = {(name.surface, name.entity): name.use for name in index().names()}
    russia, sea = entity("state", "RUS"), entity("place", "sea-of-japan")
    assert uses["Russia", russia] == "name"
    assert uses["Russian", russia] == "demonym"
    assert {surface for surface, iri in uses if iri == sea} >= {"Sea of Japan", "East Sea"}
    assert len(uses) > 3000
    assert list(index().names()) == sorted(index().names(), key=lambda n: (n.surface, n.entity, n.use))


def test_every_named_entity_of_a_state_belongs_to_one() -> None:
    homeless = {
        name.entity
        for name in index().names()
        if (found := index().entity(name.entity)) and found.kind in {Kind.ORGAN, Kind.FORCE} and found.state is None
    }
    assert homeless == set()


def test_dyads_follow_cow_numbers() -> None:
    russia, china = entity("state", "RUS"), entity("state", "CHN")
    assert index().dyad(russia, china) == index().dyad(china, russia) == entity("dyad", "365-710")


def test_concepts_are_found_by_the_words_for_them() -> None:
    assert index().terms("vessel-type")["corvette"] == vocab("vessel-type", "corvette")
    assert index().terms("vessel-type")["asw ship"] == vocab("vessel-type", "anti-submarine-ship")
    assert index().terms("no-such-scheme") == {}


def test_the_closure_of_a_fleet_reaches_its_state_and_no_other() -> None:
    described = {t.subject for t in index().closure([entity("force", "RUS", "pacific-fleet"), Iri("x:unknown")])}
    assert {entity("force", "RUS", "navy"), entity("state", "RUS")} <= described
    assert entity("state", "CHN") not in described


def test_base_data_has_no_blank_nodes_and_a_stable_version() -> None:
    base = load_base(root())
    terms = {term for triples in base.graphs.values() for t in triples for term in (t.subject, t.object)}
    assert not [term for term in terms if isinstance(term, BlankNode)]
    assert base.version == load_base(root()).version
    assert sorted(base.graphs) == ["ontology", "reference", "vocab"]


def test_entities_move_with_the_base_and_terms_stay() -> None:
    code = (
        "from entente.index import load_base; from entente.resources import root; b = load_base(root());"
        "print(sum('w3id.org/entente/id/' in t.n3() for ts in b.graphs.values() for t in ts),"
        f" any(t.subject == '{ent.Exercise}' for t in b.graphs['ontology']),"
        " any(t.subject == 'http://localhost/id/state/RUS' for t in b.graphs['reference']))"
    )
    moved = {**os.environ, "ENTENTE_BASE_IRI": "http://localhost/"}
    printed = subprocess.run([sys.executable, "-c", code], env=moved, capture_output=True, text=True, check=True).stdout
    assert printed.split() == ["0", "True", "True"]
