"""Runs `entente` commands in forks of one process that has all loaded, so that a test can start and kill many.

Reads one JSON list of arguments a line from stdin, forks, and writes the child's process id and, once it has ended, how it
ended to stdout. What the commands write goes to stderr, and "ended" after it.
"""

from __future__ import annotations

import gc
import json
import os
import sys

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
            os.dup2(2, 1)
            try:
                cli.main(json.loads(line), prog_name="entente")
            except SystemExit as end:
                sys.stderr.flush()
                os._exit(end.code if isinstance(end.code, int) else 99)
            os._exit(99)
        tell(child)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stderr.write("ended\n")
        sys.stderr.flush()
        tell(status)


if __name__ == "__main__":
    main()
