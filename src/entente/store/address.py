"""The address of a SPARQL store: where to query, where to update, as whom, and what stands for its default graph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit, urlunsplit

from entente.errors import InputError
from entente.model.rdf import Iri

__all__ = ["Address", "is_address", "local_folder", "read_address", "require_folder"]

_SCHEMES = ("http://", "https://", "sparql+http://", "sparql+https://")
_KEYS = frozenset({"update", "default-graph"})
_FORM = "sparql+http://USER:PASSWORD@HOST/QUERY#update=URL&default-graph=IRI, of which only host and path are needed"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store is: `default_graph` names the graph that stands for the default graph where an endpoint has none."""

    query_url: str
    update_url: str
    auth: tuple[str, str] | None = None
    default_graph: Iri | None = None


def is_address(location: str) -> bool:
    """Tell whether a store's location is the address of an endpoint, not a folder."""
    return location.startswith(_SCHEMES)


def local_folder(location: str) -> Path | None:
    """The folder of a store on this machine, None for an endpoint and for `memory:`."""
    return None if is_address(location) or location == "memory:" else Path(location)


def require_folder(location: str) -> None:
    """Raise InputError (120) where the store is to be a folder that is not there."""
    folder = local_folder(location)
    if folder is not None and not folder.is_dir():
        raise InputError(120, f"there is no store at {location}", "make one with: entente demo --no-serve")


def read_address(location: str) -> Address:
    """Read the location of a remote store.

    Where no update URL is given it follows from the query URL as servers have it: `/query` and `/update` side by side
    (Oxigraph, Fuseki), `/statements` below a repository (GraphDB, RDF4J), else one URL for both (Virtuoso, QLever).
    Raises InputError 149 for what is no such address.
    """
    parts = urlsplit(location.removeprefix("sparql+"))
    try:
        settings = parse_qs(parts.fragment, keep_blank_values=True, strict_parsing=bool(parts.fragment))
        host, port = parts.hostname, parts.port
        default = settings.get("default-graph")
        graph = Iri(default[0]) if default else None
    except ValueError as error:
        raise _malformed(str(error)) from error
    if not host:
        raise _malformed("it names no host")
    if unknown := sorted(settings.keys() - _KEYS):
        raise _malformed(f"'{unknown[0]}' after the # is unknown")
    place = f"[{host}]" if ":" in host else host
    bare = parts._replace(netloc=f"{place}:{port}" if port else place, fragment="")
    update = settings.get("update", [_update_url(bare)])[0]
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Address(urlunsplit(bare), update, auth, graph)


def _update_url(parts: SplitResult) -> str:
    if parts.path.endswith("/query"):
        return urlunsplit(parts._replace(path=f"{parts.path.removesuffix('query')}update", query=""))
    if "/repositories/" in parts.path:
        return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/statements", query=""))
    return urlunsplit(parts)


def _malformed(reason: str) -> InputError:
    return InputError(149, f"this is no address of a SPARQL store: {reason}", f"write it as {_FORM}")
