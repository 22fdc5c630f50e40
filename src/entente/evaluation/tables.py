"""The figures as tables for people: on a terminal and in Markdown, and the errors behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from entente.evaluation.entries import Entry
from entente.evaluation.report import Row
from entente.evaluation.slots import slot_faults

__all__ = ["as_markdown", "as_table", "error_lines"]

_Figures = Mapping[str, Any]
_EVENTS = {"events (micro)": "event", "events, located": "event_located", "type + exact participants": "tuple"}
_SHARES = ("mode", "status", "background")
_QUOTE = 160


def as_table(figures: _Figures, *, by_type: bool = False) -> str:
    """Lay the figures out for a terminal, with `by_type` also those of each event type."""
    return "".join(f"{line}\n" for line in _table(figures, by_type=by_type))


def _table(figures: _Figures, *, by_type: bool) -> Iterator[str]:
    low, high = figures["event_f1_ci95"]
    yield f"articles {figures['articles']}, without a prediction {figures['missing_predictions']}"
    for label, name in _EVENTS.items():
        more = f"   95% CI of F1 {low:.3f}-{high:.3f}" if name == "event" else ""
        yield _line(label, figures[name]) + more
        if name == "event":
            yield _line("events (macro)", figures["event_macro"])
    for name in ("news", "background"):
        recall = figures[f"recall_{name}"]
        yield f"{'recall, ' + name:<30} {_number(recall['r'])}   ({recall['gold']} gold)"
    yield "slots on matched events:"
    yield from (_line(f"  {name}", values) for name, values in figures["slots"].items())
    for name in _SHARES:
        yield f"{name + ' accuracy':<30} {_number(figures[name]['accuracy'])}   (n {figures[name]['n']})"
    yield _line("relations", figures["relations"])
    if clusters := figures["clusters"]:
        for name in ("all matched events", "events with cluster_event"):
            yield f"{_line('B3, ' + name, clusters[name])}   ({clusters[name]['items']} items)"
        yield f"{'cluster coverage':<30} {clusters['coverage']:.3f}"
    if by_type:
        yield "by type:"
        for name, values in figures["by_type"].items():
            yield f"{_line(f'  {name}', values)}   pred {values['pred']:>4}  gold {values['gold']:>4}"


def _line(label: str, figures: _Figures) -> str:
    counts = f"   ({figures['tp']:g} of {figures['pred']} predicted, {figures['gold']} gold)" if "tp" in figures else ""
    return f"{label:<30} P {figures['p']:.3f}  R {figures['r']:.3f}  F1 {figures['f1']:.3f}{counts}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def as_markdown(figures: _Figures) -> str:
    """Lay the figures out as Markdown tables: events, slots, shares, relations and clusters, types."""
    low, high = figures["event_f1_ci95"]
    events = [
        *((label, figures[name]) for label, name in _EVENTS.items()),
        ("events (macro)", figures["event_macro"]),
        ("relations", figures["relations"]),
    ]
    if clusters := figures["clusters"]:
        events += [(f"B³, {name}", clusters[name]) for name in ("all matched events", "events with cluster_event")]
    shares = [f"{name} accuracy {_number(figures[name]['accuracy'])} (n {figures[name]['n']})" for name in _SHARES]
    recalls = [f"recall of {name} {_number(figures[f'recall_{name}']['r'])}" for name in ("news", "background")]
    return "\n".join(
        [
            f"{figures['articles']} articles; 95 % interval of the events' F1 over articles: {low:.3f} to {high:.3f}.",
            "",
            *_markdown("", events),
            "",
            f"On matched events: {', '.join(shares)};",
            f"{', '.join(recalls)}.",
            "",
            *_markdown("slot, on matched events", figures["slots"].items()),
            "",
            *_markdown("type", figures["by_type"].items()),
            "",
        ]
    )


def _markdown(head: str, rows: Iterable[tuple[str, _Figures]]) -> Iterator[str]:
    yield f"| {head} | P | R | F1 | predicted | gold |"
    yield "|---|---|---|---|---|---|"
    for label, values in rows:
        given, wanted = (values.get(name, values.get("items", "")) for name in ("pred", "gold"))
        yield f"| {label} | {values['p']:.3f} | {values['r']:.3f} | **{values['f1']:.3f}** | {given} | {wanted} |"


def error_lines(rows: Sequence[Row], rules: Mapping[tuple[str, str], Sequence[str]] | None = None) -> Iterator[str]:
    """List misses, false alarms and wrong slots by article, each with type, participants and the words it rests on.

    `rules` may name the rules behind a prediction, by the article's id and the event's.
    """
    for row in rows:
        faults = [(pair, slot_faults(pair)) for pair in row.alignment.pairs]
        wrong = [(pair, found) for pair, found in faults if found or pair.credit < 1]
        if not (row.alignment.missed or row.alignment.spurious or wrong):
            continue
        yield f"--- {row.id}"
        for entry in row.alignment.missed:
            yield f"  missed       {_show(entry)}"
            yield f"               {_quote(entry)}"
        for entry in row.alignment.spurious:
            behind = (rules or {}).get((row.id, str(entry.record.get("id"))))
            yield f"  false alarm  {_show(entry)}" + (f"  by {', '.join(behind)}" if behind else "")
            yield f"               {_quote(entry)}"
        for pair, found in wrong:
            yield f"  differs      {_show(pair.gold)}" + (f" <> {pair.predicted.type}" if pair.credit < 1 else "")
            yield f"               {_quote(pair.gold)}"
            for name, (gold, predicted) in found.items():
                yield f"               {name}: {_value(predicted)} instead of {_value(gold)}"


def _show(entry: Entry) -> str:
    who = " ".join(key[2:] + (f"/{role[0]}" if role else "") for key, role in entry.parties) or "nobody"
    background = ", background" if entry.background else ""
    return f"{entry.type} [{entry.record.get('mode')}{background}] {who}"


def _quote(entry: Entry) -> str:
    text = " ".join(str(entry.record.get("evidence") or "").split())
    where = f"{entry.spans[0][0]}-{entry.spans[0][1]} " if entry.spans else ""
    return f"{where}“{text if len(text) <= _QUOTE else text[: _QUOTE - 1] + '…'}”"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_item, value)) or "nothing"
    return "nothing" if value is None else str(value)


def _item(item: Any) -> str:
    if isinstance(item, tuple):
        first, second = item
        return f"{first} {second}" if first in {"start", "end"} else f"{first[2:]}/{second}"
    if isinstance(item, Mapping):
        return f"{item.get('state')} {item.get('count') or item.get('qualifier')} {item.get('kind')}"
    return str(item)
