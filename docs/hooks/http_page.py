"""The reference of the service, from its OpenAPI description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from wording import table

from entente.api import create_app
from entente.cli.commands.query import catalogue
from entente.cli.workbench import Workbench
from entente.store import open_store

__all__ = ["http_page"]


def http_page() -> str:
    """One section for each route, under a heading for each tag."""
    said = create_app(open_store("memory:"), Workbench.open().index, catalogue()).openapi()
    by_tag = defaultdict(list)
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            by_tag[operation.get("tags", ["service"])[0]].append((method.upper(), path, operation))
    parts = [
        "# HTTP\n\nMade from the service's own description, which it gives at `/openapi.json`. Errors are"
        " `application/problem+json` with a [code](../errors.md).\n\n"
    ]
    for tag, operations in by_tag.items():
        parts.append(f"## {tag.capitalize()}\n\n")
        for method, path, operation in operations:
            parts += _operation(method, path, operation, said)
    return "".join(parts)


def _operation(method: str, path: str, operation: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {method} `{path}`\n\n{operation.get('summary', '')}.\n\n"
    if about := operation.get("description"):
        yield f"{about}\n\n"
    parameters = operation.get("parameters", ())
    yield from table(("parameter", "in", "type", "meaning"), (_parameter(each) for each in parameters))
    if body := operation.get("requestBody"):
        yield f"Body: {', '.join(f'`{kind}`' for kind in body['content'])}\n\n"
    answers = [(status, *_answer(answer)) for status, answer in operation["responses"].items() if status.startswith("2")]
    yield from table(("status", "body", "fields"), ((s, kinds, _fields(name, said)) for s, kinds, name in answers))


def _parameter(each: Mapping[str, Any]) -> tuple[str, str, str, str]:
    schema = each.get("schema", {})
    name = f"`{each['name']}`" + (" (required)" if each.get("required") else "")
    default = schema.get("default")
    about = each.get("description", "") + ("" if default is None else f" [default: {default}]")
    return name, each["in"], _type(schema), about


def _type(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(filter(None, (_type(each) for each in schema["anyOf"] if each.get("type") != "null")))
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("format") or schema.get("type", "any"))


def _answer(answer: Mapping[str, Any]) -> tuple[str, str]:
    content = answer.get("content", {})
    [name] = {_type(body["schema"]) for body in content.values() if "$ref" in body.get("schema", {})} or {""}
    return ", ".join(f"`{kind}`" for kind in content), name


def _fields(name: str, said: Mapping[str, Any]) -> str:
    fields = said["components"]["schemas"].get(name, {}).get("properties", {})
    return ", ".join(f"`{field}` ({_type(schema)})" for field, schema in fields.items())
