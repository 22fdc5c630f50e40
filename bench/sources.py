#!/usr/bin/env python3
"""How many pages a second the HTML source reads, by trafilatura and by resiliparse, and how many lines the JSONL source.

    python bench/sources.py

Prints CPU time per item and the ratio of the two ways to read a page. Pages are made here, each with the furniture of a
newspaper's page: navigation, teasers, scripts and comments, about 35 kB in all.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable

from entente_loaders.sources.fields import Fields
from entente_loaders.sources.page import read_page

PAGES = 60
WORDS = ("navies", "states", "held", "joint", "exercise", "sea", "port", "ships", "aircraft", "ministry", "said", "day")


def sentence(random_: random.Random, length: int = 18) -> str:
    """Words in no order that end in a full stop."""
    return " ".join(random_.choice(WORDS) for _ in range(length)).capitalize() + "."


def page(seed: int) -> bytes:
    """A newspaper's page."""
    random_ = random.Random(seed)
    said = {"@type": "NewsArticle", "headline": sentence(random_, 8), "datePublished": "2031-05-10T08:00:00Z"}
    links = "".join(f'<li class="nav-item"><a href="/s/{n}">{sentence(random_, 2)}</a></li>' for n in range(80))
    body = "".join(f"<p>{' '.join(sentence(random_) for _ in range(3))}</p>" for _ in range(14))
    teasers = "".join(
        f'<div class="teaser card"><a href="/t/{n}"><img src="/i/{n}.jpg" alt="x"><h3>{sentence(random_, 7)}</h3></a>'
        f"<p>{sentence(random_, 12)}</p></div>"
        for n in range(40)
    )
    comments = "".join(f'<div class="comment"><p>{sentence(random_)}</p></div>' for _ in range(40))
    script = f"<script>var x = {json.dumps([sentence(random_) for _ in range(120)])};</script>"
    return (
        f'<html lang="en"><head><script type="application/ld+json">{json.dumps(said)}</script>{script}</head>'
        f"<body><nav><ul>{links}</ul></nav><main><article><h1>{said['headline']}</h1>{body}</article></main>"
        f'<aside class="related">{teasers}</aside><section id="comments">{comments}</section></body></html>'
    ).encode()


def measured(work: Callable[[], object]) -> float:
    """CPU seconds that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    """Print CPU time per item and the ratio."""
    pages = [page(seed) for seed in range(PAGES)]
    for bulk in (False, True):
        read_page(pages[0], "warm-up", bulk=bulk)
    size = sum(map(len, pages)) / len(pages) / 1000
    plain = measured(lambda: [read_page(data, "page") for data in pages]) / PAGES
    bulk_ = measured(lambda: [read_page(data, "page", bulk=True) for data in pages]) / PAGES
    records = [
        {"title": "T", "maintext": sentence(random.Random(n), 300), "url": f"https://x.example/{n}"} for n in range(2000)
    ]
    lines = [json.dumps(record) for record in records]
    fields = Fields({})
    each = measured(lambda: [fields.article(json.loads(line), "x", "y") for line in lines]) / len(lines)
    print(f"page of {size:.0f} kB   {plain * 1000:.1f} ms   {1 / plain:.0f} pages/s on one core   (trafilatura)")
    print(f"page of {size:.0f} kB   {bulk_ * 1000:.1f} ms   {1 / bulk_:.0f} pages/s on one core   (resiliparse, bulk)")
    print(f"line of JSON    {each * 1000:.2f} ms   {1 / each:.0f} lines/s on one core")
    print(f"bulk is {plain / bulk_:.1f} times as fast")
    return 0


if __name__ == "__main__":
    sys.exit(main())
