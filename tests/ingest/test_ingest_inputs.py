"""Whole files: which are read again, and which are passed over with the same account of them."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from entente.cli import cli
from entente.cli.workbench import Workbench
from entente.ingest import Journal
from entente_loaders.pipeline import Steps
from entente_loaders.sources import registry
from entente_loaders.sources.kit import Item, Source, Unread
from material import ATOM, COLUMNS, EXERCISE, GDELT, JSON_LD, NEWS_PLEASE, PREFIXES, ROW, RSS, SHIP, four, page

TEXT = "---\nid: plain\npublished: 2031-05-10\n---\nA headline\nRussia and China held talks on trade in Moscow.\n"
FILES: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "b.md": TEXT.replace("plain", "marked").encode(),
    "c.html": page(head=JSON_LD).encode(),
    "d.rss": RSS.encode(),
    "e.xml": ATOM.encode(),
    "f.jsonl": f"{json.dumps(NEWS_PLEASE)}\n{json.dumps(GDELT)}\n{{broken\n".encode(),
    "g.json": json.dumps([{"id": 3, "text": "Russia hosted talks."}, {"id": 3, "text": "Russia hosted others."}]).encode(),
    "h.csv": b"title,text,url\nTalks,Russia hosted talks with China.,https://post.example/h\nnone,,\n",
    "i.csv": "\n".join([",".join(COLUMNS), ",".join(ROW[name] for name in COLUMNS)]).encode("latin-1"),
    "j.warc": four(compressed=False).data(),
    "l.ttl": (PREFIXES + EXERCISE + SHIP).encode(),
    "n.jsonl.gz": gzip.compress(json.dumps({"id": 9, "text": "Russia protested."}).encode()),
    "o.html": b"\x00\x01\x02",
    "p.txt": b"\xff\xfe\x00",
    "q.warc": b"no archive",
    "r.ttl": b"no turtle",
    "s.csv": b"\xff",
}


@cache
def _workbench() -> tuple[Workbench, Steps]:
    workbench = Workbench.open()
    return workbench, workbench.steps()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that sources were called for; the steps are made once for all tests."""
    workbench, steps = _workbench()
    monkeypatch.setattr(Workbench, "open", lambda: workbench)
    monkeypatch.setattr(Workbench, "steps", lambda *_: steps)
    called: list[str] = []
    plain = Source.__call__

    def counting(self: Source, location: str, options: dict[str, str], kit: object) -> Iterator[Item]:
        def reading() -> Iterator[Item]:
            called.append(Path(location).name)
            yield from plain(self, location, options, kit)  # type: ignore[arg-type]

        return reading()

    monkeypatch.setattr(Source, "__call__", counting)
    return called


class Case:
    """A folder of files beside a store."""

    def __init__(self, folder: Path) -> None:
        self.store, self.folder = folder / "store", folder / "in"
        self.listed: list[str] = []
        self.folder.mkdir()

    def write(self, files: dict[str, bytes]) -> None:
        for name, data in files.items():
            (self.folder / name).write_bytes(data)

    def run(self, *arguments: str, code: int) -> tuple[dict[str, int], list[str]]:
        """Ingest the folder; give the counts by outcome and what stderr says of articles."""
        command = ["-q", "--store", str(self.store), "ingest", *(arguments or (str(self.folder),)), "--workers", "1"]
        result = CliRunner().invoke(cli, command)
        assert result.exit_code == code, result.output
        counts = re.search(r"^articles +\d+ \((.*)\)", result.stdout, re.MULTILINE)
        assert counts, result.stdout
        self.listed = result.stdout[: counts.start()].splitlines()
        pairs = (each.split() for each in counts[1].split(" · "))
        return {kind: int(number) for kind, number in pairs}, result.stderr.splitlines()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that has the base data, and its journal: loading that takes seconds."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "one.txt").write_bytes(FILES["a.txt"].replace(b"plain", b"one"))
    result = CliRunner().invoke(cli, ["--store", str(folder / "store"), "ingest", str(folder / "one.txt"), "--workers", "1"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def case(tmp_path: Path, prepared: Path) -> Case:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return Case(tmp_path)


def test_a_second_run_reads_nothing_whatever_the_format_and_tells_the_same(case: Case, read: list[str]) -> None:
    case.write(FILES)
    first, told = case.run(code=1)
    assert sorted(read) == sorted(FILES)
    assert first["added"] >= 12
    assert first["failed"] >= 7
    read.clear()
    second, again = case.run(code=1)
    assert read == []
    assert second.pop("unchanged") == first.pop("added")
    assert second == first
    assert again == told


def _told(number: int) -> str:
    states = ("China", "India", "Japan", "France", "Brazil", "Egypt", "Kenya", "Norway", "Peru", "Chile")
    return f"Russia held talks on trade with {states[number % 10]} on May {number % 28 + 1}, 2023."


def mixed() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Fifty files in all formats that a folder is read for, and which five of them are broken."""
    good = {name: data for name, data in FILES.items() if name in {"c.html", "d.rss", "e.xml", "i.csv", "j.warc", "l.ttl"}}
    good["k.warc.gz"] = four(compressed=True).data()
    for n in range(37 - len(good)):
        title, told = f"Talks {n}", _told(n)
        record = {"id": n, "title": title, "text": told, "published": "2023-05-30", "outlet": "Test Post"}
        kinds = {
            "txt": f"---\nid: t{n}\n---\n{title}\n{told}\n",
            "md": f"---\nid: m{n}\n---\n# {title}\n\n{told}\n",
            "html": f"<html><body><article><h1>{title}</h1><p>{told}</p><p>No more was said.</p></article></body></html>",
            "jsonl": json.dumps(record) + "\n",
            "json": json.dumps([record]),
            "csv": f'id,title,text\n{n},{title},"{told}"\n',
            "tsv": f"id\ttitle\ttext\n{n}\t{title}\t{told}\n",
        }
        ending = list(kinds)[n % len(kinds)]
        good[f"n{n:02}.{ending}"] = kinds[ending].encode()
    for n in range(8):
        ship = f"{PREFIXES}{SHIP}".replace("hull-7", f"hull-{n}").replace("Albatross", f"Albatross {n}")
        good[f"s{n}.ttl"] = ship.encode()
    broken = {name: FILES[name] for name in ("o.html", "p.txt", "q.warc", "r.ttl")}
    broken["t.jsonl.gz"] = gzip.compress(json.dumps({"id": 1, "text": _told(1)}).encode())[:-30]
    return good, broken


def test_a_folder_of_all_formats_a_tenth_of_it_broken_is_accounted_for_and_costs_nothing_the_second_time(
    case: Case, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, broken = mixed()
    assert (len(good), len(broken)) == (45, 5)
    case.write({**good, **broken})
    worked: Counter[str] = Counter()
    items, examine = Unread.items, Steps.examine
    monkeypatch.setattr(Unread, "items", lambda self: (worked.update(parsed=1), items(self))[1])
    monkeypatch.setattr(Steps, "examine", lambda self, item: (worked.update(examined=1), examine(self, item))[1])
    first, told = case.run(str(case.folder), "--list", code=1)
    assert sorted(read) == sorted({**good, **broken})
    assert worked["parsed"] == 16  # pages, also those of archives, and feeds
    assert worked["examined"] == 53  # 48 that are added, the 4 pages that two archives share, and a text that is no UTF-8
    assert first == {"added": 48, "unchanged": 4, "failed": 6}
    for name in broken:
        assert any(line.startswith("error[") and f"{case.folder / name}" in line for line in told), name
    assert len(case.listed) == sum(first.values())
    read.clear()
    worked.clear()
    second, again = case.run(code=1)
    assert (read, worked) == ([], Counter())
    assert second == {"unchanged": 52, "failed": 6}
    assert again == told


def test_only_what_changed_is_read(case: Case, read: list[str]) -> None:
    case.write(FILES)
    case.run(code=1)
    read.clear()
    (case.folder / "h.csv").write_bytes(FILES["h.csv"].replace(b"hosted talks", b"held large exercises"))
    os.utime(case.folder / "c.html", ns=(1, 1))
    counts, _ = case.run(code=1)
    assert read == ["h.csv"]
    assert counts["replaced"] == 1
    read.clear()
    size = (case.folder / "h.csv").stat()
    (case.folder / "h.csv").write_bytes(FILES["h.csv"].replace(b"hosted talks", b"held small exercises"))
    os.utime(case.folder / "h.csv", ns=(size.st_atime_ns, size.st_mtime_ns))
    assert case.run(code=1)[0]["replaced"] == 1
    assert read == ["h.csv"]


SOME = {name: FILES[name] for name in ("a.txt", "f.jsonl", "h.csv")}


def test_again_options_and_other_versions_read_all(case: Case, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    case.write(SOME)
    case.run(code=1)
    for arguments, known in ((("--again",), set()), (("-O", "lang=fr"), {"a.txt"})):
        read.clear()
        case.run(str(case.folder), *arguments, code=1)
        assert set(read) == SOME.keys() - known
    read.clear()
    monkeypatch.setattr("entente.ingest.versions._READERS", ("pyyaml",))
    case.run(code=1)
    assert set(read) == SOME.keys()


def test_a_file_is_read_again_for_one_article_that_was_retracted(case: Case, read: list[str]) -> None:
    case.write(SOME)
    case.run(code=1)
    read.clear()
    assert CliRunner().invoke(cli, ["--store", str(case.store), "retract", "plain"]).exit_code == 0
    assert case.run(code=1)[0]["added"] == 1
    assert read == ["a.txt"]


def test_of_two_files_with_one_name_for_two_texts_the_second_is_refused_until_the_first_is_gone(
    case: Case, read: list[str]
) -> None:
    case.write({"a.txt": FILES["a.txt"], "b.txt": FILES["a.txt"].replace(b"trade", b"security")})
    assert case.run(code=1)[0] == {"added": 1, "failed": 1}
    read.clear()
    assert case.run(code=1)[0] == {"unchanged": 1, "failed": 1}
    assert read == ["b.txt"]
    (case.folder / "a.txt").unlink()
    assert case.run(code=0)[0] == {"replaced": 1}


def test_what_rests_on_more_than_the_file_is_always_read(case: Case, read: list[str], tmp_path: Path) -> None:
    case.write({"h.csv": FILES["h.csv"]})
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("text: text\n")
    for _ in range(2):
        case.run(str(case.folder / "h.csv"), "-O", f"mapping={mapping}", code=1)
    assert read == ["h.csv", "h.csv"]
    assert all(registry.find(name).beyond is not None for name in registry.names() if name != "sparql")
    assert registry.find("sparql").beyond is None


def test_a_journal_of_the_form_before_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    with closing(Journal(path)) as journal:
        journal.set_mark("graph", "1")
        for table in ("file", "member"):
            journal._file.execute(f"DROP TABLE {table}")
        journal._file.execute("ALTER TABLE article DROP COLUMN said")
        journal._file.execute("PRAGMA user_version = 1")
    with closing(Journal(path)) as journal:
        assert journal.mark("graph") == "1"
        assert journal.file("none") is None
        assert journal.entries(["none"]) == {}


def test_what_the_graph_has_no_place_for_stays_in_the_journal_and_is_shown(case: Case) -> None:
    case.write({"c.html": FILES["c.html"]})
    case.run("--list", str(case.folder), code=0)
    slug = case.listed[0].split()[1]
    shown = CliRunner().invoke(cli, ["--store", str(case.store), "show", f"article:{slug}"])
    assert "authors  Ada Writer; Bo Penner\n" in shown.stderr
    assert "day      2031-05-09 by json-ld:datePublished, taken as the day of publication\n" in shown.stderr
    assert "day      2031-05-11 by json-ld:dateModified\n" in shown.stderr
