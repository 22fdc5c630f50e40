"""Every rule finds what its examples say it finds, and nothing in what they say it does not."""

from __future__ import annotations

import pytest
import yaml

from entente.errors import InternalError
from entente.model import EventType
from entente_loaders.extract import Rule, RuleExtractor, load_rules, read_rules
from entente_loaders.extract.yaml12 import parse
from entente_loaders.workshop import fires

RULES = load_rules().rules


def test_there_are_rules_for_every_event_type() -> None:
    assert {rule.event for rule in RULES if rule.event} == set(EventType)
    assert len(RULES) >= 120
    assert sum(len(rule.yes) for rule in RULES) >= len(RULES)
    assert sum(len(rule.no) for rule in RULES) >= len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_hold(rule: Rule, extractor: RuleExtractor) -> None:
    assert [text for text in rule.yes if not fires(rule, text, extractor)] == []
    assert [text for text in rule.no if fires(rule, text, extractor)] == []


_FORM = """
family: test
event: exercise
rules:
  - id: {id}
    pattern: "{pattern}"
    examples: {examples}
"""
_GOOD = {"id": "test.case.v1", "pattern": "PARTY:actor V.HOLD", "examples": "{yes: [a], no: [b]}"}
WRONG = {
    "id": ("test", "an id is"),
    "pattern": ("PARTY V.NOSUCH", "no class V.NOSUCH"),
    "pattern ": ("( PARTY", "not closed"),
    "pattern  ": ("%NOSUCH", "no macro"),
    "pattern   ": ("party", "no element"),
    "examples": ("{yes: [a]}", "at least one example"),
}


def test_the_wrong_rules_are_all_tried() -> None:
    assert len(WRONG) == 6


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_is_named_with_its_file(name: str) -> None:
    value, words = WRONG[name]
    source = _FORM.format(**{**_GOOD, name.strip(): value})
    with pytest.raises(InternalError, match=r"rules/test\.yaml") as caught:
        read_rules({"test.yaml": source})
    assert words in caught.value.message
    assert caught.value.code == "ENTENTE-912"


def test_a_rule_id_may_stand_once_only() -> None:
    source = _FORM.format(**_GOOD)
    with pytest.raises(InternalError, match="twice"):
        read_rules({"a.yaml": source, "b.yaml": source})


def test_a_class_may_stand_once_only() -> None:
    with pytest.raises(yaml.YAMLError, match="WAR stands twice"):
        parse("WAR: [war]\nATTACK: [raid]\nWAR: [conflict]")
