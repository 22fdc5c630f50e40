"""Generated events, claims and articles, for benchmarks of queries: always the same for a size."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["PREFIX", "lines"]

_SPACE = "http://example.org/"
PREFIX = f"PREFIX : <{_SPACE}> "


def lines(events: int) -> Iterator[str]:
    """N-Triples of about eight triples an event: states, days, names, places, and the claims of articles."""

    def line(subject: str, predicate: str, value: str) -> str:
        return f"<{_SPACE}{subject}> <{_SPACE}{predicate}> {value if value[0] == chr(34) else f'<{_SPACE}{value}>'} .\n"

    for number in range(events):
        event, claim, article = f"event{number}", f"claim{number}", f"article{number % (events // 6)}"
        yield line(event, "type", "Exercise")
        yield line(event, "state", f"state{number % 200}")
        yield line(event, "state", f"state{number * 7 % 193}")
        yield line(event, "begin", f'"{1990 + number % 34}-0{1 + number % 9}-{10 + number % 18}"')
        yield line(claim, "about", event)
        yield line(claim, "article", article)
        yield line(article, "outlet", f"outlet{number % 50}")
        if number % 3:
            yield line(event, "name", f'"Exercise number {number}"')
        if number % 2:
            yield line(event, "place", f"place{number % 100}")
        if number % 5 == 0:
            yield line(event, "cancelled", '"true"')
