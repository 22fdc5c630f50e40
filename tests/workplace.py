"""A folder in which the blocks of one page are run, one after another, as a reader would."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import yaml

from blocks import Block
from entente.store import parse
from servers import free_port, listening

__all__ = ["INTERPRETERS", "Workplace", "run_service"]

INTERPRETERS: Mapping[str, list[str]] = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "javascript": ["node", "--input-type=module", "-e"],
    "r": ["Rscript", "-e"],
}
"""What runs the blocks of a language; the text of the block comes last."""

_READERS: Mapping[str, Callable[[str], object]] = {
    "turtle": lambda text: list(parse(text.encode(), "text/turtle")),
    "json": lambda text: [json.loads(line) for line in text.splitlines()],
    "yaml": yaml.safe_load,
    "toml": tomllib.loads,
}
_ADDRESS = re.compile(r"\b(?:127\.0\.0\.1|localhost):8000\b")
_SERVING = re.compile(r"^entente (?:serve|demo)\b(?!.*--no-serve).*\n", re.MULTILINE)
_USES_THE_STORE = re.compile(r"^entente (?!--store|backup|extract|rules|ontology)", re.MULTILINE)
_CHANGES_THE_MACHINE = re.compile(
    r"\b(?:sudo|useradd|apt|apt-get|systemctl|docker|pip|npm|install|mount|chown|kill)\s|(?:>|\b(?:cp|mv|rm) .*) /"
)
_SECONDS = 100


class Workplace:
    """One page's folder: files that its blocks write stay for the next ones."""

    def __init__(self, folder: Path, service: str, stack: ExitStack) -> None:
        self._folder = folder
        self._service = service
        self._stack = stack
        self._output = ""
        self._held = False
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
        self._environment |= {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "PYTHONWARNINGS": "error",
        }

    def do(self, block: Block) -> None:
        """Run a block, read it, or compare it with what was printed; one that is marked must only say why."""
        if "not run" in block.marks:
            assert len(block.marks["not run"]) > 10, "the mark gives no reason"
            return
        if "output" in block.marks:
            _compare(block.text, self._output)
        elif "file" in block.marks:
            path = self._folder / block.marks["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.language == "sparql":
            assert self._ask(block.text), "the query finds nothing"
        elif block.language in _READERS:
            assert _READERS[block.language](block.text), "there is nothing in it"
        else:
            assert block.language in INTERPRETERS, f"nothing runs a block of {block.language or 'no language'}: mark it"
            text = block.text if block.language != "sh" else self._serve(block.text)
            self._run([*INTERPRETERS[block.language], self._here(text)], int(block.marks.get("exit", 0)))

    def _serve(self, text: str) -> str:
        """Start what a shell block serves, in the background for the rest of the page; give what is left of it."""
        assert not _CHANGES_THE_MACHINE.search(text), "it would change the machine: mark it"
        serving = _SERVING.search(text)
        after = text[serving.end() :] if serving else text
        assert not ((self._held or serving) and _USES_THE_STORE.search(after)), "a service holds the store"
        if serving:
            self._held = True
            command = serving[0].partition(" #")[0].strip()
            if command != "entente serve":
                self._run([*INTERPRETERS["sh"], text[: serving.start()]], 0)
                self._service = self._stack.enter_context(run_service(command, self._folder, self._environment))
                return after
            return text[: serving.start()] + after
        return text

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


@contextmanager
def run_service(command: str, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a command that serves, at a free port, as long as the block runs, which begins once it listens."""
    port = free_port()
    with listening(["bash", "-c", f"exec {command} --port {port}"], port, folder, environment):
        yield f"http://127.0.0.1:{port}"


def _compare(expected: str, found: str) -> None:
    """Compare line by line; a line of three dots stands for any lines, three dots at its end for the rest of a line."""
    lines = []
    for line in expected.splitlines():
        head = line.rstrip().removesuffix("...")
        rest = ".*" if head != line.rstrip() else r"[ \t]*"
        lines.append(r"(?:.*\n)*?" if line.strip() == "..." else re.escape(head) + rest + r"\n")
    assert re.fullmatch("".join(lines), found if found.endswith("\n") else f"{found}\n"), f"printed was:\n{found}"
