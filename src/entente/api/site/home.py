"""The front page: how much there is, the relations that most is told of, and the newest articles."""

from __future__ import annotations

from dataclasses import dataclass

from entente.api.describing import Describer, Value
from entente.api.reader import plain
from entente.model import Iri, Store
from entente.model.terms import dcterms, ent, skos
from entente.query import Catalogue, run

__all__ = ["NOTHING", "Overview", "read_overview", "read_states"]

_DYADS = (
    f"SELECT ?dyad (COUNT(*) AS ?n) WHERE {{ ?event <{ent.dyad}> ?dyad }} GROUP BY ?dyad ORDER BY DESC(?n) ?dyad LIMIT 12"
)
_NEWEST = (
    f"SELECT ?article ?day WHERE {{ ?article a <{ent.Article}> ; <{dcterms.issued}> ?day }} "
    "ORDER BY DESC(?day) ?article LIMIT 8"
)
_STATES = (
    f"SELECT ?name WHERE {{ ?state a <{ent.State}> ; <{skos.prefLabel}> ?name FILTER(LANG(?name) = 'en') }} ORDER BY ?name"
)


@dataclass(frozen=True, slots=True)
class Overview:
    """What is counted; dyads with the number of their events; articles with their days."""

    counts: tuple[tuple[str, int], ...]
    events: tuple[tuple[str, int], ...]
    dyads: tuple[tuple[Value, int], ...]
    newest: tuple[tuple[Value, str], ...]


NOTHING = Overview((), (), (), ())
"""What is shown until something is counted."""


def read_states(store: Store) -> tuple[str, ...]:
    """List the English names of all states, for forms."""
    return tuple(dict.fromkeys(str(plain(row[0])) for row in store.select(_STATES).rows))


def read_overview(store: Store, catalogue: Catalogue, describer: Describer) -> Overview:
    """Count what the graph holds."""
    counted = [(str(plain(what)), int(str(plain(number)))) for what, number in run(catalogue.card("counts"), {}, store).rows]
    by_type = [(what.removeprefix("events: ").replace("_", " "), n) for what, n in counted if what.startswith("events: ")]
    totals = [(what, number) for what, number in counted if not what.startswith("events: ")]
    totals.insert(0, ("events", sum(number for _, number in by_type)))
    return Overview(
        counts=tuple(totals),
        events=tuple(sorted(by_type, key=lambda each: (-each[1], each[0]))),
        dyads=tuple(
            (describer.value(dyad), int(str(plain(number))))
            for dyad, number in store.select(_DYADS).rows
            if isinstance(dyad, Iri)
        ),
        newest=tuple(
            (describer.value(article), str(plain(day)))
            for article, day in store.select(_NEWEST).rows
            if isinstance(article, Iri)
        ),
    )
