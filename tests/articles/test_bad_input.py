"""Input that cannot be used: a clear error for each, nothing lost of the rest, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.model import canonical_nquads
from entente_loaders.pipeline import OutcomeKind
from pipelines import run

GOOD = "---\nid: good\npublished: 2023-07-20\n---\nRussia and China hold joint naval drills\nRussia and China held drills.\n"
BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "ENTENTE-202"),
    "blank.txt": (b" \n\n\t\n", "ENTENTE-202"),
    "binary.txt": (bytes(range(256)) * 4, "ENTENTE-20"),
    "nul.txt": (b"Russia\x00and China\n", "ENTENTE-203"),
    "latin-1.txt": ("Talks in Málaga\n".encode("latin-1"), "ENTENTE-201"),
    "front-matter.txt": (b"---\nid: [\n---\nText.\n", "ENTENTE-205"),
    "german.txt": (
        "Russland und China begannen am Donnerstag ein gemeinsames Manöver vor der Küste.".encode(),
        "ENTENTE-213",
    ),
    "declared.txt": (b"---\nlang: fr\n---\nRussia and China held drills.\n", "ENTENTE-213"),
    "date.txt": (b"---\npublished: yesterday\n---\nText.\n", "ENTENTE-206"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one good file among bad ones."""
    made = tmp_path_factory.mktemp("input")
    for name, (data, _) in BAD.items():
        (made / name).write_bytes(data)
    with (made / "big.txt").open("wb") as sink:
        sink.truncate(50_000_000)
    (made / "good.txt").write_text(GOOD)
    return made


def test_each_bad_file_has_its_error_and_the_good_one_goes_in(folder: Path) -> None:
    done = run([folder, folder / "missing.txt"])
    failed = {Path(o.origin).name: o.error for o in done.outcomes if o.kind is OutcomeKind.FAILED}
    assert sorted(failed) == sorted([*BAD, "big.txt", "missing.txt"])
    expected = {**{name: code for name, (_, code) in BAD.items()}, "big.txt": "ENTENTE-204", "missing.txt": "ENTENTE-207"}
    for name, error in failed.items():
        assert error is not None
        assert error.code.startswith(expected[name])
        assert name in error.message
        assert error.hint
    assert [o.slug for o in done.outcomes if o.kind is OutcomeKind.ADDED] == ["good"]
    assert canonical_nquads(done.store.quads()) == canonical_nquads(run([folder / "good.txt"]).store.quads())


TOO_EARLY = """---
id: too-early
published: 2023-07-10
---
Russia and China to hold drills
The Chinese Defence Ministry said on July 19, 2023 that China and Russia held joint naval exercises in the Sea of Japan.
"""


def test_what_a_shape_refuses_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "too-early.txt").write_text(TOO_EARLY)
    done = run([tmp_path])
    refused = [o for o in done.outcomes if o.kind is OutcomeKind.REFUSED]
    assert [o.slug for o in refused] == ["too-early"]
    assert refused[0].error is not None
    assert refused[0].error.code == "ENTENTE-401"
    assert "publi" in refused[0].error.message
    assert canonical_nquads(done.store.quads()) == canonical_nquads(run([tmp_path / "good.txt"]).store.quads())
