"""Links mentions to entities: by name where the reference data knows it, else to a candidate of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from entente.model import Entity, EntityIndex, Extraction, Iri, Kind, Link, Mention, Resolution
from entente.model.iri import entity, slug

__all__ = ["resolve"]

_CONFIDENCE = {
    "name": 1.0,
    "alias": 0.95,
    "demonym": 0.95,
    "people": 0.9,
    "composed": 0.9,
    "seat": 0.85,
    "place": 0.9,
    "reference": 0.7,
}
_OTHER_CONFIDENCE = 0.8
_CANDIDATE_CONFIDENCE = 0.6


def resolve(extraction: Extraction, index: EntityIndex) -> Resolution:
    """Link every mention that can be linked without guessing; the rest is listed as unresolved, never dropped.

    A name that several entities bear at the article's date stays unresolved. A force or organ that the reference data does
    not know becomes a candidate of its state; an unknown ship, place, exercise series or person becomes one of its own.
    """
    day = _day(extraction.document.article.published)
    links: dict[Mention, Link] = {}
    unresolved: list[Mention] = []
    for mention in extraction.mentions:
        link = _known(mention, index, day) if mention.entities else _candidate(mention, index)
        if link is None:
            unresolved.append(mention)
        else:
            links[mention] = link
    return Resolution(extraction, links, tuple(unresolved))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _valid(found: Entity, day: date | None) -> bool:
    if day is None:
        return True
    return (found.valid_from is None or found.valid_from <= day) and (found.valid_to is None or day <= found.valid_to)


def _known(mention: Mention, index: EntityIndex, day: date | None) -> Link | None:
    found = [(iri, index.entity(iri)) for iri in mention.entities]
    known = [(iri, known) for iri, known in found if known is not None]
    valid = [iri for iri, known in known if _valid(known, day)]
    # A historic state is rightly named in later articles: validity decides between namesakes only.
    choice: Sequence[Iri] = valid or [iri for iri, _ in known]
    if len(choice) != 1:
        return None
    return Link(choice[0], _CONFIDENCE.get(mention.use, _OTHER_CONFIDENCE), mention.use)


def _candidate(mention: Mention, index: EntityIndex) -> Link | None:
    owner = index.entity(mention.state) if mention.state else None
    code = owner.code if owner is not None else None
    match mention.kind:
        case Kind.FORCE | Kind.ORGAN if code and mention.head:
            return _composed(entity(mention.kind.value, code, slug(mention.head)), mention.use, index)
        case Kind.PERSON if code and mention.head:
            # Who speaks as "President X" speaks for the office; the person stays in the text.
            return _composed(entity("organ", code, slug(mention.head)), "office", index)
        case Kind.PERSON if _proper(mention.text):
            return Link(entity("candidate", "person", slug(mention.text)), _CANDIDATE_CONFIDENCE, "unknown", candidate=True)
        case Kind.VESSEL | Kind.PLACE | Kind.EVENT | Kind.SERIES:
            name = slug(mention.text)
            return Link(
                entity("candidate", mention.kind.value, f"{code}-{name}" if code else name),
                _CANDIDATE_CONFIDENCE,
                "unknown",
                candidate=True,
            )
        case _:
            return None


def _proper(text: str) -> bool:
    """Tell whether the words are a person's own name, not "a senior official"."""
    words = text.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _composed(iri: Iri, basis: str, index: EntityIndex) -> Link:
    """Link to a force or organ named by its noun: known under that IRI, or a candidate."""
    return Link(iri, _CANDIDATE_CONFIDENCE, basis, candidate=index.entity(iri) is None)
