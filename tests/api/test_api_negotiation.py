"""Accept headers are read as RFC 9110 says."""

from __future__ import annotations

import pytest

from entente.api.negotiation import preferences


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, ("*/*",)),
        ("  ", ("*/*",)),
        ("text/csv", ("text/csv",)),
        ("text/csv;q=0.5, text/turtle", ("text/turtle", "text/csv")),
        ("*/*;q=0.1, text/csv;q=0.1", ("text/csv", "*/*")),
        ("text/*, text/csv", ("text/csv", "text/*")),
        ("text/csv;q=0, text/turtle", ("text/turtle",)),
        ("text/csv;q=0", ()),
        ("TEXT/CSV ; Q=1.000", ("text/csv",)),
        ("text/csv;charset=utf-8;q=0.2, a/b;q=0.3", ("a/b", "text/csv")),
        ("nonsense, text/csv", ("text/csv",)),
        ("text/csv;q=7", ("text/csv",)),
    ],
)
def test_preferences(accept: str | None, expected: tuple[str, ...]) -> None:
    assert preferences(accept) == expected
