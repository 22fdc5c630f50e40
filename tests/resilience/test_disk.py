"""Ingest on a disk that fills up: it says so, leaves nothing half-written, and goes on once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, require

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))[:6]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 MiB of its own."""
    mount, place = shutil.which("mount"), tmp_path / "disk"
    place.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
    mounted = mount is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0
    # CI may run as a user who mounts nothing; tests/engine/test_backup.py has a failing disk for everybody.
    if not mounted:
        pytest.skip("this user may mount no file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def run(store: Path, *words: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "entente.cli", "-q", "--store", store, *words]
    return subprocess.run(list(map(str, command)), capture_output=True, check=False)


@pytest.mark.parametrize("left", [0, 2, 12], ids=lambda left: f"{left} MiB left")
def test_a_full_disk_is_told_and_nothing_is_lost(left: int, disk: Path, tmp_path: Path) -> None:
    require(SAMPLES, "there are no samples")
    assert run(tmp_path / "steady", "ingest", "--workers", "1", *SAMPLES).returncode == 0
    store, ballast = disk / "store", disk / "ballast"
    status = os.statvfs(disk)
    ballast.write_bytes(bytes(status.f_bavail * status.f_frsize - (left << 20)))
    full = run(store, "ingest", "--workers", "1", *SAMPLES)
    assert full.returncode == 3 or (left == 12 and full.returncode == 0), full.stderr
    ballast.unlink()
    assert run(store, "ingest", "--workers", "1", *SAMPLES).returncode == 0
    assert run(store, "dump", "-f", "nq").stdout == run(tmp_path / "steady", "dump", "-f", "nq").stdout
