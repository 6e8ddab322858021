"""``duban mail``: what was sent and what waits; releasing, retrying, holding, testing."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from cli.command import new_app
from cli.desk import actor, opened, settings
from cli.exits import Exit
from cli.files import write_text
from cli.labels import state_label, state_of
from cli.mail_view import COLUMNS, mail_form, mail_row, read_mail, show_mail
from cli.now import now
from cli.options import As, Json, PageNumber, PerPage, Reason, State
from cli.show import as_json, foot, page_json, table, tell
from cli.testing_mail import send_test
from cli.words import refusal
from engine import mail_actions
from engine.mailbox import list_mails
from notifications.outcome import Answer

app = new_app()

Number = Annotated[int, typer.Argument(metavar="NUMBER")]
Numbers = Annotated[list[int], typer.Argument(metavar="NUMBER")]


@app.command("list")
def list_(
    *,
    state: State = None,
    uncertain: Annotated[bool, typer.Option("--uncertain")] = False,
    page: PageNumber = 1,
    per_page: PerPage = 50,
    json: Json = False,
) -> None:
    """List the mails, newest first."""
    chosen = state_of(state, "message") if state else None
    with opened() as home, home.database.read() as conn:
        found = list_mails(conn, now=now(), state=chosen, uncertain=uncertain, page=page, per_page=per_page)
    if json:
        page_json(found)
    elif found.total:
        table(COLUMNS, [mail_row(one) for one in found.items])
        foot(found)
    else:
        tell("mail.none")


@app.command("show")
def show(
    number: Number,
    *,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE")] = None,
    json: Json = False,
) -> None:
    """Show one mail as it was sent, or as it would be now."""
    with opened() as home, home.database.read() as conn:
        mail = read_mail(conn, number, office=home.office(), now=now())
    if html is not None:
        if mail.rendered is None:
            raise refusal("mail.nothing_left", number=number)
        write_text(html, mail.rendered.html)
    if json:
        as_json(mail_form(mail))
    else:
        show_mail(mail)
        if html is not None:
            tell("file.written", file=html)


@app.command("release")
def release(numbers: Numbers, *, reason: Reason = None, who: As = None, json: Json = False) -> None:
    """Release mails that wait for review."""
    _move(mail_actions.release, numbers, reason=reason, who=who, json=json)


@app.command("retry")
def retry(numbers: Numbers, *, reason: Reason = None, who: As = None, json: Json = False) -> None:
    """Send mails again that are held or failed."""
    _move(mail_actions.retry, numbers, reason=reason, who=who, json=json)


@app.command("hold")
def hold(numbers: Numbers, *, reason: Reason = None, who: As = None, json: Json = False) -> None:
    """Hold mails that have not left yet."""
    _move(mail_actions.hold, numbers, reason=reason, who=who, json=json)


@app.command("test")
def test(address: Annotated[str, typer.Argument(metavar="ADDRESS")], *, json: Json = False) -> int:
    """Send a test mail; ends with 1 unless the server took it."""
    outcome, where = send_test(settings(), address, now=now())
    if json:
        as_json(
            {
                "answer": outcome.answer,
                "detail": outcome.detail,
                "whole_host": outcome.whole_host,
                "by": where,
            }
        )
    else:
        tell(f"mail.{outcome.answer}", address=address, where=where, detail=outcome.detail or "–")
    return Exit.OK if outcome.answer is Answer.ACCEPTED else Exit.REFUSED


def _move(
    action: Callable[..., Mapping[int, str]],
    numbers: list[int],
    *,
    reason: str | None,
    who: str | None,
    json: bool,
) -> None:
    with opened() as home, home.database.write() as conn:
        states = action(conn, numbers, actor=actor(conn, who), now=now(), reason=reason)
    if json:
        as_json([{"number": number, "state": state} for number, state in states.items()])
        return
    for number, state in states.items():
        tell("mail.moved", number=number, state=state_label("message", state))
