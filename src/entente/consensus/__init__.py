"""The published merge of what articles claim: event identity, policy, derived facts, review, and the writer of it all."""

from __future__ import annotations

from entente.consensus.choice import Choice, choose
from entente.consensus.policy import CONTRADICTS, POLICY
from entente.consensus.preview import AnswerChange, Preview, preview
from entente.consensus.queue import Item, Queue
from entente.consensus.review import ACCEPTED, NEW, REJECTED, Book, Decision
from entente.consensus.sink import GraphSink
from entente.consensus.world import canonical_events

__all__ = [
    "ACCEPTED",
    "CONTRADICTS",
    "NEW",
    "POLICY",
    "REJECTED",
    "AnswerChange",
    "Book",
    "Choice",
    "Decision",
    "GraphSink",
    "Item",
    "Preview",
    "Queue",
    "canonical_events",
    "choose",
    "preview",
]
