"""Names in tables resolved to entities of the reference data: exactly, at a date, and never by guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from entente.model import EntityIndex, Iri, Kind
from entente_loaders.sources.kit import StateCode

__all__ = ["Names"]

_OWN_NAMES = frozenset({"name", "alias"})


class Names:
    """The names of the reference data; `spellings` give names of theirs for those that a table uses."""

    def __init__(self, index: EntityIndex, codes: Iterable[StateCode], spellings: Mapping[str, str]) -> None:
        self._index = index
        self._spellings = spellings
        self._found: dict[str, set[Iri]] = defaultdict(set)
        for name in index.names():
            if name.use in _OWN_NAMES:
                self._found[name.surface].add(name.entity)
        self._members: dict[Iri, list[StateCode]] = defaultdict(list)
        for code in codes:
            self._members[code.state].append(code)

    def find(self, name: str, kinds: Collection[Kind]) -> Iri | None:
        """The one entity of these kinds that bears the name; None where there is none, or more than one."""
        known = self._found.get(self._spellings.get(name, name), ())
        fitting = [iri for iri in known if (entity := self._index.entity(iri)) is not None and entity.kind in kinds]
        return fitting[0] if len(fitting) == 1 else None

    def in_system(self, state: Iri, year: int) -> bool:
        """Whether the state was a member of one of the lists of states (COW, GW) that year, as far as they tell.

        A list tells nothing of the years behind its end, nor of a state that no list has at all.
        """
        members = self._members.get(state)
        return not members or any(code.first <= year and (year <= code.last or code.censored) for code in members)
