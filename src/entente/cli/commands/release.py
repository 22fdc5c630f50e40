"""`entente release`: the graph as files for others."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from entente.cli.commands.query import catalogue
from entente.cli.session import Session
from entente.cli.versions import versions
from entente.export import About, make_release
from entente.version import __version__

__all__ = ["command"]

_ADDRESS = "https://w3id.org/entente/release/"


@click.command("release")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="Relations between states, from news articles", show_default=True, help="Its title.")
@click.option("--version", "number", metavar="VERSION", help="Its version.  [default: that of Entente]")
@click.option("--issued", type=click.DateTime(["%Y-%m-%d"]), help="The day of publication.  [default: not told]")
@click.option("--url", help=f"The address that DIR will be found at.  [default: {_ADDRESS}VERSION/]")
@click.pass_obj
def command(
    session: Session, target: Path, *, title: str, number: str | None, issued: datetime | None, url: str | None
) -> None:
    """Write a release of the graph: files for others to download and cite.

    DIR is made; it must not hold anything. It gets the graph as N-Quads and TriG, the tables as CSV with their codebooks,
    void.ttl, which describes all of it in VoID and DCAT, a README and SHA256SUMS. The same graph and options give the same
    bytes.

    The texts of articles that name no licence are left out; their digests, and the words that claims quote, stay.
    """
    number = number or __version__
    address = (url or f"{_ADDRESS}{number}").rstrip("/") + "/"
    about = About(address, title, number, issued.date().isoformat() if issued else None, versions())
    with session.store() as store:
        files = make_release(store, catalogue(), target, about)
    session.note(f"{target}: {len(files)} files, version {number}")
