"""What a source is: a callable with the file names it knows, and what the rest of Entente lends it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from entente.errors import ArticleError, Error, InputError
from entente.model import Article, Delta, EntityIndex, Iri, Quad, Solutions
from entente_loaders.sources.meter import Meter

__all__ = [
    "Afterwards",
    "Around",
    "Given",
    "InputFile",
    "Item",
    "Kit",
    "Known",
    "PassingError",
    "Read",
    "Source",
    "StateCode",
    "Unread",
    "number",
    "read_here",
    "switch",
]

_LOG = logging.getLogger(__name__)

Item = Article | Delta | ArticleError
"""An article, records already put together, or why something was refused."""


class PassingError(ArticleError):
    """A failure that may not come again when the same material is read again."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Material whose reading is work for another process: `read` gives what it holds and can be pickled.

    `origin` names it in messages; `size` is that of its bytes.
    """

    origin: str
    size: int
    read: Callable[[], Iterable[Item]]

    def items(self) -> list[Item]:
        """All that it holds; what ends the reading is the last item, a mistake of ours (251) too."""
        found: list[Item] = []
        try:
            found.extend(self.read())
        except ArticleError as error:
            found.append(error)
        except (Error, MemoryError):
            raise
        except Exception as error:
            _LOG.debug("%s failed", self.origin, exc_info=True)
            message = f"{self.origin}: cannot be read ({type(error).__name__}: {error})"
            found.append(PassingError(251, message, "this is a bug of Entente's; please report it with the material"))
        return found


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What is to be done once all that came before is safely taken in, and never if it is not."""

    action: Callable[[], None]


Given = Item | Unread | Afterwards
"""What a source yields."""


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


class Around(Protocol):
    """Stands around the reading of a run: may spare the reading of files, and reads what the sources left unread."""

    def file(self, file: InputFile, given: Iterator[Given]) -> Iterator[object]:
        """Give on what a file holds, or what is known of it instead of reading; marks of one's own may be among it."""

    def read(self, stream: Iterable[object]) -> Iterator[Item | Known | Afterwards]:
        """Read what is unread among all that the run holds, keep its order, and take one's own marks out."""


def read_here(stream: Iterable[Given]) -> Iterator[Item | Afterwards]:
    """Read what is unread in this process."""
    for each in stream:
        if isinstance(each, Unread):
            yield from each.items()
        else:
            yield each


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
    (address, query, user agent, seconds); `codes` are the states' memberships; `meter` is told how far a file is read.
    """

    index: EntityIndex | None = None
    codes: tuple[StateCode, ...] = ()
    parse: Callable[[bytes, str, str], Iterable[Quad]] | None = None
    select: Callable[[str, str, str, int], Solutions] | None = None
    meter: Meter | None = None


Read = Callable[[str, Mapping[str, str], Kit], Iterator[Given]]


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

    def __call__(self, location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Given]:
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
