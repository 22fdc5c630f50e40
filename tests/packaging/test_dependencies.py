"""What is declared as a dependency is imported somewhere, and what is imported is declared, for package and tests."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

OURS = {"entente", "entente_loaders"}
UNIMPORTED = {
    "httptools": "uvicorn parses HTTP with it where it is installed",
    "lxml-html-clean": "justext, below trafilatura, imports it by way of lxml.html.clean",
    "python-multipart": "starlette reads the forms of /validate with it",
    "build": "a program: scripts/smoke",
    "cyclonedx-bom": "a program: scripts/sbom",
    "editables": "an editable install by hatchling wants it",
    "import-linter": "a program: scripts/test",
    "oxigraph": "a program: a peer in bench/, and an endpoint for tests",
    "pytest-cov": "a plug-in of pytest",
    "pytest-xdist": "a plug-in of pytest: .ci/run",
    "ruff": "a program: scripts/test",
    "turtlefmt": "a program: scripts/test",
    "types-jsonschema": "types for mypy",
    "types-pyyaml": "types for mypy",
}
"""Declared dependencies that no line of ours imports, and what they are for."""

UNDECLARED = {
    "mkdocs": "mkdocs-material brings the version that it fits",
    "pyrudof": "a peer in bench/, timed where it is installed",
    "referencing": "the registry of jsonschema, which brings it",
    "setuptools": "scripts/compile.py, a hook that names what it builds with",
    "starlette": "fastapi is made of it, and brings the version that it fits",
}
"""Imported distributions that are not declared themselves, and why not."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: Iterable[Any]) -> set[str]:
    return {canonical(re.split(r"[^\w.-]", each)[0]) for each in requirements if isinstance(each, str)}


def imported(paths: Iterable[Path]) -> set[str]:
    """The distributions that files import from, none of ours and none of Python's."""
    found: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
            elif (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith(("find_spec", "import_module", "importorskip"))
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value).partition(".")[0])
    known = packages_distributions()
    modules = found - OURS - set(sys.stdlib_module_names)
    return {canonical(known[module][0]) if module in known else canonical(module) for module in modules}


@pytest.fixture(scope="module")
def declared(root: Path) -> dict[str, set[str]]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    groups = project["dependency-groups"]
    package = names(project["project"]["dependencies"]) | {name for each in extras.values() for name in names(each)}
    return {"package": package, "groups": {name for each in groups.values() for name in names(each)}}


@pytest.fixture(scope="module")
def package_imports(root: Path) -> set[str]:
    return imported(path for folder in ("src", "loaders") for path in (root / folder).rglob("*.py"))


@pytest.fixture(scope="module")
def other_imports(root: Path) -> set[str]:
    folders = ("tests", "bench", "scripts", "docs/hooks")
    paths = {path for folder in folders for path in (root / folder).rglob("*.py")} | {root / "bench/run"}
    siblings = {canonical(path.stem) for path in paths}
    packages = {canonical(path.name) for path in (root / "tests").iterdir() if path.is_dir()}
    return imported(paths) - siblings - packages


def test_every_dependency_of_the_package_is_imported(declared: dict[str, set[str]], package_imports: set[str]) -> None:
    assert len(declared["package"]) > 25
    assert sorted(declared["package"] - package_imports - set(UNIMPORTED)) == []


def test_every_import_of_the_package_is_declared(declared: dict[str, set[str]], package_imports: set[str]) -> None:
    assert sorted(package_imports - declared["package"] - set(UNDECLARED)) == []


def test_every_dependency_of_tests_and_builds_is_imported(declared: dict[str, set[str]], other_imports: set[str]) -> None:
    assert len(declared["groups"]) > 15
    assert sorted(declared["groups"] - other_imports - set(UNIMPORTED)) == []


def test_every_import_of_tests_benches_and_scripts_is_declared(
    declared: dict[str, set[str]], other_imports: set[str]
) -> None:
    assert sorted(other_imports - declared["package"] - declared["groups"] - set(UNDECLARED)) == []


def test_the_exceptions_are_ones(declared: dict[str, set[str]], package_imports: set[str], other_imports: set[str]) -> None:
    everything = declared["package"] | declared["groups"]
    assert sorted(set(UNIMPORTED) - everything) == []
    assert sorted(set(UNIMPORTED) & (package_imports | other_imports)) == []
    assert sorted(set(UNDECLARED) & everything) == []
    assert sorted(set(UNDECLARED) - package_imports - other_imports) == []
