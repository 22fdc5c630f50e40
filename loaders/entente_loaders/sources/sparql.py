"""Wikidata or any SPARQL endpoint: a query's rows, asked page by page, say more of states or describe candidates."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path

from entente.errors import ArticleError, Error, InputError, StoreError
from entente.model import Article, BlankNode, Delta, EntityIndex, Iri, Kind, Literal, Solutions, Term
from entente.model.iri import digest, entity, slug
from entente.model.terms import ent, owl, rdf, skos
from entente_loaders.sources.describing import address
from entente_loaders.sources.fetching import AGENT
from entente_loaders.sources.kit import Item, Kit, Source, StateCode, number, switch
from entente_loaders.sources.mapping import DataMapping, Property, read_mapping
from entente_loaders.sources.recording import begin, finish

__all__ = ["SOURCE", "ask"]

Row = Mapping[str, Term]

_ATTEMPTS = 4
_DAY = 86_400
_CODES = {ent.iso3166alpha3: "alpha3", ent.iso3166alpha2: "alpha2", ent.iso3166numeric: "numeric"}


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Item]:
    yield from ask(location, options, kit)


def ask(location: str, options: Mapping[str, str], kit: Kit, sleep: Callable[[float], None] = time.sleep) -> Iterator[Item]:
    """Ask what a mapping file tells to ask; each subject of the answer becomes a delta.

    Raises InputError for a mapping that is none (195) and for a kit without what it takes (194).
    """
    if kit.select is None or kit.index is None:
        hint = "make the kit with entente.cli.sourcing.kit"
        raise InputError(194, "the source 'sparql' needs the reference data and a client of endpoints", hint)
    mapping = read_mapping(Path(location))
    client = _Client(mapping, options, kit.select, sleep)
    states = _states(kit.index, kit.codes)
    seen: set[Term] = set()
    try:
        for subject, rows in groupby(client.rows(), key=lambda row: row.get(mapping.subject)):
            group = tuple(rows)
            try:
                if not isinstance(subject, Iri | Literal):
                    raise _refused(location, f"a row has no {mapping.subject}", "bind it in the query")
                if subject in seen:
                    raise _refused(location, f"{subject.n3()} comes twice", f"let the query ORDER BY ?{mapping.subject}")
                seen.add(subject)
                yield _delta(subject, group, mapping, states, location)
            except ArticleError as error:
                yield error
    except StoreError as error:
        raise ArticleError(237, f"{location}: {error.message}", error.hint) from error
    except Error as error:
        raise ArticleError(237, f"{location}: the endpoint refuses the query: {error.message}", error.hint) from error


def _refused(location: str, reason: str, hint: str) -> ArticleError:
    return ArticleError(238, f"{location}: {reason}", hint)


class _Client:
    """Asks for pages: from the cache if it holds them, else from the endpoint, with delays and some patience."""

    def __init__(
        self,
        mapping: DataMapping,
        options: Mapping[str, str],
        select: Callable[[str, str, str, int], Solutions],
        sleep: Callable[[float], None],
    ) -> None:
        self._mapping = mapping
        self._select = select
        self._sleep = sleep
        self._endpoint = options.get("endpoint", mapping.endpoint)
        self._size = int(number(options, "page", 1000, least=1))
        self._delay = number(options, "delay", 1.0)
        self._timeout = int(number(options, "timeout", 60, least=1))
        self._agent = options.get("agent", AGENT)
        self._age = 0.0 if switch(options, "refresh") else number(options, "max-age", 30) * _DAY
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        self._cache = Path(options["cache"]) if "cache" in options else Path(base) / "entente" / "sparql"
        self._asked = False

    def rows(self) -> Iterator[Row]:
        """All rows of the query, page by page."""
        offset = 0
        while True:
            page = self._page(f"{self._mapping.query}\nLIMIT {self._size} OFFSET {offset}")
            yield from page
            if len(page) < self._size:
                return
            offset += self._size

    def _page(self, query: str) -> Sequence[Row]:
        file = self._cache / f"{digest(self._endpoint, query, length=32)}.json"
        if file.is_file() and time.time() - file.stat().st_mtime < self._age:
            try:
                return [_from_json(row) for row in json.loads(file.read_text(encoding="utf-8"))]
            except (ValueError, TypeError, AttributeError, OSError):
                file.unlink(missing_ok=True)  # half a file of a run that was killed: ask again
        page = self._answer(query)
        self._cache.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_text(json.dumps([_to_json(row) for row in page], ensure_ascii=False), encoding="utf-8")
        draft.replace(file)
        return page

    def _answer(self, query: str) -> Sequence[Row]:
        for attempt in range(1, _ATTEMPTS + 1):
            if self._asked:
                self._sleep(self._delay * 2 ** (attempt - 1))
            self._asked = True
            try:
                found = self._select(self._endpoint, query, self._agent, self._timeout)
            except StoreError:
                if attempt == _ATTEMPTS:
                    raise
                continue
            return [
                {name: term for name, term in zip(found.variables, row, strict=True) if term is not None}
                for row in found.rows
            ]
        raise AssertionError("the last attempt returns or raises")


def _to_json(row: Row) -> dict[str, list[str]]:
    def spelled(term: Term) -> list[str]:
        if isinstance(term, Literal):
            return ["literal", term.lexical, term.datatype, term.lang]
        return ["bnode" if isinstance(term, BlankNode) else "iri", term]

    return {name: spelled(term) for name, term in row.items()}


def _from_json(row: Mapping[str, Sequence[str]]) -> Row:
    def read(parts: Sequence[str]) -> Term:
        kind, value, *rest = parts
        return Literal(value, *rest) if kind == "literal" else BlankNode(value) if kind == "bnode" else Iri(value)

    return {name: read(parts) for name, parts in row.items()}


def _states(index: EntityIndex, codes: Sequence[StateCode]) -> Mapping[tuple[str, str], Iri]:
    """Our states by what a column can name them by; of lists of states only those that are members up to its end."""
    found: dict[tuple[str, str], Iri] = {}
    for state in sorted({name.entity for name in index.names()}):
        known = index.entity(state)
        if known is None or known.kind is not Kind.STATE:
            continue
        for triple in index.closure([state]):
            if triple.subject != state:
                continue
            if triple.predicate == owl.sameAs and isinstance(triple.object, Iri):
                found["wikidata", triple.object] = state
            elif triple.predicate in _CODES and isinstance(triple.object, Literal):
                found[_CODES[triple.predicate], triple.object.lexical] = state
    found.update({(code.scheme, str(code.number)): code.state for code in codes if code.censored})
    return found


def _delta(
    subject: Iri | Literal, rows: Sequence[Row], mapping: DataMapping, states: Mapping[tuple[str, str], Iri], location: str
) -> Delta:
    spelled = subject if isinstance(subject, Iri) else subject.lexical
    local = slug(_short(spelled))
    # Without the stems of IRIs, which would make all rows look like copies of one another.
    lines = sorted(
        {f"{n}: {_short(_plain(t)) if isinstance(t, Iri) else _plain(t)}" for row in rows for n, t in row.items()}
    )
    article = Article(
        slug=f"{mapping.name}-{local}",
        content=("\n".join(lines) + "\n").encode(),
        origin=f"{location}: {spelled}",
        source=address(spelled),
        outlet=mapping.outlet,
        title=f"{mapping.name}: {spelled}",
        licence=mapping.licence,
    )
    assembly = begin(article, "sparql", digest(repr(mapping), length=64))
    if mapping.match is not None:
        node = states.get((mapping.match, spelled))
        if node is None:
            raise _refused(location, f"no state of ours has the {mapping.match} {spelled!r}", "leave it out of the query")
    else:
        assert mapping.cls is not None
        kind = slug(mapping.cls.rsplit("#", 1)[-1])
        # The query's name would change with its wording, the endpoint's own identifier does not.
        node = entity("candidate", kind, f"{local}-{digest(spelled, length=6)}")
        assembly.add(node, rdf.type, ent.CandidateEntity, mapping.cls)
        if isinstance(subject, Iri):
            assembly.add(node, skos.exactMatch, subject)
    unresolved = []
    for row in rows:
        for each in mapping.properties:
            if each.column in row:
                value = _value(each, row[each.column], states, location)
                if value is None:
                    unresolved.append(_plain(row[each.column]))
                else:
                    assembly.add(node, each.predicate, value)
    return finish(assembly, unresolved)


def _short(iri: str) -> str:
    """The end of an IRI, such as Q159."""
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def _plain(term: Term) -> str:
    return " ".join((term.lexical if isinstance(term, Literal) else str(term)).split())


def _value(each: Property, term: Term, states: Mapping[tuple[str, str], Iri], location: str) -> Term | None:
    """Say a cell in our terms; None for a state that is none of ours."""
    text = _plain(term)
    if each.state is not None:
        return states.get((each.state, text))
    if isinstance(term, Iri):
        return term
    try:
        match each.datatype:
            case "integer":
                return Literal.of(int(text))
            case "decimal":
                return Literal.decimal(float(Decimal(text)))
            case "date":
                return Literal.date(date.fromisoformat(text[:10]).isoformat())
    except (ValueError, InvalidOperation) as error:
        raise _refused(location, f"{each.column} is {text!r}, which is no {each.datatype}", "correct the mapping") from error
    lang = each.lang or (term.lang if isinstance(term, Literal) else "")
    return Literal(text, lang=lang)


SOURCE = Source(
    _read,
    frozenset({".sparql.yaml"}),
    frozenset({"agent", "cache", "delay", "endpoint", "max-age", "page", "refresh", "timeout"}),
    walked=False,
)
"""The source `sparql`."""
