"""Worker processes: order, bounds, and what becomes of articles whose worker dies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from entente.errors import ArticleError, InputError
from entente.ingest import Pool
from entente.ingest.examiners import Examined
from entente.model import Article
from entente_loaders.pipeline import Outcome, OutcomeKind
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
        assert next(taken) < 100 + 150
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
