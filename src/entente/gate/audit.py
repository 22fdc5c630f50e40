"""The audit of a whole store: every article's graph and the default graph, with a journal that lets a later run go on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

from entente.errors import InputError
from entente.gate.compiled.values import spell
from entente.gate.examination import Examined, Examiner, Finding
from entente.gate.locations import RdfDocument
from entente.gate.pages import page, sections, table
from entente.model import GateReport, Iri, Solutions, Store, Violation, canonical_nquads
from entente.model.iri import BASE, digest, graph

__all__ = ["Audited", "Journal", "as_audit_page", "audit", "audited_graphs"]

_DEFAULT = "the default graph"
_ARTICLES = f"{BASE}id/article/"


@dataclass(frozen=True, slots=True)
class Audited:
    """What was found in one graph, None for the default graph; `known` tells whether an earlier run had found it."""

    examined: Examined
    known: bool


class Journal:
    """The file that keeps the result of each graph by a digest of what the graph holds and of what it was checked by."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[str, tuple[str, Examined]] = {}
        if path.exists():
            for line in path.read_text("utf-8").splitlines():
                # the last line of a run that was ended may be torn
                with suppress(ValueError, KeyError, TypeError):
                    entry = json.loads(line)
                    self._entries[entry["origin"]] = (entry["digest"], _examined(entry["examined"]))

    def get(self, origin: str, mark: str) -> Examined | None:
        """Give the result of a graph, if it was got from the same content by the same shapes."""
        known = self._entries.get(origin)
        return known[1] if known is not None and known[0] == mark else None

    def put(self, mark: str, examined: Examined) -> None:
        """Add the result of a graph at once.

        Raises InputError where the file cannot be written.
        """
        self._entries[examined.origin] = (mark, examined)
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(_line(mark, examined))
        except OSError as error:
            hint = "check the permissions of its folder"
            raise InputError(180, f"the journal {self._path} cannot be written: {error.strerror}", hint) from error

    def close(self, origins: Sequence[str]) -> None:
        """Keep the results of these graphs only, each once."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        kept = (self._entries[origin] for origin in origins if origin in self._entries)
        fresh.write_text("".join(_line(mark, examined) for mark, examined in kept), encoding="utf-8")
        fresh.replace(self._path)


def _line(mark: str, examined: Examined) -> str:
    entry = {"origin": examined.origin, "digest": mark, "examined": asdict(examined)}
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _examined(data: dict[str, Any]) -> Examined:
    findings = tuple(Finding(**{**found, "violation": Violation(**found["violation"])}) for found in data["findings"])
    report = GateReport(
        tuple(finding.violation for finding in findings), data["report"]["focus_nodes"], data["report"]["engine"]
    )
    name = data["graph"]
    return Examined(data["origin"], None if name is None else Iri(name), report, findings, tuple(data["notes"]))


def audited_graphs(store: Store) -> tuple[Iri | None, ...]:
    """The graphs that an audit looks at: the default graph and those of the articles."""
    return (None, *(name for name in store.graphs() if name.startswith(graph("article", ""))))


def audit(
    store: Store, graphs: Sequence[Iri | None], examiner: Examiner, journal: Journal, version: str
) -> Iterator[Audited]:
    """Examine graphs one by one, but those whose content the journal knows; `version` says what they are checked by.

    The default graph holds only a part of what articles say, so articles and their claims are looked at in their own graphs.
    """
    for name in graphs:
        origin = _DEFAULT if name is None else str(name)
        quads = tuple(store.quads(graph=name, default_graph=name is None))
        mark = digest(version, canonical_nquads(quads), length=32)
        known = journal.get(origin, mark)
        if known is not None:
            yield Audited(known, known=True)
            continue
        if name is None:
            own = tuple(quad for quad in quads if not quad.subject.startswith(_ARTICLES))
            others = [quad.triple for quad in quads if quad.subject.startswith(_ARTICLES)]
            examined = examiner.within(RdfDocument(origin, own), others)
        else:
            examined = next(examiner.each(RdfDocument(origin, quads)))
        journal.put(mark, examined)
        yield Audited(examined, known=False)
    journal.close([_DEFAULT if name is None else str(name) for name in graphs])


def as_audit_page(audited: Sequence[Audited], answers: Sequence[tuple[str, Solutions]]) -> str:
    """Write a page: how much was audited, the graphs with findings, and the answers to the quality queries."""

    def body() -> Iterator[str]:
        concerned = [item.examined for item in audited if item.examined.findings or not item.examined.report.checked]
        known = sum(item.known for item in audited)
        yield f"<p>{len(audited)} graphs, {known} as an earlier audit left them; {len(concerned)} have findings.</p>\n"
        yield from sections(concerned)
        for title, found in answers:
            yield f"<h2>{escape(title)}</h2>\n<p>{len(found.rows)} rows</p>\n"
            if found.rows:
                yield table(found.variables, [["" if t is None else spell(t) for t in row] for row in found.rows])

    return page("Audit of the graph", body())
