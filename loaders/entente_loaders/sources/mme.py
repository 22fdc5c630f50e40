"""The Multinational Military Exercises data set (D'Orazio and Galambos, version 7): every row an exercise, or refused."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from entente.errors import ArticleError, InputError
from entente.model import (
    Article,
    AttributionLevel,
    Claim,
    DatePrecision,
    Delta,
    During,
    Fact,
    Iri,
    Kind,
    Link,
    Literal,
    Location,
    Mention,
    Modality,
    Naming,
    Participant,
    Role,
    Span,
    Term,
    When,
)
from entente.model.iri import child, digest, entity, slug, vocab
from entente.model.terms import ent, rdf
from entente_loaders.assemble.account import Assembly, Statement
from entente_loaders.assemble.facts import describe
from entente_loaders.sources.kit import Item, Kit, Source
from entente_loaders.sources.naming import Names
from entente_loaders.sources.recording import begin, finish
from entente_loaders.sources.tables import rows

__all__ = ["SOURCE"]

_OUTLET = "Multinational Military Exercises, version 7"
_DOI = "https://doi.org/10.7910/DVN/KHFODX"
_ABSENT = frozenset({"", "-9"})
_NEEDED = frozenset({"MMEID", "Ex_Name", "s.year", "s.month", "s.day", "e.year", "e.month", "e.day", "StateA"})
_OTHERS = "AdditionalParticipantInfo"
_YES, _NO = "1", frozenset({"0", "", "-9"})
_CODED: Mapping[str, tuple[Iri, Iri]] = {
    "CPX": (ent.exerciseType, vocab("exercise-type", "CPX")),
    **{name: (ent.domain, vocab("domain", name.lower())) for name in ("Air", "Land", "Sea", "Amphibious", "Cyber")},
    **{name: (ent.focus, vocab("focus", name.lower())) for name in ("Warfighting", "Peacekeeping", "Humanitarian")},
}
"""The columns of zeros and ones, with what a one says of the exercise; a zero says nothing."""

_PARTS = {
    f"{letter}.{part}": full for letter, full in (("s", "StartDate"), ("e", "EndDate")) for part in ("year", "month", "day")
}
"""The columns that repeat a date in parts."""
_UNNAMED = 0.5
"""How sure a candidate made of a cell's words is, as with unknown names in articles."""


@cache
def _spellings() -> Mapping[str, str]:
    text = files("entente_loaders.sources").joinpath("mme.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, str] = yaml.safe_load(text)
    return loaded


@cache
def _ruleset() -> str:
    """Digest of what reads the rows: this module and its spellings."""
    package = files("entente_loaders.sources")
    parts = (package.joinpath(name).read_bytes() for name in ("mme.py", "mme.yaml", "naming.py"))
    return hashlib.sha256(b"\x1f".join(parts)).hexdigest()


def _repaired(cell: str) -> str:
    """Read a cell by what its bytes are: the table was written in Windows-1252, but for some names that are UTF-8."""
    try:
        raw = cell.encode("latin-1")
    except UnicodeEncodeError:
        return cell.strip()
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").strip()


@dataclass(slots=True)
class _Record:
    """A row with its text: one line for each cell that says something, which claims can point at.

    Zeros and the parts of dates are left out of the text: alike in all rows, they would make all rows look like copies.
    """

    cells: Mapping[str, str]
    text: str
    spans: Mapping[str, Span]

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> _Record:
        told = {name: value for name, cell in cells.items() if (value := " ".join(_repaired(cell).split())) not in _ABSENT}
        text, spans = "", {}
        for name, value in told.items():
            if (name in _CODED and value in _NO) or _PARTS.get(name) in told:
                continue
            text += f"{name}: "
            spans[name] = Span(len(text), len(text) + len(value))
            text += f"{value}\n"
        return cls(told, text, spans)

    def mention(self, column: str, kind: Kind, known: Iri | None) -> Mention:
        entities = () if known is None else (known,)
        return Mention(self.spans[column], self.cells[column], kind, entities, use="name" if known else "unknown")


@dataclass(slots=True)
class _Reading:
    """What was read from a row, as it grows."""

    facts: list[Fact] = field(default_factory=list)
    links: dict[Mention, Link] = field(default_factory=dict)
    evidence: list[Span] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Item]:
    if kit.index is None:
        raise InputError(194, "the source 'mme' needs the reference data", "make the kit with entente.cli.sourcing.kit")
    names = Names(kit.index, kit.codes, _spellings())
    seen: dict[str, int] = {}
    for row in rows(Path(location), encoding=options.get("encoding", "latin-1"), meter=kit.meter):
        origin = f"{location}:{row.line}"
        if row.error is not None:
            yield row.error
            continue
        if missing := sorted(_NEEDED - row.cells.keys()):
            hint = "give version 7 of the data set"
            raise ArticleError(227, f"{location}: the columns {', '.join(missing)} are missing", hint)
        record = _Record.of(row.cells)
        try:
            key = _key(record, origin)
            if (line := seen.setdefault(slug(key), row.line)) != row.line:
                raise _refused(origin, f"the id {key} is that of line {line} already")
            yield _delta(record, key, origin, names)
        except ArticleError as error:
            yield error


def _refused(origin: str, reason: str) -> ArticleError:
    return ArticleError(234, f"{origin}: {reason}", "correct the row; the others were read")


def _key(record: _Record, origin: str) -> str:
    key = record.cells.get("MMEID")
    if key is None:
        raise _refused(origin, "the row has no MMEID")
    return key


def _delta(record: _Record, key: str, origin: str, names: Names) -> Delta:
    reading = _Reading()
    when = _when(record, key, origin)
    reading.facts.append(During(when))
    reading.evidence += [record.spans[name] for name in ("StartDate", "EndDate") if name in record.spans]
    _read_name(record, reading, names)
    _read_parties(record, reading, names, int(record.cells["s.year"]))
    if not any(isinstance(fact, Participant) for fact in reading.facts):
        raise _refused(origin, f"{key} names no participant")
    _read_place(record, reading, names)
    coded = []
    for column, said in _CODED.items():
        value = record.cells.get(column, "0")
        if value == _YES:
            coded.append(said)
            reading.evidence.append(record.spans[column])
        elif value not in _NO:
            raise _refused(origin, f"{key} has {column} {value!r}, which is neither 0 nor 1")
    return _assembled(record, key, origin, reading, coded)


def _assembled(record: _Record, key: str, origin: str, reading: _Reading, coded: Sequence[tuple[Iri, Iri]]) -> Delta:
    """Put the exercise together in the form that articles' events have (docs/decisions/0001-graph-form.md)."""
    name = f"mme-v7-{slug(key)}"
    title = record.cells.get("Ex_Name") or f"Unnamed exercise {key}"
    article = Article(name, record.text.encode(), origin, source=_DOI, outlet=_OUTLET, title=title)
    claim = Claim(
        speaker=None,
        level=AttributionLevel.NARRATION,
        modality=Modality.ASSERTED,
        facts=tuple(reading.facts),
        evidence=tuple(sorted(set(reading.evidence))),
        rule="mme.row.v1",
        confidence=1.0,
    )
    assembly = begin(article, "mme", _ruleset(), reading.links)
    event = child(assembly.article, "event", "e1")
    assembly.add(event, rdf.type, ent.Exercise)
    assembly.add(event, ent.mode, vocab("mode", "actual"))
    assembly.add(event, ent.background, Literal.of(False))
    said: list[tuple[Iri, Term]] = [(ent.eventType, vocab("event-type", "exercise")), (ent.mmeId, Literal(key)), *coded]
    said += [pair for fact in reading.facts for pair in describe(assembly, event, fact)]
    assembly.assert_claim(claim, [Statement(event, predicate, value, direct=True) for predicate, value in said], None)
    _add_coordinates(assembly, record, reading)
    return finish(assembly, reading.unresolved)


# -- the cells ---------------------------------------------------------------------------------------------------------


def _bounds(record: _Record, letter: str, key: str, origin: str) -> tuple[date, date, str]:
    """The first and last day that a date of the row can mean, and the date in EDTF; `xx` stands for an unknown day."""
    year, month, day = (record.cells.get(f"{letter}.{part}", "") for part in ("year", "month", "day"))
    try:
        if day.lower() in {"xx", ""}:
            first = date(int(year), int(month), 1)
            last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
            return first, last, f"{first:%Y-%m}"
        only = date(int(year), int(month), int(day))
    except ValueError as error:
        raise _refused(origin, f"{key} has the date {year}-{month}-{day}, which there is not") from error
    return only, only, only.isoformat()


def _when(record: _Record, key: str, origin: str) -> When:
    begin, latest_begin, start = _bounds(record, "s", key, origin)
    earliest_end, end, stop = _bounds(record, "e", key, origin)
    if end < begin:
        raise _refused(origin, f"{key} ends before it starts: {start} to {stop}")
    exact = begin == latest_begin and earliest_end == end
    return When(
        begin,
        min(latest_begin, end),
        max(earliest_end, begin),
        end,
        start if start == stop else f"{start}/{stop}",
        DatePrecision.DAY if exact else DatePrecision.MONTH,
    )


def _linked(record: _Record, reading: _Reading, column: str, kind: Kind, *, known: Iri | None, candidate: Iri) -> Mention:
    """Link a cell to what it names, or to a candidate of that name."""
    mention = record.mention(column, kind, known)
    reading.links[mention] = Link(known, 1.0, "name") if known else Link(candidate, _UNNAMED, "unknown", candidate=True)
    reading.evidence.append(mention.span)
    return mention


def _read_name(record: _Record, reading: _Reading, names: Names) -> None:
    series = None
    if (text := record.cells.get("Series_Name")) is not None:
        known = names.find(text, {Kind.SERIES})
        series = _linked(
            record, reading, "Series_Name", Kind.SERIES, known=known, candidate=entity("candidate", "series", slug(text))
        )
    if (name := record.cells.get("Ex_Name")) is not None:
        reading.evidence.append(record.spans["Ex_Name"])
        reading.facts.append(Naming(name, record.spans["Ex_Name"], series))
    elif series is not None:
        reading.facts.append(Naming(series.text, series.span, series))


def _read_parties(record: _Record, reading: _Reading, names: Names, year: int) -> None:
    for column, name in record.cells.items():
        if not column.startswith("State"):
            continue
        known = names.find(name, {Kind.STATE}) or names.find(name, {Kind.ORGANISATION})
        if known is not None and not names.in_system(known, year):
            reading.unresolved.append(f"{name} in {year}")
            known = None
        elif known is None:
            reading.unresolved.append(name)
        candidate = entity("candidate", "state", slug(name))
        mention = _linked(record, reading, column, Kind.STATE, known=known, candidate=candidate)
        reading.facts.append(Participant(mention, Role.PARTICIPANT))
    # Free text; what it says is taken over only where it is the bare name of an organisation.
    others = record.cells.get(_OTHERS)
    if others is not None and (body := names.find(others, {Kind.ORGANISATION})) is not None:
        mention = _linked(record, reading, _OTHERS, Kind.ORGANISATION, known=body, candidate=body)
        reading.facts.append(Participant(mention, Role.PARTICIPANT))


def _coordinates(record: _Record) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(record.cells["lat"]), float(record.cells["lon"])
    except (KeyError, ValueError):
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _read_place(record: _Record, reading: _Reading, names: Names) -> None:
    text = record.cells.get("Location")
    if text is None:
        return
    known = names.find(text, {Kind.PLACE}) or names.find(text, {Kind.STATE})
    # Free text such as "off the coast" is told apart by where the coders put it on the map.
    point = _coordinates(record)
    candidate = entity("candidate", "place", f"{slug(text)}-{digest(str(point), length=6)}" if point else slug(text))
    if known is None:
        reading.unresolved.append(text)
    reading.facts.append(Location(_linked(record, reading, "Location", Kind.PLACE, known=known, candidate=candidate)))


def _add_coordinates(assembly: Assembly, record: _Record, reading: _Reading) -> None:
    """Place a location that the reference data do not know where the row says that it lies."""
    point = _coordinates(record)
    link = next((link for mention, link in reading.links.items() if mention.kind is Kind.PLACE), None)
    if point is None or link is None or not link.candidate:
        return
    for edges, degrees in (
        ((ent.southLatitude, ent.northLatitude), point[0]),
        ((ent.westLongitude, ent.eastLongitude), point[1]),
    ):
        for edge in edges:
            assembly.add(link.iri, edge, Literal.decimal(degrees))


SOURCE = Source(_read, frozenset({".mme.csv"}), frozenset({"encoding"}), beyond=frozenset())
"""The source `mme`; a .csv file whose first column is MMEID is read by it too."""
