"""A change asked for by a program: only tried, or done once for its key, over the version that was seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated, NamedTuple

import orjson
from fastapi import Depends, Header, HTTPException, Query, Request
from pydantic import BaseModel
from sqlalchemy import Connection
from starlette.datastructures import UploadFile
from starlette.responses import Response

from engine.answers import Asked, answer_once
from web.visit import Visit, VisitDep

DRY_RUN = "duban-dry-run"
REPLAYED = "idempotency-replayed"

DryRun = Annotated[
    bool,
    Query(description="Do everything and keep nothing: the answer is what it would be, with Duban-Dry-Run."),
]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,200}$",
        description="The same key with the same request gives the first answer again, for a week.",
        examples=["5f0c7f9e-1"],
    ),
]
_Match = Header(
    alias="If-Match",
    pattern=r'^(\*|"[0-9]{1,9}"|[0-9]{1,9})$',
    description="The ETag that was read, or * for any; 412 where it has changed since.",
    examples=["*"],
)
IfMatch = Annotated[str | None, _Match]
MustMatch = Annotated[str, _Match]


class Answer(NamedTuple):
    """What a change is answered with; ``version`` becomes the ETag."""

    body: BaseModel | None
    status: int = 200
    version: int | None = None
    location: str | None = None

    def written(self) -> str:
        """Return all of it as text, to be kept."""
        headers = {} if self.version is None else {"etag": f'"{self.version}"'}
        if self.location is not None:
            headers["location"] = self.location
        body = None if self.body is None else self.body.model_dump(mode="json")
        return orjson.dumps({"status": self.status, "headers": headers, "body": body}).decode()


Work = Callable[[Connection], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change as a request asks for it; ``expect`` is the version that was seen (None: any)."""

    visit: Visit
    fingerprint: str
    dry_run: bool
    key: str | None
    expect: int | None = None

    @property
    def asked(self) -> Asked | None:
        """Return under which key it is asked for, None without one."""
        return None if self.key is None else Asked(self.visit.me.person_id, self.key, self.fingerprint)

    def do(self, work: Work) -> Response:
        """Do the work in one transaction and answer; a refusal changes nothing."""
        with self.visit.write(dry_run=self.dry_run) as conn:
            written, headers = self._done(conn, work)
        return answered(written, headers)

    def _done(self, conn: Connection, work: Work) -> tuple[str, dict[str, str]]:
        if self.dry_run:
            return work(conn).written(), {DRY_RUN: "true"}
        if self.asked is None:
            return work(conn).written(), {}
        kept = answer_once(conn, self.asked, lambda: work(conn).written(), now=self.visit.now)
        return kept.body, {REPLAYED: "true"} if kept.replayed else {}


def answered(written: str, headers: dict[str, str]) -> Response:
    """Return an answer that was written down as a response."""
    kept = orjson.loads(written)
    headers |= kept["headers"]
    if kept["body"] is None:
        return Response(status_code=kept["status"], headers=headers)
    return Response(
        orjson.dumps(kept["body"]), kept["status"], headers=headers, media_type="application/json"
    )


async def _fingerprint(request: Request) -> str:
    """Return what two requests have in common that ask for the same."""
    asked = sha256(f"{request.method} {request.scope['path']}?{request.url.query}\n".encode())
    if request.headers.get("content-type", "").startswith("multipart/"):
        for name, value in (await request.form()).multi_items():
            asked.update(f"{name}={len(value) if isinstance(value, str) else value.filename}\n".encode())
            for piece in _pieces(value):
                asked.update(piece)
    else:
        asked.update(await request.body())
    return asked.hexdigest()


def _pieces(value: UploadFile | str) -> Iterator[bytes]:
    if isinstance(value, str):
        yield value.encode()
        return
    while piece := value.file.read(1024 * 1024):
        yield piece
    value.file.seek(0)


async def _change(request: Request, visit: VisitDep, dry_run: DryRun = False, key: Key = None) -> Change:
    fingerprint = await _fingerprint(request) if key else ""
    return Change(visit=visit, fingerprint=fingerprint, dry_run=dry_run, key=key)


async def _of_version(change: Annotated[Change, Depends(_change)], match: IfMatch = None) -> Change:
    return change if match in (None, "*") else replace(change, expect=int(match.strip('"')))


async def _of_seen(change: Annotated[Change, Depends(_change)], match: MustMatch) -> Change:
    return await _of_version(change, match)


ChangeDep = Annotated[Change, Depends(_change)]
VersionDep = Annotated[Change, Depends(_of_version)]
"""A change of something that has an ETag."""

SeenDep = Annotated[Change, Depends(_of_seen)]
"""A change of something that has to have been read before."""


def told(body: BaseModel, *, version: int | None = None, headers: dict[str, str] | None = None) -> Response:
    """Answer a question."""
    tag = {} if version is None else {"etag": f'"{version}"'}
    return Response(body.model_dump_json(), headers={**(headers or {}), **tag}, media_type="application/json")


def require_version(change: Change, have: int) -> None:
    """Refuse to change what has changed since it was read, where the work itself does not look."""
    if change.expect is not None and change.expect != have:
        raise HTTPException(412)
