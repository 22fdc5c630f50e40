"""A folder in which the blocks of one page are run, one after another, as a reader would."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

from blocks import Block
from servers import free_port

__all__ = ["INTERPRETERS", "Workplace", "run_service"]

INTERPRETERS: Mapping[str, list[str]] = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "javascript": ["node", "--input-type=module", "-e"],
    "r": ["Rscript", "-e"],
}
"""What runs the blocks of a language; the text of the block comes last."""

_ADDRESS = re.compile(r"\b(?:127\.0\.0\.1|localhost):8000\b")
_SERVING = re.compile(r"^entente (?!.*--no-serve)(?:--store \S+ )?(?:serve|demo)\b.*$", re.MULTILINE)
_SECONDS = 60


class Workplace:
    """One page's folder: files that its blocks write stay for the next ones."""

    def __init__(self, folder: Path, shared_service: str, stack: ExitStack) -> None:
        self._folder = folder
        self._service = shared_service
        self._stack = stack
        self._output = ""
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
        self._environment |= {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "PYTHONWARNINGS": "error",
        }

    def do(self, block: Block) -> bool:
        """Run a block, or write or compare what it holds; False for one that is marked as not to be run."""
        if "not run" in block.marks:
            assert len(block.marks["not run"]) > 10, "the mark gives no reason"
            return False
        if "file" in block.marks:
            path = self._folder / block.marks["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif "output" in block.marks:
            _compare(block.text, self._output)
        elif block.language == "sparql":
            assert self._ask(block.text), "the query finds nothing"
        elif block.language == "turtle":
            self._run([sys.executable, "-c", _PARSE, block.text], 0)
        else:
            assert block.language in INTERPRETERS, f"nothing runs a block of {block.language or 'no language'}: mark it"
            text = block.text
            if block.language == "sh":
                for command in _SERVING.findall(text):
                    self._serve(command)
                text = _SERVING.sub("", text)
            self._run([*INTERPRETERS[block.language], self._here(text)], int(block.marks.get("exit", 0)))
        return True

    def _run(self, command: list[str], expected: int) -> None:
        done = subprocess.run(
            command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        self._output = done.stdout.replace(self._service.removeprefix("http://"), "127.0.0.1:8000")
        assert done.returncode == expected, f"exit code {done.returncode}:\n{done.stdout}"

    def _serve(self, command: str) -> None:
        """Start what a block says in the background, for the rest of the page."""
        self._service = self._stack.enter_context(run_service(command, self._folder, self._environment))

    def _here(self, text: str) -> str:
        return _ADDRESS.sub(self._service.removeprefix("http://"), text)

    def _ask(self, query: str) -> bool:
        """Ask the service, and tell whether it found anything."""
        request = urllib.request.Request(f"{self._service}/sparql", urlencode({"query": query}).encode())
        request.add_header("Accept", "text/csv, text/turtle;q=0.9")
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
                return len(answer.read().decode().splitlines()) > 1
        except HTTPError as error:
            raise AssertionError(error.read().decode()) from error


_PARSE = """
import sys
from entente.store import parse
assert list(parse(sys.argv[1].encode(), "text/turtle"))
"""


@contextmanager
def run_service(command: str, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a command that serves, at a free port, as long as the block runs, which begins once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = folder / f"service-{port}.log"
    line = f"exec {command} --port {port}"
    with (
        log.open("wb") as sink,
        subprocess.Popen(["bash", "-c", line], cwd=folder, env=environment, stdout=sink, stderr=sink) as process,
    ):
        try:
            while process.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
            assert process.poll() is None, log.read_text()
            yield address
        finally:
            process.terminate()


def _compare(expected: str, found: str) -> None:
    """Compare line by line; a line of three dots stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + r"[ \t]*\n" for line in expected.splitlines()
    )
    assert re.fullmatch(pattern, found if found.endswith("\n") else f"{found}\n"), f"printed was:\n{found}"
