"""Which words of two reports speak for one event: names that nobody knows and numbers most, words of every report not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from entente.model import EntityIndex, Iri, Kind

__all__ = ["Lexicon", "is_rare", "sentence_around", "telling_words", "weight"]

_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s|\n")
_FARTHEST = 300
"""How far from the evidence its sentence is looked for, in characters."""
_TOKEN = re.compile(r"\d[\d,.]*\d|[^\W\d_][\w-]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GAP_IN_NAME = re.compile(r"[ -]")
_STEM, _SHORTEST = 5, 4
_MOST = 64
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """about after again against ahead along already also although amid among another around away back because been
    before behind being below between beyond both call called came come could country countries does down during each early
    earlier even ever every first following former from further government have having here however including inside instead
    into just last late later least less like made make many might minister ministry month more most much near need never
    next official officials once only other others over part past people percent place president recent recently report
    reported reports said same saying says second secretary several should since some soon spokesman spokesperson
    spokeswoman state statement states still such take taken than that their them then there these they third this those
    though three through time times today told tomorrow tonight toward towards under until upon very want wants week weeks
    well went were what when where whether which while whose will with within without would year years yesterday your
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""",
    )
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the reference data know of names: the words of states and their seats, and the organisation behind an organ."""

    words: frozenset[str] = frozenset()
    bodies: Mapping[Iri, Iri] = field(default_factory=dict)

    @classmethod
    def of(cls, index: EntityIndex) -> Lexicon:
        """Read it from an index; the name of an organ begins with the whole name of its organisation."""
        words = set[str]()
        labels: dict[str, Iri] = {}
        for name in index.names():
            known = index.entity(name.entity)
            if known is not None and (known.kind is Kind.STATE or name.use == "seat"):
                words.update(_TOKEN.findall(name.surface.lower()))
            elif known is not None and known.kind is Kind.ORGANISATION:
                labels.setdefault(known.label, known.iri)
        bodies = {}
        for label, iri in labels.items():
            parts = label.split(" ")
            heads = (" ".join(parts[:n]) for n in range(1, len(parts)))
            body = next((labels[head] for head in heads if head in labels), None)
            if body is not None:
                bodies[iri] = body
        return cls(frozenset(words), bodies)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentences of the text that the span from `start` to `end` lies in, by character offsets."""
    low = max(0, start - _FARTHEST)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, start)]
    closing = _SENTENCE_END.search(text, max(start, end - 2), end + _FARTHEST)
    return text[ends[-1] if ends else low : max(end, closing.start()) if closing else end + _FARTHEST]


def telling_words(texts: Iterable[str], familiar: frozenset[str]) -> frozenset[str]:
    """The words that tell one matter from another: names as `^name`, numbers as `#number`, others by their beginnings.

    Words of states and their seats are left out, since all reports on the same parties hold them. Of a name of several
    words the last stands for it.
    """
    found = {word for text in texts for word in _words(text, familiar)}
    if len(found) > _MOST:
        found = set(sorted(found, key=lambda word: (not is_rare(word), word))[:_MOST])
    return frozenset(found)


def _words(text: str, familiar: frozenset[str]) -> Iterator[str]:
    name: tuple[str, int] | None = None
    for match in _TOKEN.finditer(text):
        token, start = match[0], match.start()
        plain = token.lower()
        if name is not None and not (token[0].isupper() and _GAP_IN_NAME.fullmatch(text, name[1], start)):
            yield name[0]
            name = None
        if token[0].isdigit():
            if not _YEAR.fullmatch(token):
                yield f"#{token}"
        elif plain in familiar or plain in _COMMON or ("-" in plain and not familiar.isdisjoint(plain.split("-"))):
            name = None
        elif token[0].isupper() and start > 0 and len(token) > 2:
            name = (f"^{plain}", match.end())
        elif len(token) >= _SHORTEST:
            yield plain[:_STEM]
    if name is not None:
        yield name[0]


def is_rare(word: str) -> bool:
    """Whether a telling word is a name or a number."""
    return word[0] in "^#"


def weight(words: Iterable[str]) -> int:
    """How much the words tell: a name or a number twice as much as another word."""
    return sum(2 if is_rare(word) else 1 for word in words)
