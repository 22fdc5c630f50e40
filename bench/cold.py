#!/usr/bin/env python3
"""Time cold starts: help, versions, a first query and the service until it is ready, beside Python and rdflib alone.

usage: python bench/cold.py [--repeats N]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from figures import figure

_ENTENTE = str(Path(sys.executable).with_name("entente"))
_COMMANDS = {
    "python alone": [sys.executable, "-c", "pass"],
    "import rdflib": [sys.executable, "-c", "import rdflib"],
    "entente --help": [_ENTENTE, "--help"],
    "entente --version": [_ENTENTE, "--version"],
    "a first query": [_ENTENTE, "query", "conflicts"],
}


def main() -> int:
    """Print seconds of the processor, the fewest of some rounds, and the ratio to Python alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5, help="rounds, of which the fastest counts")
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as folder:
        subprocess.run([_ENTENTE, "demo", "--no-serve"], cwd=folder, capture_output=True, check=True)
        spent = {name: min(_run(command, folder) for _ in range(repeats)) for name, command in _COMMANDS.items()}
        spent["service until ready"] = min(_serve(folder) for _ in range(repeats))
    for name, seconds in spent.items():
        ratio = seconds / spent["python alone"]
        print(f"{name:<22}{seconds:.3f} s   {ratio:.1f}")
        figure(name, seconds, "CPU s", ratio=ratio, to="python alone")
    return 0


def _children() -> float:
    """Seconds of the processor that children which have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(command: list[str], folder: str) -> float:
    before = _children()
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return _children() - before


def _serve(folder: str) -> float:
    before = _children()
    command = [_ENTENTE, "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        try:
            address = next(line.split(" at ")[1].split(" ")[0] for line in service.stderr if " at http" in line)
            while True:
                try:
                    with urlopen(f"{address}/readyz") as answer:
                        if answer.status == 204:
                            break
                except URLError:
                    continue
        finally:
            service.terminate()
            service.communicate()
    return _children() - before


if __name__ == "__main__":
    sys.exit(main())
