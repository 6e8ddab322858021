"""One request of one person: who, when, in which language, and how to answer."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv6Network
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import Depends, HTTPException, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.accounts.sessions import session_of, touch
from engine.home import Home
from web.csrf import token_for
from web.headers import MAIL_POLICY
from web.limits import FIELD, FIELDS, FILES
from web.office import Office
from web.told import TOLD, Told, read_told, write_told
from web.viewer import Desk, Viewer, viewer_of
from web.words import said

SESSION = "duban_session"
VISITOR = "duban_visitor"
LANG = "duban_lang"
_LANGS = ("zh", "en")


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request. ``viewer`` is None before sign-in."""

    request: Request
    office: Office
    now: datetime
    viewer: Viewer | None
    lang: str
    told: Told | None = None
    _form: FormData | None = field(default=None)

    @property
    def home(self) -> Home:
        """Return the home that is served."""
        return self.office.home

    @property
    def me(self) -> Viewer:
        """Return the viewer of a page that asks for one."""
        if self.viewer is None:
            raise LookupError("this page lets in people who have not signed in")
        return self.viewer

    @property
    def path(self) -> str:
        """Return the path and query asked for."""
        return address_of(self.request)

    @property
    def desk(self) -> Desk | None:
        """Return the desk that the page belongs to, else the viewer's first."""
        chosen = self.request.query_params.get("desk") or self.office.desk_of(self.request.scope["path"])
        mine = self.viewer.desks if self.viewer else ()
        return next((desk for desk in mine if desk == chosen), next(iter(mine), None))

    @property
    def demo(self) -> bool:
        """Return whether the home is a demonstration that goes by a clock of its own."""
        return self.office.demo

    @property
    def is_htmx(self) -> bool:
        """Return whether a part of a page is asked for, not a whole one."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def device(self) -> str:
        """Return what the browser calls itself."""
        return self.request.headers.get("user-agent", "")[:300]

    @property
    def network(self) -> str:
        """Return where the request came from, for rate limits only: an address, or a whole IPv6 network."""
        host = self.request.client.host if self.request.client else ""
        try:
            return str(IPv6Network(f"{host}/64", strict=False)) if ":" in host else host[:64]
        except ValueError:
            return host[:64]

    def read(self) -> AbstractContextManager[Connection]:
        """Run one transaction that only looks."""
        return self.home.database.read()

    def write(self, *, dry_run: bool = False) -> AbstractContextManager[Connection]:
        """Run one transaction that may change rows; all is thrown away after a ``dry_run``."""
        return self.home.database.rehearse() if dry_run else self.home.database.write()

    async def form_data(self) -> FormData:
        """Return the fields and files of the form, read once."""
        if self._form is None:
            try:
                self._form = await self.request.form(max_files=FILES, max_fields=FIELDS, max_part_size=FIELD)
            except (UnicodeError, LookupError, ValueError) as error:  # an encoding that is none
                raise HTTPException(400) from error
        return self._form

    async def close(self) -> None:
        """Let go of the files of the form."""
        if self._form is not None:
            await self._form.close()

    @property
    def binding(self) -> str:
        """Return the cookie that forms are bound to."""
        return self.cookie(SESSION) or self.cookie(VISITOR) or ""

    def cookie(self, name: str) -> str | None:
        """Return the value of one of our cookies."""
        return self.request.cookies.get(self.office.cookie(name))

    def say(self, key: str, **values: object) -> str:
        """Return a message in the visitor's language."""
        return said(key, self.lang, **values)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Answer with a page."""
        return self._finished(self.office.pages.whole(template, self._known(values, status)), status)

    def fragment(self, template: str, block: str, *, status: int = 200, **values: Any) -> Response:
        """Answer with one block of a page."""
        html = self.office.pages.block(template, block, self._known(values, status))
        return self._finished(html, status)

    def mail(self, html: str) -> Response:
        """Answer with a mail as it will look, for a frame in which nothing can run."""
        headers = {"content-security-policy": MAIL_POLICY, "x-frame-options": "SAMEORIGIN"}
        return HTMLResponse(html, headers=headers)

    def _known(self, values: dict[str, Any], status: int) -> dict[str, Any]:
        fresh = self.binding or self.office.new_visitor()
        self.request.state.visitor = fresh
        return {**values, "visit": self, "status": status, "csrf": token_for(fresh)}

    def _finished(self, html: str, status: int) -> Response:
        answer = HTMLResponse(html, status_code=status)
        if not self.binding:
            self.set_cookie(answer, VISITOR, self.request.state.visitor)
        if self.told is not None and not self.is_htmx:
            self.delete_cookie(answer, TOLD)
        return answer

    def see_other(
        self, path: str, *, told: str | None = None, tone: str = "done", **values: object
    ) -> Response:
        """Answer with the way to a page of ours (303), where the sentence ``told`` is shown once."""
        where = path if is_ours(path) else "/"
        answer: Response = RedirectResponse(quote(where, safe="/?=&%#:,+~@-._!$'()*;"), status_code=303)
        if self.is_htmx:
            answer = Response(status_code=204, headers={"hx-redirect": answer.headers["location"]})
        if told is not None:
            note = Told(text=self.say(told, **values), tone=tone)
            self.set_cookie(answer, TOLD, write_told(note, self.office.secret), max_age=60)
        return answer

    def set_cookie(self, answer: Response, name: str, value: str, *, max_age: int | None = None) -> None:
        """Set one of our cookies: not for scripts, not for other sites, over TLS only where there is TLS."""
        tls, whole = self.office.tls, self.office.cookie(name)
        answer.set_cookie(whole, value, max_age=max_age, path="/", httponly=True, samesite="lax", secure=tls)

    def delete_cookie(self, answer: Response, name: str) -> None:
        """Take one of our cookies away."""
        tls, whole = self.office.tls, self.office.cookie(name)
        answer.delete_cookie(whole, path="/", httponly=True, samesite="lax", secure=tls)


def is_ours(path: str) -> bool:
    """Return whether a path leads to a page of ours and nowhere else."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return False
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc


def address_of(request: Request) -> str:
    """Return the path and query asked for, as they came: percent-encoded, whatever the host header says."""
    raw: bytes = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    path, query = raw.decode("ascii", "replace"), request.scope["query_string"].decode("ascii", "replace")
    return f"{path}?{query}" if query else path


def stranger(request: Request) -> Visit:
    """Return the visit of a browser of which nothing is known."""
    office: Office = request.app.state.office
    visit = Visit(request=request, office=office, now=office.clock(), viewer=None, lang="zh")
    visit.lang = _lang_of(visit)
    return visit


def visit_of_page(request: Request) -> Visit:
    """Return the visit of a browser: known by its session cookie, if it has a good one."""
    visit = arriving(request)
    recognise(visit)
    return visit


def arriving(request: Request) -> Visit:
    """Return the visit of a browser before it is found out whose it is."""
    visit = stranger(request)
    visit.told = read_told(visit.cookie(TOLD), visit.office.secret)
    return visit


def recognise(visit: Visit) -> None:
    """Find out whose browser it is, by its session cookie."""
    token = visit.cookie(SESSION)
    if token:
        visit.viewer = _viewer(visit, token)
    if visit.viewer is not None and visit.cookie(LANG) is None:
        visit.lang = visit.viewer.lang


def _viewer(visit: Visit, token: str) -> Viewer | None:
    with visit.read() as conn:
        session = session_of(conn, token, now=visit.now)
        viewer = viewer_of(conn, session, now=visit.now) if session else None
    if session is not None and session.is_stale(visit.now):
        with visit.write() as conn:
            touch(conn, session.id, now=visit.now)
    return viewer


def _lang_of(visit: Visit) -> str:
    chosen = visit.cookie(LANG)
    if chosen in _LANGS:
        return chosen
    wanted = visit.request.headers.get("accept-language", "zh")
    return "en" if wanted.lower().startswith("en") else "zh"


async def _visit(request: Request) -> Visit:
    visit: Visit = request.state.visit
    return visit


VisitDep = Annotated[Visit, Depends(_visit)]
