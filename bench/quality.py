"""Measure the extractor on ../shared/gold and write docs/quality.md, and its main figures as the data of the page about the
dataset; with --check, only compare.

Run it as `python bench/quality.py [--check] [--gold FOLDER]`, where FOLDER holds `dev/`, `baseline.py` and `plover/`. The
same articles, rules and reference data always give the same page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from entente.cli.trial import Trial, compare_folders, try_extractor
from entente.cli.workbench import Workbench
from entente.evaluation import RuleScore, as_data, as_markdown, rule_scores
from entente_loaders.extract import load_rules

__all__ = ["page"]

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "quality.md"
DATA = ROOT / "src" / "entente" / "evaluation" / "quality.json"

# A second coder, who saw only the guideline and the texts, on six articles; ../shared/gold/README.md, "Agreement".
SECOND_CODER = {
    "events (micro)": 0.877,
    "events, located": 0.842,
    "type + exact participants": 0.877,
    "participants+role": 0.980,
    "dates": 0.944,
    "places": 0.857,
    "forces": 0.714,
    "attributed_to": 0.381,
    "relations": 0.400,
    "mode": 0.980,
    "background": 0.900,
}
INTRODUCTION = """# Quality of the extraction

Written by `python bench/quality.py`; do not edit. The rules are measured on real news articles, coded by hand under a
written guideline (the development half; its texts are no part of this repository). `entente evaluate --gold FOLDER` gives
the same figures for articles of your own.

## At a glance
"""
READING = """
Read three figures together. *Events* may be matched anywhere in an article, so that a wrong statement of the right type may
count. *Located* events need overlapping evidence; this is strict, for a text may state one event twice. The *tuple* of type
and exact participants is what a user of the graph sees. The floor is a trivial program: a sentence with two country names
and a keyword is an event. The second coder is a person who knew the guideline only, on six articles: more than that
agreement cannot be measured.

## All figures
"""
RULES = "## Rules\n"
LIMITS = """## Limits of these data

- The articles are few and narrow: Turkey, the United States and Syria 2017-2019, North Korea 2017-2018, the Gulf in 1987.
  They hold few exercises, one port call, and no joint patrol or transit, so that the figures say little of these.
- The rules were written by people who could read these articles. On unseen text expect less.
- Where an accusation ends and a threat or demand begins is soft even between people, and so is whom a fact is attributed
  to; background events are the least completely coded.
- Precision by rule rests on a handful of events each. Confidence in the graph is a rule's prior, no probability.
"""
SLOTS = ("participants+role", "dates", "places", "name", "forces", "attributed_to")
ENOUGH = 3
"""Events on which a rule must have fired before its precision says anything."""


def page(gold: Path) -> tuple[str, str]:
    """Write the page: event figures with floor and ceiling, slots, types, PLOVER records, limits; and the first as data."""
    texts = gold / "dev" / "texts"
    trial = try_extractor(Workbench.open(), "rules", gold / "dev" / "gold", texts)
    figures = as_data(trial.rows)
    compared = _compared(figures, as_data(_baseline(gold, texts).rows))
    parts = [
        INTRODUCTION,
        *_glance(compared),
        READING,
        as_markdown(figures),
        *_clusters(figures),
        RULES,
        *_rules(trial),
        *_plover(gold),
        LIMITS,
    ]
    said = {"articles": len(trial.rows), "figures": compared}
    return "\n".join(parts), json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _baseline(gold: Path, texts: Path) -> Trial:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(gold / "baseline.py"), str(texts), folder], check=True, stdout=sys.stderr)
        return compare_folders(gold / "dev" / "gold", Path(folder), texts)


def _flat(figures: Mapping[str, Any]) -> dict[str, float | None]:
    """Give one figure a line: F1, and accuracies."""
    events = {"events (micro)": "event", "events, located": "event_located", "type + exact participants": "tuple"}
    flat: dict[str, float | None] = {label: figures[name]["f1"] for label, name in events.items()}
    flat |= {"precision of events": figures["event"]["p"], "recall of events": figures["event"]["r"]}
    flat |= {
        name: values["f1"] for name, values in figures["slots"].items() if name not in {"participants", "dates (lenient)"}
    }
    flat |= {name: figures[name]["accuracy"] for name in ("mode", "status", "background")}
    return {**flat, "relations": figures["relations"]["f1"]}


def _compared(figures: Mapping[str, Any], floor: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each main figure with that of the trivial program and of a second coder, rounded as it is shown."""

    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 3)

    ours, least = _flat(figures), _flat(floor)
    return [
        {"name": name, "value": rounded(value), "floor": rounded(least[name]), "coder": SECOND_CODER.get(name)}
        for name, value in ours.items()
    ]


def _glance(compared: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "| F1, or share right | Entente | floor | second coder |"
    yield "|---|---|---|---|"
    for each in compared:
        yield f"| {each['name']} | **{_number(each['value'])}** | {_number(each['floor'])} | {_number(each['coder'])} |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _clusters(figures: Mapping[str, Any]) -> Iterator[str]:
    if clusters := figures["clusters"]:
        share = f"{clusters['coverage']:.0%}"
        yield f"Of the reports of events that several articles tell of, {share} were found at all; how well the graph then"
        yield "recognises one event in them is the B³ above.\n"


def _rules(trial: Trial) -> Iterator[str]:
    priors = {rule.id: rule.prior for rule in load_rules().rules if rule.kind == "event"}
    scores = rule_scores(trial.rows, trial.rules(), priors)
    fired = [one for one in scores if one.fired]
    often = [one for one in fired if one.fired >= ENOUGH]
    good = [one for one in often if (one.precision or 0.0) >= 0.8]
    yield f"On these articles {len(fired)} of the {len(priors)} rules that find events fired, {len(often)} at least"
    yield f"{ENOUGH} times, and {len(good)} of these were right in 80 % of the events or more. The others:"
    yield ""
    yield from _table(sorted((one for one in often if one not in good), key=lambda one: (one.precision or 0.0, one.rule)))


def _table(scores: Sequence[RuleScore]) -> Iterator[str]:
    yield "| rule | fired | right | precision | prior |"
    yield "|---|---|---|---|---|"
    for one in scores:
        yield f"| {one.rule} | {one.fired} | {one.right:g} | {_number(one.precision)} | {one.prior} |"
    yield ""


def _plover(gold: Path) -> Iterator[str]:
    script = ROOT / "bench" / "plover.py"
    if not script.is_file() or not (gold / "plover").is_dir():
        return
    command = [sys.executable, str(script), str(gold / "plover")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    yield "## The PLOVER gold standard records\n"
    yield "322 sentences of the CAMEO manual with source, target and event type (Open Event Data Alliance, CC BY-SA 4.0):\n"
    yield "<!-- not run: printed by bench/plover.py, whose records are no part of this repository -->"
    yield f"```text\n{done.stdout.rstrip()}\n```\n"


def main() -> int:
    """Write the page, or compare it with the one that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the page is out of date")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="folder of the gold set")
    options = parser.parse_args()
    text, data = page(options.gold)
    if options.check:
        current = all(file.is_file() and file.read_text("utf-8") == made for file, made in ((TARGET, text), (DATA, data)))
        print("current" if current else f"{TARGET.relative_to(ROOT)} is out of date: run python bench/quality.py")
        return 0 if current else 1
    TARGET.write_text(text, encoding="utf-8")
    DATA.write_text(data, encoding="utf-8")
    print(TARGET.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
