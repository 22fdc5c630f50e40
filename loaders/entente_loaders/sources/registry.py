"""The installed sources, which of them reads what, and the walk through folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import EntryPoint, entry_points
from itertools import chain
from pathlib import Path
from typing import cast

from entente.errors import ArticleError, InputError
from entente.model import Article, Delta
from entente_loaders.sources.kit import Afterwards, Around, Given, InputFile, Item, Kit, Known, Source, read_here
from entente_loaders.sources.opening import open_bytes

__all__ = [
    "GROUP",
    "choose",
    "content_digest",
    "find",
    "measure",
    "names",
    "open_source",
    "open_sources",
    "open_unknown",
]

GROUP = "entente.sources"
"""The entry point group that sources are found by."""

_HEAD = 4096
_TABLES = frozenset({".csv", ".tsv"})
_RDF = b"<rdf:rdf"
_FEEDS = (b"<rss", b"<feed", b"<channel", b"purl.org/rss/1.0")


@cache
def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def names() -> tuple[str, ...]:
    """The names of the installed sources, sorted."""
    return tuple(_points())


@cache
def find(name: str) -> Source:
    """Load the source of that name.

    Raises InputError for an unknown name (190), and where its packages are not installed (193).
    """
    point = _points().get(name)
    if point is None:
        raise InputError(190, f"no source is named '{name}'", f"there are: {', '.join(names())}")
    try:
        made: Source = point.load()
    except ModuleNotFoundError as error:
        raise InputError(193, f"the source '{name}' needs the package {error.name}", f"pip install {error.name}") from error
    return made


@cache
def _by_suffix() -> Mapping[str, str]:
    """The sources by the file names they are chosen for; one that lacks a package of its own does not hinder the others."""
    found: dict[str, str] = {}
    for name in names():
        with suppress(InputError):
            found.update(dict.fromkeys(sorted(find(name).suffixes), name))
    return found


@cache
def _all_options() -> frozenset[str]:
    return frozenset(option for name in dict.fromkeys(_by_suffix().values()) for option in find(name).options)


def choose(path: Path) -> str | None:
    """Name the source that reads a file, by its suffix, and by how it begins where several sources know the suffix.

    Raises ArticleError for a file whose beginning is needed and cannot be read.
    """
    name = path.name.lower().removesuffix(".gz")
    suffix = Path(name).suffix
    known = next((found for end, found in _by_suffix().items() if name.endswith(end) and end.count(".") > 1), None)
    if known is not None:
        return known
    if suffix not in {".xml", ".json", *_TABLES}:
        return _by_suffix().get(suffix)
    with open_bytes(path) as stream:
        head = stream.read(_HEAD).lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in _TABLES:
        return "mme" if head.startswith((b"MMEID", b'"MMEID"')) else "csv"
    if suffix == ".json":
        return "rdf" if b'"@context"' in head and b'"@graph"' in head else "jsonl"
    lower = head.lower()
    if any(mark in lower for mark in _FEEDS):
        return "feed"
    return "rdf" if _RDF in lower else "feed"


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order of their paths, without hidden ones and what a browser saved beside a page."""
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            base = path.name.removesuffix("_files")
            if base != path.name and any((folder / f"{base}{end}").is_file() for end in (".html", ".htm")):
                continue
            if not path.is_symlink():
                yield from _walk(path)
        else:
            yield path


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a run reads: by which source, if it is named, and with what."""

    source: str | None
    options: Mapping[str, str]
    kit: Kit
    around: Around | None


def measure(locations: Iterable[str]) -> int | None:
    """The bytes of all files that a run would read, None if it would read addresses too or a folder cannot be listed."""
    total = 0
    for location in map(Path, locations):
        if str(location).startswith(("http:/", "https:/")):
            return None
        try:
            total += sum(path.stat().st_size for path in (_walk(location) if location.is_dir() else (location,)))
        except OSError:
            return None
    return total


def _read(location: str, reading: _Reading, *, strict: bool) -> Iterator[object]:
    """Read one file or address, and tell the meter of it."""
    meter = reading.kit.meter
    given = _given(location, reading, strict=strict)
    return given if meter is None else meter.over(Path(location), given)


def _given(location: str, reading: _Reading, *, strict: bool) -> Iterator[object]:
    """Read one file or address; what ends its reading is its last item."""
    source, options = reading.source, reading.options
    try:
        name = source or ("feed" if location.startswith(("http://", "https://")) else choose(Path(location)))
        if name is None:
            suffixes = ", ".join(sorted(_by_suffix()))
            yield ArticleError(220, f"{location}: no source reads files of this name", f"known endings: {suffixes}")
            return
        reader = find(name)
        if not strict and source is None and not reader.walked:
            return
        unknown = sorted(set(options) - reader.options)
        if strict and unknown:
            hint = f"it understands: {', '.join(sorted(reader.options)) or 'none'}"
            raise InputError(191, f"the source '{name}' has no option '{unknown[0]}'", hint)
        given = {key: value for key, value in options.items() if key in reader.options}
        items = _refusing(reader(location, given, reading.kit))
        if reading.around is None or reader.beyond is None or reader.beyond & given.keys() or not Path(location).is_file():
            yield from items
        else:
            yield from reading.around.file(InputFile(location, name, _version(name), given), items)
    except ArticleError as error:
        yield error


def _refusing(items: Iterator[Given]) -> Iterator[Given]:
    try:
        yield from items
    except ArticleError as error:
        yield error


def _version(name: str) -> str:
    found = _points()[name].dist
    return found.version if found else ""


def _files(location: str, reading: _Reading) -> Iterator[object]:
    folder = Path(location)
    if location.startswith(("http://", "https://")) or not folder.is_dir():
        yield from _read(location, reading, strict=True)
        return
    source, options = reading.source, reading.options
    known = {option for name in (source,) if name for option in find(name).options} or _all_options()
    if unknown := sorted(set(options) - known):
        raise InputError(191, f"no source has an option '{unknown[0]}'", f"there are: {', '.join(sorted(known))}")
    try:
        for path in _walk(folder):
            if path.exists() and not path.is_file():
                yield ArticleError(208, f"{path}: is a pipe, a socket or a device, not a file", "take it out of the folder")
                continue
            yield from _read(str(path), reading, strict=False)
    except OSError as error:
        yield ArticleError(208, f"{error.filename}: cannot be read ({error.strerror})", "check the folder's permissions")


def content_digest(item: Article | Delta) -> bytes:
    """Tell two things of one name apart, in few bytes: a run may have millions."""
    if isinstance(item, Article):
        return blake2b(item.content, digest_size=8).digest()
    return blake2b("\n".join(triple.n3() for triple in item.triples).encode(), digest_size=8).digest()


def open_sources(
    locations: Iterable[str], source: str | None = None, options: Mapping[str, str] | None = None, kit: Kit | None = None
) -> Iterator[Item]:
    """Read files, folders and addresses lazily, in the order given; folders in the order of their paths.

    What is refused is yielded as its ArticleError with the file and the record, and the rest goes on. Two things of one
    run that bear the same name and differ are a mistake: the second is an error (209), never a silent replacement.
    Raises InputError for a source or an option that there is not (190 to 193).
    """
    reading = _Reading(source, options or {}, kit or Kit(), None)
    for item in _distinct(read_here(cast("Iterator[Given]", _all(locations, reading)))):
        if isinstance(item, Afterwards):
            item.action()
        else:
            assert not isinstance(item, Known)
            yield item


def open_unknown(
    locations: Iterable[str], source: str | None, options: Mapping[str, str], kit: Kit, around: Around
) -> Iterator[Item | Known | Afterwards]:
    """Read as open_sources does, with `around` around each file that stands for itself, and around all of the run.

    What is to be done afterwards is left to the caller, who knows when all before it is taken in.
    """
    return _distinct(around.read(_all(locations, _Reading(source, options, kit, around))))


def _all(locations: Iterable[str], reading: _Reading) -> Iterator[object]:
    return chain.from_iterable(_files(location, reading) for location in locations)


def _distinct(items: Iterable[Item | Known | Afterwards]) -> Iterator[Item | Known | Afterwards]:
    """Refuse what bears a name that another thing of the run has."""
    seen: dict[str, tuple[bytes, str]] = {}
    for item in items:
        if isinstance(item, ArticleError | Afterwards):
            yield item
            continue
        content = item.content if isinstance(item, Known) else content_digest(item)
        known, place = seen.setdefault(item.slug, (content, item.origin))
        if known == content:
            yield item
        else:
            yield ArticleError(
                209, f"{item.origin}: has the same id as {place}, but another text", "give each article an id of its own"
            )


def open_source(
    location: str, source: str | None = None, options: Mapping[str, str] | None = None, kit: Kit | None = None
) -> Iterator[Item]:
    """Read one file, folder or address; see open_sources.

    `source` is a name among `names()`, None to choose by name and content; `kit` is what sources of records need.
    """
    return open_sources((location,), source, options, kit)
