"""Problem details of the API (RFC 9457), with every blocker where a step is blocked."""

from typing import Any

from fastapi import Request

from config.errors import UserError
from config.schedule import Name
from engine.do import StepsBlocked
from engine.field_problems import FieldProblems
from engine.official.headings import Guess
from engine.official.problems import HeadingsAsked
from engine.sheets.problems import SheetRefused
from web.visit import stranger
from workflows.blockers import Blocker
from workflows.wording import say

MACHINES = ("/api/", "/healthz", "/metrics")
"""Where programs ask: they are answered with problems, not with pages."""


def problem_of(
    request: Request,
    status: int,
    text: Name,
    *,
    error: UserError | None = None,
    fields: tuple[tuple[str, str], ...] = (),
) -> dict[str, Any]:
    """Return a refusal as data. ``type`` is a stable name, ``detail`` is in the reader's language."""
    visit = getattr(request.state, "visit", None) or stranger(request)
    lang = visit.lang
    code = error.code if error and error.code else f"http.{status}"
    body: dict[str, Any] = {
        "type": f"urn:duban:problem:{code}",
        "title": text.in_("en").partition("\n")[0][:200],
        "status": status,
        "detail": text.in_(lang),
        "instance": f"urn:duban:request:{request.state.request_id}",
    }
    if isinstance(error, StepsBlocked):
        body["blocked"] = [
            {"ref": one.ref, "blockers": [blocker_data(b, lang) for b in one.blockers]}
            for one in error.blocked
        ]
    wrong: list[dict[str, Any]] = [_wrong(name, words) for name, words in fields]
    if isinstance(error, FieldProblems):
        wrong += [_wrong(f"body.{name}", words.in_(lang)) for name, words in error.problems]
    if isinstance(error, SheetRefused):
        wrong += [
            {"row": one.row, "column": one.column, "detail": one.en if lang == "en" else one.zh}
            for one in error.problems
        ]
    if isinstance(error, HeadingsAsked):
        body["headings"] = [_heading(one, error) for one in error.guesses]
        body["missing"] = list(error.missing)
    return body | ({"errors": wrong} if wrong else {})


def _heading(one: Guess, error: HeadingsAsked) -> dict[str, Any]:
    """Return a heading never seen, with the column that it may mean."""
    column = error.names[one.item] if one.item else None
    return {"heading": one.heading, "column": column, "likeness": one.likeness}


def _wrong(place: str, detail: str) -> dict[str, Any]:
    """Return what is wrong with one value: in the body by its JSON pointer, else by its parameter."""
    where, _, rest = place.partition(".")
    if where != "body":
        return {"parameter": rest, "detail": detail}
    steps = [step.replace("~", "~0").replace("/", "~1") for step in rest.split(".") if step]
    return {"pointer": "/".join(("#", *steps)), "detail": detail}


def blocker_data(one: Blocker, lang: str) -> dict[str, Any]:
    """Return a blocker as data with its sentence."""
    return {
        "code": one.code,
        "params": dict(one.params),
        "clears_on": one.clears_on.isoformat() if one.clears_on else None,
        "fix": one.fix,
        "text": say(one, lang),
    }
