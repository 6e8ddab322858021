"""Whole examples of bodies and parameters, put together from the examples of their fields."""

from typing import Any

Doc = dict[str, Any]

_FORMATS = {"date": "2023-09-17", "date-time": "2023-09-18T08:04:00Z", "binary": ""}


def with_examples(doc: Doc) -> Doc:
    """Return a document in which every body and every parameter has an example."""
    make = _Maker(doc["components"]["schemas"])
    for path in doc["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                if parameter.get("required"):
                    parameter.setdefault("example", make.of(parameter["schema"]))
            for body in (operation.get("requestBody", {}), *operation["responses"].values()):
                for kind, content in body.get("content", {}).items():
                    if "json" in kind and content.get("schema"):
                        content.setdefault("example", make.of(content["schema"]))
    return doc


class _Maker:
    """Makes examples of schemas."""

    def __init__(self, schemas: Doc) -> None:
        self._schemas = schemas

    def of(self, schema: Doc) -> Any:
        """Return an example of a schema: its own, else one of its parts."""
        if "examples" in schema:
            return schema["examples"][0]
        if "$ref" in schema:
            return self.of(self._schemas[schema["$ref"].rsplit("/", 1)[1]])
        for word in ("const", "default"):
            if word in schema:
                return schema[word]
        if "enum" in schema:
            return schema["enum"][0]
        if "anyOf" in schema:
            return self._of_one(schema["anyOf"])
        return self._of_type(schema)

    def _of_one(self, kinds: list[Doc]) -> Any:
        """Return an example of the first kind; null where a single value may be that, a body never."""
        if {"type": "null"} in kinds:
            kinds = [one for one in kinds if "$ref" in one]
        return self.of(kinds[0]) if kinds else None

    def _of_type(self, schema: Doc) -> Any:
        kind = schema.get("type")
        if kind == "object":
            return {
                name: self.of(one)
                for name, one in schema.get("properties", {}).items()
                if name in schema.get("required", ()) or "examples" in one
            }
        if kind == "array":
            return [self.of(schema["items"])]
        if kind == "string":
            return _FORMATS.get(schema.get("format", ""), "…")
        return {"boolean": False, "integer": schema.get("minimum", 0), "number": 0}.get(kind or "")
