"""`entente rules`: the extraction rules for those who write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click

from entente.cli.failures import REFUSED
from entente.cli.output import Output, output_options
from entente.cli.session import Session
from entente.cli.trial import default_texts, try_extractor
from entente.cli.workbench import Workbench
from entente.errors import ArticleError, InputError
from entente.evaluation import rule_scores
from entente.model import Document, Literal, Solutions, Term
from entente_loaders.extract import Rule, RuleExtractor, load_rules
from entente_loaders.extract.lexicon import data_files
from entente_loaders.sources import open_paths
from entente_loaders.text import read
from entente_loaders.workshop import (
    Miss,
    class_words,
    classes_of,
    document_of,
    expanded,
    find_misses,
    form_of,
    homes,
    lint,
    meaning,
    traces,
)

__all__ = ["command"]

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_ROWS = output_options("table", "csv", "json", "jsonl")


@click.group("rules")
def command() -> None:
    """Check, explain and score the extraction rules."""


def _row(*cells: object) -> tuple[Term | None, ...]:
    return tuple(
        None if cell is None else Literal.of(cell) if isinstance(cell, int) else Literal(str(cell)) for cell in cells
    )


def _type(rule: Rule) -> str:
    return rule.event.value if rule.event is not None else rule.kind


@command.command("list")
@_ROWS
def list_(format: str | None, path: Path | None) -> None:
    """List the rules with the type and form of what they look for."""
    home = homes(data_files("rules"))
    rows = tuple(_row(rule.id, _type(rule), form_of(rule), rule.prior, home[rule.id]) for rule in load_rules().rules)
    Output(format, path).rows(Solutions(("id", "type", "form", "prior", "file"), rows))


@command.command("lint")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@_ROWS
@click.pass_obj
def lint_(session: Session, *, strict: bool, format: str | None, path: Path | None) -> int:
    """Check the rules and word lists beyond what loading them checks.

    Errors are examples that do not hold, equal patterns, words that stand twice in a class, and unknown roles and
    prepositions; warnings are rules that no example would miss, and classes that no rule asks for. The exit code is 1 where
    there is an error.
    """
    extractor = RuleExtractor(Workbench.open().index)
    findings = lint(extractor, data_files("rules"), data_files("lexicon"))
    severity = {True: "warning", False: "error"}
    rows = tuple(_row(severity[found.warning], found.file, found.subject, found.message) for found in findings)
    Output(format, path).rows(Solutions(("severity", "file", "of", "finding"), rows))
    errors = [found for found in findings if strict or not found.warning]
    session.note(f"{len(load_rules().rules)} rules, {len(errors)} errors, {len(findings) - len(errors)} warnings")
    return REFUSED if errors else 0


@command.command("misses")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--states", default=2, show_default=True, type=click.IntRange(1), help="How many states to ask for.")
@click.option("--examples", default=3, show_default=True, type=click.IntRange(0), help="Sentences per verb; 0 for all.")
@_ROWS
@click.pass_obj
def misses(
    session: Session, paths: tuple[Path, ...], *, states: int, examples: int, format: str | None, path: Path | None
) -> None:
    """List sentences of articles that name several states but state no event, by verb.

    The commonest verbs come first: they are what new rules could be written for.
    """
    extractor = RuleExtractor(Workbench.open().index)
    by_verb: defaultdict[str, list[Miss]] = defaultdict(list)
    for miss in find_misses(extractor, _documents(session, paths), least=states):
        by_verb[miss.verb].append(miss)
    rows = tuple(
        _row(verb, len(found), miss.document.article.origin, miss.sentence.start, _sentence(miss))
        for verb, found in sorted(by_verb.items(), key=lambda item: (-len(item[1]), item[0]))
        for miss in found[: examples or None]
    )
    Output(format, path).rows(Solutions(("verb", "sentences", "article", "from", "sentence"), rows))


def _documents(session: Session, paths: tuple[Path, ...]) -> Iterator[Document]:
    for article in open_paths(paths):
        if isinstance(article, ArticleError):
            session.note(str(article))
            continue
        try:
            yield read(article)
        except ArticleError as error:
            session.note(str(error))


def _sentence(miss: Miss) -> str:
    return " ".join(miss.sentence.of(miss.document.text).split())


@command.command("score")
@click.option("--gold", required=True, type=_FOLDER, help="Folder of gold files, one <id>.json per article.")
@click.option("--texts", type=_FOLDER, help="Folder of the articles, <id>.txt; otherwise `texts` beside the gold folder.")
@click.option("--located", is_flag=True, help="Count only events whose evidence overlaps that of the gold.")
@click.option("--all", "every", is_flag=True, help="List rules that never fired too.")
@_ROWS
@click.pass_obj
def score(
    session: Session, *, gold: Path, texts: Path | None, located: bool, every: bool, format: str | None, path: Path | None
) -> None:
    """Count how often each rule is right on gold files, and propose its prior.

    A rule has fired on an event if one of the event's claims is the rule's. The proposed prior is the rule's precision
    there, with the present prior weighing as much as four events.
    """
    trial = try_extractor(Workbench.open(), "rules", gold, texts or default_texts(gold))
    priors = {rule.id: rule.prior for rule in load_rules().rules if rule.kind in {"event", "detail"}}
    scores = rule_scores(trial.rows, trial.rules(), priors, located=located)
    rows = tuple(
        _row(
            one.rule,
            one.fired,
            f"{one.right:g}",
            f"{one.wrong:g}",
            None if one.precision is None else f"{one.precision:.3f}",
            one.prior,
            one.proposed,
        )
        for one in sorted(scores, key=lambda one: (-one.wrong, -one.fired, one.rule))
        if every or one.fired
    )
    Output(format, path).rows(Solutions(("rule", "fired", "right", "wrong", "precision", "prior", "proposed"), rows))
    session.note(f"{sum(1 for one in scores if one.fired)} of {len(scores)} rules fired")


@command.command("explain")
@click.argument("rule_id", metavar="RULE")
def explain(rule_id: str) -> None:
    """Say what one rule looks for: its pattern in words, its word classes, and what it matches in its examples."""
    rule = next((rule for rule in load_rules().rules if rule.id == rule_id), None)
    if rule is None:
        raise InputError(152, f"there is no rule {rule_id}", "see: entente rules list")
    extractor = RuleExtractor(Workbench.open().index)
    for line in (*_about(rule), *_examples(rule, extractor)):
        click.echo(line)


def _about(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}: {_type(rule)}, {form_of(rule)}, prior {rule.prior}, in {homes(data_files('rules'))[rule.id]}"
    settings = {
        "needs": ", ".join(f"{least} {role}" for role, least in rule.needs.items()),
        "the trigger's owner is": rule.owners,
        "mode": rule.mode,
        "status": rule.status,
        "joins an event spoken of before": "yes" if rule.joins else None,
    }
    yield from (f"{name}: {value}" for name, value in settings.items() if value)
    yield f"\npattern\n  {rule.pattern.source}"
    if (whole := expanded(rule.pattern.source)) != rule.pattern.source:
        yield f"with its macros\n  {whole}"
    yield "\nin words"
    yield from (f"  {line}" for line in meaning(rule.pattern.source))
    words = {name: class_words(name) for name in classes_of(rule.pattern.source)}
    if any(words.values()):
        yield "\nclasses"
        yield from (f"  {name}: {', '.join(listed)}" for name, listed in words.items() if listed)


def _examples(rule: Rule, extractor: RuleExtractor) -> Iterator[str]:
    for title, texts in (("finds", rule.yes), ("does not find", rule.no)):
        yield f"\n{title}"
        for text in texts:
            yield f"  {text}"
            for trace in traces(extractor, document_of(text)):
                if trace.rule == rule.id:
                    yield from (
                        f"    {group.role or '-':<12} {group.span.start}-{group.span.end} {group.span.of(text)}"
                        for group in trace.groups
                    )
