"""What a source is: a callable with the file names it knows, and what the rest of Entente lends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from entente.errors import ArticleError, InputError
from entente.model import Article, Delta, EntityIndex, Iri, Quad, Solutions

__all__ = ["Around", "InputFile", "Item", "Kit", "Known", "Read", "Source", "StateCode", "number", "switch"]

Item = Article | Delta | ArticleError
"""What a source yields: an article, records already put together, or why something was refused."""


@dataclass(frozen=True, slots=True)
class Known:
    """Stands for a thing of a file that was not read, since all is known of it.

    `content` tells two things of one name apart, as `registry.content_digest` does.
    """

    slug: str
    origin: str
    content: bytes


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a source is about to read, and all that what it yields rests on beside the bytes and our own code.

    `version` is that of the package which the source comes from.
    """

    path: str
    source: str
    version: str
    options: Mapping[str, str]


Around = Callable[[InputFile, Iterator[Item]], Iterator[Item | Known]]
"""Stands around the reading of a file: gives on what is read, or what is known of it instead of reading."""


@dataclass(frozen=True, slots=True)
class StateCode:
    """A state's membership in a list of states, from one year to another, both included.

    `censored` tells that the list ends with the last year, not the state.
    """

    state: Iri
    scheme: str
    number: int
    letters: str
    first: int
    last: int
    censored: bool


@dataclass(frozen=True, slots=True)
class Kit:
    """What sources of records need of the packages above, which loaders must not import; None where nothing was lent.

    `parse` reads RDF (bytes, media type, name for messages) without fetching anything; `select` asks a SPARQL endpoint
    (address, query, user agent, seconds); `codes` are the states' memberships.
    """

    index: EntityIndex | None = None
    codes: tuple[StateCode, ...] = ()
    parse: Callable[[bytes, str, str], Iterable[Quad]] | None = None
    select: Callable[[str, str, str, int], Solutions] | None = None


Read = Callable[[str, Mapping[str, str], Kit], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Source:
    """A source as its entry point gives it; call it with a location, options and a kit.

    `suffixes` are the file names it is chosen for (without `.gz`), `options` the names of the options it understands. A
    source that asks servers is not `walked`: no folder that a file of it lies in makes anybody ask them. `beyond` are the
    options with which more than the file is read, None where it always may be: only a file that stands for itself is
    passed over by a later run.
    """

    read: Read
    suffixes: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    walked: bool = True
    beyond: frozenset[str] | None = None

    def __call__(self, location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Item]:
        """Read what lies at the location."""
        return self.read(location, options, kit)


_YES, _NO = frozenset({"yes", "true", "1", "on"}), frozenset({"no", "false", "0", "off"})


def switch(options: Mapping[str, str], name: str) -> bool:
    """Read an option that is `yes` or `no`; absent means no.

    Raises InputError (192) for anything else.
    """
    value = options.get(name, "no").lower()
    if value not in _YES | _NO:
        raise InputError(192, f"the option {name} is {value!r}", f"give {name}=yes or {name}=no")
    return value in _YES


def number(options: Mapping[str, str], name: str, default: float, *, least: float = 0) -> float:
    """Read an option that is a number of at least `least`.

    Raises InputError (192) for anything else.
    """
    text = options.get(name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not value >= least or value == float("inf"):
        raise InputError(192, f"the option {name} is {text!r}, which is no number of at least {least:g}")
    return value
