"""What the distribution says of itself agrees, and what it depends on may be passed on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from entente.version import __version__

PERMISSIVE = re.compile(
    r"\(?(?:MIT|BSD(?:-[23]-Clause)?|Apache-2\.0|PSF-2\.0|Python-2\.0|W3C(?:-20150513)?|CNRI-Python|ISC|0BSD|Unlicense)\)?"
)
NAMES = {
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
}
EXCEPTIONS = {
    "certifi": "MPL-2.0: a list of certificates, used as it is",
    "owlready2": "LGPL-3.0-or-later: imported as a library, of which anybody can use another version",
    "pathspec": "MPL-2.0: needed for building only",
    "pyahocorasick": "BSD-3-Clause, which its metadata do not say in a form that programs read",
    "tld": "MPL-1.1 or others at choice: a list of domains, used as it is",
    "tqdm": "MPL-2.0 and MIT: used as it is",
}
"""Dependencies that are not plainly permissive, and why they are taken."""


@pytest.fixture(scope="module")
def bill(root: Path) -> Any:
    made = subprocess.run([sys.executable, "scripts/sbom"], cwd=root, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def permissive(part: Any) -> bool:
    """Whether one of the licences that a package gives is permissive: of its parts all, of its choices one."""
    for given in part.get("licenses", ()):
        stated = given.get("expression") or given["license"].get("id") or given["license"].get("name", "")
        expression = NAMES.get(stated, stated)
        if any(all(PERMISSIVE.fullmatch(each) for each in choice.split(" AND ")) for choice in expression.split(" OR ")):
            return True
    return False


def test_all_dependencies_are_permissive_but_those_named(bill: Any) -> None:
    parts = {part["name"].lower(): part for part in bill["components"]}
    assert len(parts) > 50
    assert sorted(name for name, part in parts.items() if not permissive(part)) == sorted(EXCEPTIONS)


def test_the_bill_says_what_it_is_of_and_how_all_hangs_together(bill: Any) -> None:
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "entente"
    assert "timestamp" not in bill["metadata"]
    references = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert {each["ref"] for each in bill["dependencies"]} <= references
    assert {ref for each in bill["dependencies"] for ref in each["dependsOn"]} <= references


def test_citation_zenodo_project_and_code_agree(root: Path) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    zenodo = json.loads((root / ".zenodo.json").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert zenodo["title"] == citation["title"]
    assert zenodo["version"] == citation["version"] == project["version"] == __version__
    assert zenodo["license"] == citation["license"] == project["license"]
    assert zenodo["publication_date"] == str(citation["date-released"])
    names = [author["name"] for author in project["authors"]]
    assert [each["name"] for each in zenodo["creators"]] == [each["name"] for each in citation["authors"]] == names
    assert zenodo["keywords"] == citation["keywords"]
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}] - {citation['date-released']}" in changes
