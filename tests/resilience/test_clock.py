"""A clock that jumps changes nothing of what is stored: the same articles give the same bytes, whatever year it says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, require

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))[:6]


def run(store: Path, *words: object, at: str | None = None) -> bytes:
    clock = ["faketime", at] if at else []
    command = [*clock, sys.executable, "-m", "entente.cli", "-q", "--store", store, *words]
    return subprocess.run(list(map(str, command)), capture_output=True, check=True).stdout


def test_jumps_of_the_clock_lose_and_repeat_nothing(tmp_path: Path) -> None:
    require(shutil.which("faketime"), "faketime is not installed (Debian package faketime)")
    run(tmp_path / "steady", "ingest", "--workers", "1", *SAMPLES)
    folder = tmp_path / "in"
    folder.mkdir()
    for year, files in ((2045, SAMPLES[:3]), (1999, SAMPLES[3:])):
        for file in files:
            shutil.copy(file, folder)
        run(tmp_path / "jumping", "ingest", "--workers", "1", folder, at=f"{year}-01-01 12:00:00")
    again = run(tmp_path / "jumping", "ingest", "--workers", "1", folder, at="2010-01-01 12:00:00")
    assert b"(unchanged 6)" in again
    # A file that is said to be older than what was read of it is read all the same.
    changed = folder / SAMPLES[0].name
    changed.write_bytes(changed.read_bytes() + b"\nNothing else was said.\n")
    assert b"unchanged 5" in run(tmp_path / "jumping", "ingest", "--workers", "1", folder, at="1990-01-01 12:00:00")
    shutil.copy(SAMPLES[0], folder)
    run(tmp_path / "jumping", "ingest", "--workers", "1", folder, at="2045-01-01 12:00:00")
    assert run(tmp_path / "jumping", "dump", "-f", "nq") == run(tmp_path / "steady", "dump", "-f", "nq")
