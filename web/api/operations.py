"""The operations of the document, ready for a page: by tag, with parameters, bodies and answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson

Doc = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One parameter, or one field of a body or an answer."""

    name: str
    place: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer: its status, what it says, an example of a good one."""

    status: str
    about: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of the API."""

    name: str
    tag: str
    method: str
    path: str
    summary: str
    about: str
    lines: tuple[Line, ...]
    example: str
    replies: tuple[Reply, ...]


def operations_of(doc: Doc) -> Mapping[str, tuple[Operation, ...]]:
    """Return all operations of a document by their tag, in its order."""
    found = [
        _operation(doc, path, method, one)
        for path, methods in doc["paths"].items()
        for method, one in methods.items()
    ]
    order = list(dict.fromkeys(one.tag for one in found))
    found.sort(key=lambda one: order.index(one.tag))
    return {tag: tuple(group) for tag, group in groupby(found, key=lambda one: one.tag)}


def _operation(doc: Doc, path: str, method: str, told: Doc) -> Operation:
    bodies = told.get("requestBody", {}).get("content", {})
    return Operation(
        name=told["operationId"],
        tag=told["tags"][0],
        method=method.upper(),
        path=path,
        summary=told["summary"].replace("`", ""),
        about=told["description"].replace("`", ""),
        lines=(*_parameters(told), *(line for body in bodies.values() for line in _fields(doc, body))),
        example=next((_shown(body["example"]) for body in bodies.values() if "example" in body), ""),
        replies=tuple(_reply(doc, status, one) for status, one in sorted(told["responses"].items())),
    )


def _parameters(told: Doc) -> Iterator[Line]:
    for one in told.get("parameters", ()):
        yield Line(
            name=one["name"],
            place=one["in"],
            kind=_kind(one["schema"]),
            required=one.get("required", False),
            about=one.get("description", ""),
        )


def _fields(doc: Doc, body: Doc) -> Iterator[Line]:
    schema = _resolved(doc, body["schema"])
    for name, one in schema.get("properties", {}).items():
        about = one.get("description") or _resolved(doc, one).get("description", "")
        required = name in schema.get("required", ())
        yield Line(name=name, place="body", kind=_kind(one), required=required, about=about)


def _resolved(doc: Doc, schema: Doc) -> Doc:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: Doc = doc["components"]["schemas"][name] if name else schema
    return found


def _kind(schema: Doc) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{_kind(schema['items'])}[]"
    return str(schema.get("format") or schema.get("type") or "any")


def _reply(doc: Doc, status: str, told: Doc) -> Reply:
    if "$ref" in told:
        told = doc["components"]["responses"][told["$ref"].rsplit("/", 1)[1]]
    bodies = told.get("content", {}).values() if status.startswith("2") else ()
    example = next((_shown(body["example"]) for body in bodies if "example" in body), "")
    return Reply(status=status, about=told["description"], example=example)


def _shown(example: object) -> str:
    return orjson.dumps(example, option=orjson.OPT_INDENT_2).decode()
