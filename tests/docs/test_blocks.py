"""The code blocks of README and docs do what they say: all of them are run, or say why not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from blocks import Document, documents
from conftest import ROOT, require
from workplace import INTERPRETERS, Workplace, run_service

DOCUMENTS = [document for document in documents(ROOT) if document.blocks]
ENTENTE = Path(sys.executable).with_name("entente")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of the bundled articles, and its journal."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
    subprocess.run([ENTENTE, "demo", "--no-serve"], cwd=folder, env=environment, capture_output=True, check=True)
    return folder


@pytest.fixture(scope="module")
def service(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over that store, for pages that start none of their own."""
    folder = tmp_path_factory.mktemp("service")
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    with run_service(f"{ENTENTE} serve", folder, os.environ) as address:
        yield address


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(each.path.relative_to(ROOT)) for each in DOCUMENTS])
def test_the_blocks_of_a_page_do_what_they_say(document: Document, demo: Path, service: str, tmp_path: Path) -> None:
    if not document.starts_empty:
        shutil.copytree(demo, tmp_path, dirs_exist_ok=True)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    with ExitStack() as stack:
        place = Workplace(tmp_path, service, stack)
        for block in document.blocks:
            program = INTERPRETERS.get(block.language, [sys.executable])[0]
            if "not run" not in block.marks:
                require(shutil.which(program), f"{program} is not installed")
            try:
                place.do(block)
            except AssertionError as error:
                where = f"{document.path.relative_to(ROOT)}:{block.line}"
                raise AssertionError(f"{where}: {error}") from None
    shutil.rmtree(tmp_path / "entente-data", ignore_errors=True)


def test_nearly_all_blocks_are_run() -> None:
    counted = Counter("not run" if "not run" in block.marks else "run" for each in DOCUMENTS for block in each.blocks)
    assert counted["run"] >= 100
    assert counted["not run"] * 4 <= counted["run"]
