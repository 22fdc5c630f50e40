"""Folders that mix all formats, broken files among them; and the promise that no material, however damaged, raises."""

from __future__ import annotations

import gzip
import json
import os
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.cli.sourcing import kit as make_kit
from entente.cli.workbench import Workbench
from entente.errors import ArticleError, InputError
from entente.model import Article, Delta
from entente_loaders.sources import Item, Kit, names, open_source, open_sources
from material import ATOM, COLUMNS, EXERCISE, GDELT, JSON_LD, NEWS_PLEASE, PREFIXES, ROW, RSS, SHIP, four, page

TEXT = "---\nid: plain\npublished: 2031-05-10\n---\nA headline\nNorland and Southia held a joint exercise.\n"
MARKDOWN = """---
id: marked
---
# Navies *train*

Norland and [Southia](https://x.example/a_(b)) held a **joint exercise**
in the `Grey` Sea. ![a ship](ship.png)

- Six ships took part.
- Two *submarines* too &amp; more.

```python
not = "a text"
```
<div>no markup</div>
"""
MATERIAL: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "b.md": MARKDOWN.encode(),
    "c.html": page(head=JSON_LD).encode(),
    "d.rss": RSS.encode(),
    "e.xml": ATOM.encode(),
    "f.jsonl": f"{json.dumps(NEWS_PLEASE)}\n{json.dumps(GDELT)}\n".encode(),
    "g.json": json.dumps([{"id": 3, "text": "Norland hosted talks."}]).encode(),
    "h.csv": b"title,text,url\nTalks,Norland hosted talks.,https://post.example/h\n",
    "i.csv": "\n".join([",".join(COLUMNS), ",".join(ROW[name] for name in COLUMNS)]).encode("latin-1"),
    "j.warc": four(compressed=False).data(),
    "k.warc.gz": four(compressed=True).data(),
    "l.ttl": (PREFIXES + EXERCISE + SHIP).encode(),
    "m.trig": f"{PREFIXES} ex:g {{ {SHIP} }}".encode(),
    "n.jsonl.gz": gzip.compress(json.dumps({"id": 9, "text": "Norland protested."}).encode()),
}


@cache
def kit() -> Kit:
    return make_kit(Workbench.open())


def kinds(items: list[Item]) -> list[str]:
    return [type(item).__name__ if not isinstance(item, ArticleError) else item.code[-3:] for item in items]


def test_the_sources_that_come_with_entente() -> None:
    assert names() == ("csv", "feed", "html", "jsonl", "mme", "rdf", "sparql", "text", "warc")


def test_a_folder_of_all_formats_is_read_in_the_order_of_its_paths_whatever_is_broken(tmp_path: Path) -> None:
    (tmp_path / "news" / "deep").mkdir(parents=True)
    for name, data in MATERIAL.items():
        (tmp_path / ("news" if name < "e" else "news/deep") / name).write_bytes(data)
    (tmp_path / "news" / "broken.html").write_bytes(b"\x00\x01\x02")
    (tmp_path / "news" / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("no")
    items = list(open_source(str(tmp_path), None, None, kit()))
    assert kinds(items) == [
        *("Article", "Article", "223", "Article"),
        *("Article", "Article", "202"),
        *("Article", "Article", "Article", "Article", "Article", "Delta"),
        *["Article"] * 4,
        *["Article"] * 4,
        *("Delta", "Delta", "Article"),
        "220",
    ]
    assert repr(list(open_source(str(tmp_path), None, None, kit()))) == repr(items)
    origins = [item.origin for item in items if not isinstance(item, ArticleError)]
    assert all(origin.startswith(str(tmp_path)) for origin in origins)


def test_a_pipe_in_a_folder_is_named_and_stops_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "c.txt").symlink_to(tmp_path / "nowhere")
    assert kinds(list(open_source(str(tmp_path)))) == ["208", "Article", "207"]


def test_what_cannot_be_taken_apart_is_told_by_us_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "deep.html").write_text("<div>" * 3000 + "text" + "</div>" * 3000)
    assert kinds(list(open_source(str(tmp_path)))) == ["224"]
    assert caplog.records == []


def test_markdown_is_read_without_its_markup(tmp_path: Path) -> None:
    file = tmp_path / "b.md"
    file.write_text(MARKDOWN)
    [article] = open_source(str(file))
    assert isinstance(article, Article)
    assert article.content.decode() == (
        "Navies train\n\nNorland and Southia held a joint exercise in the Grey Sea.\n\n"
        "Six ships took part.\n\nTwo submarines too & more.\n\n"
    )


def test_reading_is_lazy(tmp_path: Path) -> None:
    file = tmp_path / "endless.jsonl"
    line = json.dumps({"text": "Norland protested."}) + "\n"
    file.write_text(line * 3 + "{broken\n" * 3)
    reading = open_source(str(file))
    assert kinds(list(islice(reading, 3))) == ["Article"] * 3
    file.unlink()
    assert kinds(list(reading)) == ["225"] * 3


def test_several_places_are_read_as_one_run(tmp_path: Path) -> None:
    for name, text in (("a.txt", "One text."), ("b.txt", "Another text.")):
        (tmp_path / name).write_text(f"---\nid: same\n---\n{text}")
    places = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), str(tmp_path / "c.txt")]
    assert kinds(list(open_sources(places))) == ["Article", "209", "207"]


def test_a_source_can_be_named_whatever_the_file_is_called(tmp_path: Path) -> None:
    file = tmp_path / "export.dat"
    file.write_bytes(MATERIAL["f.jsonl"])
    assert kinds(list(open_source(str(file)))) == ["220"]
    assert kinds(list(open_source(str(file), "jsonl"))) == ["Article", "Article"]


@pytest.mark.parametrize(("source", "code"), [("nonsense", "190"), ("text", "191")])
def test_a_source_or_option_that_there_is_not_is_the_callers_mistake(source: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    for place in (file, tmp_path):
        with pytest.raises(InputError) as caught:
            list(open_source(str(place), source, {"colour": "red"}))
        assert caught.value.code == f"ENTENTE-{code}"


@pytest.mark.parametrize("name", sorted(MATERIAL))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_never_raises_and_what_is_refused_names_its_file(name: str, data: st.DataObject, tmp_path: Path) -> None:
    whole = MATERIAL[name]
    at = data.draw(st.integers(0, len(whole) - 1), label="place")
    junk = data.draw(st.binary(max_size=40), label="junk")
    cut = data.draw(st.sampled_from(["overwrite", "insert", "end"]), label="damage")
    rest = {"overwrite": whole[at + len(junk) :], "insert": whole[at:], "end": b""}[cut]
    file = tmp_path / name
    file.write_bytes(whole[:at] + junk + rest)
    for item in open_source(str(file), None, None, kit()):
        assert isinstance(item, Article | Delta | ArticleError)
        if isinstance(item, ArticleError):
            assert str(file) in item.message
            assert item.hint
