"""Records with named fields read as articles: which field is what, by the names in use or by a mapping."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from entente.errors import ArticleError, InputError
from entente.model import Article
from entente_loaders.sources.describing import address, candidates, language, make
from entente_loaders.sources.yamls import parse_yaml

__all__ = ["PARTS", "Fields"]

_KNOWN: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "uuid", "article_id", "guid", "GKGRECORDID"),
    "title": ("title", "headline", "title_page", "title_rss"),
    "text": ("maintext", "text", "body", "content", "article_text", "full_text", "fulltext", "article"),
    "lead": ("description", "lead", "summary"),
    "url": ("url", "link", "SOURCEURL", "DocumentIdentifier", "source_url", "article_url"),
    "outlet": ("outlet", "publisher", "publication", "source_name", "SourceCommonName", "source_domain", "domain", "source"),
    "published": (
        *("date_publish", "published", "publish_date", "published_at", "publishedAt", "pub_date", "pubdate"),
        *("date_published", "publication_date", "date", "datetime", "DATE", "SQLDATE", "seendate"),
    ),
    "modified": ("date_modify", "date_modified", "updated", "updated_at", "modified"),
    "lang": ("language", "lang"),
    "authors": ("authors", "author", "byline"),
    "agency": ("agency", "wire"),
    "licence": ("licence", "license"),
}
"""The fields of news-please, of GDELT and of common collections, the more telling ones first."""

PARTS = frozenset(_KNOWN)
"""What a field can be."""


class Fields:
    """Which field of a record is what."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._names = {**_KNOWN, **names}

    @classmethod
    def of(cls, options: Mapping[str, str]) -> Fields:
        """Read the option `mapping`, a YAML file of `part: field` or `part: [field, field]`, and options named as parts.

        Raises InputError (195) for a mapping that is none.
        """
        names: dict[str, Sequence[str]] = {}
        if "mapping" in options:
            names.update(_mapping(Path(options["mapping"])))
        names.update({part: (options[part],) for part in PARTS & options.keys()})
        return cls(names)

    def field(self, part: str, record: Mapping[str, object]) -> str | None:
        """The name of the first field that holds this part in the record."""
        return next((name for name in self._names[part] if _value(record, name) not in (None, "", [])), None)

    def text_fields(self) -> tuple[str, ...]:
        """The names under which a text is looked for."""
        return tuple(self._names["text"])

    def article(self, record: Mapping[str, object], origin: str, within: str) -> Article:
        """Make an article of a record; `within` names the collection that its id is unique in.

        Raises ArticleError for a record without a text (226) or with an address that is none (205).
        """

        def get(part: str) -> str | None:
            name = self.field(part, record)
            return None if name is None else _plain(_value(record, name))

        text = get("text")
        if text is None:
            known = ", ".join(sorted(str(key) for key in record)[:12]) or "none"
            hint = f"name its field, for example with text=FIELD; it has: {known}"
            raise ArticleError(226, f"{origin}: the record has no text under any of the known field names", hint)
        lead = get("lead")
        # news-please keeps the lead apart from the body; where the body holds it already, it is not said twice.
        if lead and "".join(lead.split())[:60] not in "".join(text.split()) and _ends(lead):
            text = f"{lead}\n{text}"
        given = get("url")
        url = address(given)
        if given is not None and url is None:
            raise ArticleError(205, f"{origin}: {given[:200]!r} is no web address", "correct the field, or leave it out")
        dates = [(f"field:{name}", _value(record, name)) for part in ("published", "modified") for name in self._names[part]]
        authors = self.field("authors", record)
        written = _value(record, authors) if authors else None
        return make(
            text,
            origin,
            title=get("title"),
            url=url,
            identifier=get("id"),
            within=within,
            outlet=get("outlet"),
            dates=candidates(dates),
            lang=language(get("lang")),
            authors=[str(name) for name in written] if isinstance(written, list) else filter(None, [_plain(written)]),
            agency=get("agency"),
            licence=get("licence"),
        )


def _ends(text: str) -> bool:
    """Tell whether it is a whole sentence: a cut-off description is none."""
    return text.rstrip("\"'”’)").endswith((".", "!", "?"))


def _value(record: Mapping[str, object], name: str) -> object:
    """The value of a field; a dot leads into nested objects, unless a field's own name has one."""
    if name in record:
        return record[name]
    value: object = record
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _plain(value: object) -> str | None:
    if isinstance(value, list):
        value = "\n".join(str(each) for each in value if isinstance(each, str | int | float))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _mapping(path: Path) -> dict[str, Sequence[str]]:
    hint = f"write lines 'part: field', with parts among: {', '.join(sorted(PARTS))}"
    try:
        data = parse_yaml(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(195, f"{path}: the mapping cannot be read ({error})", hint) from error
    if not isinstance(data, dict) or not data:
        raise InputError(195, f"{path}: the mapping holds no 'part: field' lines", hint)
    found: dict[str, Sequence[str]] = {}
    for part, names in data.items():
        listed = names if isinstance(names, list) else [names]
        if part not in PARTS or not all(isinstance(name, str) and name for name in listed):
            raise InputError(195, f"{path}: the mapping has {part!r}: {reprlib.repr(names)}", hint)
        found[part] = listed
    return found
