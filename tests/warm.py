"""Runs `entente` commands in forks of one process that has all loaded, so that a test can start and kill many.

Reads a line of JSON from stdin, `{"arguments": [...], "after": N, "seconds": S}`, forks, and writes how the child ended to
stdout. With `after` the child dies at once, without a chance to clean up, S seconds of its processor time behind the Nth
line that `entente.ingest` logs: processor time, so that the load of the machine does not move the place.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
from pathlib import Path

from entente.cli import cli
from entente.cli.workbench import Workbench
from entente.ingest import intake
from entente.store import loading
from entente_loaders.pipeline import Steps

BATCH = 4
"""Articles a batch: small, so that there are many commits to kill."""
LARGE = 400
"""Quads from which on a commit has two steps: few, so that both kinds of commits are killed."""


def tell(what: object) -> None:
    """Write a line to whoever started this."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


class Death(logging.Handler):
    """Sets the clock that ends this process: no handler of SIGPROF stands between it and the end."""

    def __init__(self, after: int, seconds: float) -> None:
        super().__init__(logging.DEBUG)
        self._left, self._seconds = after, seconds

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - what logging calls
        """Count a line."""
        self._left -= 1
        if self._left == 0:
            signal.setitimer(signal.ITIMER_PROF, max(self._seconds, 1e-6))


def main() -> None:
    """Load everything, say so, then serve."""
    workbench = Workbench.open()
    steps = workbench.steps()

    def opened(_: type[Workbench]) -> Workbench:
        return workbench

    def made(_: Workbench, __: str = "rules") -> Steps:
        return steps

    Workbench.open = classmethod(opened)  # type: ignore[method-assign]
    Workbench.steps = made  # type: ignore[method-assign]
    intake.BATCH = BATCH
    loading.LARGE = LARGE
    # what is shared with the children stays shared as long as nobody touches it
    gc.collect()
    gc.freeze()
    tell("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            order = json.loads(line)
            if order["after"] is not None:
                logging.getLogger("entente.ingest").addHandler(Death(order["after"], order["seconds"]))
            try:
                with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
                    os.dup2(nowhere.fileno(), 1)
                    os.dup2(nowhere.fileno(), 2)
                cli.main(order["arguments"], prog_name="entente")
            except SystemExit as end:
                sys.stderr.flush()
                os._exit(end.code if isinstance(end.code, int) else 99)
            os._exit(99)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
