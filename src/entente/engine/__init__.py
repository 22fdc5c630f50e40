"""The engine room of the service: one writer, snapshots, and readers that can be killed."""

from __future__ import annotations

from entente.engine.answers import Answer
from entente.engine.backup import back_up
from entente.engine.clients import TooManyError
from entente.engine.dumps import DUMP_TYPES, SUMS, Dump, Dumps
from entente.engine.folder import FolderEngine
from entente.engine.limits import Limits
from entente.engine.local import LocalEngine
from entente.engine.manifest import Manifest
from entente.engine.register import Active, Register
from entente.engine.relay import Relay
from entente.engine.restoration import restore
from entente.engine.room import Engine

__all__ = [
    "DUMP_TYPES",
    "SUMS",
    "Active",
    "Answer",
    "Dump",
    "Dumps",
    "Engine",
    "FolderEngine",
    "Limits",
    "LocalEngine",
    "Manifest",
    "Register",
    "Relay",
    "TooManyError",
    "back_up",
    "restore",
]
