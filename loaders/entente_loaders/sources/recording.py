"""Records of data sets put together in the form of articles' graphs: the record is the text, its source the outlet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from entente.model import Article, Delta, Document, Extraction, Link, Mention, Resolution, Triple
from entente.model.iri import child, entity, graph, slug
from entente_loaders.assemble.account import Assembly
from entente_loaders.text import SIZE_LIMIT, too_large

__all__ = ["begin", "finish"]


def begin(article: Article, source: str, ruleset: str, links: Mapping[Mention, Link] | None = None) -> Assembly:
    """Describe the record as an article, with its outlet, the run that read it and what its cells name.

    `source` and `ruleset` name what read it and the digest of how. Raises ArticleError (204) for too large a record.
    """
    if len(article.content) > SIZE_LIMIT:
        raise too_large(article.origin, "split the record")
    text = article.content.decode()
    document = Document(article, text, hashlib.sha256(article.content).hexdigest(), ())
    found = links or {}
    extraction = Extraction(document, tuple(found), (), (), source, ruleset)
    iri = entity("article", article.slug)
    outlet = entity("outlet", slug(article.outlet)) if article.outlet else child(iri, "outlet")
    assembly = Assembly(Resolution(extraction, found), iri, outlet)
    assembly.describe_article()
    assembly.describe_activities()
    assembly.describe_mentions()
    return assembly


def finish(assembly: Assembly, unresolved: Iterable[str] = ()) -> Delta:
    """Make the delta of what was put together."""
    article = assembly.resolution.extraction.document.article
    return Delta(
        article=assembly.article,
        slug=article.slug,
        origin=article.origin,
        graph=graph("article", article.slug),
        triples=tuple(sorted(assembly.triples, key=Triple.n3)),
        unresolved=tuple(sorted(set(unresolved))),
    )
