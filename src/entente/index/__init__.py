"""The reference data as an index of names and entities."""

from __future__ import annotations

from entente.index.base import BaseData, load_base
from entente.index.reference import ReferenceIndex

__all__ = ["BaseData", "ReferenceIndex", "load_base"]
