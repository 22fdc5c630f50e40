"""States by whatever people call them: ISO code, COW number, or the name as a slug; and pairs of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from entente.api.reader import plain
from entente.errors import InputError
from entente.model import Iri, Term
from entente.model.iri import slug

__all__ = ["Known", "StateTable"]


@dataclass(frozen=True, slots=True)
class Known:
    """A state with its alpha-3 code and its name."""

    iri: Iri
    code: str
    label: str


class StateTable:
    """The states of a dataset, by code, number and name."""

    def __init__(self, rows: Iterable[Mapping[str, Term]]) -> None:
        self._by: dict[str, Known] = {}
        for row in rows:
            iri = Iri(str(row["state"]))
            code = plain(row.get("code")) or iri.rsplit("/", 1)[-1]
            label = plain(row.get("label")) or code
            state = Known(iri, code, label)
            for name in (code.lower(), slug(label), plain(row.get("number"))):
                if name:
                    self._by.setdefault(name, state)

    def find(self, name: str) -> Known:
        """Give the state of that name. Raises InputError 143 where there is none."""
        state = self._by.get(name.lower())
        if state is None:
            raise InputError(143, f"there is no state {name!r}", "see /states, or say RUS, 365 or russia", status=404)
        return state

    def pair(self, names: str) -> tuple[Known, Known]:
        """Give the two states of a name such as RUS-CHN or united-states-china, in the order of their codes.

        Raises InputError 143 where it is not the name of two states.
        """
        parts = names.lower().split("-")
        for cut in range(1, len(parts)):
            one, other = (self._by.get("-".join(each)) for each in (parts[:cut], parts[cut:]))
            if one and other and one != other:
                first, second = sorted((one, other), key=lambda state: state.code)
                return first, second
        raise InputError(
            143, f"{names!r} is no pair of states", "name two, as in RUS-CHN, 365-710 or russia-china", status=404
        )
