"""Text files with front matter: what is read, and what each mistake is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.errors import ArticleError
from entente.model import Article
from entente_loaders.sources import open_paths
from entente_loaders.sources.files import parse
from entente_loaders.text import SIZE_LIMIT

BODY = "A headline\nA sentence.\n"
FULL = """---
id: some-report
title: Another title
outlet: Some Outlet
published: 2023-07-20
url: https://example.org/report
source: https://example.org/page?id=1
licence: CC-BY-4.0
lang: en
---
"""


def test_front_matter_is_read_and_cut_off() -> None:
    article = parse((FULL + BODY).encode(), "some.txt")
    assert article == Article(
        slug="some-report",
        content=BODY.encode(),
        origin="some.txt",
        url="https://example.org/report",
        source="https://example.org/page?id=1",
        outlet="Some Outlet",
        title="Another title",
        published="2023-07-20",
        licence="CC-BY-4.0",
    )


@pytest.mark.parametrize("prefix", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_byte_order_mark_and_line_ends_do_not_hide_the_front_matter(prefix: str, newline: str) -> None:
    article = parse((prefix + (FULL + BODY).replace("\n", newline)).encode(), "some.txt")
    assert (article.slug, article.published) == ("some-report", "2023-07-20")


def test_a_text_without_front_matter_is_named_by_its_words() -> None:
    first, again, other = (parse(text.encode(), "x") for text in (BODY, BODY, BODY + "More.\n"))
    assert first.slug == again.slug != other.slug
    assert first.slug.startswith("a-headline-")
    assert (first.published, first.outlet, first.content) == (None, None, BODY.encode())


def test_an_address_names_the_article_whatever_its_text() -> None:
    texts = [f"---\nurl: https://example.org/news/1\n---\n{body}" for body in (BODY, "Corrected\n")]
    slugs = {parse(text.encode(), "x").slug for text in texts}
    assert len(slugs) == 1


@pytest.mark.parametrize(
    ("header", "code", "words"),
    [
        ("id: [unclosed", "ENTENTE-205", "not YAML"),
        ("- a\n- list", "ENTENTE-205", "no mapping"),
        ("publisher: X", "ENTENTE-205", "'publisher' is unknown"),
        ("outlet: [A, B]", "ENTENTE-205", "more than one value"),
        ("id: Not A Slug", "ENTENTE-205", "no slug"),
        ("url: ftp://example.org/x", "ENTENTE-205", "no web address"),
        ("source: https://exa mple.org/", "ENTENTE-205", "no web address"),
        ("published: 20 July 2023", "ENTENTE-206", "no day"),
        ("published: 2023-02-30", "ENTENTE-206", "no day"),
        ("published: 2023-07", "ENTENTE-206", "no day"),
    ],
)
def test_a_mistake_in_the_front_matter_is_named(header: str, code: str, words: str) -> None:
    with pytest.raises(ArticleError) as caught:
        parse(f"---\n{header}\n---\n{BODY}".encode(), "some.txt")
    assert caught.value.code == code
    assert "some.txt" in caught.value.message
    assert words in caught.value.message


def test_folders_are_read_in_order_and_bad_files_do_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(BODY)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "z.md").write_text(FULL + BODY)
    (tmp_path / "ignored.csv").write_text("no article")
    (tmp_path / "c.txt").write_text("---\nid: Bad Id\n---\nX\n")
    big = tmp_path / "d.txt"
    with big.open("wb") as sink:
        sink.truncate(SIZE_LIMIT + 1)
    found = list(open_paths([tmp_path, tmp_path / "missing.txt"]))
    kinds = [item.code if isinstance(item, ArticleError) else item.slug[:10] for item in found]
    assert kinds == ["some-repor", "a-headline", "ENTENTE-205", "ENTENTE-204", "ENTENTE-207"]


def test_one_id_for_two_texts_is_a_mistake_and_for_equal_texts_is_none(tmp_path: Path) -> None:
    for name, text in (("a.txt", BODY), ("b.txt", BODY), ("c.txt", "Another text.\n")):
        (tmp_path / name).write_text(f"---\nid: same\n---\n{text}")
    first, twin, error = open_paths([tmp_path])
    assert isinstance(first, Article)
    assert isinstance(twin, Article)
    assert isinstance(error, ArticleError)
    assert error.code == "ENTENTE-209"
    assert "c.txt" in error.message
    assert "a.txt" in error.message
