"""``duban commend``: whom to commend by the notice's criteria, decided by two admins."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from cli.called import Names, names_of
from cli.command import new_app
from cli.commending import proposal_form, show_proposal
from cli.desk import actor, opened, require_admin
from cli.files import write_bytes
from cli.now import now
from cli.options import As, Json, Reason
from cli.show import as_json, tell
from engine.commendation.adjusting import Wish
from engine.commendation.adjusting import adjust as adjust_list
from engine.commendation.deciding import approve as approve_list
from engine.commendation.deciding import put_forward as put_list_forward
from engine.commendation.deciding import send_back as send_list_back
from engine.commendation.proposal import Proposal, proposal_of
from engine.commendation.proposal import propose as propose_list
from engine.commendation.sheet import write_sheet
from engine.commendation.upward import upward_of

app = new_app()

Notice = Annotated[str, typer.Argument(metavar="NOTICE_ID")]
All = Annotated[bool, typer.Option("--all")]


@app.command("show")
def show(notice: Notice, *, all_: All = False, who: As = None, json: Json = False) -> None:
    """Show the list as it stands."""
    with opened() as home, home.database.read() as conn:
        found = proposal_of(conn, notice, now=now(), store=home.store)
        require_admin(actor(conn, who), region=found.schedule.region)
        _show(found, _signers(conn, found), everybody=all_, json=json)


@app.command("propose")
def propose(notice: Notice, *, who: As = None, json: Json = False) -> None:
    """Draw the list up."""
    with opened() as home, home.database.write() as conn:
        acting = actor(conn, who)
        found = propose_list(conn, notice, actor=acting, now=now(), store=home.store)
        names = _signers(conn, found)
    _show(found, names, everybody=False, json=json)


@app.command("adjust")
def adjust(  # noqa: PLR0913  a command has as many parameters as options
    notice: Notice,
    act: Annotated[str, typer.Argument(metavar="ACT")],
    key: Annotated[str, typer.Argument(metavar="KEY")],
    *,
    award: Annotated[str | None, typer.Option("--award", metavar="AWARD")] = None,
    place: Annotated[int | None, typer.Option("--place", metavar="N")] = None,
    reason: Reason = None,
    who: As = None,
    json: Json = False,
) -> None:
    """Change the list by hand."""
    wish = Wish(award=award or _award_of(key), key=key, act=act, reason=reason or "", place=place)
    with opened() as home, home.database.write() as conn:
        acting = actor(conn, who)
        found = adjust_list(conn, notice, wish, actor=acting, now=now(), store=home.store)
        names = _signers(conn, found)
    if not json:
        tell("commend.adjusted")
    _show(found, names, everybody=False, json=json)


@app.command("put-forward")
def put_forward(notice: Notice, *, who: As = None, json: Json = False) -> None:
    """Sign the list first."""
    with opened() as home, home.database.write() as conn:
        acting = actor(conn, who)
        found = put_list_forward(conn, notice, actor=acting, now=now(), store=home.store)
        names = _signers(conn, found)
    if json:
        as_json(proposal_form(found, names))
    else:
        tell("commend.put_forward", hash=found.hash[:16])


@app.command("approve")
def approve(notice: Notice, *, who: As = None, json: Json = False) -> None:
    """Sign the list second."""
    with opened() as home, home.database.write() as conn:
        found = approve_list(conn, notice, actor=actor(conn, who), now=now())
        names = _signers(conn, found)
    if json:
        as_json(proposal_form(found, names))
    else:
        tell("commend.approved", activities=len(found.commended), mails=found.chain.mails)


@app.command("send-back")
def send_back(notice: Notice, *, reason: Reason = None, who: As = None, json: Json = False) -> None:
    """Give the list back."""
    with opened() as home, home.database.write() as conn:
        found = send_list_back(conn, notice, actor=actor(conn, who), now=now(), reason=reason or "")
        names = _signers(conn, found)
    if json:
        as_json(proposal_form(found, names))
    else:
        tell("commend.sent_back")


@app.command("sheet")
def sheet(notice: Notice, file: Annotated[Path, typer.Argument(metavar="FILE")], *, who: As = None) -> None:
    """Write the recommendation sheet."""
    with opened() as home, home.database.read() as conn:
        found = proposal_of(conn, notice, now=now(), store=home.store)
        require_admin(actor(conn, who), region=found.schedule.region)
        data = write_sheet(found, _signers(conn, found), upward_of(conn, found.schedule))
    write_bytes(file, data)
    tell("commend.written", file=file)


def _show(found: Proposal, names: Names, *, everybody: bool, json: bool) -> None:
    if json:
        as_json(proposal_form(found, names))
    else:
        show_proposal(found, names, everybody=everybody)


def _signers(conn: Connection, found: Proposal) -> Names:
    signed = (found.chain.first, found.chain.second)
    return names_of(conn, [one.actor for one in signed if one])


def _award_of(key: str) -> str:
    """Return the award that the number of a candidate belongs to."""
    kind, colon, _ = key.partition(":")
    return kind if colon else "activity"
