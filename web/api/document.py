"""The OpenAPI 3.1 document of the API, made from its routes and from who may use them."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from web.access import SAFE, Rule, rule_of
from web.api.examples import with_examples
from web.api.problem_model import PROBLEMS, Problem
from web.reach import Reach

Doc = dict[str, Any]

VERSION = "1"
_ABOUT = """\
What the pages can do, for programs. Every request but two carries a token of a person
(`Authorization: Bearer duban_…`, made under *My account*) and may do what that person may.

* **Lists** answer with `items` and `next`; ask on with `cursor=next` until `next` is null.
* **Trying**: with `dry_run=true` a change is done and thrown away; the answer is what it would be and
  carries `Duban-Dry-Run: true`.
* **Asking again**: with `Idempotency-Key` a change is done once; the same request again gets the first
  answer with `Idempotency-Replayed: true`, another request under the key gets 409. Refusals are not kept.
* **Versions**: what has an `ETag` is changed with `If-Match`; 412 says that somebody was faster.
* **Refusals** are problems (RFC 9457) with a stable `type`, a `detail` in the language of
  `Accept-Language` (zh or en), every blocker in `blocked` and every wrong field in `errors`.
* **Files** to be taken in are tried with `dry_run=true`; one that is refused can be had back, marked.
* **Mails sent right now** (trials) leave outside of any transaction. Under a key they are sent at most once,
  rather not at all than twice: `begun` says that what became of one is not known, and it is not sent again.
* **Not offered**: signing in, passwords, new tokens. A token that was lost must not be able to make another,
  nor to lock its owner out.
* **Readings**: a notice is handed in as it came and read; nothing of it is in force before every date in
  it is decided and it is applied.
* **Roll-ups**: the package of a report is made anew at every request while the report is due; handed in,
  it stays as it is, with its hash in the history.
* At most 600 requests a minute for each token; 429 says in `Retry-After` how long to wait.
"""


def document(routes: Sequence[APIRoute]) -> Doc:
    """Return the document of some routes of the API."""
    doc = get_openapi(title="Duban 督办", version=VERSION, description=_ABOUT, routes=routes)
    schemas = doc["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas |= _problem_schemas()
    doc["components"]["responses"] = {f"Refused{status}": _refusal(status) for status in PROBLEMS}
    doc["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of a person."}
    }
    for path in doc["paths"].values():
        for operation in path.values():
            _mend_form(doc, operation)
    for route in routes:
        for method in route.methods or ():
            _finish(doc["paths"][route.path][method.lower()], rule_of(route), method, route)
    return with_examples(doc)


def _problem_schemas() -> Doc:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}


def _finish(operation: Doc, rule: Rule, method: str, route: APIRoute) -> None:
    """Say of an operation who may use it and how it refuses."""
    words = operation.get("description", "").replace("``", "`")
    operation["summary"] = words.partition(". ")[0].rstrip(".")
    operation["description"] = f"{words}\n\n{_who(rule)}".strip()
    operation["security"] = [] if rule.roles is None else [{"token": []}]
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _without_null(parameter["schema"])
    own = {int(status) for status in route.responses}
    operation["responses"].pop("422", None)  # FastAPI's own words for it
    for status in sorted(_refusals(operation, rule, method, route) - own):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/Refused{status}"}
    _tell_headers(operation)


def _who(rule: Rule) -> str:
    if rule.roles is None:
        return "For anyone, without a token."
    roles = ", ".join(sorted(rule.roles)) or "everybody with a token"
    return f"For: {roles}{'' if rule.reach in (Reach.NONE, Reach.OWN) else '; within their reach'}."


def _without_null(schema: Doc) -> Doc:
    """Return the schema of a parameter: what is optional is left out, never null."""
    kinds = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, **kinds[0]}


def _mend_form(doc: Doc, operation: Doc) -> None:
    """Say of a form's fields too that what is optional is left out, never null."""
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        if kind.startswith("multipart/"):
            fields = doc["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[1]]["properties"]
            fields |= {name: _without_null(one) for name, one in fields.items()}


def _refusals(operation: Doc, rule: Rule, method: str, route: APIRoute) -> set[int]:
    given = {one["name"] for one in operation.get("parameters", ())}
    found = {400, 503}
    if rule.roles is not None:
        found |= {401, 429}
    if rule.roles or method not in SAFE:
        found.add(403)
    if "{" in route.path:
        found.add(404)
    if given or "requestBody" in operation:
        found |= {404, 422}
    if method not in SAFE:
        found |= {404, 409, 413}
    if "If-Match" in given:
        found.add(412)
    if "requestBody" in operation:
        found.add(408)
    return found


def _refusal(status: int) -> Doc:
    example = {
        "type": f"urn:duban:problem:http.{status}",
        "title": PROBLEMS[status],
        "status": status,
        "detail": PROBLEMS[status],
        "instance": "urn:duban:request:9f86d081884c",
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    body = {"application/problem+json": {"schema": schema, "example": example}}
    return {"description": PROBLEMS[status], "content": body} | _HEADERS.get(status, {})


def _tell_headers(operation: Doc) -> None:
    """Say which headers the good answers of a change carry."""
    given = {one["name"] for one in operation.get("parameters", ())}
    for status, answer in operation["responses"].items():
        if not status.startswith("2"):
            continue
        headers = answer.setdefault("headers", {})
        if "dry_run" in given:
            headers["Duban-Dry-Run"] = _header("With dry_run.", {"const": "true", "type": "string"})
            headers["Idempotency-Replayed"] = _header("Done before.", {"const": "true", "type": "string"})
        if not headers:
            del answer["headers"]


def _header(about: str, schema: Doc, *, required: bool = False) -> Doc:
    return {"description": about, "schema": schema, "required": required}


_HEADERS: Mapping[int, Doc] = {
    401: {"headers": {"WWW-Authenticate": _header("Bearer.", {"type": "string"}, required=True)}},
    429: {"headers": {"Retry-After": _header("Seconds to wait.", {"type": "integer"}, required=True)}},
}
