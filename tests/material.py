"""News and records in every form that sources read, in words of our own, for their tests."""

from __future__ import annotations

import json
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TEXT = "Norland and Southia held a joint exercise in the Grey Sea. Six ships took part."
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Example Post</title><language>en-gb</language><link>https://post.example/</link>
<item><title>Navies &amp; drills</title><link>https://post.example/1#x</link><guid>tag:1</guid>
<pubDate>Fri, 09 May 2031 23:30:00 -0500</pubDate><dc:creator>Ada Writer</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>Another &eacute;.</p><script>x()</script>]]></content:encoded></item>
<item><title>Only a title and words</title><description>Talks were held in Westhaven.</description></item>
<item><link>https://post.example/3</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Post</title>
<id>urn:f</id><updated>2031-05-11T00:00:00Z</updated>
<entry><title>Atom entry</title><id>urn:e1</id><link href="https://post.example/a1"/><published>2031-05-10T01:00:00Z</published>
<updated>2031-05-11T01:00:00Z</updated><author><name>Bo Penner</name></author>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""


FIRST = "The navies of Norland and Southia ended a joint exercise in the Grey Sea on Friday, their defence ministries said."
SECOND = "Six ships and two submarines took part in the drills, which had begun on Monday with a ceremony at Westhaven."
THIRD = "The two states had agreed last year to train together every summer, and both say that the next exercise is planned."


def page(
    *, head: str = "", paragraphs: tuple[str, ...] = (FIRST, SECOND, THIRD), lang: str = "en", declaration: str = "utf-8"
) -> str:
    """A page as newspapers make them: navigation, an article, teasers and a footer."""
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="{declaration}">
<title>Navies end drills – The Example Post</title>{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Navies end drills</h1>{body}</article></main>
<aside><h3>Most read</h3><ul><li><a href="/cat">Cat climbs the town hall</a></li></ul></aside>
<footer><p>Copyright The Example Post. All rights reserved. Terms of use.</p></footer></body></html>"""


NEWS = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Not this"},
        {
            "@type": ["NewsArticle"],
            "headline": "Norland and Southia end drills",
            "datePublished": "2031-05-09T23:30:00-05:00",
            "dateModified": "2031-05-11",
            "publisher": {"@type": "Organization", "name": "The Example Post"},
            "author": [{"@type": "Person", "name": "Ada Writer"}, {"name": "Bo Penner"}],
            "inLanguage": "en-GB",
            "mainEntityOfPage": {"@id": "https://post.example/world/drills?ref=x#top"},
        },
    ],
}
JSON_LD = f'<script type="application/ld+json">{json.dumps(NEWS)}</script>'


NEWS_PLEASE = {
    "authors": ["Ada Writer"],
    "date_download": "2031-05-20 10:00:00",
    "date_modify": "2031-05-12 09:00:00",
    "date_publish": "2031-05-10 08:00:00",
    "description": "Two navies trained together for five days.",
    "filename": "x.html",
    "image_url": None,
    "language": "en",
    "localpath": None,
    "maintext": TEXT,
    "source_domain": "post.example",
    "title": "Navies train",
    "title_page": None,
    "title_rss": None,
    "url": "https://post.example/world/1",
}
GDELT = {"SOURCEURL": "https://post.example/world/2", "DATE": "20310511", "SourceCommonName": "post.example", "text": TEXT}

STATES = ("StateA", "StateB", "StateC")
FLAGS = ("CPX", "Air", "Land", "Sea", "Amphibious", "Cyber", "Warfighting", "Peacekeeping", "Humanitarian")
COLUMNS = (
    *("MMEID", "Ex_Name", "Series_Name", "Location", "lat", "lon", "StartDate", "s.year", "s.month", "s.day"),
    *("EndDate", "e.year", "e.month", "e.day", *FLAGS, "FocusDescription", "AdditionalParticipantInfo", *STATES),
)
ROW = {
    **dict.fromkeys(COLUMNS, ""),
    **dict.fromkeys(FLAGS, "0"),
    **{"MMEID": "mme9001", "Ex_Name": "Grey Gull 1999", "Location": "Sea of Japan", "lat": "40.5", "lon": "135"},
    **{"s.year": "1999", "s.month": "5", "s.day": "3", "e.year": "1999", "e.month": "5", "e.day": "9"},
    **{"StartDate": "5/3/99", "EndDate": "5/9/99", "Sea": "1", "Warfighting": "1", "StateA": "Russia", "StateB": "China"},
}

PREFIXES = """@prefix ent: <https://w3id.org/entente/ns#> . @prefix id: <https://w3id.org/entente/id/> .
@prefix v: <https://w3id.org/entente/vocab/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://data.example/> .
"""
EXERCISE = """ex:gull-99 a ent:Exercise ; ent:eventType <https://w3id.org/entente/vocab/event-type/exercise> ;
    ent:mode <https://w3id.org/entente/vocab/mode/actual> ; ent:name "Grey Gull 99"@en ;
    ent:when [ a ent:TimeBounds ; sem:hasEarliestBeginTimeStamp "1999-05-03"^^xsd:date ;
        ent:datePrecision <https://w3id.org/entente/vocab/date-precision/day> ;
        ent:dateBasis <https://w3id.org/entente/vocab/date-basis/explicit> ] ;
    ent:hasParticipation ex:p1 , [ a ent:Participation ; ent:inEvent ex:gull-99 ;
        ent:participant <https://w3id.org/entente/id/state/CHN> ;
        ent:roleType <https://w3id.org/entente/vocab/role-type/participant> ] .
ex:p1 a ent:Participation ; ent:inEvent ex:gull-99 ; ent:participant <https://w3id.org/entente/id/state/RUS> ;
    ent:roleType <https://w3id.org/entente/vocab/role-type/host> .
"""
SHIP = """ex:hull-7 a ent:Vessel , ent:CandidateEntity ; skos:prefLabel "Albatross"@en ;
    ent:belongsToState <https://w3id.org/entente/id/state/RUS> .
"""

HTML = "text/html; charset=utf-8"


def story(number: int) -> bytes:
    words = "".join(
        f"<p>Norland and Southia held exercise {number} in the Grey Sea on day {day}. Six ships of both took part.</p>"
        for day in range(3)
    )
    return f"<html lang=en><head><title>Story {number}</title></head><body><article>{words}</article></body></html>".encode()


class Writer(WARCWriter):
    """Keeps records in memory while it writes them, since the temporary files of warcio stay open."""

    def _create_temp_file(self) -> BytesIO:
        return BytesIO()


class Archive:
    """An archive as it grows; `starts` are the places where its records begin."""

    def __init__(self, *, compressed: bool) -> None:
        self._out = BytesIO()
        self._writer = Writer(self._out, gzip=compressed)
        self.starts: list[int] = []

    def add(self, url: str, body: bytes, status: str = "200 OK", kind: str = "response", **header: str) -> None:
        self.starts.append(self._out.tell())
        named = [(name.replace("_", "-"), value) for name, value in {"Content_Type": HTML, **header}.items()]
        http = StatusAndHeaders(status, named, protocol="HTTP/1.1")
        record = self._writer.create_warc_record(url, kind, payload=BytesIO(body), http_headers=http)
        self._writer.write_record(record)

    def data(self) -> bytes:
        return self._out.getvalue()


def four(*, compressed: bool) -> Archive:
    archive = Archive(compressed=compressed)
    for number in range(4):
        archive.add(f"https://post.example/archive/{number}", story(number))
    return archive
