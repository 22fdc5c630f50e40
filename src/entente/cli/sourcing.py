"""Lends the sources what they need of the packages that loaders do not import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import cached_property
from typing import cast

from entente.cli.workbench import Workbench
from entente.index import BaseData
from entente.model import Change, Iri, Literal, Quad, Solutions, Term
from entente.model.terms import ent
from entente_loaders.sources import Item, Kit, Meter, StateCode, open_sources

__all__ = ["kit", "kit_on_demand", "open_all"]


def kit(workbench: Workbench) -> Kit:
    """Make the kit: reference data, state codes, a reader of RDF and a client of SPARQL endpoints."""
    return Kit(workbench.index, state_codes(workbench.base), _parse, _select)


class _OnDemand:
    """A kit that is made for the first source that uses it: most material needs none, and it takes a third of a second."""

    def __init__(self, workbench: Callable[[], Workbench], meter: Meter | None) -> None:
        self._workbench = workbench
        self.meter = meter

    @cached_property
    def _kit(self) -> Kit:
        return kit(self._workbench())

    def __getattr__(self, name: str) -> object:
        return getattr(self._kit, name)


def kit_on_demand(workbench: Callable[[], Workbench], meter: Meter | None = None) -> Kit:
    """Make a kit that opens the workbench only when a source uses it."""
    return cast("Kit", _OnDemand(workbench, meter))


def open_all(
    workbench: Workbench, locations: Iterable[str], source: str | None = None, options: Mapping[str, str] | None = None
) -> Iterator[Item]:
    """Read files, folders and addresses with everything lent; see entente_loaders.sources.open_sources."""
    return open_sources(locations, source, options, kit(workbench))


def state_codes(base: BaseData) -> tuple[StateCode, ...]:
    """Gather the memberships of states in the lists of states (COW, GW), sorted."""
    nodes: dict[Iri, dict[Iri, Term]] = {}
    for subject, predicate, value in base.graphs["reference"]:
        if predicate in _CODE and isinstance(subject, Iri):
            nodes.setdefault(subject, {})[predicate] = value
    found = []
    for node in nodes.values():
        state, scheme = node.get(ent.codeOf), node.get(ent.codeScheme)
        if isinstance(state, Iri) and isinstance(scheme, Iri):
            number, first, last = (int(_text(node[p])) for p in (ent.codeNumber, ent.validFromYear, ent.validToYear))
            censored = ent.rightCensored in node and _text(node[ent.rightCensored]) == "true"
            notation = scheme.rsplit("/", 1)[-1]
            found.append(StateCode(state, notation, number, _text(node[ent.codeLetters]), first, last, censored))
    return tuple(sorted(found, key=lambda code: (code.state, code.scheme, code.first)))


_ANY = Iri("urn:any")
_CODE = frozenset(
    {ent.codeOf, ent.codeScheme, ent.codeNumber, ent.codeLetters, ent.validFromYear, ent.validToYear, ent.rightCensored}
)


def _text(term: Term) -> str:
    return term.lexical if isinstance(term, Literal) else str(term)


def _parse(data: bytes, media_type: str, origin: str) -> Iterable[Quad]:
    """Read RDF with its literals as the store gives them back, so that taking a file in twice changes nothing."""
    from entente.store import open_store, parse  # noqa: PLC0415 - only RDF files need it

    quads = parse(data, media_type, origin=origin)
    literals = list(dict.fromkeys(quad.object for quad in quads if isinstance(quad.object, Literal)))
    with closing(open_store("memory:")) as store:
        numbered = (Quad(_ANY, Iri(f"urn:{number}"), literal) for number, literal in enumerate(literals))
        store.apply(Change(insert=tuple(numbered)))
        kept: dict[Term, Term] = {
            literals[int(quad.predicate.removeprefix("urn:"))]: quad.object for quad in store.quads(_ANY)
        }
    return [quad._replace(object=kept.get(quad.object, quad.object)) for quad in quads]


def _select(url: str, query: str, agent: str, timeout: int) -> Solutions:
    from entente.store import RemoteStore  # noqa: PLC0415 - only endpoints need it

    return RemoteStore(url, timeout=timeout, agent=agent).select(query)
