"""Signing in with the organisation's account. The callback is the one GET that signs in, each way once."""

from typing import TYPE_CHECKING

import structlog
from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from config.errors import UserError
from engine.accounts.vouched import LASTS, sign_in_vouched, use_once
from web.access import allow_anyone
from web.desks.account.entering import entered, goal_of, sign_in_form
from web.forms import FormDep
from web.sso_way import WAY, Way, new_way, read_way, write_way
from web.visit import Visit, VisitDep

if TYPE_CHECKING:
    from web.sso import Provider

router = APIRouter()
log = structlog.get_logger()


@router.post("/sso/start")
@allow_anyone()
def start(visit: VisitDep, form: FormDep) -> Response:
    """Send somebody to their organisation's sign-in."""
    provider, way = _provider(visit), new_way(goal_of(visit, form.text("next")), now=visit.now)
    from web.sso import departure  # noqa: PLC0415  an extra, which most homes do without

    try:
        address = departure(provider, way)
    except UserError as error:
        return _not_in(visit, error, way.goal, status=502)
    # a page that leads on, not a redirect: a form of ours may not end at another site (form-action)
    answer = visit.page("account/leaving.html", address=address)
    visit.set_cookie(answer, WAY, write_way(way, visit.office.secret), max_age=int(LASTS.total_seconds()))
    return answer


@router.get("/sso/callback")
@allow_anyone()
def callback(visit: VisitDep) -> Response:
    """Sign in whom the organisation sends back, if they left from this browser and its word is good."""
    provider = _provider(visit)
    way = read_way(visit.cookie(WAY) or "", visit.office.secret, now=visit.now)
    try:
        answer = _arrived(visit, provider, way)
    except UserError as error:
        answer = _not_in(visit, error, way.goal if way else "/", status=403)
    visit.delete_cookie(answer, WAY)
    return answer


def _arrived(visit: Visit, provider: "Provider", way: Way | None) -> Response:
    from web.sso import refused, verified_address  # noqa: PLC0415  as above

    given = visit.request.query_params
    if way is None or given.get("state") != way.state or "code" not in given:
        raise refused()
    with visit.write() as conn:
        use_once(conn, way.state, now=visit.now)
    address = verified_address(provider, way, given["code"], now=visit.now)
    with visit.write() as conn:
        token = sign_in_vouched(conn, address, device=visit.device, now=visit.now)
    if token is None:
        raise _nobody(address)
    return entered(visit, token, way.goal)


def _not_in(visit: Visit, error: UserError, goal: str, *, status: int) -> Response:
    """Answer with the sign-in page; the log says what was not right, and nothing of whom."""
    log.warning("sso", code=error.code, cause=type(error.__cause__).__name__)
    return sign_in_form(visit, status=status, goal=goal, refused=error.text)


def _provider(visit: Visit) -> "Provider":
    """Return the organisation's sign-in; 404 where the settings name none."""
    if visit.home.settings.sso_issuer is None:
        raise HTTPException(404)
    try:
        from web.sso import provider_of  # noqa: PLC0415  as above
    except ImportError as error:
        raise UserError(
            zh="已设好单位统一登录，但没有安装 duban[sso]。请管理员安装后重新启动。",
            en="the organisation's sign-in is set but duban[sso] is not installed; install it and start anew",
            code="sso.not_installed",
        ) from error
    return provider_of(visit.home.settings)


def _nobody(address: str) -> UserError:
    return UserError(
        zh=f"{address} 没有在督办里登记，没有登录。请联系本市管理员登记这个邮箱，或改用已登记的邮箱登录。",
        en=f"{address} is not known to Duban and you are not signed in; ask your city's administrator to"
        " enter it, or sign in by the address that they have",
        code="sso.nobody",
    )
