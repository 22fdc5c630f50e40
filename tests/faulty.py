"""Steps that fail in chosen ways, importable by worker processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from builders import SmallIndex
from entente.model import Document, Extraction, GateReport, Triple
from entente_loaders.pipeline import Steps

__all__ = ["steps"]


class Extractor:
    """Finds nothing; `kill` in a text takes the process down, `kill once` only as long as a flag file is there."""

    name, version = "faulty", "1"

    def __init__(self, flag: Path) -> None:
        self._flag = flag

    def extract(self, document: Document) -> Extraction:
        if "kill once" in document.text:
            if self._flag.exists():
                self._flag.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        elif "kill" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "bug" in document.text:
            raise ZeroDivisionError("a mistake of ours")
        return Extraction(document, (), (), (), self.name, self.version)


class Gate:
    """Lets everything through."""

    def check(self, triples: Iterable[Triple]) -> GateReport:
        return GateReport((), {"urn:shape": len(tuple(triples))})


def _steps(flag: Path, never: bool) -> Steps:
    if never:
        os._exit(3)
    return Steps(Extractor(flag), SmallIndex(), Gate())


def steps(flag: Path, *, never: bool = False) -> partial[Steps]:
    """A maker of such steps; `never` ends the process instead."""
    return partial(_steps, flag, never)
