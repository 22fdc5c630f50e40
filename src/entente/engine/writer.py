"""The one process that writes to the store on disk; after each change it publishes a snapshot for the readers.

It runs main() in a Python of its own, with a socket on its standard input.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from entente.engine.frames import END, ERROR, HEAD, error_payload, pack, read_frame, to_error
from entente.engine.isolation import isolate
from entente.engine.snapshots import Published
from entente.errors import Error, QueryError, StoreError
from entente.store.oxigraph import OxigraphStore

__all__ = ["Writer", "main"]

_START = 600.0
_PROGRAM = "import sys; from entente.engine.writer import main; main(*sys.argv[1:])"


class Writer:
    """Our side of the writer; its calls block, and go one after another."""

    def __init__(self, store: Path, snapshots: Path, *, network: bool = False) -> None:
        self._arguments = (str(store), str(snapshots), "network" if network else "")
        self._lock = threading.Lock()
        self._given_up = False
        self._start()

    @property
    def pid(self) -> int:
        """The process id of the writer."""
        return self._process.pid

    def update(self, text: str, base: str | None, seconds: float, relay: str | None = None) -> int:
        """Carry out an update, which may LOAD through the `relay`, and give the version that shows it.

        Raises what the store raises, and StoreError where it takes too long: it is then whole or undone.
        """
        with self._lock:
            if self._process.poll() is not None:
                self._restart()
            try:
                self._connection.settimeout(seconds)
                self._connection.sendall(pack(HEAD, json.dumps({"update": text, "base": base, "relay": relay}).encode()))
                return self._reply()
            except TimeoutError as error:
                self._restart()
                raise StoreError(
                    524,
                    f"the update took longer than {seconds:g} s and was ended; it was undone, unless it had just been done",
                    "do less at once, and ask the graph what it holds",
                ) from error
            except OSError as error:
                self._restart()
                raise _gone() from error

    def give_up(self) -> None:
        """End the writer if it is at work, for good; whoever waits is told that the update was undone, unless just done."""
        self._given_up = True
        if self._lock.locked():
            self._process.kill()

    def close(self) -> None:
        """Let the writer end in order."""
        with self._lock:
            self._connection.close()
            self._process.wait()

    def _restart(self) -> None:
        """Let go of a writer that has ended, or that must, and start another."""
        self._end()
        if not self._given_up:
            self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-c", _PROGRAM, *self._arguments]
            self._process = subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL)
        self._connection = ours
        self._connection.settimeout(_START)
        try:
            self.started = self._reply()
        except OSError as error:
            self._end()
            raise _gone() from error
        except BaseException:
            self._end()
            raise

    def _reply(self) -> int:
        frame = read_frame(self._connection)
        if frame is None:
            raise ConnectionResetError("the writer is gone")
        kind, payload = frame
        if kind == ERROR:
            raise to_error(payload)
        return int(payload)

    def _end(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()


def _gone() -> StoreError:
    return StoreError(
        526, "the writer ended; the update was undone, unless it had just been done", "ask the graph, try again"
    )


def main(folder: str, snapshots: str, network: str) -> None:
    """Hold the store, publish it, and carry out updates until the other side goes; with a network if it is asked for."""
    connection = socket.socket(fileno=os.dup(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not network:
        isolate()
    published = Published(Path(snapshots))
    try:
        again = published.is_current(Path(folder))
        store = OxigraphStore(Path(folder))
        version = published.publish(store, again=again)
        published.claim()
        connection.sendall(pack(END, str(version).encode()))
    except (Error, OSError) as error:
        connection.sendall(pack(ERROR, error_payload(_ours(error))))
        return
    while (frame := read_frame(connection)) is not None:
        request = json.loads(frame[1])
        try:
            store.update(request["update"], request["base"], request["relay"])
            reply = pack(END, str(published.publish(store)).encode())
        except QueryError as error:
            reply = pack(ERROR, error_payload(error))
        except (Error, OSError) as error:
            # A store whose disk failed takes no more changes until it is opened anew: the next update starts a writer.
            connection.sendall(pack(ERROR, error_payload(_ours(error))))
            return
        connection.sendall(reply)
    store.close()
    with suppress(OSError):
        # Without the note, the next start makes a new version.
        published.note(Path(folder))


def _ours(error: Error | OSError) -> Error:
    if isinstance(error, Error):
        return error
    return StoreError(528, f"the store could not be published: {error}", "check the disk: df -h; a change may be seen later")
