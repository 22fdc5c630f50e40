"""The rules: read from the package's YAML files, checked, and compiled."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from entente.errors import InternalError
from entente.model import EventStatus, EventType, Modality, Mode
from entente_loaders.extract.lexicon import data_files, lexicon
from entente_loaders.extract.patterns import Pattern, PatternError, compile_pattern, of_words
from entente_loaders.extract.yaml12 import parse

__all__ = ["Rule", "RuleSet", "load_rules", "read_rules"]

_SHARED = "_shared.yaml"
_ID = re.compile(r"[a-z_]+(?:\.[a-z_]+)+\.v\d+\Z")
_KINDS = ("event", "detail", "relation", "remark")
_RULE_KEYS = {
    "id",
    "pattern",
    "prior",
    "examples",
    "status",
    "mode",
    "owners",
    "attach",
    "joins",
    "adds",
    "needs",
    "kind",
    "content",
    "background",
    "alike",
    "give",
    "guard",
    "mutual",
    "undated",
    "speaker",
    "other",
    "answers",
}
_FAMILY_KEYS = {
    "family",
    "event",
    "attach",
    "owners",
    "needs",
    "rules",
    "kind",
    "content",
    "alike",
    "mutual",
    "speaker",
    "other",
}
_BY_WORD = ("P.", "S.")
"""Stems of the classes of single prepositions and subordinators."""

# Classes that the engine itself gives, beside those of the lexicon.
_ENGINE_CLASSES = frozenset(
    {
        "NP",
        "VP",
        "PREP",
        "ADJ",
        "A.HOSTILE",
        "A.BLAMED",
        "A.FRIENDLY",
        "COMMA",
        "AND",
        "OR",
        "BUT",
        "THAT",
        "WH",
        "SUB",
        "SEMI",
        "COLON",
        "DASH",
        "PARTY",
        "MULTI",
        "STATE",
        "PLACE",
        "LOCATED",
        "SITE",
        "OWNED",
        "OWNED.MULTI",
        "OWNED.FORCE",
        "OWNED.PERSON",
        "OWNED.BARE",
        "GROUP",
        "PERSON",
        "SIDE",
        "SIDE.LAND",
        "SIDE.FIRM",
        "OWN",
        "PRON",
        "PRON.SINGULAR",
        "PRON.THING",
        "PRON.PLURAL",
        "PRON.FIRST",
        "DEF",
        "PLURAL",
        "NAMED",
        "NEGATIVE",
        "SERIES",
        "FINITE",
        "INF",
        "GER",
        "PART",
        "CALLED",
        "ACTIVE",
        "PASSIVE",
        "EDFORM",
        "BE",
        "VIRTUAL",
        "MUST",
        "WILL",
        "NEGATED",
        "OURS",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `attach` gives the role of what a preposition leads; `owners` that of the states before the trigger noun.

    `joins` lets a match without parties join the event spoken of last; `adds` lets one with other parties join it.
    `undated` marks rules whose verb is another act ("left for drills"), so that its date is not the event's.
    `speaker` gives the role of the one whose words the match lies in, and without such a one the rule does not hold; `other`
    the role that falls to the state last spoken of where the match names nobody for it. `answers` marks replies to a charge.
    `kind` is `event`, `detail` (adds facts to an event that the text has spoken of), `relation`, or `remark` (a judgement
    that the text itself makes). `content` keeps what a speech act says or an agreement is about, in the text's words.
    """

    id: str
    kind: str
    event: EventType | None
    pattern: Pattern
    prior: float
    attach: Mapping[str, str]
    owners: str | None
    needs: Mapping[str, int]
    joins: bool
    adds: bool
    status: EventStatus | None
    mode: Mode | None
    content: bool
    alike: bool
    mutual: bool
    undated: bool
    give: Modality | None
    speaker: str | None
    other: str | None
    answers: bool
    yes: tuple[str, ...]
    no: tuple[str, ...]


class RuleSet:
    """All rules, in the order of their files and lines, indexed by the classes that their patterns need.

    Each rule is listed under that demand of its pattern that the fewest rules share, words before grammar, so that
    a sentence meets few rules that cannot match it, however many there are.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        asked = Counter(name for rule in self.rules for demand in rule.pattern.demands for name in demand)
        self._listed: dict[str, list[tuple[int, Rule, frozenset[str], tuple[frozenset[str], ...]]]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            key = min(rule.pattern.demands, key=lambda demand: _breadth(demand, asked), default=frozenset(("",)))
            for name in key:
                choices = tuple(demand for demand in rule.pattern.demands if len(demand) > 1)
                self._listed[name].append((number, rule, rule.pattern.needs, choices))
        self._listed.setdefault("", [])
        self._keys = frozenset(self._listed)

    def possible(self, present: frozenset[str]) -> list[Rule]:
        """Give, in order, the rules whose needs the classes of a sentence's units meet."""
        listed = self._listed
        met = {
            number: rule
            for name in ("", *(self._keys & present))
            for number, rule, needs, choices in listed[name]
            if needs <= present and not any(map(present.isdisjoint, choices))
        }
        return [met[number] for number in sorted(met)]


def _breadth(demand: frozenset[str], asked: Mapping[str, int]) -> tuple[int, int, list[str]]:
    """Order demands by how often sentences meet them, as far as the rules themselves can tell."""
    return sum(not of_words(name) for name in demand), sum(asked[name] for name in demand), sorted(demand)


@cache
def load_rules() -> RuleSet:
    """Read the rules of the package once."""
    return read_rules(data_files("rules"))


def read_rules(sources: Mapping[str, str]) -> RuleSet:
    """Read rules from YAML sources by file name; `_shared.yaml` holds the macros and the common attachments.

    Raises InternalError (912) that names the file, the rule and what is wrong with it.
    """
    shared: dict[str, Any] = parse(sources.get(_SHARED, "{}")) or {}
    rules: list[Rule] = []
    for name, source in sorted(sources.items()):
        if name != _SHARED:
            family = parse(source)
            _check_keys(family, _FAMILY_KEYS, name)
            rules.extend(_rule(raw, family, shared, name) for raw in family.get("rules", ()))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise _wrong("rules", rule.id, "its id stands twice")
        seen.add(rule.id)
    return RuleSet(rules)


def _wrong(name: str, rule: str, what: str) -> InternalError:
    return InternalError(
        912, f"rules/{name}: rule {rule}: {what}", "compare it with the other rules in loaders/entente_loaders/rules"
    )


def _check_keys(value: Any, allowed: set[str], name: str) -> None:
    if not isinstance(value, dict):
        raise _wrong(name, "-", "it is no mapping")
    if unknown := sorted(set(value) - allowed):
        raise _wrong(name, str(value.get("id", "-")), f"unknown key {', '.join(unknown)}")


def _rule(raw: Any, family: Mapping[str, Any], shared: Mapping[str, Any], name: str) -> Rule:
    _check_keys(raw, _RULE_KEYS, name)
    rule_id = str(raw.get("id", "-"))
    if not _ID.match(rule_id):
        raise _wrong(name, rule_id, "an id is family.frame.vN, such as exercise.active.v1")
    kind = raw.get("kind", family.get("kind", "event"))
    if kind not in _KINDS:
        raise _wrong(name, rule_id, f"kind {kind!r} is none of {', '.join(_KINDS)}")
    examples = raw.get("examples") or {}
    yes, no = tuple(examples.get("yes") or ()), tuple(examples.get("no") or ())
    if not yes or not no:
        raise _wrong(name, rule_id, "it needs at least one example of yes and one of no")
    try:
        pattern = compile_pattern(str(raw["pattern"]), shared.get("macros", {}))
    except (PatternError, KeyError) as error:
        raise _wrong(name, rule_id, f"pattern: {error}") from error
    known = _known_classes()
    for wanted, unwanted in pattern.predicates:
        for unknown in sorted(one for one in wanted | unwanted if one not in known and not one.startswith(_BY_WORD)):
            raise _wrong(name, rule_id, f"there is no class {unknown}")
    event = family.get("event")
    attach = {
        **_by_preposition(shared.get("attach", {})),
        **_by_preposition(family.get("attach", {})),
        **_by_preposition(raw.get("attach", {})),
    }
    return Rule(
        id=rule_id,
        kind=kind,
        event=EventType(event) if event else None,
        pattern=pattern,
        prior=float(raw.get("prior", 0.8)),
        attach=attach,
        owners=raw.get("owners", family.get("owners")),
        needs=raw.get("needs", family.get("needs", {})),
        joins=bool(raw.get("joins", False)),
        adds=bool(raw.get("adds", False)),
        undated=bool(raw.get("undated", False)),
        status=EventStatus(raw["status"]) if "status" in raw else None,
        mode=Mode(raw["mode"]) if "mode" in raw else None,
        content=bool(raw.get("content", family.get("content", False))),
        alike=bool(raw.get("alike", family.get("alike", True))),
        mutual=bool(raw.get("mutual", family.get("mutual", False))),
        give=Modality(raw["give"]) if "give" in raw else None,
        speaker=raw.get("speaker", family.get("speaker")),
        other=raw.get("other", family.get("other")),
        answers=bool(raw.get("answers", False)),
        yes=yes,
        no=no,
    )


def _by_preposition(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {preposition: role for role, prepositions in table.items() for preposition in prepositions}


@cache
def _known_classes() -> frozenset[str]:
    lex = lexicon()
    verbs = frozenset().union(*lex.verbs.values())
    nouns = frozenset().union(*lex.nouns.values())
    modifiers = frozenset().union(*lex.modifiers.values())
    return (
        _ENGINE_CLASSES
        | {f"{stem}.{name}" for name in verbs for stem in ("V", "C")}
        | {f"{stem}.{name}" for name in nouns for stem in ("N", "MN")}
        | {f"M.{name}" for name in modifiers}
    )
