"""WARC archives written here by warcio: pages in, everything else out, and damage that costs only what it hits."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from entente.errors import ArticleError
from entente.model import Article
from entente_loaders.sources import Item, open_source
from material import Archive, four, story


def read(path: Path, data: bytes, **options: str) -> list[Item]:
    path.write_bytes(data)
    return list(open_source(str(path), None, options))


def urls(items: list[Item]) -> list[str]:
    return [item.url[-1] if isinstance(item, Article) and item.url else str(item)[6:17] for item in items]


@pytest.fixture(params=[False, True], ids=["plain", "gzip"])
def compressed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def path(compressed: bool, tmp_path: Path) -> Path:
    return tmp_path / ("news.warc.gz" if compressed else "news.warc")


def test_pages_become_articles_and_nothing_else_does(compressed: bool, path: Path) -> None:
    archive = Archive(compressed=compressed)
    archive.add("https://post.example/1", story(1))
    archive.add("https://post.example/2", gzip.compress(story(2)), Content_Encoding="gzip")
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(story(3)), story(3))
    archive.add("https://post.example/3", chunks, Transfer_Encoding="chunked")
    archive.add("https://post.example/x", b"\x89PNG", Content_Type="image/png")
    archive.add("https://post.example/y", b"gone", "404 Not Found")
    archive.add("https://post.example/z", b"", "301 Moved", Location="/1")
    archive.add("https://post.example/q", b"", kind="request")
    found = read(path, archive.data())
    assert urls(found) == ["1", "2", "3"]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.title, first.origin) == ("Story 1", f"{path}:0")
    assert first.slug.startswith("post-example-1-")
    assert "exercise 1 in the Grey Sea on day 2" in first.content.decode()


def test_bulk_reads_the_same_pages(compressed: bool, path: Path) -> None:
    assert urls(read(path, four(compressed=compressed).data(), bulk="yes")) == ["0", "1", "2", "3"]


def test_junk_between_records_costs_no_record(compressed: bool, path: Path) -> None:
    archive = four(compressed=compressed)
    data, at = archive.data(), archive.starts[2]
    assert urls(read(path, data[:at] + b"junk\r\n\r\n" + data[at:])) == ["0", "1", "ENTENTE-233", "2", "3"]


def test_a_damaged_record_costs_that_record(compressed: bool, path: Path) -> None:
    archive = four(compressed=compressed)
    data, at = bytearray(archive.data()), archive.starts[1] + 20
    data[at : at + 40] = bytes(40)
    assert urls(read(path, bytes(data))) == ["0", "ENTENTE-233", "2", "3"]


def test_an_archive_that_breaks_off_gives_what_is_whole(compressed: bool, path: Path) -> None:
    data = four(compressed=compressed).data()
    found = read(path, data[:-60])
    assert urls(found) == ["0", "1", "2", "ENTENTE-233"]
    assert isinstance(found[-1], ArticleError)
    assert found[-1].code == "ENTENTE-233"


@pytest.mark.parametrize("encoding", ["identity", "gzip", "chunked"])
@pytest.mark.parametrize("cut", [5, 60, 200])
def test_a_last_record_that_breaks_off_is_always_told_once(encoding: str, cut: int, compressed: bool, path: Path) -> None:
    archive = Archive(compressed=compressed)
    archive.add("https://post.example/1", story(1))
    if encoding == "gzip":
        archive.add("https://post.example/2", gzip.compress(story(2)), Content_Encoding="gzip")
    elif encoding == "chunked":
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(story(2)), story(2))
        archive.add("https://post.example/2", chunks, Transfer_Encoding="chunked")
    else:
        archive.add("https://post.example/2", story(2))
    found = urls(read(path, archive.data()[:-cut]))
    assert found[0] == "1"
    assert [each for each in found[1:] if each != "2"] == ["ENTENTE-233"]


HEAD = b"WARC/1.0\r\nWARC-Type: response\r\n"
BOMBS = {
    "a page": None,
    "zeros between records": bytes(56_000_000),
    "empty lines between records": b"\n" * 52_000_000,
    "a header line": HEAD + b"X: " + b"a" * 56_000_000 + b"\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_an_archive_that_grows_beyond_measure_ends_there(name: str, tmp_path: Path) -> None:
    archive = Archive(compressed=True)
    archive.add("https://post.example/1", story(1))
    before = archive.data()
    bomb = BOMBS[name]
    if bomb is None:
        archive.add("https://post.example/2", b"<p>" + b" " * 56_000_000)
        before = archive.data()
    found = read(tmp_path / "x.warc.gz", before + (gzip.compress(bomb, 6) if bomb else b"") + before)
    assert urls(found)[0] == "1"
    assert urls(found)[-1] == "ENTENTE-222"
    assert set(urls(found)[1:-1]) <= {"1", "ENTENTE-204", "ENTENTE-233"}


def test_a_page_that_its_server_packed_into_a_bomb_costs_that_page(compressed: bool, path: Path) -> None:
    archive = Archive(compressed=compressed)
    archive.add("https://post.example/1", gzip.compress(b"<p>" + b" " * 12_000_000), Content_Encoding="gzip")
    archive.add("https://post.example/2", story(2))
    assert urls(read(path, archive.data())) == ["ENTENTE-204", "2"]


def test_a_page_that_holds_no_article_is_named_by_its_place(compressed: bool, path: Path) -> None:
    archive = Archive(compressed=compressed)
    archive.add("https://post.example/1", story(1))
    archive.add("https://post.example/2", b"<html><body><div></div></body></html>")
    error = read(path, archive.data())[1]
    assert isinstance(error, ArticleError)
    assert error.code == "ENTENTE-224"
    assert f"{path}:{archive.starts[1]}" in error.message


@pytest.mark.parametrize("data", [b"", b"WARC/1.0\r\nfoo", b"\x1f\x8b" + b"x" * 99, b"no archive", bytes(range(256))])
def test_what_is_no_archive_is_refused(data: bytes, tmp_path: Path) -> None:
    found = read(tmp_path / "x.warc.gz", data)
    assert {str(item)[6:17] for item in found} == {"ENTENTE-233"}
