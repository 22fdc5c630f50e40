"""The documentation as static HTML: an index, a page for each term and each vocabulary, no files from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from entente.model.prefixes import VOCABULARIES
from entente.model.rdf import Iri
from entente.ontology.diagram import draw
from entente.ontology.handbook import Entry, Handbook, Question, Scheme

__all__ = ["render"]

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
a { color: #0b4f8a; } code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
pre { background: #f4f4f1; padding: 0.8rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 0.3rem 0.6rem 0.3rem 0; }
tr { border-top: 1px solid #ddd; } .kind { color: #666; } .warning { color: #a33; }
ul.terms { columns: 3; list-style: none; padding: 0; }
svg .box { fill: #f8f8f5; stroke: #888; } svg .edge { fill: none; stroke: #888; }
svg text { font: 12px ui-monospace, monospace; } svg .name { font-weight: bold; fill: #0b4f8a; }
@media (prefers-color-scheme: dark) {
  body { background: #1b1b1b; color: #e6e6e6; } a { color: #8dc1f0; } pre { background: #2a2a2a; }
  svg .box { fill: #262626; } svg text { fill: #e6e6e6; } svg .name { fill: #8dc1f0; }
}
"""
_NOTHING = "<p>None.</p>"


def render(handbook: Handbook, core: Iterable[Iri]) -> Mapping[str, str]:
    """Render all pages, by path below the folder that they are written to; `core` are the terms of the diagram."""
    # Two folders, because names such as Dyad and dyad are one file name on some systems.
    terms = {e.iri: f"{'class' if e.kind == 'class' else 'property'}/{e.name}.html" for e in handbook.entries}
    pages = {"index.html": _index(handbook, frozenset(core), terms)}
    for entry in handbook.entries:
        pages[terms[entry.iri]] = _term(entry, terms)
    for scheme in handbook.schemes:
        pages[f"vocab/{scheme.name}.html"] = _vocabulary(scheme)
    return pages


def _page(title: str, body: str, up: str) -> str:
    home = f'<p><a href="{up}index.html">All terms and vocabularies</a></p>\n' if up else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{home}{body}\n</body>\n</html>\n"
    )


def _index(handbook: Handbook, core: frozenset[Iri], terms: Mapping[Iri, str]) -> str:
    parts = [f"<h1>{escape(handbook.title)}</h1>", f"<p>Version {escape(handbook.version)}</p>"]
    kinds = sorted({entry.kind for entry in handbook.entries}, key=lambda kind: (kind != "class", kind))
    for kind in kinds:
        listed = [entry for entry in handbook.entries if entry.kind == kind]
        items = "".join(f'<li><a href="{escape(terms[e.iri])}">{escape(e.name)}</a></li>' for e in listed)
        parts.append(f'<h2>{escape(kind.capitalize())}: {len(listed)}</h2>\n<ul class="terms">{items}</ul>')
    items = "".join(
        f'<li><a href="vocab/{escape(scheme.name)}.html">{escape(scheme.label)}</a> ({len(scheme.concepts)})</li>'
        for scheme in handbook.schemes
    )
    parts.append(f'<h2>Vocabularies: {len(handbook.schemes)}</h2>\n<ul class="terms">{items}</ul>')
    parts.append(f"<h2>The core</h2>\n{draw(handbook, core, terms.get)}")
    return _page(handbook.title, "\n".join(parts), "")


def _term(entry: Entry, terms: Mapping[Iri, str]) -> str:
    parts = [
        f'<h1>{escape(entry.label)} <span class="kind">{escape(entry.kind)}</span></h1>',
        f"<p><code>{escape(entry.iri)}</code></p>",
        '<p class="warning">Deprecated: do not use it in new data.</p>' if entry.deprecated else "",
        f"<p>{escape(entry.definition)}</p>",
        *(f"<p>{escape(note)}</p>" for note in entry.notes),
        "<table>",
        *(
            f"<tr><th>{escape(relation)}</th><td>{', '.join(_link(term, terms) for term in linked)}</td></tr>"
            for relation, linked in entry.links
        ),
        "</table>",
        "<h2>Examples</h2>",
        "\n".join(f"<pre>{escape(example)}</pre>" for example in entry.examples) or _NOTHING,
        "<h2>What the shapes demand</h2>",
        _list(escape(demand) for demand in entry.demands),
        "<h2>Queries that use it</h2>",
        _list(_question(question) for question in entry.questions),
    ]
    return _page(f"{entry.label} ({entry.kind})", "\n".join(part for part in parts if part), "../")


def _vocabulary(scheme: Scheme) -> str:
    names = {concept.iri: concept.notation for concept in scheme.concepts}
    rows = "".join(
        f'<tr id="{escape(concept.notation)}"><td><code>{escape(concept.notation)}</code></td>'
        f"<td>{escape(concept.label)}</td><td>{escape(concept.definition)}</td>"
        f"<td>{', '.join(_anchor(names[iri]) for iri in concept.broader if iri in names)}</td></tr>\n"
        for concept in scheme.concepts
    )
    body = (
        f"<h1>{escape(scheme.label)}</h1>\n<p><code>{escape(scheme.iri)}</code></p>\n<p>{escape(scheme.definition)}</p>\n"
        f"<table>\n<tr><th>notation</th><th>label</th><th>definition</th><th>broader</th></tr>\n{rows}</table>"
    )
    return _page(scheme.label, body, "../")


def _list(items: Iterable[str]) -> str:
    listed = "".join(f"<li>{item}</li>\n" for item in items)
    return f"<ul>\n{listed}</ul>" if listed else _NOTHING


def _question(question: Question) -> str:
    summary = f"{escape(question.summary)}: <code>entente query {escape(question.name)}</code>"
    return f"<details><summary>{summary}</summary><pre>{escape(question.text)}</pre></details>"


def _anchor(notation: str) -> str:
    return f'<a href="#{escape(notation)}">{escape(notation)}</a>'


def _link(iri: Iri, terms: Mapping[Iri, str]) -> str:
    text = escape(_short(iri))
    return f'<a href="../{escape(terms[iri])}">{text}</a>' if iri in terms else f"<code>{text}</code>"


def _short(iri: Iri) -> str:
    for prefix, namespace in VOCABULARIES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
