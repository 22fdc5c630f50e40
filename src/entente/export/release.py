"""A release of the graph: files for others to download and cite, described in VoID and DCAT, with their sums.

The same graph and the same options give the same bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from entente.engine.backup import staging
from entente.engine.manifest import digest
from entente.errors import InputError
from entente.export.codebook import page
from entente.export.formats import write
from entente.export.tables import names, tabulate
from entente.model import Iri, Literal, Quad, Store, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import dcterms, ent, owl, rdf, xsd
from entente.query import Catalogue
from entente.query.holdings import DCAT, SPDX, VOID, count, describe, describe_sum
from entente.store import serialise

__all__ = ["About", "make_release"]

_GRAPHS = {"entente.nq.gz": "application/n-quads", "entente.trig.gz": "application/trig"}
_DESCRIPTION, _README, _SUMS = "void.ttl", "README.md", "SHA256SUMS"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_PREFIXES = MappingProxyType({**VOCABULARIES, "void": VOID, "dcat": DCAT, "spdx": SPDX})


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself.

    `address` is where its files will be found, with its last slash; `issued` a day (YYYY-MM-DD), if it is to be told;
    `versions` those of all parts of the software.
    """

    address: str
    title: str
    version: str
    issued: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


def make_release(store: Store, catalogue: Catalogue, target: Path, about: About) -> tuple[str, ...]:
    """Write a release into a new folder, whole or not at all, and name its files.

    The text of an article that names no licence is left out; its digest and the words that claims quote stay.
    Raises InputError for a target that holds something, StoreError where the disk or the store fails.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise InputError(880, f"{target} is there already", "name a folder that does not exist, one for each release")
    with staging(target) as fresh:
        kept, withheld = _publishable(store)
        files = dict(_write_graphs(kept, fresh))
        files |= _write_tables(store, catalogue, fresh)
        triples = [*describe(count(store), about.address + _DESCRIPTION), *_describe_release(about, fresh, files)]
        (fresh / _DESCRIPTION).write_bytes(serialise(triples, "text/turtle", _PREFIXES))
        (fresh / _README).write_text(_readme(about, files, len(kept), withheld), encoding="utf-8")
        written = sorted(path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file())
        sums = "".join(f"{digest(fresh / name)}  {name}\n" for name in written)
        (fresh / _SUMS).write_text(sums, encoding="utf-8")
        fresh.rename(target)
    return (*written, _SUMS)


def _publishable(store: Store) -> tuple[list[Quad], int]:
    """The quads that may be passed on, and the number of articles whose texts are withheld."""
    licensed = {quad.subject for quad in store.quads(predicate=dcterms.license)}
    quads = list(store.quads())
    withheld = {quad.subject for quad in quads if quad.predicate == ent.text and quad.subject not in licensed}
    return [quad for quad in quads if quad.predicate != ent.text or quad.subject not in withheld], len(withheld)


def _write_graphs(quads: list[Quad], folder: Path) -> Iterator[tuple[str, str]]:
    for name, media_type in _GRAPHS.items():
        # Without a name and a time in its head, equal content gives equal bytes.
        with (folder / name).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(serialise(quads, media_type))
        yield name, media_type


def _write_tables(store: Store, catalogue: Catalogue, folder: Path) -> Mapping[str, str]:
    written = {}
    for part in ("tables", "codebooks"):
        (folder / part).mkdir()
    for name in names(catalogue):
        (folder / f"tables/{name}.csv").write_bytes(write(tabulate(name, catalogue, store), "csv"))
        (folder / f"codebooks/{name}.md").write_text(page(name, catalogue), encoding="utf-8")
        written[f"tables/{name}.csv"] = "text/csv"
    return written


def _describe_release(about: About, folder: Path, files: Mapping[str, str]) -> Iterator[Triple]:
    """Tell what the release is and which files it has (DCAT 3, sections 6.6 and 6.8)."""
    here = about.address + _DESCRIPTION
    dataset = Iri(f"{here}#dataset")
    yield Triple(dataset, rdf.type, Iri(DCAT + "Dataset"))
    yield Triple(dataset, dcterms.title, Literal(about.title, lang="en"))
    yield Triple(dataset, dcterms.license, Iri(_LICENCE))
    yield Triple(dataset, Iri(DCAT + "version"), Literal(about.version))
    yield Triple(dataset, Iri(DCAT + "landingPage"), Iri(about.address))
    yield Triple(dataset, owl.versionInfo, Literal(_versions(about)))
    if about.issued is not None:
        yield Triple(dataset, dcterms.issued, Literal(about.issued, xsd.date))
    for name, media_type in files.items():
        file = Iri(about.address + name)
        yield Triple(dataset, Iri(DCAT + "distribution"), file)
        yield Triple(file, rdf.type, Iri(DCAT + "Distribution"))
        yield Triple(file, dcterms.license, Iri(_LICENCE))
        yield Triple(file, Iri(DCAT + "downloadURL"), file)
        yield Triple(file, Iri(DCAT + "mediaType"), Iri(_MEDIA_TYPES + media_type))
        if name in _GRAPHS:
            yield Triple(dataset, Iri(VOID + "dataDump"), file)
            yield Triple(file, Iri(DCAT + "compressFormat"), Iri(_MEDIA_TYPES + "application/gzip"))
        path = folder / name
        yield from describe_sum(file, Iri(f"{here}#checksum-{name}"), path.stat().st_size, digest(path))


def _versions(about: About) -> str:
    return ", ".join(f"{name} {version}" for name, version in about.versions.items())


def _readme(about: About, files: Mapping[str, str], statements: int, withheld: int) -> str:
    issued = f", {about.issued}" if about.issued else ""
    listed = "".join(f"- `{name}` ({media_type})\n" for name, media_type in files.items())
    missing = f" The texts of {withheld} that name none are left out; what claims quote of them stays." if withheld else ""
    return f"""# {about.title}

Version {about.version}{issued}; {statements} statements. Made with {_versions(about)}.

`{_DESCRIPTION}` describes all files in VoID and DCAT; `sha256sum -c {_SUMS}` checks them; `codebooks/` explains the columns
of the tables.

{listed}
Licence: CC BY 4.0, for what Entente made of the articles. Articles have licences of their own.{missing}
"""
