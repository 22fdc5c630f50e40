"""YAML that is meant to do harm costs its own article, and no other one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = "Russia and China\nRussia signed an agreement on trade with China on May 1, 2023.\n"
BOMB = "".join(
    f"{letter}: &{letter} [{', '.join([f'*{before}'] * 9)}]\n" for before, letter in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "a bomb of aliases": f"a: &a [x, x, x, x, x, x, x, x, x]\n{BOMB}",
    "a bomb as a known key": f"a: &a [x, x, x, x, x, x, x, x, x]\n{BOMB}title: *i\n",
    "a list within itself": "outlet: &a [*a]\n",
    "an object to be made": "outlet: !!python/object/apply:os.mkdir [made]\n",
    "nesting without end": f"outlet: {'[' * 50_000}\n",
    "nesting that ends": f"outlet: {'[' * 5000}{']' * 5000}\n",
    "no characters": "outlet: \x00\x07\n",
}


@pytest.mark.parametrize("header", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_front_matter_is_refused_and_the_rest_comes_in(header: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a-hostile.txt").write_text(f"---\nid: hostile\n{header}---\n{ARTICLE}")
    (folder / "b-good.txt").write_text(f"---\nid: good\noutlet: Post\npublished: 2023-05-01\n---\n{ARTICLE}")
    command = [sys.executable, "-m", "entente.cli", "--store", "store", "ingest", "--workers", "1", "in"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "articles   2 (added 1 · failed 1)" in done.stdout
    assert "ENTENTE-205" in done.stderr
    assert not (tmp_path / "made").exists()
