"""What was examined, as build servers (JUnit XML) and editors and code hosts (SARIF 2.1.0) read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from entente.gate.examination import Examined, Finding

__all__ = ["as_junit", "as_sarif"]

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEVELS = ("note", "warning", "error")


def as_junit(examined: Sequence[Examined]) -> bytes:
    """Write a test suite for each graph with a test case for each shape; violations are failures, the rest is output."""
    suites = Xml.Element("testsuites")
    for item in examined:
        suite = Xml.SubElement(suites, "testsuite", name=_clean(item.graph or item.origin))
        shapes = sorted({*item.report.focus_nodes, *(finding.violation.shape for finding in item.findings)})
        failed = 0
        for shape in shapes:
            case = Xml.SubElement(suite, "testcase", name=_clean(shape), classname=_clean(item.origin))
            own = [finding for finding in item.findings if finding.violation.shape == shape]
            grave = [finding for finding in own if finding.rank == len(_LEVELS) - 1]
            failed += bool(grave)
            if grave:
                failure = Xml.SubElement(case, "failure", message=_clean(grave[0].violation.message))
                failure.text = _clean("\n".join(_line(item, finding) for finding in grave))
            light = [finding for finding in own if finding not in grave]
            if light:
                Xml.SubElement(case, "system-out").text = _clean("\n".join(_line(item, finding) for finding in light))
        if not item.report.checked:
            failed += 1
            case = Xml.SubElement(suite, "testcase", name="focus nodes", classname=_clean(item.origin))
            Xml.SubElement(case, "failure", message="the shapes found nothing to check")
        suite.set("tests", str(len(shapes) + (not item.report.checked)))
        suite.set("failures", str(failed))
    written: bytes = Xml.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _line(item: Examined, finding: Finding) -> str:
    v = finding.violation
    place = f"{finding.origin or item.origin}:{finding.line}" if finding.line else finding.origin or item.origin
    parts = (place, v.focus, f"has {v.value}" if v.value is not None else "", v.message, finding.suggestion or "")
    return " ".join(part for part in parts if part)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def as_sarif(examined: Sequence[Examined]) -> bytes:
    """Write one run with a rule for each shape that has findings (SARIF 2.1.0 §3.13)."""
    found = [(item, finding) for item in examined for finding in item.findings]
    messages = {finding.violation.shape: finding.violation.message for _, finding in found}
    driver = {
        "name": "entente",
        "rules": [{"id": shape, "shortDescription": {"text": messages[shape]}} for shape in sorted(messages)],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": list(_results(found))}],
    }
    return (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode()


def _results(found: Sequence[tuple[Examined, Finding]]) -> Iterator[dict[str, Any]]:
    for item, finding in found:
        v = finding.violation
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.origin or item.origin, safe="/:?#&=%@+,;~")}}
        if finding.line is not None:
            place["region"] = {"startLine": finding.line}
        text = " ".join(part for part in (v.message, f"Value: {v.value}." if v.value else "", finding.suggestion) if part)
        yield {
            "ruleId": v.shape,
            "level": _LEVELS[finding.rank],
            "message": {"text": text},
            "locations": [{"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": v.focus}]}],
        }
