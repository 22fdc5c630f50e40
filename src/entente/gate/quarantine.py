"""The folder where refused articles are kept, each with its text, its graph and the report that says why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from entente.errors import InputError
from entente.gate.report import as_data, as_lines, as_triples
from entente.model import Article, DateCandidate, Delta, GateReport, Iri, Triple, canonical_nquads
from entente.model.rdf import Quad
from entente.store.formats import parse, serialise

__all__ = ["FolderQuarantine", "HeldArticle"]


@dataclass(frozen=True, slots=True)
class HeldArticle:
    """A refused article: its name, where it came from, the report as data and the folder that keeps it."""

    slug: str
    origin: str
    report: dict[str, Any]
    folder: Path

    def item(self) -> Article | Delta:
        """The article, or the graph that a source assembled, as it came, to be tried again."""
        metadata = json.loads((self.folder / "article.json").read_text("utf-8"))
        text = self.folder / "article.txt"
        if text.is_file():
            dates = tuple(DateCandidate(**each) for each in metadata.pop("dates", ()))
            authors = tuple(metadata.pop("authors", ()))
            return Article(content=text.read_bytes(), dates=dates, authors=authors, **metadata)
        return Delta(
            Iri(metadata["article"]),
            self.slug,
            self.origin,
            Iri(metadata["graph"]),
            self.triples(),
            tuple(metadata["unresolved"]),
        )

    def triples(self) -> tuple[Triple, ...]:
        """The graph that was refused."""
        quads = parse((self.folder / "graph.nq").read_bytes(), "application/n-quads", origin=str(self.folder))
        return tuple(sorted({quad.triple for quad in quads}, key=Triple.n3))

    def explanation(self) -> str:
        """The report as lines for people."""
        return (self.folder / "report.txt").read_text("utf-8")


class FolderQuarantine:
    """A quarantine in a folder with one sub-folder for each article.

    An entry is written beside its place and moved there whole. Of an interruption between moving the old entry away and
    the new one in, the old one is left as `.<slug>.<token>.old`, which the next to open the quarantine puts back.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for left in sorted(folder.glob(".*.old")) if folder.is_dir() else ():
            place = folder / left.name[1:].rsplit(".", 2)[0]
            if not place.exists():
                left.rename(place)

    def hold(self, delta: Delta, report: GateReport, article: Article | None) -> None:
        """Keep a refused delta with its report and the article it came from; a later one of the same article replaces it.

        `article` is None for a delta that a source has assembled itself.
        """
        if article is None:
            metadata = {name: getattr(delta, name) for name in ("slug", "origin", "article", "graph", "unresolved")}
        else:
            metadata = {name: value for name, value in asdict(article).items() if name != "content"}
        fresh = self._beside(delta.slug, "new")
        fresh.mkdir(parents=True)
        for name, data in (
            *((("article.txt", article.content),) if article is not None else ()),
            ("article.json", _json(metadata)),
            ("graph.nq", canonical_nquads(Quad(*triple, delta.graph) for triple in delta.triples).encode()),
            ("report.ttl", serialise(as_triples(report), "text/turtle")),
            ("report.json", _json(as_data(report))),
            ("report.txt", "".join(f"{line}\n" for line in as_lines(report)).encode()),
        ):
            (fresh / name).write_bytes(data)
        place, old = self._folder / delta.slug, self._beside(delta.slug, "old")
        if place.exists():
            place.rename(old)
        fresh.rename(place)
        shutil.rmtree(old, ignore_errors=True)

    def release(self, slug: str) -> None:
        """Forget what is held for this article, if anything."""
        place = self._folder / slug
        if _is_name(slug) and place.is_dir():
            gone = self._beside(slug, "gone")
            place.rename(gone)
            shutil.rmtree(gone)

    def __iter__(self) -> Iterator[HeldArticle]:
        """All that is held, in the order of the names."""
        names = sorted(p.name for p in self._folder.iterdir() if _is_name(p.name)) if self._folder.is_dir() else []
        return (self.get(name) for name in names)

    def __contains__(self, slug: str) -> bool:
        """Whether something is held for this article."""
        return _is_name(slug) and (self._folder / slug / "article.json").is_file()

    def get(self, slug: str) -> HeldArticle:
        """Look up one refused article.

        Raises InputError when none of that name is held.
        """
        folder = self._folder / slug
        if slug not in self:
            raise InputError(117, f"no article '{slug}' is in quarantine", "see: entente quarantine list", status=404)
        report = json.loads((folder / "report.json").read_bytes())
        origin = json.loads((folder / "article.json").read_bytes())["origin"]
        return HeldArticle(slug, origin, report, folder)

    def _beside(self, slug: str, role: str) -> Path:
        return self._folder / f".{slug}.{uuid4().hex}.{role}"


def _is_name(slug: str) -> bool:
    return not slug.startswith(".") and slug == Path(slug).name


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()
