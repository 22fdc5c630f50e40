"""Made-up news articles, always the same for the same seed, to time the machinery with."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from entente.model import Article, EntityIndex, Kind
from entente.model.iri import slug

__all__ = ["articles", "page", "text_file"]

_FIRST = date(2014, 1, 1)
_OUTLETS = ("Northern Wire", "Harbour Gazette", "Continental Press", "The Daily Strait", "Meridian Monitor", "Island Post")
_SEAS = ("the Sea of Japan", "the Arabian Sea", "the Baltic Sea", "the Black Sea", "the South China Sea", "the Indian Ocean")
_NAMES = ("Steady", "Swift", "Silver", "Amber", "Resolute", "Distant", "Iron", "Bright", "Northern", "Rising")
_SYLLABLES = ("ba", "del", "ka", "lor", "mi", "nar", "o", "pel", "ro", "sha", "tu", "var")
_SHIPS = ("frigates", "destroyers", "corvettes", "patrol vessels", "supply ships", "submarines")
_NUMBERS = ("two", "three", "four", "five", "six")
_DRILLS = ("anti-submarine warfare", "search and rescue", "air defence", "boarding operations", "artillery firing")
_TOPICS = ("trade", "border security", "energy supplies", "air services", "fisheries", "cyber security", "disaster relief")
_SUMS = ("120 million", "85 million", "340 million", "1.2 billion", "600 million")

_EVENTS = (
    (
        "{a} and {b} open naval exercise in {sea}",
        "A joint exercise of the navies of {a} and {b}, {name}-{year}, began in {sea} on {weekday}, the Defence Ministry of"
        " {a} said.",
        "{a} has assigned {n} {ships}, and {b} has sent {m} {otherships}. Crews will rehearse {drill} until {end}.",
    ),
    (
        "{a} and {b} sign agreement on {topic}",
        "{a} and {b} signed an agreement on {topic} on {day}.",
        "The agreement will enter into force once the parliaments of {a} and {b} have ratified it.",
    ),
    (
        "Foreign ministers of {a} and {b} meet",
        "The foreign ministers of {a} and {b} held talks on {topic} on {day}.",
        "The Foreign Ministry of {b} said the two sides had also discussed {othertopic}.",
    ),
    (
        "{a} pledges aid to {b}",
        "{a} will provide {b} with ${sum} in aid, the government of {a} announced on {day}.",
        "The funds are to be spent on {topic} and {othertopic}.",
    ),
    (
        "{a} imposes sanctions on {b}",
        "{a} imposed sanctions on {b} on {day} over {topic}.",
        "{b} rejected the measures and accused {a} of interfering in its internal affairs.",
    ),
    (
        "{a} accuses {b} of violating its waters",
        "{a} accused {b} on {day} of sending {n} {ships} into its territorial waters in {sea}.",
        "The Foreign Ministry of {b} denied the accusation.",
    ),
)
_FILLING = (
    "{who} in {town} said that {n} people had asked about the {thing} since {month}.",
    "Shares of {firm} closed {n} points {way} in {town}, where {who} had expected a {mood} day.",
    "{who} told the {town} council that the {thing} would cost {n} thousand and take {m} weeks.",
    "According to {who}, the {mood} {thing} near {town} had been closed for {m} days in {month}.",
    "A survey by {firm} of {n} households in {town} found a {mood} view of the {thing}.",
    "{firm} declined to comment on a {thing} that {who} had called {mood} in {month}.",
    "Weather around {town} was {mood}, with {m} millimetres of rain expected by {month}.",
    "In {town} the {thing} drew {n} visitors, {m} more than {who} had counted in {month}.",
)
_WHO = ("Officials", "Residents", "Analysts", "Teachers", "Shopkeepers", "Farmers", "Engineers", "Doctors", "Drivers")
_TOWNS = (
    "the old quarter",
    "the upper valley",
    "the lake district",
    "the western suburbs",
    "the market town",
    "the new port",
)
_THINGS = ("bridge", "library", "harvest festival", "power station", "hospital wing", "tram line", "museum", "reservoir")
_FIRMS = ("Alder & Finch", "Brookline Foods", "Cedar Optics", "Dunmore Textiles", "Elmfield Motors", "Fairway Cement")
_MOODS = ("cautious", "bright", "sober", "hopeful", "uneven", "quiet", "brisk", "mixed")
_MONTHS = ("January", "March", "May", "July", "September", "November")


def _filling(chance: random.Random) -> str:
    """A sentence of no interest, hardly ever the same twice."""
    return chance.choice(_FILLING).format(
        who=chance.choice(_WHO),
        town=chance.choice(_TOWNS),
        thing=chance.choice(_THINGS),
        firm=chance.choice(_FIRMS),
        mood=chance.choice(_MOODS),
        month=chance.choice(_MONTHS),
        way=chance.choice(("higher", "lower")),
        n=chance.randint(20, 9_999),
        m=chance.randint(2, 90),
    )


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happens, which several articles may tell of."""

    kind: int
    day: date
    values: dict[str, str]


def _exercise(a: str, b: str) -> str:
    """The name of the exercises of two states, every year the same; others hardly ever bear it."""
    chance = random.Random(f"{a} {b}")
    return f"{chance.choice(_NAMES)} {''.join(chance.choices(_SYLLABLES, k=4)).title()}"


def _event(chance: random.Random, states: list[str], before: date | None = None) -> _Event:
    day = before - timedelta(days=chance.randint(10, 300)) if before else _FIRST + timedelta(days=chance.randrange(4000))
    a, b = chance.sample(states, 2)
    topic, other = chance.sample(_TOPICS, 2)
    ships, others = chance.sample(_SHIPS, 2)
    values = {
        "a": a,
        "b": b,
        "sea": chance.choice(_SEAS),
        "name": _exercise(a, b),
        "year": str(day.year),
        "weekday": f"{day:%A}",
        "day": f"{day:%B} {day.day}, {day.year}",
        "end": f"{day + timedelta(days=4):%B} {(day + timedelta(days=4)).day}",
        "n": chance.choice(_NUMBERS),
        "m": chance.choice(_NUMBERS),
        "ships": ships,
        "otherships": others,
        "drill": chance.choice(_DRILLS),
        "topic": topic,
        "othertopic": other,
        "sum": chance.choice(_SUMS),
    }
    return _Event(chance.randrange(len(_EVENTS)), day, values)


def articles(number: int, index: EntityIndex, seed: int = 1) -> Iterator[Article]:
    """Make articles of about 120 to 360 words about states of the index, one at a time.

    One in five tells again, in other surroundings, of an event of late; the state of the making is a short list of those,
    however many articles are made.
    """
    chance = random.Random(seed)
    states = sorted(
        {n.surface for n in index.names() if n.use == "name" and _plain(n.entity, index) and n.surface.isalpha()}
    )
    recent: list[_Event] = []
    for n in range(number):
        main = chance.choice(recent) if recent and chance.random() < 0.2 else _event(chance, states)
        recent = [*recent[-40:], main]
        told = [main] + [_event(chance, states, before=main.day) for _ in range(chance.randrange(4))]
        title = _EVENTS[main.kind][0].format(**main.values)
        lines = []
        for event in told:
            lines += [" ".join(sentence.format(**event.values) for sentence in _EVENTS[event.kind][1:])]
            lines += [" ".join(_filling(chance) for _ in range(max(2, 7 - 2 * len(told)) + chance.randint(0, 1)))]
        body = f"{title}\n" + "\n".join(lines) + "\n"
        outlet = chance.choice(_OUTLETS)
        name = f"{slug(title)[:40].strip('-')}-{seed}-{n}"
        yield Article(name, body.encode(), f"{name}.txt", outlet=outlet, published=main.day.isoformat())


def _plain(iri: str, index: EntityIndex) -> bool:
    entity = index.entity(iri)  # type: ignore[arg-type]
    return entity is not None and entity.kind is Kind.STATE and entity.valid_to is None


def text_file(article: Article) -> bytes:
    """Write an article as a text file with front matter."""
    head = f"---\nid: {article.slug}\noutlet: {article.outlet}\npublished: {article.published}\n---\n"
    return head.encode() + article.content


def page(article: Article) -> bytes:
    """Write an article as a newspaper's page: navigation, scripts, adverts, teasers and comments, some 30 kB about it."""
    title, *paragraphs = article.content.decode().splitlines()
    chance = random.Random(article.slug)
    address = f"https://news.example.org/{article.slug}"
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"{article.published}T08:00:00Z",
        "publisher": {"@type": "Organization", "name": article.outlet},
        "author": [{"@type": "Person", "name": "Staff Writer"}],
        "mainEntityOfPage": address,
    }
    links = "".join(f'<li class="nav-item"><a href="/section/{n}">Section {n}</a></li>' for n in range(60))
    advert = '<div class="ad-slot" data-unit="{}"><script>ads.push({{"unit": {}, "sizes": [[300, 250]]}});</script></div>'
    body = "".join(
        f"<p>{paragraph}</p>{advert.format(n, n) if n % 3 == 2 else ''}" for n, paragraph in enumerate(paragraphs)
    )
    teasers = "".join(
        f'<div class="teaser card"><a href="/t/{n}"><img src="/i/{n}.jpg" alt=""><h3>{_filling(chance)[:50]}</h3></a>'
        f"<p>{_filling(chance)}</p></div>"
        for n in range(40)
    )
    comments = "".join(f'<div class="comment"><b>Reader {n}</b><p>{_filling(chance)}</p></div>' for n in range(30))
    script = f"<script>window.state = {json.dumps([_filling(chance) for _ in range(60)])};</script>"
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - {article.outlet}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{article.outlet}">'
        f'<meta property="article:published_time" content="{article.published}T08:00:00Z">'
        f'<link rel="canonical" href="{address}">'
        f'<script type="application/ld+json">{json.dumps(said)}</script>{script}</head>'
        f"<body><header><nav><ul>{links}</ul></nav>{advert.format('top', 0)}</header>"
        f'<main><article><h1>{title}</h1><p class="byline">By Staff Writer</p>{body}</article></main>'
        f'<aside class="related"><h2>Most read</h2>{teasers}</aside><section id="comments">{comments}</section>'
        f"<footer><ul>{links}</ul><p>All rights reserved.</p></footer></body></html>"
    ).encode()
