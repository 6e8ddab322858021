"""The visit of a program: known by the API token that it carries, never by a cookie."""

from fastapi import HTTPException, Request

from engine.accounts.api_tokens import Bearer, token_person, touch_token
from engine.actors import actor_of
from web.pace import Pace
from web.viewer import Viewer
from web.visit import Visit

_PACE = "api_pace"


class NoToken(Exception):
    """The API was asked without a good token, or one that only looks was used to change something."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def arriving_program(request: Request) -> Visit:
    """Return the visit of a program before it is found out whose it is."""
    office = request.app.state.office
    lang = "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"
    return Visit(request=request, office=office, now=office.clock(), viewer=None, lang=lang)


def recognise_bearer(visit: Visit, *, needed: bool) -> None:
    """Find out whose program it is, by its token; NoToken where one is needed and none is good."""
    request = visit.request
    if needed:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        visit.viewer = _viewer(visit, token.strip() if kind.lower() == "bearer" else "")
    if visit.viewer and not visit.viewer.writes and request.method not in ("GET", "HEAD", "OPTIONS"):
        raise NoToken(403)


def _viewer(visit: Visit, token: str) -> Viewer:
    with visit.read() as conn:
        found = token_person(conn, token, now=visit.now) if token else None
        if found is None:
            raise NoToken(401)
        _keep_pace(visit, found)
        actor = actor_of(conn, found.person_id, now=visit.now)
    if found.is_stale(visit.now):
        with visit.write() as conn:
            touch_token(conn, found.id, now=visit.now)
    return Viewer(
        person_id=found.person_id,
        name=found.name,
        email=found.email,
        lang=found.lang,
        actor=actor,
        writes=found.writes,
    )


def _keep_pace(visit: Visit, found: Bearer) -> None:
    """Refuse a token that asks too often; HTTPException 429 says for how long."""
    parts = visit.office.parts
    pace = parts.setdefault(_PACE, Pace())
    wait = pace.wait(found.id) if isinstance(pace, Pace) else 0
    if wait:
        raise HTTPException(429, headers={"retry-after": str(wait)})
