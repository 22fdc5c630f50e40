"""Worker processes: order, bounds, and what becomes of articles whose worker dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from entente.errors import ArticleError, InputError
from entente.ingest import Pool
from entente.ingest.examiners import Examined
from entente.model import Article
from entente_loaders.pipeline import Outcome, OutcomeKind
from entente_loaders.sources import PassingError, Unread
from faulty import steps


def article(number: int, text: str = "Nothing happened today in any of the capitals.") -> Article:
    return Article(f"a{number}", f"A headline of the day\n{text}\n".encode(), f"a{number}.txt")


def slug(examined: Examined) -> str | None:
    return examined.slug if isinstance(examined, Outcome) else examined[1].slug


def examine(articles: Iterator[Article | Outcome], flag: Path, workers: int = 2) -> list[Examined]:
    pool = Pool(steps(flag), workers)
    try:
        return list(pool.examine(articles))
    finally:
        pool.close()


def test_results_come_in_the_order_of_the_articles(tmp_path: Path) -> None:
    passed = Outcome("known.txt", "known", OutcomeKind.UNCHANGED)
    items = [article(n) if n % 5 else passed for n in range(200)]
    found = examine(iter(items), tmp_path / "none")
    assert [slug(each) for each in found] == ["known" if isinstance(i, Outcome) else i.slug for i in items]
    findings = [each[1] for each in found if not isinstance(each, Outcome)]
    assert len(findings) == 160
    assert all(each.delta is not None and each.report is not None and each.report.passed for each in findings)


def test_endless_sources_are_not_read_ahead_without_bound(tmp_path: Path) -> None:
    taken = count()
    pool = Pool(steps(tmp_path / "none"), 2)
    results = pool.examine(article(next(taken)) for _ in iter(int, 1))
    try:
        for _ in range(100):
            next(results)
        assert next(taken) < 100 + 300
    finally:
        pool.close()


class Page:
    """A page of a worker's trouble: what `faulty` does for articles, for material that is read."""

    def __init__(self, number: int, trouble: str = "") -> None:
        self.number, self.trouble = number, trouble

    def __call__(self) -> list[Article | ArticleError]:
        if self.trouble == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.trouble == "bug":
            raise ZeroDivisionError("a mistake of ours")
        if self.trouble == "unreadable":
            raise ArticleError(224, f"p{self.number}.html: no article's text was found on the page")
        return [article(10 * self.number + n) for n in range(self.number % 3)]


def test_material_is_read_in_its_place_whatever_becomes_of_it(tmp_path: Path) -> None:
    trouble = {50: "kill", 52: "bug", 53: "unreadable"}
    stream = [f"mark {n}" if n % 5 == 1 else Unread(f"p{n}.html", 9, Page(n, trouble.get(n, ""))) for n in range(120)]
    pool = Pool(steps(tmp_path / "none"), 2)
    try:
        found = list(pool.read(stream))
    finally:
        pool.close()
    wanted: list[str] = []
    for n in range(120):
        codes = {50: "ENTENTE-250", 52: "ENTENTE-251", 53: "ENTENTE-224"}
        wanted += [f"mark {n}"] if n % 5 == 1 else [codes[n]] if n in codes else [f"a{10 * n + m}" for m in range(n % 3)]
    assert [getattr(each, "code", getattr(each, "slug", each)) for each in found] == wanted
    passing = [each.code for each in found if isinstance(each, PassingError)]
    assert passing == ["ENTENTE-250", "ENTENTE-251"]


def test_pages_are_read_and_examined_by_the_same_workers(tmp_path: Path) -> None:
    pool = Pool(steps(tmp_path / "none"), 2, start=0)
    try:
        read = pool.read(Unread(f"p{n}.html", 9, Page(n)) for n in range(300))
        found = list(pool.examine(each for each in read if isinstance(each, Article)))
    finally:
        pool.close()
    assert [slug(each) for each in found] == [f"a{10 * n + m}" for n in range(300) for m in range(n % 3)]
    assert all(isinstance(each, tuple) and each[1].delta is not None for each in found)


def test_few_large_pages_are_read_ahead(tmp_path: Path) -> None:
    taken = count()
    pool = Pool(steps(tmp_path / "none"), 2)
    results = pool.read(Unread("p.html", 10_000_000, Page(next(taken) % 1 + 1)) for _ in iter(int, 1))
    try:
        for _ in range(20):
            next(results)
        assert next(taken) < 20 + 10
    finally:
        pool.close()


def test_an_article_that_took_a_worker_down_once_is_tried_again(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    flag.touch()
    items = [article(n, "kill once" if n == 60 else "Nothing happened today.") for n in range(100)]
    found = examine(iter(items), flag)
    assert not flag.exists()
    assert [slug(each) for each in found] == [item.slug for item in items]
    assert [each[1].error for each in found if not isinstance(each, Outcome)] == [None] * 100


def test_an_article_that_takes_two_workers_down_fails_and_no_other(tmp_path: Path) -> None:
    items = [article(n, "kill" if n in (50, 51) else "Nothing happened today.") for n in range(100)]
    found = examine(iter(items), tmp_path / "none")
    failed = {each[1].slug: each[1] for each in found if not isinstance(each, Outcome) and each[1].error}
    assert sorted(failed) == ["a50", "a51"]
    assert len(found) == 100
    for finding in failed.values():
        assert finding.passing
        assert isinstance(finding.error, ArticleError)
        assert finding.error.code == "ENTENTE-250"
        assert "SIGKILL" in finding.error.message


def test_a_mistake_of_ours_fails_one_article(tmp_path: Path) -> None:
    found = examine(iter([article(0), article(1, "bug"), article(2)]), tmp_path / "none")
    errors = [each[1].error for each in found if not isinstance(each, Outcome)]
    assert [error and error.code for error in errors] == [None, "ENTENTE-251", None]
    assert "ZeroDivisionError" in str(errors[1])


def test_workers_that_never_come_up_are_an_error(tmp_path: Path) -> None:
    pool = Pool(steps(tmp_path / "none", never=True), 2, start=0)
    with pytest.raises(InputError, match="exit code 3") as caught:
        list(pool.examine(article(n) for n in range(3)))
    assert caught.value.code == "ENTENTE-144"
    pool.close()
