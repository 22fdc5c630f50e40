"""The order of literals as values."""

from __future__ import annotations

import pytest

from entente.gate.compiled.values import compare
from entente.model import Literal
from entente.model.terms import xsd

HUGE = "1" + "0" * 400
CASES = (
    (Literal(HUGE, xsd.integer), Literal("1", xsd.integer), 1),
    (Literal("1.5", xsd.decimal), Literal("2", xsd.integer), -1),
    (Literal("NaN", xsd.double), Literal("2", xsd.integer), None),
    (Literal("01", xsd.integer), Literal("1.0", xsd.decimal), 0),
    (Literal("true", xsd.boolean), Literal("1", xsd.integer), None),
    (Literal("2023-07-18", xsd.date), Literal("2023-07-19", xsd.date), -1),
    (Literal("2023-07-18", xsd.date), Literal("2023-07-18Z", xsd.date), None),
)


@pytest.mark.parametrize(("first", "second", "order"), CASES)
def test_values_compare_as_xsd_has_it(first: Literal, second: Literal, order: int | None) -> None:
    assert compare(first, second) == order
