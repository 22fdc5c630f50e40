"""What the site has beyond the pages in docs/: the generated reference, and files of the repository that pages link to.

A link that leaves docs/ works on a code host as it stands. On the site it leads to a copy below `repository/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from reference import pages

ROOT = Path(__file__).resolve().parents[2]
HOME = "README.md"
_COPIES = "repository"
# Links in code are none.
_CODE_OR_LINK = re.compile(
    r"(?P<code>^```.*?^```$|`[^`\n]+`)|(?P<head>\]\()(?P<target>[^)\s]+)(?=\))",
    re.MULTILINE | re.DOTALL,
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, the home page, and what is linked to outside of docs/."""
    for uri, content in pages(ROOT).items():
        files.append(File.generated(config, uri, content=content))
    texts = {file.src_uri: file.content_string for file in files.documentation_pages()}
    texts["index.md"] = (ROOT / HOME).read_text(encoding="utf-8")
    waiting = list(texts)
    while waiting:
        uri = waiting.pop()
        for target in _outside(uri, texts[uri]):
            copy = _uri(target)
            if copy in texts or not (ROOT / target).is_file():
                continue
            texts[copy] = ""
            if copy.endswith(".md"):
                texts[copy] = (ROOT / target).read_text(encoding="utf-8")
                waiting.append(copy)
    known = {file.src_uri for file in files}
    for uri in sorted(texts.keys() - known):
        if uri.endswith(".md"):
            files.append(File.generated(config, uri, content=texts[uri]))
        else:
            files.append(File.generated(config, uri, abs_src_path=str(ROOT / _source(uri))))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Turn the links of a page into those of the site."""
    here = page.file.src_uri

    def turn(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        target, mark, anchor = match["target"].partition("#")
        if not target or "://" in target or target.startswith("mailto:"):
            return match[0]
        uri = _uri(_resolve(here, target))
        return f"{match['head']}{relpath(uri, str(PurePosixPath(here).parent))}{mark}{anchor}"

    return _CODE_OR_LINK.sub(turn, markdown)


def _outside(uri: str, text: str) -> Iterator[str]:
    """The paths in the repository that a page links to and that are no part of docs/."""
    for match in _CODE_OR_LINK.finditer(text):
        target = (match["target"] or "").partition("#")[0]
        if target and "://" not in target:
            path = _resolve(uri, target)
            if not path.startswith("docs/"):
                yield path


def _resolve(uri: str, target: str) -> str:
    """The path in the repository that a link of a page means."""
    return normpath((PurePosixPath(_source(uri)).parent / target).as_posix())


def _source(uri: str) -> str:
    """The path in the repository of what the site has at an address."""
    if uri == "index.md":
        return HOME
    copied = uri.removeprefix(f"{_COPIES}/")
    return copied if copied != uri else f"docs/{uri}"


def _uri(path: str) -> str:
    """Where the site has a file of the repository."""
    if path == HOME:
        return "index.md"
    inside = path.removeprefix("docs/")
    return inside if inside != path else f"{_COPIES}/{path}"
