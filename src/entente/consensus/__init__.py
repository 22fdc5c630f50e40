"""The published merge of what articles claim: event identity, policy, derived facts, and the writer that keeps them."""

from __future__ import annotations

from entente.consensus.policy import POLICY
from entente.consensus.sink import GraphSink
from entente.consensus.world import canonical_events

__all__ = ["POLICY", "GraphSink", "canonical_events"]
