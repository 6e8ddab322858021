"""Tokens of my programs: made with an end, shown once, taken back."""

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from config.errors import UserError
from engine.accounts.api_tokens import make, revoke
from web.access import allow
from web.desks.account.mine import Number, account_page, end_of
from web.forms import FormDep
from web.reach import Reach
from web.visit import VisitDep

router = APIRouter()


@router.post("/me/tokens")
@allow(reach=Reach.OWN)
def make_token(visit: VisitDep, form: FormDep) -> Response:
    """Make a token and show it, this once."""
    name, last = form.text("token_name", required=True), form.day("token_until", required=True)
    if last is None or form.problems:
        return account_page(visit, status=422, form=form)
    writes, until = form.text("token_reach") == "write", end_of(visit, last)
    try:
        with visit.write() as conn:
            token = make(conn, visit.me.person_id, name=name, writes=writes, expires_at=until, now=visit.now)
    except UserError as error:
        form.note({"token_until" if error.code == "token.end" else "token_name": error.text})
        return account_page(visit, status=422, form=form)
    return visit.page("account/token.html", token=token, name=name, writes=writes, last=last)


@router.post("/me/tokens/{number}/revoke")
@allow(reach=Reach.OWN)
def revoke_token(number: Number, visit: VisitDep) -> Response:
    """Take a token back: no program comes in with it any more."""
    with visit.write() as conn:
        done = revoke(conn, number, person_id=visit.me.person_id, now=visit.now)
    if not done:
        raise HTTPException(404)
    return visit.see_other("/me#tokens", told="account.token_revoked")
