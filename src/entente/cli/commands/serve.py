"""`entente serve`: the graph over HTTP."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY, create_server

import click

from entente.api import Settings, check_hashes, create_app
from entente.cli.commands.query import catalogue
from entente.cli.serving import Server, ending_in_order
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.engine import Engine, FolderEngine, Limits, LocalEngine, Relay
from entente.errors import InputError, StoreError
from entente.model import Store

__all__ = ["command", "serve"]


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen at; the default is this machine only."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen at.")
@click.option("--timeout", default=60.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds for one query.")
@click.option("--memory", default=2048, show_default=True, type=click.IntRange(min=16), help="MiB for one query.")
@click.option("--max-rows", type=click.IntRange(min=1), help="Bound the solutions of every query.  [default: none]")
@click.option("--max-bytes", type=click.IntRange(min=1), help="Bound the bytes of every answer.  [default: none]")
@click.option("--readers", default=2, show_default=True, type=click.IntRange(min=1), help="Processes that stand ready.")
@click.option("--most-readers", default=8, show_default=True, type=click.IntRange(min=1), help="Processes at most.")
@click.option("--parallel", default=5, show_default=True, type=click.IntRange(min=0), help="Queries of one client at once.")
@click.option(
    "--budget",
    default=120.0,
    show_default=True,
    type=click.FloatRange(min=0),
    help="Seconds of querying for a client in a minute.",
)
@click.option(
    "--token-hash",
    "hashes",
    multiple=True,
    envvar="ENTENTE_TOKEN_HASH",
    help="SHA-256 (hex) of a token that may write; without one nobody may. May be repeated.",
)
@click.option("--writable", is_flag=True, help="Refuse to start unless a token may write.")
@click.option(
    "--allow-service",
    "servers",
    multiple=True,
    help="Let SERVICE call addresses that begin so, such as https://host/sparql. May be repeated.  [default: none]",
)
@click.option(
    "--allow-load",
    "documents",
    multiple=True,
    help="Let LOAD fetch documents whose address begins so. May be repeated.  [default: none]",
)
@click.option(
    "--query-log", type=click.Path(dir_okay=False, path_type=Path), help="File that gets one line of JSON for each query."
)
@click.option("--public-url", help="The address that the world knows the service by.  [default: the one it is asked at]")
@click.option("--release-url", help="The address of a release of the data (see: entente release), for the VoID description.")
@click.pass_obj
def command(
    session: Session,
    *,
    host: str,
    port: int,
    timeout: float,
    memory: int,
    max_rows: int | None,
    max_bytes: int | None,
    readers: int,
    most_readers: int,
    parallel: int,
    budget: float,
    hashes: tuple[str, ...],
    writable: bool,
    servers: tuple[str, ...],
    documents: tuple[str, ...],
    query_log: Path | None,
    public_url: str | None,
    release_url: str | None,
) -> None:
    """Serve the graph over HTTP: SPARQL and REST.

    \b
    Writes need a token; the service is given its hash only:
    entente serve --token-hash "$(printf %s "$TOKEN" | sha256sum | cut -d' ' -f1)"

    For --parallel and --budget, 0 means no bound.

    SIGTERM and Ctrl-C end it within seconds: what runs has a moment to come to its end, and is told (503) when it does not.
    """
    settings = Settings(
        token_hashes=check_hashes(hashes),
        public_url=public_url,
        release=release_url,
        quarantine=session.quarantine(),
        journal=None if session.location == "memory:" else session.beside("journal.sqlite"),
    )
    if writable and not settings.token_hashes:
        raise StoreError(529, "writes are asked for, and no token may write", "give --token-hash, or leave out --writable")
    limits = Limits(
        seconds=timeout,
        memory=memory << 20,
        rows=max_rows,
        size=max_bytes,
        parallel=parallel or None,
        budget=budget or None,
        readers=readers,
        most_readers=max(readers, most_readers),
    )
    if query_log is not None:
        _log_queries(query_log)
    with ending_in_order(), _engine(session, limits, servers, documents) as engine:
        run(session, engine, Workbench.open(), settings, host=host, port=port)


def _log_queries(path: Path) -> None:
    try:
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        raise StoreError(530, f"cannot write the log {path}: {error.strerror}", "give another --query-log") from error
    logger = logging.getLogger("entente.queries")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


@contextmanager
def _engine(session: Session, limits: Limits, servers: tuple[str, ...], documents: tuple[str, ...]) -> Iterator[Engine]:
    """The engine for the store of the session: processes over a folder, threads over anything else."""
    with ExitStack() as stack:
        relay = Relay(servers, documents) if servers or documents else None
        if relay is not None:
            stack.callback(relay.close)
        engine: Engine
        if session.folder is not None:
            session.require_store()
            engine = FolderEngine(session.folder, limits, relay)
        else:
            store = stack.enter_context(session.store())
            engine = LocalEngine(store, limits, counted=session.location == "memory:", relay=relay)
        stack.callback(engine.close)
        yield engine


def serve(session: Session, store: Store, workbench: Workbench, host: str, port: int) -> None:
    """Serve an open store until interrupted, in this process and read-only.

    Raises InputError where the address cannot be listened at.
    """
    engine = LocalEngine(store)
    try:
        run(session, engine, workbench, Settings(quarantine=session.quarantine()), host=host, port=port)
    finally:
        engine.close()


def run(session: Session, engine: Engine, workbench: Workbench, settings: Settings, *, host: str, port: int) -> None:
    """Serve until interrupted.

    Raises InputError where the address cannot be listened at.
    """
    app = create_app(engine.store, workbench.index, catalogue(), settings, engine)
    family = AF_INET6 if ":" in host else AF_INET
    try:
        listener = create_server((host, port), family=family)
    except OSError as error:
        raise InputError(
            126, f"cannot listen at {host}:{port}: {error.strerror}", "give another --port or --host"
        ) from error
    with listener:
        # Without it, each answer would wait for the client's delayed acknowledgement; accepted sockets inherit it.
        listener.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        where = f"[{host}]" if family is AF_INET6 else host
        session.note(f"serving {session.location} at http://{where}:{listener.getsockname()[1]} (end with Ctrl-C)")
        Server(app, engine).run(sockets=[listener])
