"""`entente serve`: the graph over HTTP."""

from __future__ import annotations

from socket import AF_INET, AF_INET6, create_server

import click
import uvicorn

from entente.api import create_app
from entente.cli.commands.query import catalogue
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.errors import InputError
from entente.model import Store

__all__ = ["command", "serve"]


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen at; the default is this machine only."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen at.")
@click.pass_obj
def command(session: Session, host: str, port: int) -> None:
    """Serve the graph over HTTP: SPARQL and REST."""
    with session.store() as store:
        serve(session, store, Workbench.open(), host, port)


def serve(session: Session, store: Store, workbench: Workbench, host: str, port: int) -> None:
    """Serve until interrupted.

    Raises InputError where the address cannot be listened at.
    """
    app = create_app(store, workbench.index, catalogue())
    family = AF_INET6 if ":" in host else AF_INET
    try:
        listener = create_server((host, port), family=family)
    except OSError as error:
        raise InputError(
            126, f"cannot listen at {host}:{port}: {error.strerror}", "give another --port or --host"
        ) from error
    with listener:
        where = f"[{host}]" if family is AF_INET6 else host
        session.note(f"serving {session.location} at http://{where}:{listener.getsockname()[1]} (end with Ctrl-C)")
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])
