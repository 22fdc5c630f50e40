"""Short articles that change, and stores to ingest them into, for tests that kill `entente ingest`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["base_store", "command", "copied", "dump", "write"]

STATES = ("Russia", "China", "India", "Japan", "France", "Brazil", "Egypt", "Kenya", "Norway", "Peru", "Chile", "Ghana")


def write(folder: Path, number: int, version: int) -> None:
    """Write one short article, each third as a web page; versions differ in what they say happened."""
    one, other = STATES[number % 12], STATES[(number + 1 + (number // 12 + version) % 11) % 12]
    verb = ("signed an agreement on trade with", "imposed sanctions on", "held talks with")[version % 3]
    day = 1 + number % 28
    title, told = f"{one} and {other}", f"{one} {verb} {other} on May {day}, 2023."
    if number % 3 == 0:
        url = f"https://post.example/a{number:03}"
        published = f'<meta name="date" content="2023-05-{day:02}"><link rel="canonical" href="{url}">'
        head = f'<title>{title}</title><meta property="og:site_name" content="Test Post">{published}'
        article = f"<article><h1>{title}</h1><p>{told}</p><p>Nothing else was said about it.</p></article>"
        (folder / f"a{number:03}.html").write_text(f"<html><head>{head}</head><body>{article}</body></html>")
        return
    (folder / f"a{number:03}.txt").write_text(
        f"---\nid: a{number:03}\noutlet: Test Post\npublished: 2023-05-{day:02}\n---\n{title}\n{told}\n"
    )


def command(store: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "entente.cli", "-v", "--store", str(store), *map(str, arguments)]


def dump(store: Path) -> bytes:
    done = subprocess.run([*command(store, "dump", "-f", "nq")], capture_output=True, check=True)
    assert done.stdout.count(b"\n") > 10_000
    return done.stdout


def base_store(folder: Path) -> Path:
    """A folder of stores to copy, with one that holds the base data and no article."""
    store = folder / "store"
    (folder / "empty").mkdir()
    subprocess.run(command(store, "ingest", folder / "empty"), capture_output=True, check=True)
    return folder


def copied(fresh: Path, to: Path) -> Path:
    """A store of one's own, with its journal."""
    shutil.copytree(fresh, to)
    return to / "store"
