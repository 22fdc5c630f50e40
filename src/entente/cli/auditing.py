"""Audits the whole store for `entente validate --audit`: progress on the way, the report at the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.progress import track

from entente.cli.commands.query import catalogue
from entente.cli.session import Session
from entente.gate.audit import Audited, Journal, as_audit_page, audit, audited_graphs
from entente.gate.examination import Examined, Examiner
from entente.gate.presentation import present
from entente.model import Solutions, Store
from entente.query import run

__all__ = ["audit_store", "present_audit"]

_QUALITY = "quality"


def audit_store(session: Session, examiner: Examiner, version: str) -> tuple[list[Audited], list[tuple[str, Solutions]]]:
    """Examine the graphs of the store, and ask the quality queries."""
    journal = Journal(session.beside("audit.jsonl"))
    with session.store() as store:
        graphs = audited_graphs(store)
        steps = track(
            audit(store, graphs, examiner, journal, version),
            description="auditing",
            total=len(graphs),
            console=Console(stderr=True),
            transient=True,
            disable=session.quiet or not sys.stderr.isatty(),
        )
        return list(steps), _answers(store)


def _answers(store: Store) -> list[tuple[str, Solutions]]:
    return [(card.summary, run(card, {}, store)) for card in catalogue().cards if card.subject == _QUALITY]


def present_audit(
    audited: Sequence[Audited], answers: Sequence[tuple[str, Solutions]], least: int, form: str
) -> tuple[bytes, list[Examined]]:
    """Write the report of an audit, without findings below a rank; and give what was examined, all of it."""
    shown = [Audited(item.examined.least(least), item.known) for item in audited]
    examined = [item.examined for item in audited]
    if form == "html":
        return as_audit_page(shown, answers).encode(), examined
    concerned = [item.examined for item in shown if item.examined.findings or not item.examined.report.checked]
    report = present(concerned, form)
    if form == "human":
        known = sum(item.known for item in audited)
        lines = [f"{len(audited)} graphs, {known} as an earlier audit left them, {len(concerned)} with findings"]
        lines += [f"{len(found.rows)} rows: {title}" for title, found in answers]
        report += "".join(f"{line}\n" for line in lines).encode()
    return report, examined
