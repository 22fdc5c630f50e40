"""Where things lie, for the maps of the pages, which need no other server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from entente.api.describing import Describer, Value
from entente.api.naming import namer
from entente.model import Iri
from entente.model.terms import ent

__all__ = ["Located", "Map", "locate"]

_SIDES = (ent.westLongitude, ent.southLatitude, ent.eastLongitude, ent.northLatitude)


@dataclass(frozen=True, slots=True)
class Located:
    """A place with its bounds in degrees: west, south, east, north; None where the reference data has none."""

    place: Value
    bounds: tuple[float, float, float, float] | None

    @property
    def words(self) -> str:
        """The middle of the bounds in words."""
        if self.bounds is None:
            return ""
        west, south, east, north = self.bounds
        latitude, longitude = (south + north) / 2, (west + (east if east >= west else east + 360)) / 2
        longitude = longitude - 360 if longitude > 180 else longitude
        return (
            f"{abs(latitude):.1f}° {'N' if latitude >= 0 else 'S'}, {abs(longitude):.1f}° {'E' if longitude >= 0 else 'W'}"
        )


@dataclass(frozen=True, slots=True)
class Map:
    """Places and states that a page speaks of; `data` is what the drawing takes."""

    places: tuple[Located, ...]
    states: tuple[Value, ...]
    data: dict[str, Any]

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.data["points"] or self.data["states"])


def locate(describer: Describer, places: Iterable[Iri], states: Iterable[Iri], link: Callable[[str], str | None]) -> Map:
    """Look up where places lie, and the numeric codes by which the map knows states (ISO 3166-1)."""
    reader = describer.reader
    where, named = tuple(places), tuple(states)
    show = namer(reader, (*where, *named))
    found, points = [], []
    for place in where:
        numbers = [reader.text(place, side) for side in _SIDES]
        said = [float(number) for number in numbers if number is not None]
        bounds = (said[0], said[1], said[2], said[3]) if len(said) == len(_SIDES) else None
        shown = show(place)
        found.append(Located(shown, bounds))
        if bounds is not None:
            sides = dict(zip(("west", "south", "east", "north"), bounds, strict=True))
            points.append({"label": shown.text, "href": link(place), **sides})
    # A location may be a state where a text names no more.
    codes = [reader.text(state, ent.iso3166numeric) for state in (*named, *(each.place.iri for each in found)) if state]
    data = {"points": points, "states": sorted({f"{int(code):03}" for code in codes if code})}
    return Map(tuple(found), tuple(map(show, named)), data)
