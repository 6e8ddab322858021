"""The document of the API: OpenAPI 3.1, complete, its examples right; and the page made from it."""

import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.web.api.conftest import ROOT
from tests.web.browser import Browser
from web.access import rule_of
from web.api.bodies_case import Trigger
from web.api.prose import paragraphs
from web.api.reference import the_document
from web.api.rooms import ROOMS
from workflows.registry import lifecycle

GUIDES = Path(__file__).parents[3] / "docs"
DOC = the_document()
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOC["paths"].items()
    for method, operation in methods.items()
]
NAMES = [operation["operationId"] for _, _, operation in OPERATIONS]
every_operation = pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part of the document for which another may stand."""
    if "$ref" not in part:
        return part
    kind, name = part["$ref"].split("/")[-2:]
    found: dict[str, Any] = DOC["components"][kind][name]
    return found


def bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every body of an operation that is JSON, its request's first."""
    parts = [operation.get("requestBody", {}), *operation["responses"].values()]
    contents = [resolved(part).get("content", {}) for part in parts]
    return [body for content in contents for kind, body in content.items() if "json" in kind]


@every_operation
def test_every_example_fits_its_schema(method: str, path: str, operation: dict[str, Any]) -> None:
    for body in bodies(operation):
        schema = {**body["schema"], "components": DOC["components"]}
        judge = jsonschema_rs.validator_for(schema, validate_formats=True)
        assert [str(error) for error in judge.iter_errors(body["example"])] == []


@every_operation
def test_every_operation_says_what_it_does_for_whom_and_how_it_refuses(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert operation["summary"]
    assert "For" in operation["description"]
    assert {"400", "503"} <= operation["responses"].keys()
    assert operation["security"] == [] or {"401", "429"} <= operation["responses"].keys()


@every_operation
def test_every_change_can_be_tried_and_asked_again(method: str, path: str, operation: dict[str, Any]) -> None:
    only_looks = {
        *("plan_schedule", "plan_new_notice", "plan_reading", "try_template", "start_verification"),
        *("mark_sheet", "mark_official_sheet", "compare_kept_checkpoint"),
    }
    given = {one["name"] for one in operation.get("parameters", ())}

    changes = method != "get" and operation["operationId"] not in only_looks

    assert ({"dry_run", "Idempotency-Key"} <= given) is changes


def test_no_name_is_given_twice() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_every_route_of_the_api_is_in_the_document() -> None:
    routes = [route for room in ROOMS for route in room.routes]

    assert {route.path for route in routes} - DOC["paths"].keys() == set()  # type: ignore[attr-defined]  # all are
    assert all(rule_of(route) for route in routes)  # type: ignore[arg-type]  # all are routes of the API


def test_a_step_is_one_of_the_lifecycles() -> None:
    known = {step.trigger for kind in ("activity", "report") for step in lifecycle(kind).steps}

    assert set(Trigger) == known


def test_the_document_is_valid_and_anyones(app: Any) -> None:
    answer = Browser(app).get(f"{ROOT}/openapi.json")

    assert answer.json()["openapi"].startswith("3.1")
    assert answer.json() == DOC


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_every_operation(app: Any, lang: str) -> None:
    page = Browser(app, lang=lang).get("/api").text

    assert all(f'id="{name}"' in page for name in NAMES)
    assert '<script src="http' not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_guide_names_operations_that_there_are(lang: str) -> None:
    text = (GUIDES / lang / "8-api.md").read_text("utf-8")
    named = re.findall(r"\b(GET|POST|PUT|DELETE) (/[\w/{}.-]+)", text)

    known = {(method.upper(), path) for method, path, _ in OPERATIONS}
    meant = {(method, path.replace("QZ-2023-0042", "{ref}")) for method, path in named}

    assert meant - known == set()
    assert len(meant) > 20


def test_the_texts_of_the_document_are_taken_apart_for_the_page() -> None:
    told = paragraphs("One `two`.\n\n* **three**: four\n  five\n* *six*")

    assert [[tuple(piece) for piece in line] for line in told] == [
        [("plain", "One "), ("code", "two"), ("plain", ".")],
        [("strong", "three"), ("plain", ": four five")],
        [("em", "six")],
    ]
