"""Runs a server on a free port of this machine until a block ends, which begins once it listens: for benches and tests."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

__all__ = ["free_port", "free_ports", "listening"]


def free_port() -> int:
    """A port that nobody listens at."""
    [port] = free_ports(1)
    return port


def free_ports(number: int) -> list[int]:
    """So many ports that nobody listens at, each another."""
    with ExitStack() as probes:
        held = [probes.enter_context(socket.socket()) for _ in range(number)]
        for probe in held:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in held]


@contextmanager
def listening(
    command: Sequence[str], port: int, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server, in a folder where one is given, as long as the block runs.

    Raises RuntimeError with what it said where it ends before it listens.
    """
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=environment) as server,
    ):
        try:
            while not _answers(port):
                if server.poll() is not None:
                    log.seek(0)
                    raise RuntimeError(f"{command[0]} ended with {server.returncode}: {log.read().decode(errors='replace')}")
                time.sleep(0.05)
            yield server
        finally:
            server.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
