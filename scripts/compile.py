"""Compiles what every article passes through to machine code with mypyc, for a wheel or by `python scripts/compile.py`.

It needs a C compiler, the headers of Python, mypy and setuptools. The compiled package does what the interpreted one does,
in less time. As a command it makes a package to put before the checkout's own:

    python scripts/compile.py build/compiled
    PYTHONPATH=build/compiled entente ingest FOLDER
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from bundle import MADE, make_once

PACKAGES = {
    "src/entente": ("consensus/*.py", "gate/compiled/*.py", "model/*.py", "store/loading.py", "store/terms.py"),
    "loaders/entente_loaders": (
        *("assemble/*.py", "extract/*.py"),
        *("language.py", "pipeline.py", "records.py", "resolve.py", "text.py"),
    ),
}
"""The packages, with those of their modules that are compiled."""

INTERPRETED = ("__init__.py", "protocols.py", "rdf.py", "yaml12.py")
"""Modules that only hand on names, that take a class of another package for a base, which mypyc does not, or a string,
which it then compares by identity."""

ASSETS = ("ontology", "shapes", "queries", "samples")
OPTIMISATION = "3"
_BUILD = """
import sys
from mypyc.build import mypycify
from setuptools import setup
optimisation, *modules = sys.argv[1:]
sys.argv[1:] = ["-q", "build_ext", "--inplace"]
# Types are checked elsewhere; here they serve, and those of a library that is not there do not.
flags = ["--config-file=", "--ignore-missing-imports"]
made = mypycify([*flags, *modules], opt_level=optimisation, debug_level="0", group_name="entente")
setup(name="entente", packages=[], ext_modules=made)
"""


def compile_into(root: Path, target: Path, optimisation: str = OPTIMISATION) -> bool:
    """Make a package with compiled modules in a folder, unless a current one is there; tell whether it was made.

    Raises SystemExit where something is missing that this needs, or the compiler fails.
    """

    def make(work: Path) -> None:
        check_tools()
        place = work / MADE
        for name in PACKAGES:
            shutil.copytree(root / name, place / Path(name).name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ASSETS:
            shutil.copytree(root / name, place / "entente/_assets" / name)
        sources = {module: module.read_text(encoding="utf-8") for module in modules(place)}
        for module, source in sources.items():
            module.write_text(rewritten(source), encoding="utf-8")
        run([sys.executable, "-c", _BUILD, optimisation, *(str(module.relative_to(place)) for module in sources)], place)
        for module, source in sources.items():
            module.write_text(source, encoding="utf-8")
        for left in ("build", ".mypy_cache"):
            shutil.rmtree(place / left, ignore_errors=True)

    return make_once(target, digest(root, optimisation), make)


def libraries(target: Path) -> dict[str, str]:
    """List the compiled files of a folder, with their places in a wheel."""
    return {str(path): path.relative_to(target).as_posix() for path in sorted(target.rglob("*.so"))}


def modules(place: Path) -> list[Path]:
    """List the modules that are compiled, of packages that lie side by side."""
    found = {path for name, globs in PACKAGES.items() for glob in globs for path in (place / Path(name).name).glob(glob)}
    return sorted(path for path in found if path.name not in INTERPRETED)


def digest(root: Path, optimisation: str) -> str:
    """Give the SHA-256 of all that the compiled packages depend on."""
    folders = [root / name for name in (*PACKAGES, *ASSETS)]
    files = sorted(path for each in folders for path in each.rglob("*") if path.is_file() and path.suffix != ".pyc")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.relative_to(root)}" for path in files]
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return hashlib.sha256("\n".join([*sums, own, sys.version, sys.platform, optimisation]).encode()).hexdigest()


def check_tools() -> None:
    """Raise SystemExit that names what is missing and how to get it."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    headers = Path(sysconfig.get_path("include"))
    lacking = []
    if shutil.which(compiler) is None and shutil.which("cc") is None:
        lacking.append(("a C compiler", "apt-get install gcc"))
    if not (headers / "Python.h").is_file():
        lacking.append((f"Python.h in {headers}", "apt-get install python3-dev"))
    try:
        import mypyc  # noqa: F401, PLC0415
        import setuptools  # noqa: F401, PLC0415
    except ImportError as error:
        lacking.append((f"the module {error.name}", "pip install mypy setuptools"))
    if lacking:
        told = "".join(f"\n  hint: {what} is missing: {remedy}" for what, remedy in lacking)
        raise SystemExit(f"error: nothing can be compiled here{told}")


def rewritten(source: str) -> str:
    """Spell a module as mypyc makes the most of it."""
    return with_constants(with_marks(with_constructors(source)))


def with_constructors(source: str) -> str:
    """Write out how the dataclasses of a module are made and pickled, for what `dataclass` makes stays interpreted code.

    A frozen class is no longer frozen then, which the types of the checkout watch over.
    """
    lines = source.splitlines(keepends=True)
    for cls, decorator, fields in reversed(_dataclasses(ast.parse(source))):
        names = [ast.unparse(field.target) for field in fields]
        parameters, values = zip(*map(_parameter, fields), strict=True)
        body = [f"self.{name} = {value}" for name, value in zip(names, values, strict=True)]
        if any(isinstance(each, ast.FunctionDef) and each.name == "__post_init__" for each in cls.body):
            body.append("self.__post_init__()")
        made = f"\n    def __init__(self, {', '.join(parameters)}) -> None:\n        " + "\n        ".join(body) + "\n"
        kept = f"return {cls.name}, ({''.join(f'self.{name}, ' for name in names)})"
        pickled = f"\n    def __reduce__(self):\n        {kept}\n"
        lines.insert(cls.end_lineno or 0, made + pickled)
        asked = {keyword.arg: ast.unparse(keyword.value) for keyword in decorator.keywords}
        hashed = asked.pop("frozen", "False")
        asked = {**asked, "init": "False", "slots": "False", "unsafe_hash": hashed}
        lines[decorator.lineno - 1] = f"@dataclass({', '.join(f'{name}={value}' for name, value in asked.items())})\n"
    return "".join(lines)


def _parameter(field: ast.AnnAssign) -> tuple[str, str]:
    """The parameter of a constructor for a field, and the value that the field gets from it."""
    name, kind = ast.unparse(field.target), ast.unparse(field.annotation)
    if isinstance(field.value, ast.Call) and ast.unparse(field.value.func) == "field":
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in field.value.keywords}
        if "default_factory" in given:
            return (
                f"{name}: {kind} | None = None",
                f"({given['default_factory']})() if {name} is None else {name}  # type: ignore",
            )
        return f"{name}: {kind} = {given['default']}", name
    return ast.unparse(field), name


def with_marks(source: str) -> str:
    """Mark the classes that refine a named tuple: a decorator that it does not know makes mypyc leave them so."""
    found = [statement for statement in ast.parse(source).body if isinstance(statement, ast.ClassDef)]
    tuples = {cls.name for cls in found if "NamedTuple" in map(ast.unparse, cls.bases)}
    marked = [cls for cls in found if tuples & set(map(ast.unparse, cls.bases))]
    lines = source.splitlines(keepends=True)
    for cls in reversed(marked):
        lines.insert(cls.lineno - 1, "@abc.update_abstractmethods\n")
    return _importing("import abc", lines) if marked else source


def with_constants(source: str) -> str:
    """Mark a module's names in capitals as final, for mypyc looks up all others by name, each time they are used."""
    lines = source.splitlines(keepends=True)
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(name := statement.targets[0], ast.Name) and name.id.isupper():
            line = lines[name.lineno - 1]
            lines[name.lineno - 1] = f"{name.id}: Final{line.removeprefix(name.id)}"
        elif isinstance(statement, ast.AnnAssign) and isinstance(name := statement.target, ast.Name) and name.id.isupper():
            line, end = lines[statement.annotation.lineno - 1], statement.annotation.end_col_offset
            if statement.annotation.end_lineno == statement.lineno:
                kind = ast.unparse(statement.annotation)
                lines[statement.lineno - 1] = f"{name.id}: Final[{kind}]{line[end:]}"
    return _importing("from typing import Final", lines)


def _importing(what: str, lines: list[str]) -> str:
    first = next(at for at, line in enumerate(lines) if line.startswith("from __future__"))
    lines[first] = f"{lines[first].rstrip()}; {what}\n"
    return "".join(lines)


def _dataclasses(module: ast.Module) -> list[tuple[ast.ClassDef, ast.Call, list[ast.AnnAssign]]]:
    """The dataclasses at the top of a module that refine nothing, with their decorators and fields."""
    found = []
    for cls in module.body:
        if isinstance(cls, ast.ClassDef) and not cls.bases:
            calls = [each for each in cls.decorator_list if isinstance(each, ast.Call)]
            fields = [statement for statement in cls.body if isinstance(statement, ast.AnnAssign)]
            if fields and calls and ast.unparse(calls[0].func) == "dataclass":
                found.append((cls, calls[0], fields))
    return found


def run(command: list[str], folder: Path) -> None:
    """Run the compiler, and end with what it said where it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if "warning: Treating" not in line]
        raise SystemExit("\n".join(["error: mypyc cannot compile it", *said[-40:]]))


if __name__ == "__main__":
    place = Path(sys.argv[1] if len(sys.argv) > 1 else "build/compiled")
    made = compile_into(Path(__file__).resolve().parent.parent, place)
    print(f"{place}: {'compiled' if made else 'current'}; set PYTHONPATH={place}", file=sys.stderr)
