"""Who may ask for what: every route says it, one dependency checks it, a test reads it off the route table.

A person who has the role somewhere but not where the thing is gets 404: nobody learns what exists elsewhere.
"""

from asyncio import Semaphore
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from config.schedule import Role
from web.bearer import bearer
from web.csrf import FIELD, HEADER, fits, from_elsewhere
from web.reach import Reach, reaches
from web.visit import Visit, visit_of_page

F = TypeVar("F", bound=Callable[..., Any])

AT_ONCE = 2
"""So many slow answers are worked out at once: the others wait, and keep no thread from quick ones."""

_SLOW = "slow"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST = 200  # characters of a part of a path
_DIGITS = 18  # more are the number of no row


class Door(StrEnum):
    """By what a visitor is known: a cookie for pages, a token for the API."""

    PAGE = "page"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may use a route. ``roles`` None: anyone at all; empty: anyone signed in.

    ``slow``: its answer can take many seconds.
    """

    roles: frozenset[Role] | None
    reach: Reach = Reach.NONE
    door: Door = Door.PAGE
    uploads: bool = False
    slow: bool = False


class NotSignedIn(Exception):
    """The page is for people who have signed in."""


class Forbidden(Exception):
    """The person has no such role anywhere."""


class ForeignForm(Forbidden):
    """The form came from elsewhere, or from before this browser signed in anew."""


def allow(
    *roles: Role,
    reach: Reach = Reach.NONE,
    door: Door = Door.PAGE,
    uploads: bool = False,
    slow: bool = False,
) -> Callable[[F], F]:
    """Let people with one of ``roles`` (none given: everybody signed in) use a route within its ``reach``."""
    return _marked(Rule(roles=frozenset(roles), reach=reach, door=door, uploads=uploads, slow=slow))


def allow_anyone(*, door: Door = Door.PAGE) -> Callable[[F], F]:
    """Let anyone use a route, signed in or not."""
    return _marked(Rule(roles=None, door=door))


def _marked(rule: Rule) -> Callable[[F], F]:
    def mark(handler: F) -> F:
        handler.__access__ = rule  # type: ignore[attr-defined]  # a mark on the function, read by rule_of
        return handler

    return mark


def rule_of(route: APIRoute) -> Rule:
    """Return the rule of a route; TypeError where nobody gave it one."""
    rule = getattr(route.endpoint, "__access__", None)
    if not isinstance(rule, Rule):
        raise TypeError(f"the route {route.path} says nothing of who may use it")
    return rule


async def enforce(request: Request) -> AsyncIterator[None]:
    """Find out who asks, and refuse what their rights do not reach. Runs before and around every handler."""
    if getattr(request.state, "let_in", False):  # the API lets in before it reads a body
        yield
        return
    rule: Rule = request.scope["endpoint"].__access__
    if not all(_names_something(str(value)) for value in request.path_params.values()):
        raise HTTPException(404)
    await run_in_threadpool(_let_in, request, rule)
    visit: Visit = request.state.visit
    try:
        if rule.door is Door.PAGE and request.method not in SAFE:
            await _refuse_foreign_forms(request, visit)
        request.state.let_in = True
        async with _turn(visit) if rule.slow else nullcontext():
            yield
    finally:
        await visit.close()


def _turn(visit: Visit) -> AbstractAsyncContextManager[None]:
    """Return the turn to be waited for by whoever asks for a slow answer."""
    turns = visit.office.parts.setdefault(_SLOW, Semaphore(AT_ONCE))
    if not isinstance(turns, Semaphore):
        raise TypeError(f"the office keeps something else as {_SLOW}")
    return turns


def _names_something(part: str) -> bool:
    return len(part) <= _LONGEST and not (part.isdecimal() and len(part) > _DIGITS)


def _let_in(request: Request, rule: Rule) -> None:
    api = rule.door is Door.API
    visit = bearer(request, needed=rule.roles is not None) if api else visit_of_page(request)
    request.state.visit = visit
    if rule.roles is None:
        return
    if visit.viewer is None:
        raise NotSignedIn
    if rule.roles and not rule.roles & visit.viewer.roles:
        raise Forbidden
    if not reaches(visit, rule.reach, rule.roles, request.path_params):
        raise HTTPException(404)


async def _refuse_foreign_forms(request: Request, visit: Visit) -> None:
    if not visit.binding or from_elsewhere(request.headers, base_url=visit.home.settings.base_url):
        raise ForeignForm
    given = request.headers.get(HEADER) or _field(await visit.form_data())
    if not fits(given, visit.binding):
        raise ForeignForm


def _field(form: FormData) -> str:
    value = form.get(FIELD, "")
    return value if isinstance(value, str) else ""
