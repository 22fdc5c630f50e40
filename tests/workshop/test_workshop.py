"""What rule writers are told: findings, misses, meanings and traces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from entente_loaders.extract import RuleExtractor, load_rules
from entente_loaders.extract.lexicon import data_files
from entente_loaders.workshop import (
    class_words,
    document_of,
    expanded,
    find_misses,
    form_of,
    lint,
    meaning,
    origins,
    traces,
)

_GOOD = {
    "id": "test.case.v1",
    "prior": "0.8",
    "pattern": "PARTY:actor V.PRAISE&ACTIVE:verb PARTY:recipient",
    "yes": "China praised Russia.",
    "no": "China left Russia.",
}
_FORM = """
family: test
event: support
rules:
  - id: {id}
    prior: {prior}
    pattern: "{pattern}"
    examples:
      yes: ["{yes}"]
      no: ["{no}"]
"""


def source(**changes: str) -> str:
    return _FORM.format(**{**_GOOD, **changes})


def findings(extractor: RuleExtractor, words: str = "{}", **files: str) -> list[tuple[str, str, str]]:
    rules = {"_shared.yaml": data_files("rules")["_shared.yaml"], **{f"{name}.yaml": text for name, text in files.items()}}
    return [(found.file, found.subject, found.message) for found in lint(extractor, rules, {"verbs.yaml": words})]


def test_a_good_rule_has_no_findings(extractor: RuleExtractor) -> None:
    assert findings(extractor, test=source()) == []


WRONG = {
    "prior": ({"prior": "1"}, "is not between 0 and 1"),
    "role": ({"pattern": "PARTY:actor V.PRAISE&ACTIVE:verb PARTY:reciever"}, "nothing reads the role reciever"),
    "preposition": ({"pattern": "PARTY:actor V.PRAISE&ACTIVE:verb P.nosuch? PARTY:recipient"}, "no preposition"),
    "subordinator": ({"pattern": "PARTY:actor V.PRAISE&ACTIVE:verb S.nosuch? PARTY:recipient"}, "no subordinator"),
    "yes": ({"yes": "China ignored Russia."}, "does not fire on 'China ignored Russia.', an example of yes"),
    "no": ({"no": "Russia praised China."}, "fires on 'Russia praised China.', an example of no"),
    "both": ({"no": "China praised Russia."}, "is an example of yes and of no"),
    "form": ({"pattern": "( PARTY"}, "a bracket is not closed"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_rule_is_found(extractor: RuleExtractor, name: str) -> None:
    changes, words = WRONG[name]
    found = findings(extractor, test=source(**changes))
    assert any(words in message for _, _, message in found), found
    assert {file for file, _, _ in found} == {"rules/test.yaml"}


def test_rules_that_say_the_same_are_found(extractor: RuleExtractor) -> None:
    found = findings(extractor, a=source(), b=source(id="test.twin.v1"))
    assert ("rules/b.yaml", "test.twin.v1", "its pattern is that of test.case.v1") in found
    assert ("rules/b.yaml", "test.twin.v1", "among all rules it fires on no example: others always say as much") in found


def test_words_that_stand_twice_and_classes_without_use_are_found(extractor: RuleExtractor) -> None:
    found = findings(extractor, words="PRAISE: [praise, back, praise]\nNOSUCH: [word]", test=source())
    assert found == [
        ("lexicon/verbs.yaml", "NOSUCH", "no rule asks for this class, and the engine does not know it"),
        ("lexicon/verbs.yaml", "PRAISE", "'praise' stands in it 2 times"),
    ]


def test_misses_are_sentences_with_two_states_and_no_event(extractor: RuleExtractor) -> None:
    text = "China praised Russia. Japan said it would resemble Russia in Brazil. Japan slept. Russia resembled Japan."
    found = list(find_misses(extractor, [document_of(text)]))
    assert [miss.sentence.of(text) for miss in found] == [
        "Japan said it would resemble Russia in Brazil.",
        "Russia resembled Japan.",
    ]
    assert {miss.verb for miss in found} == {"resemble"}
    assert len(list(find_misses(extractor, [document_of(text)], least=1))) == 3


def test_a_pattern_can_be_said_in_words() -> None:
    pattern = "PARTY:actor %PP V.PRAISE&!PASSIVE:verb ( P.for | S.that ) N.EXERCISE+ MN.ARMS"
    assert expanded(pattern).startswith("PARTY:actor ( PREP NP ){0,1} V.PRAISE")
    assert list(meaning(pattern)) == [
        "who may act: a state, its organ, force or official, or an organisation = actor",
        "(",
        "  a preposition",
        "  a noun group",
        "), 0 to 1 times",
        "a verb group of PRAISE, not in the passive = verb",
        "(",
        "  “for”",
        "or",
        "  “that” opening a clause",
        ")",
        "a noun group whose head is of EXERCISE, one or more",
        "modified by a noun of ARMS",
    ]


def test_all_patterns_can_be_said_in_words() -> None:
    rules = load_rules().rules
    assert all(list(meaning(rule.pattern.source)) for rule in rules)
    assert {form_of(rule) for rule in rules} == {"active", "passive", "verb", "nominal"}
    assert "praise" in class_words("V.PRAISE")
    assert class_words("PARTY") == ()


def test_each_claim_of_an_article_has_its_match(extractor: RuleExtractor) -> None:
    text = (
        "Russia and China held naval drills in the Sea of Japan, the Russian Defence Ministry said. "
        "The Russian navy was represented by two corvettes. China praised Russia."
    )
    document = document_of(text)
    extraction = extractor.extract(document)
    origin = origins(extraction, list(traces(extractor, document)))
    claims = [claim for event in extraction.events for claim in event.claims]
    assert len(claims) == 3
    for claim in claims:
        [trace] = origin[claim]
        assert trace.rule == claim.rule
        assert all(claim.evidence[0].covers(group.span) for group in trace.groups)
    other = replace(claims[0], extractor="llm")
    event = replace(extraction.events[0], claims=(other,))
    assert origins(replace(extraction, events=(event,)), list(traces(extractor, document))) == {}
    drill = origin[claims[0]][0]
    assert [(group.role, group.span.of(text)) for group in drill.groups][:2] == [
        ("participants", "Russia and China"),
        ("verb", "held"),
    ]
    assert drill.saying is not None
    assert drill.saying.of(text).strip(", ") == "the Russian Defence Ministry said"
