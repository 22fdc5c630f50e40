"""What the page that validates RDF shows: the report beside the lines of what was sent."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from entente.api.operations import read_body
from entente.errors import InputError
from entente.store import GRAPH_TYPES

__all__ = ["LINES", "Finding", "Form", "Line", "Report", "read_form", "read_report"]

LINES = 3000
"""How many lines of what was sent the page shows; findings behind them are listed all the same."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the form of the page sends."""

    text: str
    media_type: str
    profile: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: where, how grave, and what to do."""

    line: int | None
    severity: str
    message: str
    focus: str
    path: str
    value: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what was sent with the severities found in it."""

    number: int
    text: str
    severities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in the order of the lines, the lines, and whether there are more lines than are shown."""

    passed: bool
    findings: tuple[Finding, ...]
    lines: tuple[Line, ...]
    more: bool


async def read_form(request: Request, limit: int) -> Form:
    """Read the fields `text`, `file`, `type` and `profile`; a file goes before the text.

    Raises QueryError for a body larger than the limit in bytes (334), and InputError for what is no such form (841) and
    for a file that is no UTF-8 (842).
    """
    body = await read_body(request, limit)
    try:
        fields = await MultiPartParser(request.headers, _stream(body), max_part_size=len(body) + 1).parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise InputError(841, "this is not what the form of the page sends", "use the form at /validate") from error
    try:
        text, kind, profile = (str(fields.get(name) or "") for name in ("text", "type", "profile"))
        file = fields.get("file")
        if isinstance(file, UploadFile) and file.filename:
            text, named = (await file.read()).decode("utf-8"), file.filename
            kind = next((each for each, suffix in GRAPH_TYPES.items() if named.lower().endswith(f".{suffix}")), kind)
    except UnicodeDecodeError as error:
        where = f"{error.reason} at byte {error.start}"
        raise InputError(842, f"the file is no UTF-8: {where}", "save it as UTF-8, or send it to POST /validate") from error
    finally:
        await fields.close()
    # A form sends lines that end with CR LF (HTML §4.10.21.8).
    return Form(text.replace("\r\n", "\n"), kind if kind in GRAPH_TYPES else "text/turtle", profile or "core")


async def _stream(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


def read_report(report: bytes, text: str) -> Report:
    """Read a report in JSON about a text."""
    examined = json.loads(report)
    found = sorted(
        (_finding(result) for item in examined for result in item["results"]),
        key=lambda finding: (finding.line or 0, finding.severity, finding.message),
    )
    severities: dict[int, list[str]] = {}
    for finding in found:
        if finding.line is not None:
            severities.setdefault(finding.line, []).append(finding.severity)
    lines = text.split("\n")
    shown = [
        Line(number, line, tuple(sorted(set(severities.get(number, ()))))) for number, line in enumerate(lines[:LINES], 1)
    ]
    return Report(all(item["passed"] for item in examined), tuple(found), tuple(shown), len(lines) > LINES)


def _finding(result: Mapping[str, Any]) -> Finding:
    def said(name: str) -> str:
        value = result.get(name)
        return "" if value is None else str(value)

    return Finding(
        line=result.get("line"),
        severity=said("severity"),
        message=said("message"),
        focus=said("focus"),
        path=said("path"),
        value=said("value"),
        suggestion=said("suggestion"),
    )
