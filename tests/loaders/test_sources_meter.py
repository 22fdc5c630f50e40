"""The meter: the share of a run's bytes that has been read, while it is read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from entente_loaders.sources import Kit, Meter, measure, open_source, open_sources
from material import four

LINES = "".join(json.dumps({"id": n, "text": f"Norland protested {n} times. " * 200}) + "\n" for n in range(100)).encode()
ROWS = b"id,text\n" + b"".join(b"%d,%s\n" % (n, b"Norland protested. " * 200) for n in range(100))
LONG = {
    "a.jsonl": LINES,
    "b.jsonl.gz": gzip.compress(LINES, 0),
    "c.csv": ROWS,
    "d.warc": b"".join(four(compressed=False).data() for _ in range(100)),
    "e.warc.gz": b"".join(four(compressed=True).data() for _ in range(400)),
}


@pytest.mark.parametrize("name", LONG)
def test_within_a_long_file_the_share_grows_with_what_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(LONG[name])
    meter = Meter(measure([str(path)]))
    shares = [meter.share for item in open_source(str(path), None, None, Kit(meter=meter)) if item]
    assert all(share is not None for share in shares)
    assert shares == sorted(shares)  # type: ignore[type-var]
    assert shares[0] < 0.5  # type: ignore[operator]
    assert 0.3 < shares[len(shares) // 2] < 0.9  # type: ignore[operator]
    assert meter.share == 1.0


def test_over_a_folder_each_file_counts_by_its_size(tmp_path: Path) -> None:
    for name, size in (("a.txt", 100), ("b.txt", 300)):
        (tmp_path / name).write_text(name.ljust(size, "."))
    (tmp_path / ".hidden").write_text("x" * 999)
    meter = Meter(measure([str(tmp_path)]))
    assert [meter.share for _ in open_source(str(tmp_path), None, None, Kit(meter=meter))] == [0.25, 1.0]


def test_where_nobody_knows_how_much_there_is_no_share_is_told(tmp_path: Path) -> None:
    assert measure([str(tmp_path / "none.txt")]) is None
    assert measure([str(tmp_path), "https://post.example/feed"]) is None
    assert Meter(None).share is None
    meter = Meter(measure([]))
    assert list(open_sources([], None, None, Kit(meter=meter))) == []
    assert meter.share is None
