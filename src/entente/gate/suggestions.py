"""What a validation result could be mended with, where the data shows what was meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from entente.gate.compiled.values import spell
from entente.gate.terminology import KNOWN_TERM, Terminology, shorten
from entente.model import Iri, Literal, Term, Triple, Violation
from entente.model.iri import NS, VOCAB
from entente.model.terms import sh, xsd

__all__ = ["Advisor"]

_DAY_FIRST = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s*")
_STEM = re.compile(r"\^(https://w3id\\?\.org/entente/[a-z0-9/-]+/)")
_LEXICAL = {
    xsd.date: re.compile(r"-?\d{4,}-\d\d-\d\d"),
    xsd.boolean: re.compile(r"true|false|0|1"),
    xsd.integer: re.compile(r"[+-]?\d+"),
    xsd.decimal: re.compile(r"[+-]?\d*\.?\d+"),
    xsd.string: re.compile(r"(?s).*"),
}
_ASKED = (sh.class_, sh.datatype, sh.pattern, sh.nodeKind)
_Asked = dict[Iri, Term]


class Advisor:
    """Suggests fixes, from what the shapes ask for and what the terminology knows."""

    def __init__(self, terminology: Terminology, shapes: Iterable[Triple]) -> None:
        self._terms = terminology
        self._asks: defaultdict[str, _Asked] = defaultdict(dict)
        for subject, predicate, value in shapes:
            if predicate in _ASKED:
                self._asks[spell(subject)][predicate] = value

    def suggest(self, violation: Violation, statement: Triple | None, predicates: Collection[Iri] = ()) -> str | None:
        """Suggest a fix for a result; `statement` is what it speaks of, `predicates` are those of its focus node."""
        if violation.component == KNOWN_TERM:
            return self._term(violation.value or violation.path or "")
        if violation.value is None:
            return self._misspelt(violation.path, predicates)
        if statement is None:
            return None
        value = statement.object
        asked = self._asks.get(violation.shape, {})
        if isinstance(value, Iri):
            return self._iri(value, asked)
        return self._literal(value, asked) if isinstance(value, Literal) else None

    def _term(self, term: str) -> str | None:
        meant = self._terms.meant(term)
        return f"did you mean {shorten(meant)}?" if meant else None

    def _misspelt(self, path: str | None, predicates: Collection[Iri]) -> str | None:
        """A property that is missing may be there under a name that nobody knows."""
        for predicate in sorted(predicates):
            if path is not None and self._terms.meant(predicate) == path:
                return f"did you mean {shorten(path)} by {shorten(predicate)}?"
        return None

    def _iri(self, value: Iri, asked: _Asked) -> str | None:
        meant = self._terms.meant(value)
        stem = _stem(asked)
        if meant is None and stem is not None and not value.startswith(stem):
            meant = self._terms.concept(stem, re.split(r"[#/]", value)[-1])
        return f"did you mean {shorten(meant)}?" if meant and meant != value else None

    def _literal(self, value: Literal, asked: _Asked) -> str | None:
        text = value.lexical
        dates = _dates(text)
        if dates and asked.get(sh.datatype, xsd.date) == xsd.date:
            return "write the date as " + " or ".join(f'"{day}"^^xsd:date' for day in dates)
        datatype = asked.get(sh.datatype)
        if isinstance(datatype, Iri) and datatype != value.datatype:
            lexical = _LEXICAL.get(datatype)
            if lexical is not None and lexical.fullmatch(text):
                return f"write {Literal(text).n3()}^^{shorten(datatype)}"
        if _wants_iri(asked):
            return self._named(text, asked)
        pattern = asked.get(sh.pattern)
        if isinstance(pattern, Literal):
            for changed in (text.upper(), text.lower(), text.strip()):
                if changed != text and _matches(pattern.lexical, changed):
                    return f"write {Literal(changed).n3()}"
        return None

    def _named(self, text: str, asked: _Asked) -> str | None:
        """An IRI that a literal stands for: it spells one, or it is the label of something."""
        if re.fullmatch(r"https?://\S+", text):
            meant = self._terms.meant(text) or text
            return f"write the IRI {shorten(meant)} instead of a literal"
        stem = _stem(asked)
        if stem is not None:
            concept = self._terms.concept(stem, text)
            return f"did you mean {shorten(concept)}?" if concept else None
        found = sorted(iri for iri in self._terms.labelled(text) if not iri.startswith((NS, VOCAB)))
        return f"did you mean {' or '.join(shorten(iri) for iri in found[:3])}?" if found else None


def _stem(asked: _Asked) -> str | None:
    """What the IRIs of the shape begin with, if its pattern says so."""
    pattern = asked.get(sh.pattern)
    match = _STEM.match(pattern.lexical) if isinstance(pattern, Literal) else None
    return match.group(1).replace("\\", "") if match else None


def _wants_iri(asked: _Asked) -> bool:
    return sh.class_ in asked or asked.get(sh.nodeKind) == sh.IRI or _stem(asked) is not None


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False


def _dates(text: str) -> list[str]:
    """The days that numbers in the order of day, month and year stand for, and also in the American order."""
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        return []
    first, second, year = (int(part) for part in match.groups())
    found = []
    for day, month in ((first, second), (second, first)):
        try:
            iso = date(year, month, day).isoformat()
        except ValueError:
            continue
        if iso not in found:
            found.append(iso)
    return found
