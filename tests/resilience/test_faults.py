"""The fault run in short: what a service under attack answers is whole, and what it acknowledged stays."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def test_a_service_under_attack_loses_nothing_and_tells_no_half_truth(root: Path) -> None:
    command = [sys.executable, root / "bench" / "faults.py", "--seconds", "10", "--rows", "20000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    counts = {what: int(count) for count, what in re.findall(r"^ *(\d+)  ([a-z ]+)", done.stdout, re.MULTILINE)}
    assert done.returncode == 0, done.stdout + done.stderr
    for what in ("whole answers", "clients that dropped", "readers killed", "updates acknowledged"):
        assert counts[what] > 0, done.stdout
    assert (counts["updates lost"], counts["wrong answers "]) == (0, 0)
