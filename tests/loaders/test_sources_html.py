"""Web pages: the article without what stands around it, what the page says of itself, and pages that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.errors import ArticleError
from entente.model import Article, DateCandidate
from entente_loaders.sources import open_source
from entente_loaders.sources.page import read_page
from entente_loaders.text import read
from material import FIRST, JSON_LD, SECOND, THIRD, page


def test_the_article_is_taken_and_what_stands_around_it_is_not() -> None:
    article = read_page(page().encode(), "page.html")
    text = article.content.decode()
    assert text.startswith("Navies end drills\n")
    assert text.count("Navies end drills") == 1
    assert all(paragraph in text for paragraph in (FIRST, SECOND, THIRD))
    assert not any(noise in text for noise in ("Sport", "Cat climbs", "Copyright"))
    assert read(article).text == text


def test_bulk_takes_the_article_by_the_faster_library() -> None:
    text = read_page(page().encode(), "page.html", bulk=True).content.decode()
    assert all(paragraph in text for paragraph in (FIRST, SECOND, THIRD))
    assert "Sport" not in text


def test_schema_org_tells_title_outlet_dates_language_address_and_authors() -> None:
    article = read_page(page(head=JSON_LD).encode(), "page.html")
    assert (article.title, article.outlet, article.lang) == ("Norland and Southia end drills", "The Example Post", "en-GB")
    assert article.url == "https://post.example/world/drills?ref=x"
    assert article.authors == ("Ada Writer", "Bo Penner")
    assert article.published == "2031-05-09"  # the day at the place of publication, which in UTC is the next
    assert article.dates == (
        DateCandidate("2031-05-09", "json-ld:datePublished"),
        DateCandidate("2031-05-11", "json-ld:dateModified"),
    )


def test_every_day_that_the_page_gives_is_kept_with_its_origin_publication_first() -> None:
    head = (
        '<meta property="article:modified_time" content="2031-05-12T08:00:00Z">'
        '<meta property="article:published_time" content="2031-05-10T08:00:00Z">'
        '<meta name="dc.date" content="May 8, 2031"><meta name="date" content="nonsense">'
        '<meta property="og:site_name" content="Post"><meta property="og:locale" content="en_GB">'
        '<link rel="canonical" href="https://post.example/a">'
    )
    article = read_page(page(head=head, lang="").encode(), "page.html")
    assert article.published == "2031-05-10"
    assert [(each.day, each.origin) for each in article.dates] == [
        ("2031-05-10", "meta:article:published_time"),
        ("2031-05-08", "meta:dc.date"),
        ("2031-05-12", "meta:article:modified_time"),
    ]
    assert (article.outlet, article.lang, article.url) == ("Post", "en-GB", "https://post.example/a")


def test_a_date_in_digits_that_can_be_read_in_two_ways_is_not_read() -> None:
    head = '<meta name="date" content="05/06/2031">'
    assert read_page(page(head=head).encode(), "p").published is None


def test_a_lead_paragraph_taken_for_a_teaser_is_put_back() -> None:
    lead = "A lead paragraph that many pages mark as a teaser says what happened at sea off the coast of Norland this week."
    markup = page(head=f'<meta property="og:description" content="{lead[:90]}">').replace(
        "<main>", f'<main><div class="teaser"><p>{lead}</p></div>'
    )
    text = read_page(markup.encode(), "p").content.decode()
    assert text.count(lead) == 1
    assert text.index(lead) < text.index(FIRST)
    unrelated = page(
        head='<meta property="og:description" content="Read all about ships and the sea at The Example Post, daily.">'
    )
    assert "daily" not in read_page(unrelated.encode(), "p").content.decode()


def test_a_page_does_not_speak_for_another_site() -> None:
    head = '<link rel="canonical" href="https://victim.example/story">'
    foreign = read_page(page(head=head).encode(), "p", url="https://attacker.example/x")
    own = read_page(page(head=head).encode(), "p", url="https://www.victim.example/story?utm=1")
    assert (foreign.url, own.url) == ("https://attacker.example/x", "https://victim.example/story")


def test_the_address_that_a_browser_saved_is_the_pages() -> None:
    saved = "<!-- saved from url=(0031)https://post.example/world/saved -->\n" + page()
    assert read_page(saved.encode(), "p").url == "https://post.example/world/saved"


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [("utf-8", "utf-8"), ("utf-8", "iso-8859-1"), ("cp1252", "iso-8859-1"), ("cp1252", "nonsense"), ("utf-16", "utf-8")],
)
def test_encodings_are_found_out(encoding: str, declaration: str) -> None:
    quote = FIRST.replace("Norland", "Nørland") + " “So it is”, said one."
    markup = page(paragraphs=(quote, SECOND, THIRD), declaration=declaration)
    assert quote in read_page(markup.encode(encoding), "p").content.decode()


def test_a_page_that_breaks_off_inside_a_character_is_read_as_far_as_it_goes() -> None:
    whole = page(paragraphs=(FIRST, SECOND, THIRD.replace("summer", "sømmer"))).encode()
    cut = whole[: whole.index("ø".encode()) + 1]
    assert FIRST in read_page(cut, "p").content.decode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ENTENTE-223"),
        (b"   \n", "ENTENTE-223"),
        (bytes(range(256)) * 40, "ENTENTE-223"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 100, "ENTENTE-223"),
        (b"just words, no page at all", "ENTENTE-223"),
        (b"<html><head><title>x</title></head><body><div></div></body></html>", "ENTENTE-224"),
        (b"<html><body><script>alert(1)</script></body></html>", "ENTENTE-224"),
        (b"<div>" * 5000, "ENTENTE-224"),
    ],
)
def test_what_is_no_page_or_holds_no_article_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(data)
    [item] = open_source(str(file))
    assert isinstance(item, ArticleError)
    assert (item.code, str(file) in item.message) == (code, True)


def test_broken_json_ld_does_not_hinder_the_rest() -> None:
    scripts = ("{", "[]", "null", '{"@type": "NewsArticle", "headline": 7, "datePublished": {}}', "[" * 3000)
    head = "".join(f'<script type="application/ld+json">{each}</script>' for each in scripts)
    article = read_page(page(head=head).encode(), "p")
    assert (article.title, article.published) == ("Navies end drills", None)


def test_files_of_pages_are_found_by_their_name(tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text(page(head=JSON_LD))
    (tmp_path / "story_files").mkdir()
    (tmp_path / "story_files" / "frame.html").write_text(page())
    [article] = open_source(str(tmp_path))
    assert isinstance(article, Article)
    assert article.slug.startswith("post-example-world-drills-")
