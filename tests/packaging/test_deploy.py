"""What lies in deploy/ fits the package: the image copies what is there, and the unit starts what exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from entente.cli import cli


def directives(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in unit.read_text().splitlines():
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def test_the_image_copies_what_is_there_and_all_that_the_wheel_needs(root: Path) -> None:
    lines = [line.split() for line in (root / "deploy" / "Dockerfile").read_text().splitlines()]
    copied = [source for line in lines if line[:1] == ["COPY"] and not line[1].startswith("--") for source in line[1:-1]]
    assert len(copied) == 14
    assert [source for source in copied if not (root / source).exists()] == []
    allowed = re.findall(r"^!(.+)$", (root / "deploy" / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    assert sorted(allowed) == sorted(copied)
    project = (root / "pyproject.toml").read_text()
    [folders] = re.findall(r"^only-include = \[(.+)\]$", project, re.MULTILINE)
    assert {name.partition("/")[0] for name in re.findall(r'"([^"]+)"', folders)} <= set(copied)
    assert ["USER", "10001"] in lines


def parse(words: list[str]) -> dict[str, object]:
    """What `entente ... serve ...` reads out of its arguments."""
    assert isinstance(cli, click.Group)
    with cli.make_context("entente", words) as context:
        name, command, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None
        with command.make_context(name, rest, parent=context) as inner:
            return {"command": name, **inner.params}


def test_the_unit_and_the_image_start_a_command_that_exists(root: Path) -> None:
    unit = directives(root / "deploy" / "entente.service")
    [start] = unit["ExecStart"]
    program, *words = shlex.split(start)
    assert Path(program).name == "entente"
    said = parse(words)
    assert (said["command"], said["host"]) == ("serve", "127.0.0.1")
    [command] = re.findall(r"^CMD \[(.+)\]$", (root / "deploy" / "Dockerfile").read_text(), re.MULTILINE)
    assert parse(re.findall(r'"([^"]*)"', command))["host"] == "0.0.0.0"


def test_the_unit_lets_the_service_end_its_workers_and_cut_them_off(root: Path) -> None:
    unit = directives(root / "deploy" / "entente.service")
    assert unit["KillMode"] == ["mixed"]
    assert unit["RestrictNamespaces"] == ["user net"]
    assert unit["ProtectSystem"] == ["strict"]
    # No other folder can be written: store, snapshots, dumps and quarantine lie side by side in this one.
    assert unit["Environment"] == ["ENTENTE_STORE=/var/lib/entente/store"]
    assert unit["StateDirectory"] == ["entente"]
