"""The real OpenRefine, without a window, driven over the HTTP interface that its own pages use."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2

from conftest import require
from servers import free_port

__all__ = ["OpenRefine", "openrefine"]

_PROGRAM = Path("/usr/share/openrefine/refine")
_ROWS = {"facets": [], "mode": "row-based"}


class OpenRefine:
    """One project of a running OpenRefine, with a table of one column or more."""

    def __init__(self, http: httpx2.Client, table: str) -> None:
        self._http = http
        sent = self._post(
            "create-project-from-upload",
            data={"project-name": "names", "format": "text/line-based/*sv", "options": json.dumps({"separator": ","})},
            files={"project-file": ("names.csv", table.encode(), "text/csv")},
        )
        assert sent.status_code == 302, sent.text
        [self._project] = parse_qs(urlsplit(sent.headers["location"]).query)["project"]

    def reconcile(self, column: str, service: str) -> None:
        """Reconcile a column with a service, as the dialogue does for one that has been added, without a type."""
        manifest = httpx2.get(service).json()
        config = {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "type": None,
            "autoMatch": True,
            "columnDetails": [],
            "limit": 0,
        }
        self._do("reconcile", columnName=column, config=json.dumps(config))

    def match_best(self, column: str) -> None:
        """Match each cell that is not matched yet with its best candidate."""
        self._do("recon-match-best-candidates", columnName=column)

    def extend(self, column: str, service: str, properties: Mapping[str, str]) -> None:
        """Add a column for each property (identifier and name) of the entities that a column is matched with."""
        manifest = httpx2.get(service).json()
        wanted = {"properties": [{"id": identifier, "name": name} for identifier, name in properties.items()]}
        self._do(
            "extend-data",
            baseColumnName=column,
            endpoint=service,
            identifierSpace=manifest["identifierSpace"],
            schemaSpace=manifest["schemaSpace"],
            extension=json.dumps(wanted),
            columnInsertIndex="2",
        )

    def rows(self) -> Sequence[Mapping[str, Mapping[str, Any] | None]]:
        """The cells by column; a cell has its value as `v`, and its reconciliation, if it has one, as `recon`."""
        columns = self._get("get-models")["columnModel"]["columns"]
        found = self._get("get-rows", start=0, limit=1000)
        pool = found["pool"]["recons"]
        table = []
        for row in found["rows"]:
            cells = {}
            for column in columns:
                index = column["cellIndex"]
                cell = row["cells"][index] if index < len(row["cells"]) else None
                cells[column["name"]] = cell and {**cell, "recon": pool.get(str(cell.get("r")))}
            table.append(cells)
        return table

    def _do(self, command: str, **form: str) -> None:
        """Carry out an operation on the project, and wait for it where it takes long."""
        sent = self._post(command, data={"project": self._project, "engine": json.dumps(_ROWS), **form})
        answer = sent.json()
        assert answer["code"] in ("ok", "pending"), answer
        while answer["code"] == "pending" and self._get("get-processes")["processes"]:
            pass

    def _get(self, command: str, **query: int) -> Any:
        answer = self._http.get(f"/command/core/{command}", params={"project": self._project, **query})
        return answer.raise_for_status().json()

    def _post(self, command: str, **sent: Any) -> httpx2.Response:
        token = self._http.get("/command/core/get-csrf-token").json()["token"]
        return self._http.post(f"/command/core/{command}", params={"csrf_token": token}, **sent)


@contextmanager
def openrefine(folder: Path) -> Iterator[httpx2.Client]:
    """Run OpenRefine on a free port with a workspace in the folder, while the block runs, and give what speaks with it."""
    require(_PROGRAM.is_file(), "OpenRefine is not installed (Debian package openrefine)")
    port = free_port()
    options = [
        "-p",
        str(port),
        "-i",
        "127.0.0.1",
        "-d",
        str(folder / "workspace"),
        "-m",
        "512M",
        "-x",
        "refine.headless=true",
    ]
    log = folder / "openrefine.log"
    # The script becomes the Java program, so that ending it ends the server.
    with (
        log.open("wb") as sink,
        subprocess.Popen(
            [str(_PROGRAM), *options], stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, cwd=_PROGRAM.parent
        ) as server,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as http,
    ):
        try:
            while not _answers(http):
                # Java needs the processor for itself now; where it ends, there is nothing to wait for.
                with suppress(subprocess.TimeoutExpired):
                    server.wait(0.2)
                assert server.poll() is None, log.read_text()
            yield http
        finally:
            server.kill()


def _answers(http: httpx2.Client) -> bool:
    try:
        return http.get("/command/core/get-version").is_success
    except httpx2.HTTPError:
        return False
