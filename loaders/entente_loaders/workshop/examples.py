"""Tries rules on their examples."""

from __future__ import annotations

from functools import cache

from entente.model import Article, Document
from entente_loaders.extract import Rule, RuleExtractor, RuleSet, load_rules
from entente_loaders.text import read

__all__ = ["document_of", "fires", "rules_of"]

_PUBLISHED = "2023-07-20"
_LEAD = "exercise.hold.active.v1"


def document_of(text: str) -> Document:
    """Make an article of a few words, published on a Thursday."""
    return read(Article("example", text.encode(), "example", published=_PUBLISHED))


def rules_of(extractor: RuleExtractor, text: str) -> set[str]:
    """Give the rules behind the claims that an extractor makes of a text."""
    found = extractor.extract(document_of(text))
    claims = [claim for event in found.events for claim in event.claims]
    claims += [*(relation.claim for relation in found.relations), *found.remarks]
    return {claim.rule for claim in claims}


def fires(rule: Rule, text: str, extractor: RuleExtractor) -> bool:
    """Tell whether a rule, alone, makes a claim of the text.

    Details and rules that join an event are given one that speaks of exercises, for they add to what the text has said.
    """
    lead = _lead()
    support = (lead,) if rule.id != lead.id and (rule.kind == "detail" or rule.joins) else ()
    return rule.id in rules_of(extractor.with_rules(RuleSet((rule, *support))), text)


@cache
def _lead() -> Rule:
    return next(rule for rule in load_rules().rules if rule.id == _LEAD)
