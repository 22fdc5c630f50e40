"""Feeds from files and from a server of this machine: conditions, robots.txt, delays, private networks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from entente.cli import cli
from entente.errors import ArticleError, InputError
from entente.model import Article
from entente_loaders.sources import Item, open_source
from entente_loaders.sources.fetching import Fetcher
from material import ATOM, RSS, TEXT
from website import Website, website


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as running:
        yield running


def read(location: str | Path, **options: str) -> list[Item]:
    return list(open_source(str(location), None, options))


def articles(items: list[Item]) -> list[Article]:
    return [item for item in items if isinstance(item, Article)]


def codes(items: list[Item]) -> list[str]:
    return [item.code.removeprefix("ENTENTE-") if isinstance(item, ArticleError) else "ok" for item in items]


def local(tmp_path: Path, **more: str) -> dict[str, str]:
    """The options that let a test read from this machine."""
    return {"private": "yes", "delay": "0", "state": str(tmp_path / "state.json"), **more}


def test_rss_is_read_with_what_it_says_of_its_entries(tmp_path: Path) -> None:
    file = tmp_path / "feed.rss"
    file.write_text(RSS)
    found = read(file)
    assert codes(found) == ["ok", "ok", "202"]
    first, second = articles(found)
    assert first.content.decode() == f"Navies & drills\n\n{TEXT}\nAnother é.\n"
    assert (first.url, first.outlet, first.published, first.lang) == (
        "https://post.example/1",
        "The Example Post",
        "2031-05-09",
        "en-gb",
    )
    assert (first.authors, first.dates[0].origin) == (("Ada Writer",), "feed:published")
    assert second.published is None


def test_atom_is_told_from_other_xml_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(ATOM)
    [article] = articles(read(file))
    assert [(each.day, each.origin) for each in article.dates] == [
        ("2031-05-10", "feed:published"),
        ("2031-05-11", "feed:updated"),
    ]
    assert (article.outlet, article.authors, TEXT in article.content.decode()) == ("Post", ("Bo Penner",), True)


@pytest.mark.parametrize(
    "data", [b"", b"<rss", b"<html><body>no feed</body></html>", bytes(range(256)) * 8, b"/etc/hostname"]
)
def test_what_is_no_feed_is_refused_and_never_taken_for_a_file_name(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "feed.rss"
    file.write_bytes(data)
    assert codes(read(file)) == ["229"]


def test_a_damaged_feed_gives_what_can_be_read_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "feed.rss"
    file.write_text(RSS[: RSS.index("<item><link>")])
    assert codes(read(file)) == ["ok", "ok", "229"]


def test_entities_from_outside_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    declaration = f'<!DOCTYPE rss [<!ENTITY e SYSTEM "file://{secret}">]>'
    file = tmp_path / "feed.rss"
    file.write_text(RSS.replace("<rss", declaration + "<rss", 1).replace("Short.", "&e;").replace("Talks", "&e; Talks"))
    assert all("SECRET" not in article.content.decode() for article in articles(read(file)))


def test_a_feed_is_fetched_once_and_then_only_if_it_changed(site: Website, tmp_path: Path) -> None:
    url = site.put("/feed", RSS, Content_Type="application/rss+xml; charset=utf-8", ETag='"v1"')
    assert len(articles(read(url, **local(tmp_path)))) == 2
    assert read(url, **local(tmp_path)) == []
    site.put("/feed", RSS.replace("Westhaven", "Easthaven"), Content_Type="application/rss+xml", ETag='"v2"')
    assert len(articles(read(url, **local(tmp_path)))) == 2
    asked = [header for path, header in site.requests if path == "/feed"]
    assert [header.get("If-None-Match") for header in asked] == [None, '"v1"', '"v1"']
    assert all(header["User-Agent"].startswith("entente/") for header in asked)
    assert json.loads((tmp_path / "state.json").read_text()) == {url: {"etag": '"v2"'}}


def test_a_feed_that_was_not_read_to_its_end_is_fetched_again(site: Website, tmp_path: Path) -> None:
    url = site.put("/feed", RSS, ETag='"v1"')
    items = open_source(url, None, local(tmp_path))
    next(items)
    del items
    assert len(articles(read(url, **local(tmp_path)))) == 2


def test_a_feed_counts_as_read_once_its_entries_are_in_the_graph(site: Website, tmp_path: Path) -> None:
    url = site.put("/feed", RSS, ETag='"v1"')
    settings = [f"-O{key}={value}" for key, value in local(tmp_path).items()]
    command = ["-q", "--store", str(tmp_path / "store"), "ingest", "--workers", "1", *settings, url]
    tried = CliRunner().invoke(cli, [*command, "--dry-run"])
    assert "(added 2 · failed 1)" in tried.stdout
    assert not (tmp_path / "state.json").exists()
    assert "(added 2 · failed 1)" in CliRunner().invoke(cli, command).stdout
    assert (tmp_path / "state.json").exists()
    assert "articles   0 (nothing)" in CliRunner().invoke(cli, command).stdout


def test_private_addresses_are_refused_unless_allowed(site: Website, tmp_path: Path) -> None:
    url = site.put("/feed", RSS)
    options = {**local(tmp_path), "private": "no"}
    assert codes(read(url, **options)) == ["230"]
    assert site.requests == []


def test_redirects_lead_to_web_addresses_only(site: Website, tmp_path: Path) -> None:
    secret = tmp_path / "secret.rss"
    secret.write_text(RSS)
    moved = site.put("/moved", "", 302, Location=site.put("/feed", RSS))
    to_file = site.put("/file", "", 302, Location=f"file://{secret}")
    assert len(articles(read(moved, **local(tmp_path)))) == 2
    assert codes(read(to_file, **local(tmp_path))) == ["232"]


def test_robots_txt_is_obeyed(site: Website, tmp_path: Path) -> None:
    url = site.put("/feed", RSS)
    site.put("/robots.txt", "User-agent: *\nDisallow: /feed\n", Content_Type="text/plain")
    assert codes(read(url, **local(tmp_path))) == ["231"]
    assert [path for path, _ in site.requests] == ["/robots.txt"]
    assert len(articles(read(url, **local(tmp_path, robots="no")))) == 2


def test_requests_to_a_host_keep_the_delay_or_that_of_robots_txt(site: Website) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", Content_Type="text/plain")
    waits: list[float] = []
    fetcher = Fetcher({"private": "yes", "delay": "3"}, sleep=waits.append)
    for path in ("/a", "/b", "/c"):
        fetcher.get(site.put(path, "x"))
    assert [round(wait) for wait in waits] == [7, 7]


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_a_server_that_fails_is_named(status: int, site: Website, tmp_path: Path) -> None:
    [error] = read(site.put("/feed", "no", status), **local(tmp_path))
    assert isinstance(error, ArticleError)
    assert (error.code, str(status) in error.message) == ("ENTENTE-232", True)


def test_an_answer_that_is_too_large_is_refused(site: Website, tmp_path: Path) -> None:
    url = site.put("/feed", RSS)
    assert codes(read(url, **local(tmp_path, **{"max-bytes": "100"}))) == ["232"]


def test_entries_can_be_followed_to_their_pages(site: Website, tmp_path: Path) -> None:
    body = "".join(f"<p>{TEXT} It was the exercise number {n} that the two navies held together.</p>" for n in range(4))
    story = site.put(
        "/story", f"<html lang=en><head><title>T</title></head><body><article><h1>A page</h1>{body}</article></body></html>"
    )
    feed = RSS.replace("https://post.example/1#x", story).replace("https://post.example/3", f"{site.url}/gone")
    found = read(site.put("/feed", feed), **local(tmp_path, follow="yes"))
    assert codes(found) == ["ok", "230", "232"]
    [article] = articles(found)
    assert (article.url, article.title, "number 3" in article.content.decode()) == (story, "A page", True)


@pytest.mark.parametrize("options", [{"delay": "-1"}, {"delay": "soon"}, {"private": "perhaps"}, {"timeout": "0"}])
def test_options_of_the_wrong_form_are_the_callers_mistake(options: dict[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        read("http://127.0.0.1:9/", **options)
    assert caught.value.code == "ENTENTE-192"
