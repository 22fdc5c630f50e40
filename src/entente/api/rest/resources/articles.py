"""Articles."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import dcterms, ent

__all__ = ["RESOURCE", "ArticleRow"]


class ArticleRow(Row):
    """An article in a list."""

    title: str | None = about("its title", "Joint exercise begins in the Sea of Japan", dcterms.title)
    outlet: Ref | None = about("who published it", None, ent.publisher)
    issued: str | None = about("the day of publication", "2023-07-20", dcterms.issued)
    source: str | None = about("the page that the report rests on", "https://example.org/report", dcterms.source)
    sha256: str | None = about("digest of the text that the spans count in", "9f86d081884c", ent.textSha256)
    claims: int | None = about("how many claims it makes", 5)


RESOURCE = Resource(
    "articles",
    "list-articles",
    ArticleRow,
    "article",
    related={"claims": "/claims?article={id}"},
    filters={"outlet": "outlet", "event": ""},
)
