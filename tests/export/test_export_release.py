"""Releases: the same bytes every time, all files described and summed, and no texts that are not to be passed on."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from entente.errors import InputError
from entente.export import About, make_release, names
from entente.model import Change, Store
from entente.model.terms import dcterms, ent
from entente.query import load
from entente.resources import folder
from entente.store import open_store
from pipelines import ingested

SAMPLES = tuple(sorted(folder("samples").glob("*.txt")))
CATALOGUE = load(folder("queries"))
ABOUT = About("https://data.example/1/", "A graph", "1.0", "2031-06-01", {"entente": "9.9"})
DCAT, SPDX, VOID = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#", "http://rdfs.org/ns/void#"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("release") / "made"
    make_release(ingested(*SAMPLES), CATALOGUE, target, ABOUT)
    return target


def contents(release: Path) -> dict[str, bytes]:
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}


def described(release: Path) -> ox.Store:
    store = ox.Store()
    store.load((release / "void.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    return store


def test_the_order_of_the_articles_leaves_no_trace(made: Path, tmp_path: Path) -> None:
    make_release(ingested(*reversed(SAMPLES)), CATALOGUE, tmp_path / "again", ABOUT)
    assert contents(made) == contents(tmp_path / "again")


def test_the_sums_are_those_of_all_other_files(made: Path) -> None:
    lines = (made / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    expected = {name: hashlib.sha256(data).hexdigest() for name, data in contents(made).items() if name != "SHA256SUMS"}
    assert sums == expected
    assert len(sums) == 4 + 2 * len(names(CATALOGUE))


def test_the_graph_is_whole(made: Path) -> None:
    store = ingested(*SAMPLES)
    for name, form in (("entente.nq.gz", ox.RdfFormat.N_QUADS), ("entente.trig.gz", ox.RdfFormat.TRIG)):
        assert sum(1 for _ in ox.parse(gzip.decompress((made / name).read_bytes()), format=form)) == len(store)


def test_each_file_is_described_with_its_size_and_sum(made: Path) -> None:
    query = f"""SELECT ?file ?size ?sum WHERE {{ ?dataset a <{DCAT}Dataset>, <{VOID}Dataset> ; <{DCAT}distribution> ?file .
        ?file <{DCAT}byteSize> ?size ; <{DCAT}mediaType> ?type ; <{SPDX}checksum>/<{SPDX}checksumValue> ?sum }}"""
    rows = list(described(made).query(query))  # type: ignore[arg-type]
    found = {row["file"].value.removeprefix(ABOUT.address): (int(row["size"].value), row["sum"].value) for row in rows}
    files = contents(made)
    assert len(found) == 2 + len(names(CATALOGUE))
    assert found == {name: (len(files[name]), hashlib.sha256(files[name]).hexdigest()) for name in found}


def test_what_the_release_is_stands_in_its_description(made: Path) -> None:
    query = f"""ASK {{ ?dataset a <{DCAT}Dataset> ; <{dcterms.title}> "A graph"@en ; <{DCAT}version> "1.0" ;
        <{dcterms.license}> <https://creativecommons.org/licenses/by/4.0/> ; <{VOID}triples> ?triples ;
        <{dcterms.issued}> "2031-06-01"^^<http://www.w3.org/2001/XMLSchema#date> ; <{VOID}dataDump> ?dump }}"""
    assert bool(described(made).query(query))


def test_tables_have_the_columns_of_their_codebooks(made: Path) -> None:
    tables = sorted((made / "tables").iterdir())
    assert len(tables) == len(names(CATALOGUE)) > 5
    for table in tables:
        columns = next(csv.reader(io.StringIO(table.read_text())))
        codebook = (made / "codebooks" / f"{table.stem}.md").read_text()
        assert [column for column in columns if f"| {column} |" not in codebook] == []


def without_licence(name: str) -> Store:
    """The graph of the samples, one of which names no licence."""
    store = open_store("memory:")
    quads = ingested(*SAMPLES).quads()
    lost = (dcterms.license,)
    store.apply(Change(insert=tuple(q for q in quads if not (q.predicate in lost and q.subject.endswith(f"/{name}")))))
    return store


def test_the_text_of_an_article_without_a_licence_stays_at_home(tmp_path: Path) -> None:
    make_release(without_licence("malabar-001"), CATALOGUE, tmp_path / "made", ABOUT)
    published = list(ox.parse(gzip.decompress((tmp_path / "made/entente.nq.gz").read_bytes()), format=ox.RdfFormat.N_QUADS))
    texts = {quad.subject.value for quad in published if quad.predicate.value == ent.text}
    digests = {quad.subject.value for quad in published if quad.predicate.value == ent.textSha256}
    assert {subject.rsplit("/", 1)[-1] for subject in digests - texts} == {"malabar-001"}
    assert len(texts) == len(SAMPLES) - 1
    assert "The texts of 1 that name none are left out" in (tmp_path / "made/README.md").read_text()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/mine").write_text("mine")
    with pytest.raises(InputError) as caught:
        make_release(ingested(), CATALOGUE, tmp_path / "there", ABOUT)
    assert caught.value.code == "ENTENTE-880"
    assert [path.name for path in tmp_path.rglob("*")] == ["there", "mine"]
