"""Checks of the rules and word lists beyond those that loading them makes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from entente.errors import InternalError
from entente.model import Role
from entente_loaders.extract import Rule, RuleExtractor, RuleSet, read_rules
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.yaml12 import parse
from entente_loaders.workshop.examples import fires, rules_of
from entente_loaders.workshop.meaning import expanded

__all__ = ["Finding", "homes", "lint"]

# These take a preposition away from its role.
_ROLES = frozenset({role.value for role in Role} | {"none", "apart"})
# A class that only keeps compounds such as "cyber attack" out of the class of their last word.
_SHIELD = "NO_"
_STEMS = {"verbs.yaml": ("V", "C"), "nouns.yaml": ("N", "MN"), "modifiers.yaml": ("M",)}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong: in which file, with which rule or word class, and what.

    A `warning` marks what does no harm: a rule that its examples would not miss, a class that only makes its words known.
    """

    file: str
    subject: str
    message: str
    warning: bool = False


def lint(extractor: RuleExtractor, rules: Mapping[str, str], words: Mapping[str, str]) -> tuple[Finding, ...]:
    """Check rule files and lexicon files, given as their sources by name, and list what is wrong with them.

    The rules must load first: what is wrong with the form of a file is the only finding then. `extractor` lends its names;
    the word classes that rules are read with are the package's own.
    """
    try:
        loaded = read_rules(rules)
    except InternalError as error:
        return (Finding(error.message.split(":")[0], "-", error.message.split(": ", 1)[-1]),)
    home = homes(rules)
    findings = {Finding(home[rule.id], rule.id, message) for rule in loaded.rules for message in _rule(rule)}
    findings.update(_examples(loaded, extractor, home))
    findings.update(_equals(loaded, home))
    findings.update(_words(loaded, words))
    return tuple(sorted(findings))


def homes(rules: Mapping[str, str]) -> dict[str, str]:
    """Give the file of each rule."""
    return {
        str(raw["id"]): f"rules/{name}" for name, source in rules.items() for raw in (parse(source) or {}).get("rules", ())
    }


def _rule(rule: Rule) -> Iterator[str]:
    if not 0 < rule.prior < 1:
        yield f"its prior {rule.prior} is not between 0 and 1"
    for role in sorted(rule.pattern.roles):
        if not _engine_knows(role):
            yield f"nothing reads the role {role}"
    for role in sorted({*rule.attach.values(), *rule.needs, *([rule.owners] if rule.owners else [])}):
        if not _engine_knows(role):
            yield f"nothing reads the role {role}, to which it attaches or which it needs"
    for name in sorted({name for wanted, unwanted in rule.pattern.predicates for name in wanted | unwanted}):
        stem, _, word = name.partition(".")
        if stem == "P" and word not in _prepositions():
            yield f"{name} is no preposition of lexicon/closed.yaml"
        if stem == "S" and word not in lexicon().closed["subordinators"]:
            yield f"{name} is no subordinator of lexicon/closed.yaml"
    for text in sorted(set(rule.yes) & set(rule.no)):
        yield f"{text!r} is an example of yes and of no"
    for text, times in Counter((*rule.yes, *rule.no)).items():
        if times > 1 and not (text in rule.yes and text in rule.no):
            yield f"{text!r} is an example {times} times"


@cache
def _prepositions() -> frozenset[str]:
    """Give the prepositions and their classes, as patterns spell them."""
    closed = lexicon().closed
    single = closed["prepositions"] | closed["complex_prepositions"] | {"to"}
    return frozenset({word.replace(" ", "_") for word in single} | {key.partition(".")[2] for key in closed})


def _examples(loaded: RuleSet, extractor: RuleExtractor, home: Mapping[str, str]) -> Iterator[Finding]:
    together = extractor.with_rules(loaded)
    used: set[str] = set()
    for rule in loaded.rules:
        for text in rule.yes:
            if not fires(rule, text, extractor):
                yield Finding(home[rule.id], rule.id, f"it does not fire on {text!r}, an example of yes")
            used |= rules_of(together, text)
        for text in rule.no:
            if fires(rule, text, extractor):
                yield Finding(home[rule.id], rule.id, f"it fires on {text!r}, an example of no")
    for rule in loaded.rules:
        if rule.id not in used:
            message = "among all rules it fires on no example: others always say as much"
            yield Finding(home[rule.id], rule.id, message, warning=True)


def _equals(loaded: RuleSet, home: Mapping[str, str]) -> Iterator[Finding]:
    twins: defaultdict[object, list[Rule]] = defaultdict(list)
    for rule in loaded.rules:
        twins[rule.kind, expanded(rule.pattern.source)].append(rule)
    for first, *others in twins.values():
        for other in others:
            yield Finding(home[other.id], other.id, f"its pattern is that of {first.id}")


def _words(loaded: RuleSet, words: Mapping[str, str]) -> Iterator[Finding]:
    asked = {name for rule in loaded.rules for wanted, unwanted in rule.pattern.predicates for name in wanted | unwanted}
    for file, source in words.items():
        groups: Mapping[str, Any] = parse(source) or {}
        for name, listed in groups.items():
            if not isinstance(listed, list):
                continue
            for word, times in Counter(listed).items():
                if times > 1:
                    yield Finding(f"lexicon/{file}", name, f"{word!r} stands in it {times} times")
            askable = {f"{stem}.{name}" for stem in _STEMS.get(file, ())}
            if askable and not name.startswith(_SHIELD) and not askable & asked and not _engine_knows(name):
                message = "no rule asks for this class, and the engine does not know it"
                yield Finding(f"lexicon/{file}", name, message, warning=True)


def _engine_knows(word: str) -> bool:
    """Tell whether the engine's code speaks of a class or role by its name."""
    return word in _ROLES or word in _engine_words()


@cache
def _engine_words() -> frozenset[str]:
    folder = files("entente_loaders.extract")
    sources = (entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".py"))
    quoted = {found for source in sources for found in re.findall(r'"([A-Za-z][\w.]*)"', source)}
    return frozenset(quoted | {found.partition(".")[2] for found in quoted if "." in found})
