"""Who may ask for what: every route says it, one dependency checks it, a test reads it off the route table.

A person who has the role somewhere but not where the thing is gets 404: nobody learns what exists elsewhere.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import partial, wraps
from inspect import iscoroutinefunction
from typing import ParamSpec, TypeVar

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from starlette.datastructures import FormData, Headers

from config.schedule import Role
from web.bearer import arriving_program, recognise_bearer
from web.csrf import FIELD, HEADER, fits, from_elsewhere
from web.reach import Reach, reaches
from web.turns import in_turn
from web.visit import Visit, arriving, recognise

P = ParamSpec("P")
R = TypeVar("R")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SHORT = 64 * 1024  # bytes of a body that is read before it is known of whom it is
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
) -> "Marker":
    """Let people with one of ``roles`` (none given: everybody signed in) use a route within its ``reach``."""
    return Marker(Rule(roles=frozenset(roles), reach=reach, door=door, uploads=uploads, slow=slow))


def allow_anyone(*, door: Door = Door.PAGE) -> "Marker":
    """Let anyone use a route, signed in or not."""
    return Marker(Rule(roles=None, door=door))


class Marker:
    """Marks a handler with its rule, and lets it answer when it is its turn."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    def __call__(self, handler: Callable[P, R]) -> Callable[P, Awaitable[R]]:
        """Return what answers in place of ``handler``: it lets in first, and does so in the same turn."""
        slow = self._rule.slow

        @wraps(handler)
        async def answer(*given: P.args, **named: P.kwargs) -> R:
            arrival = _arrived.get()
            if iscoroutinefunction(handler):
                await in_turn(arrival.let_in, changes=arrival.changes)
                found: R = await handler(*given, **named)
                return found
            if slow:
                await in_turn(arrival.let_in, changes=arrival.changes)
            work = partial(arrival.served, partial(handler, *given, **named))
            return await in_turn(work, slow=slow, changes=arrival.changes)

        answer.__access__ = self._rule  # type: ignore[attr-defined]  # a mark on the function, read by rule_of
        return answer


def rule_of(route: APIRoute) -> Rule:
    """Return the rule of a route; TypeError where nobody gave it one."""
    rule = getattr(route.endpoint, "__access__", None)
    if not isinstance(rule, Rule):
        raise TypeError(f"the route {route.path} says nothing of who may use it")
    return rule


class Arrival:
    """One request that came in: who asks is found out once, in a thread, before anything is done for them."""

    def __init__(self, request: Request, rule: Rule) -> None:
        self.asked = False
        self._request = request
        self._rule = rule
        api = rule.door is Door.API
        self.visit = request.state.visit = arriving_program(request) if api else arriving(request)

    @property
    def changes(self) -> bool:
        """Return whether something may be changed."""
        return self._request.method not in SAFE

    def served(self, work: Callable[[], R]) -> R:
        """Do some work for who may come in."""
        self.let_in()
        return work()

    def let_in(self) -> None:
        """Refuse who may not come in."""
        if self.asked:
            return
        self.asked = True
        rule, visit = self._rule, self.visit
        if rule.door is Door.API:
            recognise_bearer(visit, needed=rule.roles is not None)
        else:
            recognise(visit)
        if rule.roles is None:
            return
        if visit.viewer is None:
            raise NotSignedIn
        if rule.roles and not rule.roles & visit.viewer.roles:
            raise Forbidden
        if not reaches(visit, rule.reach, rule.roles, self._request.path_params):
            raise HTTPException(404)


_arrived: ContextVar[Arrival] = ContextVar("arrived")


async def enforce(request: Request) -> AsyncIterator[None]:
    """Let nobody reach a handler who may not. Runs before and around every handler, which asks for the rest.

    A long body is read for those only who were let in before; whatever is wrong with a short one is told to
    nobody else.
    """
    if getattr(request.state, "let_in", False):  # the API lets in before it reads a body
        yield
        return
    rule: Rule = request.scope["endpoint"].__access__
    if not all(_names_something(str(value)) for value in request.path_params.values()):
        raise HTTPException(404)
    arrival = Arrival(request, rule)
    _arrived.set(arrival)
    try:
        if _is_short(request.headers):
            await request.body()  # nobody waits in the queue for who is still sending
        else:
            await in_turn(arrival.let_in, changes=arrival.changes)
        if rule.door is Door.PAGE and arrival.changes:
            await _refuse_foreign_forms(request, arrival.visit)
        request.state.let_in = True
        yield
    except Exception:
        if not arrival.asked:
            await in_turn(arrival.let_in, changes=arrival.changes)
        raise
    finally:
        await arrival.visit.close()


def _is_short(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    return "transfer-encoding" not in headers and len(length) < _DIGITS and int(length) <= _SHORT


def _names_something(part: str) -> bool:
    return len(part) <= _LONGEST and not (part.isdecimal() and len(part) > _DIGITS)


async def _refuse_foreign_forms(request: Request, visit: Visit) -> None:
    if not visit.binding or from_elsewhere(request.headers, base_url=visit.home.settings.base_url):
        raise ForeignForm
    given = request.headers.get(HEADER) or _field(await visit.form_data())
    if not fits(given, visit.binding):
        raise ForeignForm


def _field(form: FormData) -> str:
    value = form.get(FIELD, "")
    return value if isinstance(value, str) else ""
