"""What every page of one case begins with: the case as it is now, and a key against double clicks."""

from secrets import token_urlsafe
from typing import Any

from config.schedule import Role
from engine.case_file import CaseFile, case_file
from web.forms import Form, empty_form
from web.visit import Visit

ACTING = frozenset({Role.COORDINATOR, Role.LEAD, Role.ADMIN})
"""Roles that do something with cases; they also see whom to call."""


def file_of(visit: Visit, ref: str) -> CaseFile:
    """Return a case with all around it, as the viewer sees it."""
    home, me = visit.home, visit.me
    with visit.read() as conn:
        return case_file(conn, ref, actor=me.actor, now=visit.now, store=home.store, local=visit.office.zone)


def known(visit: Visit, file: CaseFile, form: Form | None = None, *, stale: bool = False) -> dict[str, Any]:
    """Return the values that every template of a case knows; ``stale``: somebody was faster."""
    view = file.view
    return {
        "file": file,
        "view": view,
        "case": view.case,
        "form": empty_form(visit) if form is None else form,
        "key": token_urlsafe(16),
        "today": visit.now.astimezone(visit.office.zone).date(),
        "may": frozenset(one.trigger for one in view.steps),
        "acts": bool(ACTING & set(view.roles)),
        "admin": Role.ADMIN in view.roles,
        "stale": stale,
    }
