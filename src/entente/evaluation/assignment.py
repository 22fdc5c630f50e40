"""The matching of two lists that has the greatest total weight (Hungarian method, Kuhn 1955, with potentials)."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

__all__ = ["best_pairs"]


def best_pairs(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pair rows with columns, each at most once, so that the sum of weights is greatest; pairs of weight 0 are left out.

    The time grows with the square of the shorter side times the longer.
    """
    height, width = len(weights), len(weights[0]) if weights else 0
    if not height or not width:
        return []
    if height > width:
        turned = [[row[column] for row in weights] for column in range(width)]
        return sorted((row, column) for column, row in best_pairs(turned))
    holder = _assign(weights, height, width)
    pairs = ((holder[column] - 1, column - 1) for column in range(1, width + 1) if holder[column])
    return sorted((row, column) for row, column in pairs if weights[row][column] > 0)


def _assign(weights: Sequence[Sequence[float]], height: int, width: int) -> list[int]:
    """Give each column's row, both counted from 1, 0 for none; no row is left without a column."""
    row_price, column_price = [0.0] * (height + 1), [0.0] * (width + 1)
    holder = [0] * (width + 1)
    for new in range(1, height + 1):
        came_from = [0] * (width + 1)
        slack = [inf] * (width + 1)
        seen = [False] * (width + 1)
        holder[0], column = new, 0
        while holder[column]:
            seen[column] = True
            row, step, following = holder[column], inf, 0
            for other in range(1, width + 1):
                if seen[other]:
                    continue
                reduced = -weights[row - 1][other - 1] - row_price[row] - column_price[other]
                if reduced < slack[other]:
                    slack[other], came_from[other] = reduced, column
                if slack[other] < step:
                    step, following = slack[other], other
            for other in range(width + 1):
                if seen[other]:
                    row_price[holder[other]] += step
                    column_price[other] -= step
                else:
                    slack[other] -= step
            column = following
        while column:
            before = came_from[column]
            holder[column] = holder[before]
            column = before
    return holder
