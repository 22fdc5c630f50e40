"""The benches give their figures to programs, each by the one function for that."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path


def test_every_bench_gives_figures(root: Path) -> None:
    benches = _benches(root)
    assert len(benches) == 13
    for name in benches:
        tree = ast.parse((root / f"bench/{name}.py").read_text(encoding="utf-8"))
        called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        assert "figure" in called, name


def test_a_run_writes_figures_with_units_and_ratios(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, root / "bench/run", "--quick", "--only", "query", "-o", tmp_path / "out/page.md"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads((tmp_path / "out/results.json").read_text(encoding="utf-8"))
    [bench] = found["benches"]
    assert done.returncode == bench["code"], done.stderr
    assert (bench["bench"], bench["arguments"]) == ("query", ["--events", "5000", "--repeats", "3"])
    assert bench["verdict"] in {"all aims reached", "an aim was not reached"}
    assert bench["seconds"] > 0
    assert bench["cpu_seconds"] > 0
    assert found["versions"]["rdflib"]
    assert len(bench["figures"]) == 5
    assert all(set(each) == {"name", "value", "unit", "ratio", "to"} for each in bench["figures"])
    assert "## query" in (tmp_path / "out/page.md").read_text(encoding="utf-8")


def _benches(root: Path) -> list[str]:
    """What `bench/run` runs."""
    tree = ast.parse((root / "bench/run").read_text(encoding="utf-8"))
    [table] = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "BENCHES"
    ]
    return list(ast.literal_eval(table))
