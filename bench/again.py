#!/usr/bin/env python3
"""What a second `entente ingest` of a folder costs beside the first: CPU time of the whole command, as a ratio.

    python bench/again.py [--files N]

The folder mixes texts, pages and JSON Lines, and each tenth file is broken; the store holds the base data before.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import figure
from synthetic import articles, page, text_file

from entente.cli.workbench import Workbench

AIM = 0.1


def run(store: Path, folder: Path) -> tuple[float, str]:
    """Ingest a folder in one process; give the CPU seconds and the first line of the summary."""
    command = [sys.executable, "-m", "entente.cli", "-q", "--store", str(store), "ingest", "--workers", "1", str(folder)]
    # Python keeps the modules that it has read, unless told not to; nobody works without that.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in {0, 1}, done.stderr
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout.splitlines()[0]


def main() -> int:
    """Print both and the ratio; the exit code is 1 if it is not below the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=400, help="files in the folder (default 400)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as name:
        folder, empty, store = Path(name) / "in", Path(name) / "empty", Path(name) / "store"
        folder.mkdir()
        empty.mkdir()
        for n, article in enumerate(articles(options.files, Workbench.open().index, seed=5)):
            record = {"id": article.slug, "text": article.content.decode(), "published": article.published}
            kind, data = (
                ("txt", text_file(article)),
                ("html", page(article)),
                ("jsonl", json.dumps(record).encode() + b"\n"),
            )[n % 3]
            (folder / f"{n:05}.{kind}").write_bytes(b"\xff\x00\xfe" if n % 10 == 9 else data)
        run(store, empty)
        start, _ = run(store, empty)
        first, told = run(store, folder)
        second, again = run(store, folder)
    print(f"nothing     {start:7.2f} s of CPU time to start and end")
    print(f"first run   {first:7.2f} s   {told}")
    print(f"second run  {second:7.2f} s   {again}")
    print(f"ratio       {second / first:7.3f}   aim below {AIM:g}")
    figure("first run", first, "CPU s")
    figure("second run", second, "CPU s", ratio=second / first, to="first run")
    return 0 if second / first < AIM else 1


if __name__ == "__main__":
    sys.exit(main())
