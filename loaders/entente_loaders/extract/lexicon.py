"""The word classes that rules are written in, read once from the package's YAML files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from entente.errors import InternalError
from entente.model import EventStatus
from entente_loaders.extract.yaml12 import parse

__all__ = ["Lexicon", "data_files", "lexicon", "ruleset_digest"]

_AUXILIARIES = frozenset({"be", "do", "have"})


def data_files(folder: str) -> dict[str, str]:
    """Read the YAML files of one folder of the package, by name, in the order of their names."""
    root = files("entente_loaders").joinpath(folder)
    found = sorted((entry for entry in root.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
    return {entry.name: entry.read_text(encoding="utf-8") for entry in found}


@cache
def ruleset_digest(engine: str) -> str:
    """Digest everything that decides what is extracted: the engine's version, the rules and the lexicon."""
    digest = hashlib.sha256(engine.encode())
    for folder in ("lexicon", "rules"):
        for name, source in data_files(folder).items():
            digest.update(f"\0{folder}/{name}\0{source}".encode())
    return digest.hexdigest()[:16]


_IMPLIED = {
    "WARSHIP": {"SHIP", "FORCE", "AFLOAT"},
    "DETACHMENT": {"AFLOAT", "FORCE"},
    "PORT_CALL": {"SHIP_VISIT"},
    "VISIT": {"SHIP_VISIT"},
}
"""What words of a class are as well."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word classes by lemma, and the closed classes as sets."""

    verbs: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    modifiers: Mapping[str, frozenset[str]]
    particles: Mapping[str, tuple[tuple[str, ...], ...]]
    status: Mapping[str, EventStatus]
    irregular: Mapping[str, str]
    pasts: frozenset[str]
    """Irregular pasts, such as "left" and "spoke"."""
    only_pasts: frozenset[str]
    """Those of them that are no participle, such as "spoke"."""
    traps: tuple[str, ...]
    ship_prefixes: Mapping[str, str]
    leaders: Mapping[str, Any]
    """The leaders as the file has them; `leaders.read_leaders` reads them against the states that are known."""
    closed: Mapping[str, frozenset[str]]
    complex_prepositions: Mapping[str, tuple[tuple[str, ...], ...]]
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]


def _classes(groups: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for name, words in groups.items():
        for word in words:
            table[word].add(name)
    return {word: frozenset(names) for word, names in table.items()}


def _with_implied(table: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Give words the classes that their own imply."""
    return {word: names.union(*(more for name, more in _IMPLIED.items() if name in names)) for word, names in table.items()}


def _by_first(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in sorted(phrases):
        first, *rest = phrase.split()
        if rest:
            table[first].append(tuple(rest))
    return {first: tuple(sorted(rests, key=lambda rest: (-len(rest), rest))) for first, rests in table.items()}


def _strings(value: Any, name: str) -> dict[str, list[str]]:
    if not isinstance(value, dict) or not all(
        isinstance(words, list) and all(isinstance(word, str) for word in words) for words in value.values()
    ):
        raise InternalError(910, f"lexicon/{name} is no mapping of classes to lists of words", "quote words such as 'no'")
    return value


@cache
def lexicon() -> Lexicon:
    """Read the lexicon.

    Raises InternalError (910) when a file has not the form it should have.
    """
    raw = {name: parse(source) for name, source in data_files("lexicon").items()}
    verbs = _classes(_strings(raw["verbs.yaml"], "verbs.yaml"))
    nouns = _with_implied(_classes(_strings(raw["nouns.yaml"], "nouns.yaml")))
    closed_raw: dict[str, Any] = raw["closed.yaml"]
    closed: dict[str, frozenset[str]] = {}
    for key, value in closed_raw.items():
        groups = value if isinstance(value, dict) else {"": value}
        for part, words in groups.items():
            if isinstance(words, list):
                closed[f"{key}.{part}" if part else key] = frozenset(words)
    status = {
        lemma: EventStatus(name) for name, lemmas in _strings(raw["status.yaml"], "status.yaml").items() for lemma in lemmas
    }
    irregular = _strings(raw["irregular.yaml"], "irregular.yaml")
    principal = [forms for verb, forms in irregular.items() if verb not in _AUXILIARIES]
    return Lexicon(
        ship_prefixes=closed_raw["ship_prefixes"],
        leaders=raw["leaders.yaml"],
        verbs=verbs,
        nouns=nouns,
        modifiers=_classes(_strings(raw["modifiers.yaml"], "modifiers.yaml")),
        particles=_by_first(verbs),
        status=status,
        irregular={form: verb for verb, forms in irregular.items() for form in forms},
        pasts=frozenset(forms[0] for forms in principal),
        only_pasts=frozenset(forms[0] for forms in principal if len(forms) > 1),
        traps=tuple(sorted(name for names in _strings(raw["names.yaml"], "names.yaml").values() for name in names)),
        closed=closed,
        complex_prepositions=_by_first(closed["complex_prepositions"]),
        numbers=closed_raw["numbers"],
        multipliers=closed_raw["multipliers"],
    )
