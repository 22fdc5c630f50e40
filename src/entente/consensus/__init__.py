"""The published merge of what articles claim: event identity, policy, derived facts, and the writer that keeps them."""

from __future__ import annotations

from entente.consensus.policy import POLICY
from entente.consensus.sink import GraphSink

__all__ = ["POLICY", "GraphSink"]
