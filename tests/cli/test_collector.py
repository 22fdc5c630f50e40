"""The collector of a service takes little at a time, and leaves alone what was there before."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc
from entente.collector import collect_in_small_steps
kept = []
for _ in range(1000):
    kept.append([kept])
collect_in_small_steps()
frozen, found = gc.get_freeze_count(), []
gc.callbacks.append(lambda phase, told: found.append(told["collected"]) if phase == "stop" else None)
for _ in range(50_000):
    cycle = []
    cycle.append(cycle)
print(frozen > 1000, sum(found) > 30_000, max(found) <= 11_000, len(kept))
"""


def test_a_service_collects_in_small_steps() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True", "1000"]
