"""The pipeline compiled to machine code: the same records and graph as the interpreted one gives, and its tests pass."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import ModuleType

import pytest

from conftest import load_script, require

_RECORDS = """
import json, sys
from pathlib import Path
from entente.index import ReferenceIndex, load_base
from entente.model import Article
from entente.resources import root
from entente_loaders.extract import RuleExtractor, units
from entente_loaders.records import records
from entente_loaders.resolve import resolve
from entente_loaders.text import read
index = ReferenceIndex(load_base(root()))
engine = RuleExtractor(index)
paths = [Path(each) for each in sys.argv[1:]]
articles = [Article(path.stem, path.read_bytes(), path.name, published="2023-07-20") for path in paths]
said = [json.dumps(records(resolve(engine.extract(read(article)), index), index), default=str) for article in articles]
print(json.dumps([units.__file__, said]))
"""


@pytest.fixture(scope="module")
def compiling(root: Path) -> ModuleType:
    """The script that compiles."""
    return load_script(root / "scripts" / "compile.py")


@pytest.fixture(scope="module")
def compiled(root: Path, compiling: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compiled package, without optimisation, which would take most of the time."""
    headers = Path(sysconfig.get_path("include")) / "Python.h"
    require(headers.is_file(), f"{headers} is missing (apt-get install gcc python3-dev)")
    target: Path = tmp_path_factory.mktemp("compiled")
    assert compiling.compile_into(root, target, "0")
    return target


def run(arguments: list[str], path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python with a package before the checkout's own."""
    env = {**os.environ, "PYTHONPATH": str(path)} if path else {**os.environ}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, env=env)


def test_it_gives_the_same_records_of_every_sample(root: Path, compiled: Path) -> None:
    texts = sorted(str(path) for path in (root / "samples").glob("*.txt"))
    assert len(texts) == 17
    plain, fast = (json.loads(run(["-c", _RECORDS, *texts], path).stdout) for path in (None, compiled))
    assert plain[0].endswith(".py")
    assert not fast[0].endswith(".py")
    assert fast[0].startswith(str(compiled))
    assert fast[1] == plain[1]
    assert all("evidence_span" in said for said in fast[1])


def test_its_workers_and_writer_give_the_same_graph(root: Path, compiled: Path, tmp_path: Path) -> None:
    dumps = []
    for name, path in (("plain", None), ("fast", compiled)):
        store = f"--store={tmp_path / name}"
        taken = run(["-m", "entente.cli", store, "ingest", str(root / "samples"), "--workers", "2"], path)
        assert "(added 17)" in taken.stdout, taken.stdout + taken.stderr
        dumps.append(run(["-m", "entente.cli", store, "dump"], path).stdout)
    assert dumps[0] == dumps[1]
    assert dumps[0].count("\n") > 20_000


def test_the_examples_of_the_rules_hold_on_it(root: Path, compiled: Path) -> None:
    done = run(["-m", "pytest", "-q", "-p", "no:cacheprovider", str(root / "tests/extract/test_rules.py")], compiled)
    assert done.returncode == 0, done.stdout[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) > 350


def test_it_is_made_once_from_the_same_sources(root: Path, compiling: ModuleType, compiled: Path) -> None:
    assert not compiling.compile_into(root, compiled, "0")


def test_a_missing_compiler_is_told_with_its_remedy(
    root: Path, compiling: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="a C compiler is missing: apt-get install gcc"):
        compiling.compile_into(root, tmp_path / "made")
    assert list(tmp_path.iterdir()) == []


def test_constructors_are_written_out_and_defaults_kept(compiling: ModuleType) -> None:
    source = (
        "from dataclasses import dataclass, field\n\n"
        "@dataclass(frozen=True, slots=True)\nclass Span:\n    start: int\n    end: int = 7\n\n"
        "@dataclass(slots=True)\nclass Bag:\n    inside: list[int] = field(default_factory=list)\n"
    )
    written = compiling.with_constructors(source)
    names: dict[str, type] = {}
    exec(compile(written, "written", "exec", dont_inherit=True), names)
    assert "self.end = end" in written
    assert names["Span"](3) == names["Span"](3, 7)
    assert len({names["Span"](3), names["Span"](3, 7)}) == 1
    assert repr(names["Span"](3)) == "Span(start=3, end=7)"
    assert names["Bag"]().inside == []
