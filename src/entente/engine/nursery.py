"""A small process that starts workers by forking: they are up in milliseconds, hold no threads, and may be killed.

It runs main() in a Python of its own, with a socket on its standard input. Each message carries one end of a socket pair;
the child that is forked works on it, and its process id goes back.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

from entente.engine.frames import pack, read_frame
from entente.engine.isolation import isolate
from entente.engine.snapshots import LARGE, is_large, labels_of
from entente.engine.work import read
from entente.errors import StoreError
from entente.store.oxigraph import OxigraphStore

__all__ = ["Nursery", "main"]

_PR_SET_PDEATHSIG = 1
_PROGRAM = "import sys; from entente.engine.nursery import main; main(*sys.argv[1:])"


class Nursery:
    """Starts readers; `isolated` tells whether they are cut off from the network.

    Only readers that are to call other servers need the `network`. In snapshots of `least` bytes they do not read labels.
    """

    def __init__(self, least: int = LARGE, *, network: bool = False) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, str(least), "network" if network else ""],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
            )
        self._control = ours
        self._lock = threading.Lock()
        hello = read_frame(ours)
        if hello is None:
            raise StoreError(521, "the readers cannot be started", "see what it wrote on standard error")
        self.isolated = hello[1] == b"1"
        self.pid = self._process.pid

    def start(self) -> tuple[socket.socket, int]:
        """Start a reader, and give our end of its socket and its process id."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            try:
                socket.send_fds(self._control, [b"+"], [theirs.fileno()])
                reply = read_frame(self._control)
            except OSError:
                reply = None
        if reply is None:
            ours.close()
            raise StoreError(521, "the readers cannot be started: their parent process is gone", "start the service again")
        return ours, int(reply[1])

    def close(self) -> None:
        """End, and with it all readers."""
        self._control.close()
        self._process.wait()


def main(least: str, network: str = "") -> None:
    """Fork readers until the other side goes; they are cut off from the network unless it is asked for."""
    control = socket.socket(fileno=os.dup(0))
    # Only the service is told of Ctrl-C; it ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control.sendall(pack(b"H", b"1" if not network and isolate() else b"0"))
    # Linux then forgets dead children by itself.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    parent = os.getpid()
    while True:
        message, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        child = os.fork()
        if child == 0:
            control.close()
            _die_with(parent)
            read(socket.socket(fileno=handles[0]), partial(_open, int(least)))
            os._exit(0)
        os.close(handles[0])
        control.sendall(pack(b"+", str(child).encode()))


def _open(least: int, folder: str) -> OxigraphStore:
    return OxigraphStore.read_only(Path(folder), labels_of(Path(folder)), prompt=is_large(Path(folder), least))


def _die_with(parent: int) -> None:
    """Have Linux kill this process when its parent dies; elsewhere it ends when its socket closes, after its query."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
