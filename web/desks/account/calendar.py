"""My deadlines in a calendar: a secret address that calendars fetch from, shown once and renewed at will."""

from hashlib import sha256

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from engine.accounts.feeds import end_feed, person_of_feed, renew
from engine.feed_calendar import feed
from web.access import allow, allow_anyone
from web.pictures.qr import qr_picture
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()


@router.post("/me/calendar")
@allow(reach=Reach.OWN)
def make_feed(visit: VisitDep) -> Response:
    """Give my calendar a new address and show it, this once; an old one leads nowhere any more."""
    with visit.write() as conn:
        token = renew(conn, visit.me.person_id, now=visit.now)
    address = f"{_base(visit)}/feeds/{token}.ics"
    webcal = f"webcal://{address.partition('://')[2]}"
    picture = qr_picture(webcal, key="feed", lang=visit.lang, title=visit.say("account.feed_scan"))
    return visit.page("account/calendar.html", address=address, webcal=webcal, picture=picture)


@router.post("/me/calendar/end")
@allow(reach=Reach.OWN)
def end_my_feed(visit: VisitDep) -> Response:
    """Take my calendar off its address."""
    with visit.write() as conn:
        end_feed(conn, visit.me.person_id)
    return visit.see_other("/me#calendar", told="account.feed_ended")


@router.get("/feeds/{token}.ics")
@allow_anyone()
def calendar_feed(token: str, visit: VisitDep) -> Response:
    """Give a calendar the deadlines of the person whose secret address it knows."""
    with visit.read() as conn:
        person_id = person_of_feed(conn, token)
        if person_id is None:
            raise HTTPException(404)
        calendar = feed(conn, person_id, now=visit.now, base_url=_base(visit))
    mark = f'"{sha256(calendar).hexdigest()[:32]}"'
    headers = {"etag": mark, "cache-control": "private, no-cache"}
    if mark in visit.request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers=headers)
    return Response(calendar, media_type="text/calendar; charset=utf-8", headers=headers)


def _base(visit: Visit) -> str:
    return str(visit.home.settings.base_url).rstrip("/")
