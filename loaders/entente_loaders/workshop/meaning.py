"""A rule's pattern in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from entente_loaders.extract import Rule
from entente_loaders.extract.lexicon import data_files, lexicon
from entente_loaders.extract.yaml12 import parse

__all__ = ["class_words", "classes_of", "expanded", "form_of", "meaning"]

_MACRO = re.compile(r"%([A-Z]+)")
_ELEMENT = re.compile(r"(?P<classes>[^:?*+{]+)(?::(?P<role>[a-z]+))?(?P<repeat>[?*+]|\{.*\})?\Z")
_REPEATS = {"": "", "?": ", may be missing", "*": ", any number", "+": ", one or more"}
_KINDS = {
    "V": "a verb group of {}",
    "C": "hanging on a verb of {}",
    "N": "a noun group whose head is of {}",
    "MN": "modified by a noun of {}",
    "M": "modified by a word of {}",
}
_SIMPLE = {
    "NP": "a noun group",
    "VP": "a verb group",
    "PREP": "a preposition",
    "ADJ": "an adjective alone",
    "A.HOSTILE": "an adjective of HOSTILE",
    "COMMA": "a comma",
    "AND": "“and”",
    "OR": "“or”",
    "BUT": "“but”",
    "THAT": "“that”",
    "WH": "a relative or question word",
    "SUB": "a word that opens a subordinate clause",
    "SEMI": "a semicolon",
    "COLON": "a colon",
    "DASH": "a dash",
    "PARTY": "who may act: a state, its organ, force or official, or an organisation",
    "MULTI": "several at once",
    "STATE": "a state by its own name",
    "PLACE": "a place",
    "LOCATED": "lying in a state",
    "OWNED": "belonging to a state (“Chinese drills”, “Japan's plan”)",
    "OWNED.MULTI": "belonging to several states",
    "PRON": "a pronoun",
    "PRON.SINGULAR": "“he” or “she”",
    "PRON.THING": "“it”",
    "PRON.PLURAL": "“they”",
    "PRON.FIRST": "“we” or “I”",
    "DEF": "definite (“the”, “this”, “its”)",
    "PLURAL": "in the plural",
    "NAMED": "with a name of its own",
    "NEGATIVE": "negated (“no”)",
    "SERIES": "naming an exercise series",
    "FINITE": "finite",
    "INF": "an infinitive",
    "GER": "an -ing form",
    "PART": "a participle",
    "CALLED": "called by a name",
    "ACTIVE": "in the active",
    "PASSIVE": "in the passive",
    "EDFORM": "a form in -ed",
    "BE": "a form of “be”",
    "PERSON": "a person",
    "OWNED.PERSON": "a person who belongs to a state",
    "GROUP": "an armed group",
    "SIDE": "who may be fought: a party, what belongs to one, or an armed group",
    "SIDE.LAND": "who may be fought, or a state as a place",
    "VIRTUAL": "understood from before",
}


@cache
def _macros() -> Mapping[str, str]:
    shared = parse(data_files("rules")["_shared.yaml"])
    macros: dict[str, str] = shared.get("macros", {})
    return macros


def expanded(pattern: str) -> str:
    """Give a pattern with its macros written out."""
    return " ".join(_MACRO.sub(lambda match: f" {_macros()[match[1]]} ", pattern).split())


def classes_of(pattern: str) -> tuple[str, ...]:
    """Name the classes that a pattern asks for or rules out, in its order."""
    found: dict[str, None] = {}
    for element in expanded(pattern).split():
        if element[0] not in "(|)" and (match := _ELEMENT.match(element)):
            found.update(dict.fromkeys(name.removeprefix("!") for name in match["classes"].split("&")))
    return tuple(found)


def form_of(rule: Rule) -> str:
    """Tell in which form a rule looks for its event: `active`, `passive`, `verb` for either, or `nominal`."""
    asked = {name for wanted, _ in rule.pattern.predicates for name in wanted}
    voices = [voice.lower() for voice in ("ACTIVE", "PASSIVE") if voice in asked]
    if len(voices) == 1:
        return voices[0]
    return "verb" if voices or any(name in {"VP", "BE"} or name.startswith("V.") for name in asked) else "nominal"


def meaning(pattern: str) -> Iterator[str]:
    """Say a pattern in words, one line an element, indented by its brackets."""
    depth = 0
    for element in expanded(pattern).split():
        if element == "(":
            yield f"{'  ' * depth}("
            depth += 1
        elif element.startswith(")"):
            depth -= 1
            yield f"{'  ' * depth}){_repeat(element[1:])}"
        elif element == "|":
            yield f"{'  ' * (depth - 1)}or"
        elif match := _ELEMENT.match(element):
            role = f" = {match['role']}" if match["role"] else ""
            yield f"{'  ' * depth}{_classes(match['classes'].split('&'))}{_repeat(match['repeat'] or '')}{role}"


def _repeat(mark: str) -> str:
    if mark in _REPEATS:
        return _REPEATS[mark]
    least, most = mark.strip("{}").split(",")
    return f", {least} to {most} times"


def _classes(names: Iterable[str]) -> str:
    parts = [f"not {_one(name[1:])}" if name.startswith("!") else _one(name) for name in names]
    return ", ".join(parts)


def _one(name: str) -> str:
    if name in _SIMPLE:
        return _SIMPLE[name]
    stem, _, rest = name.partition(".")
    match stem:
        case "P":
            return f"“{rest.replace('_', ' ')}”"
        case "S":
            return f"“{rest}” opening a clause"
        case _:
            return _KINDS.get(stem, f"of class {name}").format(rest)


def class_words(name: str) -> tuple[str, ...]:
    """Give the words of a lexicon class such as V.HOLD, in alphabetical order; none for a class of the engine's."""
    stem, _, rest = name.partition(".")
    tables = {"V": "verbs", "C": "verbs", "N": "nouns", "MN": "nouns", "M": "modifiers", "A": "modifiers"}
    if stem not in tables or not rest:
        return ()
    table: Mapping[str, frozenset[str]] = getattr(lexicon(), tables[stem])
    return tuple(sorted(word for word, classes in table.items() if rest in classes))
