"""REST for things of the graph: states, exercises, articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query

from entente.api.models import (
    ArticleOut,
    ClaimOut,
    Contribution,
    Exercise,
    ExerciseItem,
    ExercisePage,
    Participation,
    Ref,
    Source,
    SpanOut,
    State,
    Time,
)
from entente.api.reader import Reader, plain, tail
from entente.errors import InputError
from entente.model import Iri, Term
from entente.model.iri import entity, vocab
from entente.model.terms import dcterms, ent, rdf, rdfs, sem, skos
from entente.query import Catalogue, bind, run

__all__ = ["router"]

_CONTRADICTS = vocab("claim-relation", "contradicts")
_PAGE = 100
_PAGE_LIMIT = 1000

Row = dict[str, Term | None]
Slug = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~-]*$", max_length=200)]
Code = Annotated[str, Path(pattern=r"^[A-Za-z]{3}$", description="ISO 3166-1 alpha-3 code", examples=["RUS"])]


def router(reader: Reader, catalogue: Catalogue) -> APIRouter:
    """The routes over one store."""
    routes = APIRouter(tags=["entities"])
    rows = _runner(reader, catalogue)

    @routes.get("/states/{code}", summary="A state, its names and bodies")
    def state(code: Code) -> State:
        iri = entity("state", code.upper())
        known = reader.index.entity(iri)
        if known is None:
            raise _unknown("state", code)
        names = reader.texts(iri, skos.altLabel) + reader.texts(iri, ent.alias)
        bodies = {q.subject for q in reader.store.quads(None, ent.belongsToState, iri, default_graph=True)}
        return State(
            code=code.upper(),
            iri=iri,
            label=known.label,
            names=sorted(set(names)),
            bodies=[reader.ref(body) for body in sorted(bodies) if isinstance(body, Iri)],
            exercises=f"/exercises?state={code.upper()}",
        )

    @routes.get("/exercises", summary="Exercises, by state and time")
    def exercises(
        state: Annotated[str | None, Query(pattern="^[A-Za-z]{3}$", description="ISO alpha-3", examples=["RUS"])] = None,
        from_: Annotated[date | None, Query(alias="from", description="ends on this day or later")] = None,
        to: Annotated[date | None, Query(description="begins on this day or earlier")] = None,
        limit: Annotated[int, Query(ge=1, le=_PAGE_LIMIT)] = _PAGE,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    ) -> ExercisePage:
        given = {"state": state, "from": from_ and from_.isoformat(), "to": to and to.isoformat()}
        values = {name: value for name, value in given.items() if value}
        query = bind(catalogue.card("exercises"), values)
        found = reader.store.select(f"{query}\nLIMIT {limit + 1} OFFSET {offset}")
        items = [_item(dict(zip(found.variables, row, strict=True))) for row in found.rows]
        more = urlencode({**values, "limit": limit, "offset": offset + limit}) if len(items) > limit else None
        return ExercisePage(items=items[:limit], next=more and f"/exercises?{more}")

    @routes.get("/exercises/{id}", summary="All that is published about an exercise")
    def exercise(id: Slug) -> Exercise:
        iri = entity("exercise", id)
        if not any(reader.store.quads(iri, rdf.type, ent.Exercise, default_graph=True)):
            raise _unknown("exercise", id)
        return Exercise(
            id=id,
            iri=iri,
            names=reader.texts(iri, ent.name),
            mode=tail(next(iter(reader.nodes(iri, ent.mode)), None)),
            status=[tail(status) for status in reader.nodes(iri, ent.status)],
            states=[reader.ref(state) for state in reader.nodes(iri, ent.involvesState)],
            places=[reader.ref(place) for place in reader.nodes(iri, ent.location)],
            times=[_time(reader, node) for node in reader.nodes(iri, ent.when)],
            participations=[_participation(reader, node) for node in reader.nodes(iri, ent.hasParticipation)],
            contributions=[_contribution(reader, node) for node in reader.nodes(iri, ent.hasContribution)],
            aims=sorted(aim for node in reader.nodes(iri, ent.statedAim) for aim in reader.texts(node, ent.aimText)),
            sources=[_source(reader, row) for row in rows("event-sources", {"event": iri})],
            conflicts=_conflicts(reader, iri),
        )

    @routes.get("/articles/{id}", summary="An article with its claims, and the words that make them")
    def article(id: Slug) -> ArticleOut:
        iri = entity("article", id)
        if not any(reader.store.quads(iri, rdf.type, ent.Article, default_graph=True)):
            raise _unknown("article", id)
        outlet = next(iter(reader.nodes(iri, ent.publisher)), None)
        return ArticleOut(
            id=id,
            iri=iri,
            title=reader.text(iri, dcterms.title),
            issued=reader.text(iri, dcterms.issued),
            outlet=reader.ref(outlet) if outlet else None,
            source=reader.text(iri, dcterms.source),
            sha256=reader.text(iri, ent.textSha256),
            claims=_claims(reader, rows("claims-of-article", {"article": iri})),
        )

    return routes


def _unknown(kind: str, name: str) -> InputError:
    return InputError(143, f"the graph has no {kind} {name!r}", "see /exercises for what there is", status=404)


def _runner(reader: Reader, catalogue: Catalogue) -> Callable[[str, dict[str, str]], list[Row]]:
    def rows(name: str, values: dict[str, str]) -> list[Row]:
        found = run(catalogue.card(name), values, reader.store)
        return [dict(zip(found.variables, row, strict=True)) for row in found.rows]

    return rows


def _item(row: Row) -> ExerciseItem:
    iri = str(row["exercise"])
    return ExerciseItem(
        id=tail(row["exercise"]),
        iri=iri,
        name=plain(row["name"]),
        mode=tail(row["mode"]),
        begin=plain(row["begin"]),
        end=plain(row["end"]),
        place=plain(row["place"]),
        states=_number(row["states"]) or 0,
    )


def _number(term: Term | None) -> int | None:
    text = plain(term)
    return None if text is None else int(text)


def _time(reader: Reader, node: Iri) -> Time:
    precision = next(iter(reader.nodes(node, ent.datePrecision)), None)
    return Time(
        earliest_begin=reader.text(node, sem.hasEarliestBeginTimeStamp),
        latest_begin=reader.text(node, sem.hasLatestBeginTimeStamp),
        earliest_end=reader.text(node, sem.hasEarliestEndTimeStamp),
        latest_end=reader.text(node, sem.hasLatestEndTimeStamp),
        edtf=reader.text(node, ent.edtf),
        precision=tail(precision) or None,
    )


def _participation(reader: Reader, node: Iri) -> Participation:
    [agent] = reader.nodes(node, ent.participant)
    [role] = reader.nodes(node, ent.roleType)
    return Participation(agent=reader.ref(agent), role=tail(role))


def _contribution(reader: Reader, node: Iri) -> Contribution:
    by = next(iter(reader.nodes(node, ent.contributedBy)), None)
    count = reader.text(node, ent.count)
    return Contribution(
        by=reader.ref(by) if by else None,
        materiel=reader.text(node, ent.materielLabel) or "",
        count=int(count) if count else None,
        qualifier=tail(next(iter(reader.nodes(node, ent.countQualifier)), None)),
        vessels=[reader.ref(vessel) for vessel in reader.nodes(node, ent.includesVessel)],
    )


def _ref(reader: Reader, term: Term | None) -> Ref:
    assert isinstance(term, Iri)
    return reader.ref(term)


def _source(reader: Reader, row: Row) -> Source:
    return Source(
        article=f"/articles/{tail(row['article'])}",
        outlet=plain(row["outlet"]),
        issued=plain(row["issued"]),
        speaker=_ref(reader, row["speaker"]),
        level=tail(row["level"]),
        modality=tail(row["modality"]),
        claims=_number(row["claims"]) or 0,
    )


def _conflicts(reader: Reader, event: Iri) -> list[str]:
    """The reasons of the contradictions between claims about the event."""
    about = sorted({quad.subject for quad in reader.store.quads(None, ent.onEvent, event, default_graph=True)})
    contradictions = [r for r in about if isinstance(r, Iri) and _CONTRADICTS in reader.nodes(r, ent.relationType)]
    return sorted({reason for relation in contradictions for reason in reader.texts(relation, rdfs.comment)})


def _claims(reader: Reader, rows: list[Row]) -> list[ClaimOut]:
    """One claim of all the rows that give its spans, in order of first evidence."""
    spans: dict[str, list[SpanOut]] = {}
    first: dict[str, Row] = {}
    for row in rows:
        iri = str(row["claim"])
        first.setdefault(iri, row)
        span = SpanOut(start=_number(row["start"]) or 0, end=_number(row["end"]) or 0, quote=plain(row["words"]) or "")
        spans.setdefault(iri, []).append(span)
    return [
        ClaimOut(
            iri=iri,
            speaker=_ref(reader, row["speaker"]),
            level=tail(row["level"]),
            modality=tail(row["modality"]),
            content=plain(row["content"]),
            spans=spans[iri],
        )
        for iri, row in first.items()
    ]
