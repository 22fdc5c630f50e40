"""Articles in JSON Lines, JSON and CSV: the field names in use, mappings, encodings, and what is refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from entente.errors import ArticleError, InputError
from entente.model import Article, DateCandidate
from entente_loaders.sources import Item, open_source
from entente_loaders.text import SIZE_LIMIT
from material import GDELT, NEWS_PLEASE, TEXT


def read(path: Path, **options: str) -> list[Item]:
    return list(open_source(str(path), None, options))


def article(item: Item) -> Article:
    assert isinstance(item, Article), item
    return item


def codes(items: list[Item]) -> list[str]:
    return [item.code.removeprefix("ENTENTE-") if isinstance(item, ArticleError) else "ok" for item in items]


def test_the_fields_of_news_please_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps(NEWS_PLEASE) + "\n")
    found = article(read(file)[0])
    assert found.content.decode() == f"Navies train\n\n{NEWS_PLEASE['description']}\n{TEXT}\n"
    assert (found.title, found.outlet, found.published, found.lang) == ("Navies train", "post.example", "2031-05-10", "en")
    assert (found.url, found.authors, found.origin) == (NEWS_PLEASE["url"], ("Ada Writer",), f"{file}:1")
    assert found.dates == (
        DateCandidate("2031-05-10", "field:date_publish"),
        DateCandidate("2031-05-12", "field:date_modify"),
    )


def test_the_fields_of_gdelt_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "gdelt.ndjson"
    file.write_text(json.dumps(GDELT))
    found = article(read(file)[0])
    assert (found.url, found.outlet, found.published) == (GDELT["SOURCEURL"], "post.example", "2031-05-11")


@pytest.mark.parametrize(
    "document", [NEWS_PLEASE, [NEWS_PLEASE], {"articles": [NEWS_PLEASE]}], ids=["one", "list", "gdelt-doc-api"]
)
def test_json_files_hold_one_article_or_a_list(document: object, tmp_path: Path) -> None:
    file = tmp_path / "news.json"
    file.write_text(json.dumps(document, indent=1))
    assert article(*read(file)).url == NEWS_PLEASE["url"]


def test_json_lines_in_a_json_file_are_read_as_lines(tmp_path: Path) -> None:
    file = tmp_path / "news.json"
    file.write_text(f"{json.dumps(NEWS_PLEASE)}\n{json.dumps(GDELT)}\n")
    assert codes(read(file)) == ["ok", "ok"]


def test_a_mapping_names_other_fields_also_nested_ones(tmp_path: Path) -> None:
    file, mapping = tmp_path / "own.jsonl", tmp_path / "fields.yaml"
    record = {"story": {"words": TEXT, "head": "A head"}, "seen": "2031-05-13", "place.of": "Post"}
    file.write_text(json.dumps(record))
    mapping.write_text("text: story.words\ntitle: [missing, story.head]\npublished: seen\n")
    found = article(*read(file, mapping=str(mapping), outlet="place.of"))
    assert (found.title, found.published, found.outlet) == ("A head", "2031-05-13", "Post")
    assert TEXT in found.content.decode()


@pytest.mark.parametrize("text", ["", "- a\n", "text: [1]\n", "words: body\n", "text: [unclosed"])
def test_a_mapping_that_is_none_is_the_callers_mistake(text: str, tmp_path: Path) -> None:
    file, mapping = tmp_path / "own.jsonl", tmp_path / "fields.yaml"
    file.write_text(json.dumps(NEWS_PLEASE))
    mapping.write_text(text)
    with pytest.raises(InputError) as caught:
        read(file, mapping=str(mapping))
    assert caught.value.code == "ENTENTE-195"


def test_each_bad_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    lines = [
        json.dumps(NEWS_PLEASE).encode(),
        b"{broken",
        b"[1, 2]",
        b'{"title": "no text"}',
        b'{"text": "caf\xe9 closed", "id": 1}',
        b"",
        b'{"text": "x", "url": "javascript:alert(1)"}',
        b"[" * 100_000,
        b'{"text": "' + b"a" * SIZE_LIMIT + b'"}',
        b'{"text": "   "}',
        json.dumps({"id": 7, "text": TEXT}).encode(),
    ]
    file.write_bytes(b"\n".join(lines))
    found = read(file)
    assert codes(found) == ["ok", "225", "225", "226", "201", "205", "225", "204", "226", "ok"]
    assert [f"{file}:{n}" in str(item) for item, n in zip(found[1:3], (2, 3), strict=True)] == [True, True]
    assert article(found[-1]).slug == "news-7"


def test_compressed_lines_are_read_and_a_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    many = "".join(json.dumps({**NEWS_PLEASE, "url": f"https://post.example/{n}"}) + "\n" for n in range(500))
    whole = gzip.compress(many.encode())
    (tmp_path / "whole.jsonl.gz").write_bytes(whole)
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert codes(read(tmp_path / "whole.jsonl.gz")) == ["ok"] * 500
    cut = codes(read(tmp_path / "cut.jsonl.gz"))
    assert cut[-1] == "221"
    assert 0 < cut.count("ok") < 500


def test_a_gzip_bomb_ends_in_an_error_not_in_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.jsonl.gz"
    with gzip.open(bomb, "wb") as sink:
        for _ in range(60):
            sink.write(b" " * 999_999 + b"\n")
    assert codes(read(bomb)) == ["222"]


def test_one_address_for_two_texts_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(json.dumps({**GDELT, "text": text}) for text in (TEXT, TEXT, "Another text.")))
    assert codes(read(file)) == ["ok", "ok", "209"]


def test_ids_are_those_of_their_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": 1, "text": f"{TEXT} {name}"}))
    assert [article(item).slug for item in read(tmp_path)] == ["a-1", "b-1"]


CSV = "title,body,url,date\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_in_all_dialects_and_encodings_are_read(delimiter: str, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "news.csv"
    cells = ("Nørland trains", f'"{TEXT}{delimiter} he said\nand more"', "https://post.example/1", "10 May 2031")
    file.write_bytes((CSV.replace(",", delimiter) + delimiter.join(cells) + "\n").encode(encoding))
    found = article(*read(file))
    assert (found.title, found.published, found.url) == ("Nørland trains", "2031-05-10", "https://post.example/1")
    assert f"{TEXT}{delimiter} he said\nand more" in found.content.decode()


def test_each_bad_row_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "news.csv"
    rows = [
        "A,a text.,https://post.example/1,",
        "B,too,many,cells,here",
        "C,too few",
        "D,,https://post.example/4,",
        "E,e text.,,",
    ]
    file.write_text(CSV + "\n".join(rows))
    found = read(file)
    assert codes(found) == ["ok", "227", "227", "226", "ok"]
    assert f"{file}:3" in str(found[1])


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "227"), (b"\n\n", "227"), (b"a,b\n1,2\n", "227"), (b"text,text\nx,y\n", "227"), (bytes(range(256)) * 9, "227")],
)
def test_what_is_no_table_of_articles_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "news.csv"
    file.write_bytes(data)
    assert codes(read(file)) == [code]


def test_a_quotation_mark_that_is_not_closed_does_not_swallow_the_table_silently(tmp_path: Path) -> None:
    file = tmp_path / "news.csv"
    file.write_text(CSV + 'A,"never closed,https://post.example/1,\nB,b text.,https://post.example/2,\n')
    assert codes(read(file)) == ["227"]


@pytest.mark.parametrize(
    ("options", "code"),
    [({"encoding": "nonsense"}, "192"), ({"delimiter": "||"}, "192"), ({"colour": "red"}, "191")],
)
def test_options_that_there_are_not_are_the_callers_mistake(options: dict[str, str], code: str, tmp_path: Path) -> None:
    file = tmp_path / "news.csv"
    file.write_text(CSV)
    with pytest.raises(InputError) as caught:
        read(file, **options)
    assert caught.value.code == f"ENTENTE-{code}"
