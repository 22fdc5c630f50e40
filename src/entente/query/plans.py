"""What an index of a list is made of: queries, cut out of its card, for its rows and for what each filter lets through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from entente.query.bind import bind
from entente.query.card import MARKED_LINE, TIED_LINE, Card, Listing, ParamType

__all__ = ["HIGH", "LOW", "AheadPlan", "Bound", "ListPlan", "Plan", "from_json", "plan", "plans"]

LOW, HIGH = "low_", "high_"
"""How the columns begin that hold the least and the greatest value of a variable."""

_RANGE = re.compile(
    r"FILTER\((?P<open>!BOUND\(\?(?P<bound>\w+)\) \|\| )?\?(?P<variable>\w+) (?P<sign>[<>])= \?(?P<value>\w+)\)[ \t]+#:"
)
_LOCAL_NAME = re.compile(
    r"^(?P<indent>[ \t]*)FILTER\(STR\((?P<iri>\?\w+)\) = CONCAT\((?P<stem>STR\(\w*:\)), \?value\)\)", re.MULTILINE
)
_NO_PATTERN = ("OPTIONAL", "BIND", "FILTER", "#")


@dataclass(frozen=True, slots=True)
class Bound:
    """A filter that compares: the column, whether its value must be `least`, whether what is not known passes, its type."""

    column: str
    least: bool
    open: bool
    type: str


@dataclass(frozen=True, slots=True)
class ListPlan:
    """How a list is indexed.

    `rows` asks for all its rows with the columns of `bounds` beside those of `sorts`; `facets` ask, for each parameter that
    chooses by a value, which key goes with which ?value. Parameters that choose alike have one query. `counted` are the
    parameters by whose values rows can be counted.
    """

    card: str
    key: str
    sorts: Mapping[str, str]
    rows: str
    facets: Mapping[str, str]
    bounds: Mapping[str, Bound]
    counted: tuple[str, ...] = ()

    @property
    def queries(self) -> tuple[str, ...]:
        """The queries of `facets`, each once; an index knows them by their places here."""
        return tuple(dict.fromkeys(self.facets.values()))

    def facet(self, name: str) -> int:
        """The number of the facet by which a parameter chooses."""
        return self.queries.index(self.facets[name])

    def to_json(self) -> dict[str, Any]:
        """Say it in JSON."""
        return asdict(self) | {"counted": list(self.counted)}


@dataclass(frozen=True, slots=True)
class AheadPlan:
    """How the answers of a card are kept, for each value of the parameter `by`, and for `values` of the others.

    `query` asks for all of them, with the value of `by` in a column.
    """

    card: str
    by: str
    values: Mapping[str, str]
    column: str
    query: str

    def to_json(self) -> dict[str, Any]:
        """Say it in JSON."""
        return asdict(self)


Plan = ListPlan | AheadPlan
"""What an index is made of."""


def from_json(said: dict[str, Any]) -> Plan:
    """Read what a plan's to_json() said."""
    if "bounds" not in said:
        return AheadPlan(**said)
    bounds = {name: Bound(**bound) for name, bound in said["bounds"].items()}
    return ListPlan(**{**said, "bounds": bounds, "counted": tuple(said["counted"])})


def plans(cards: Iterable[Card]) -> tuple[Plan, ...]:
    """Plan the indexes of the lists among some cards that have one, and of the answers that are kept."""
    made: list[Plan] = []
    for card in cards:
        if card.listing is not None and card.listing.indexed:
            made.append(plan(card, card.listing))
        if card.ahead is not None:
            made += [_ahead(card, card.ahead.by, values) for values in card.ahead.values]
    return tuple(made)


def _ahead(card: Card, by: str, values: Mapping[str, str]) -> AheadPlan:
    """All answers at once: the card without the line of a parameter, whose variable is shown."""
    column = next(match["variable"] for match in MARKED_LINE.finditer(card.text) if match["name"] == by)
    text = MARKED_LINE.sub(lambda match: "" if match["name"] == by else match[0], card.text)
    whole = replace(card, params=tuple(param for param in card.params if param.name != by), text=text)
    query = bind(whole, values)
    if column not in card.columns:
        query = re.sub(r"^SELECT ", f"SELECT ?{column} ", query, count=1, flags=re.MULTILINE)
    return AheadPlan(card.name, by, values, column, query)


def plan(card: Card, listing: Listing) -> ListPlan:
    """Plan the index of a list by the lines that are tied to its parameters."""
    types = {param.name: param.type for param in card.params}
    tied = {name: [line for line in card.text.splitlines() if _tie(line) == name] for name in listing.indexed}
    bounds = {}
    for name, lines in tied.items():
        found = _RANGE.search(lines[0]) if len(lines) == 1 else None
        if found is not None:
            least = found["sign"] == ">"
            kind = "NUMERIC" if types[name] is ParamType.INTEGER else "TEXT"
            bounds[name] = Bound((HIGH if least else LOW) + found["variable"], least, found["open"] is not None, kind)
    facets = {name: _facet(card, listing, name) for name in listing.indexed if name not in bounds}
    rows = _rows(card, listing, bounds)
    return ListPlan(card.name, listing.key, dict(listing.sorts), rows, facets, bounds, listing.counted)


def _tie(line: str) -> str | None:
    found = TIED_LINE.match(f"{line}\n")
    return found["name"] if found else None


def _rows(card: Card, listing: Listing, bounds: Mapping[str, Bound]) -> str:
    """The inner SELECT without filters, with the least or greatest value of what is compared."""
    columns = sorted({bound.column for bound in bounds.values()})
    more = "".join(
        f"({'MIN' if name.startswith(LOW) else 'MAX'}(?{name.removeprefix(LOW).removeprefix(HIGH)}) AS ?{name}) "
        for name in columns
    )
    return re.sub(r"\bWHERE\b", f"{more}WHERE", listing.inner(bind(card, {})), count=1)


def _facet(card: Card, listing: Listing, name: str) -> str:
    """Which key goes with which value: the patterns of the inner SELECT, and all that is tied to the parameter."""
    variable = next(match["variable"] for match in MARKED_LINE.finditer(card.text) if match["name"] == name)
    inner = listing.inner(card.text)
    prologue, _, rest = inner.partition("SELECT")
    body = rest[rest.index("WHERE {") + len("WHERE {") : rest.rindex("}")]
    lines = [line for line in body.splitlines() if not MARKED_LINE.match(line)]
    kept = [
        line for line in lines if _tie(line) == name or (_tie(line) is None and not line.strip().startswith(_NO_PATTERN))
    ]
    patterns = re.sub(rf"\?{variable}\b", "?value", "\n".join(line.partition("  #: ")[0] for line in kept))
    # What compares the local name of an IRI gives it.
    patterns = _LOCAL_NAME.sub(
        r"\g<indent>FILTER(STRSTARTS(STR(\g<iri>), \g<stem>)) BIND(STRAFTER(STR(\g<iri>), \g<stem>) AS ?value)", patterns
    )
    return f"{prologue}SELECT DISTINCT ?{listing.key} ?value WHERE {{\n{patterns}\n}}"
