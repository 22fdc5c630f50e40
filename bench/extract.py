"""Time the way from text to event records over a folder of texts, in all and by stage, beside spaCy where it is installed.

Run it as `python bench/extract.py [FOLDER] [REPEATS]`; the folder is `samples/` unless told otherwise. The rate is that of
the interpreted extractor and, with `--compiled`, of the compiled one too, which is made first (`scripts/compile.py`, some
minutes); the stages are those of the interpreted. spaCy (an extra of ours) runs as its blank English pipeline with a
sentencizer and as many token rules as we have, and nothing else: no names, no tags, no records, so that the ratio flatters
it. Times are those of the processor, on one core, best of the repeats.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from compiled import environment
from figures import figure
from synthetic import articles as made_up

from entente.collector import collect_seldom
from entente.index import ReferenceIndex, load_base
from entente.model import Article
from entente.resources import folder, root
from entente_loaders.extract import RuleExtractor, extractor, load_rules
from entente_loaders.extract.dates import DateFinder
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.pipeline import prepare
from entente_loaders.records import records
from entente_loaders.resolve import resolve
from entente_loaders.text import read

__all__ = ["articles_in", "by_stage", "fastest"]

TARGET = 200
"""Articles of the length of the seed that one core should read per second."""

SEED_WORDS = 363
_JOINED = (50, 500)
_STAGES = ("introduce", "tokenise", "tag", "chunk", "identify", "fold", "attribute", "read_match", "merge")


def articles_in(place: Path) -> list[Article]:
    """Give the texts of a folder as articles of one day."""
    return [Article(path.stem, path.read_bytes(), path.name, published="2023-07-20") for path in sorted(place.glob("*.txt"))]


def fastest(work: Callable[[], object], repeats: int) -> float:
    """Give the least processor time, in seconds, that some work takes."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


@contextmanager
def _timed(owners: Sequence[tuple[Any, str, str]], spent: dict[str, float]) -> Iterator[None]:
    """Add up the time spent in functions, each an attribute of its owner and of a stage, while the context lasts."""
    originals = [(owner, name, getattr(owner, name)) for owner, name, _ in owners]

    def timing(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent[stage] += time.process_time() - start

        return run

    for owner, name, stage in owners:
        setattr(owner, name, timing(stage, getattr(owner, name)))
    try:
        yield
    finally:
        for owner, name, function in originals:
            setattr(owner, name, function)


def by_stage(articles: Sequence[Article], engine: RuleExtractor, index: ReferenceIndex) -> dict[str, float]:
    """Give the seconds that each stage takes; `match` is the matching of the rules without reading their matches."""
    spent: dict[str, float] = defaultdict(float)
    owners = [
        (owner, name, name.lstrip("_")) for owner, name in (*((extractor, stage) for stage in _STAGES), (engine, "_match"))
    ]
    owners += [(engine._gazetteer, "find", "names"), (DateFinder, "__init__", "dates"), (DateFinder, "find", "dates")]
    with _timed(owners, spent):
        for article in articles:
            marks = [time.process_time()]
            document = read(article)
            marks.append(time.process_time())
            extraction = engine.extract(document)
            marks.append(time.process_time())
            resolution = resolve(extraction, index)
            marks.append(time.process_time())
            records(resolution, index)
            marks.append(time.process_time())
            for name, first, last in zip(("read", "extract", "resolve", "records"), marks, marks[1:], strict=False):
                spent[name] += last - first
    spent["match"] -= spent["read_match"]
    inside = sum(spent[name] for name in ("names", "dates", "match", *_STAGES))
    spent["rest"] = spent.pop("extract") - inside
    return spent


def _spacy(articles: Sequence[Article]) -> Callable[[], object]:
    """Give spaCy's work on the articles: sentences, and as many rules as ours, over the words of our lexicon."""
    import spacy  # noqa: PLC0415 - only where it is installed
    from spacy.matcher import Matcher  # noqa: PLC0415

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    matcher = Matcher(pipeline.vocab)
    classes = sorted({name for names in lexicon().verbs.values() for name in names})
    for number in range(len(load_rules().rules)):
        name = classes[number % len(classes)]
        words = sorted(verb for verb, names in lexicon().verbs.items() if name in names)
        party, gap, trigger = {"IS_TITLE": True}, {"IS_ALPHA": True, "OP": "{0,4}"}, {"LOWER": {"IN": words}}
        matcher.add(f"rule {number}", [[party, gap, trigger, gap, party]])
    texts = [read(article).text for article in articles]
    return lambda: [matcher(document) for document in pipeline.pipe(texts)]


def _compiled(place: Path, repeats: int) -> float | None:
    """Give the words that the compiled extractor reads a second in a process of its own; None where it cannot be made."""
    env = environment()
    if env is None:
        return None
    command = [sys.executable, __file__, place, str(repeats), "--words"]
    return float(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)


def main() -> int:
    """Print the rates and the shares; the exit code is 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=folder("samples"), help="folder of texts (samples)")
    parser.add_argument("repeats", type=int, nargs="?", default=5, help="how often each is read, of which the best counts")
    parser.add_argument("--compiled", action="store_true", help="time the compiled steps too, and compile them first")
    parser.add_argument("--words", action="store_true", help="print the words read a second, and nothing else")
    options = parser.parse_args()
    place, repeats = options.folder, options.repeats
    articles = articles_in(place)
    index = ReferenceIndex(load_base(root()))
    start = time.process_time()
    engine = RuleExtractor(index)
    built = time.process_time() - start
    words = sum(len(article.content.split()) for article in articles)

    def ours(some: Sequence[Article] = articles) -> None:
        for article in some:
            records(resolve(engine.extract(read(article)), index), index)

    # What is read once is read before the clock starts; what is remembered of the words of other texts is, too.
    ours(articles_in(folder("samples")))
    new = fastest(ours, 1)
    # As the workers of `entente ingest` do.
    collect_seldom(loaded=True)
    best = fastest(ours, repeats)
    rate = words / best
    if options.words:
        print(rate)
        return 0
    print(f"texts         {len(articles)} of {words / len(articles):.0f} words on average, {len(load_rules().rules)} rules")
    print(
        f"articles/s    {len(articles) / best:.0f} of these, {rate / SEED_WORDS:.0f} of {SEED_WORDS} words (target {TARGET})"
    )
    compiled = _compiled(place, repeats) if options.compiled else None
    if compiled:
        print(f"compiled      {compiled / SEED_WORDS:.0f} of {SEED_WORDS} words, {compiled / rate:.2f} times as many")
    figure("articles of 363 words", rate / SEED_WORDS, "1/s", ratio=rate / SEED_WORDS / TARGET, to="aim")
    if compiled:
        figure("compiled", compiled / SEED_WORDS, "1/s", ratio=compiled / rate, to="interpreted")
    figure("words", rate, "1/s")
    print(f"words/s       {rate:.0f}, {words / new:.0f} at the first reading, where words are new")
    print(f"start         {built:.2f} s for the extractor, beside the reference data")
    spent = by_stage(articles, engine, index)
    whole = sum(spent.values())
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {name:<12}{seconds / whole:5.0%}")
    if find_spec("spacy"):
        work = _spacy(articles)
        work()
        theirs = fastest(work, repeats)
        print(f"spaCy blank   {len(articles) / theirs:.0f} articles/s, {words / theirs:.0f} words/s")
        figure("spaCy blank, words", words / theirs, "1/s", ratio=best / theirs, to="ours")
        print(f"ratio         we read {theirs / best:.1f} times as many articles as spaCy blank")
    else:
        print("spaCy blank   not installed")
    _print_long(engine, index)
    print(f"machine       {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return 0 if (compiled or rate) / SEED_WORDS >= TARGET else 1


def _print_long(engine: RuleExtractor, index: ReferenceIndex) -> None:
    """Whether a word costs more in a long text than in a short one: articles in one text, from text to graph."""
    costs = {}
    for number in _JOINED:
        text = b"\n".join(article.content for article in made_up(number, index, seed=7))
        article = Article("long", text, "long", published="2023-07-20")
        seconds = fastest(lambda article=article: prepare(article, engine, index), 1)
        costs[number] = seconds / len(text.split()) * 1e6
        growth = costs[number] / costs[_JOINED[0]]
        print(f"one text      {len(text) / 1000:.0f} kB: {costs[number]:.0f} CPU us a word, {growth:.2f} times")
        figure(f"one text of {number} articles", costs[number], "CPU us a word", ratio=growth, to=f"of {_JOINED[0]}")


if __name__ == "__main__":
    sys.exit(main())
