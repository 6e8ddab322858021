"""Why a reminder was sent or not: dates by rungs, and the newest decisions in sentences."""

from collections.abc import Sequence

from cli.labels import label, state_label
from cli.moments import local
from cli.notice_view import rung_label
from cli.show import Cell, Column, line, table, tell
from cli.words import say
from engine.why import Answer, Reason

_TONES = {
    Reason.MAILED: "done",
    Reason.NO_ADDRESS: "late",
    Reason.MUTED: "soon",
    Reason.STALE: "soon",
    Reason.PLANNED: "",
}
_NEWEST = 3


def show_why(asked: str, answers: Sequence[Answer]) -> None:
    """Print one screen of answers."""
    if not answers:
        tell("why.nothing", asked=asked)
        return
    many = len({one.ref for one in answers}) > 1
    columns = [
        Column("when"),
        Column("milestone"),
        Column("rung"),
        Column("due"),
        Column("because", wraps=True),
        Column("mail", right=True),
    ]
    table(([Column("number")] if many else []) + columns, [_row(one, many=many) for one in answers])
    settled = [one for one in answers if one.reason is not Reason.PLANNED]
    if settled:
        line()
        for one in settled[-_NEWEST:]:
            line(_sentence(one))


def _row(one: Answer, *, many: bool) -> Sequence[str | Cell]:
    mail = str(one.mail) if one.mail else ""
    because = Cell(_because(one), _TONES.get(one.reason, "quiet"))
    row: list[str | Cell] = [
        local(one.at),
        one.milestone,
        rung_label(one.rung),
        one.due.isoformat() if one.due else "",
        because,
        mail,
    ]
    return [one.ref, *row] if many else row


def _because(one: Answer) -> str:
    said = label("why", str(one.reason))
    if one.reason is Reason.MAILED and one.mail_state:
        said = say("why.mailed_as", to=one.person or "", state=state_label("message", one.mail_state))
    return said


def _sentence(one: Answer) -> str:
    values = {
        "ref": one.ref,
        "at": local(one.at),
        "milestone": one.milestone,
        "rung": rung_label(one.rung),
        "person": one.person or "–",
        "mail": one.mail or "–",
        "state": state_label("message", one.mail_state) if one.mail_state else "",
        "done": local(one.done_at) or "–",
    }
    return say(f"because.{one.reason}", **values)
