"""Why a reminder was sent or not: dates by rungs, and the newest decisions in sentences."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from cli.labels import label, state_label
from cli.moments import local
from cli.notice_view import rung_label
from cli.show import Cell, Column, line, table, tell
from cli.words import lang, say
from engine.schedules import schedules_in_force
from engine.why import Answer, Reason

Names = Mapping[tuple[str, str], str]
People = Mapping[str, str]

_TONES = {
    Reason.MAILED: "done",
    Reason.NO_ADDRESS: "late",
    Reason.MUTED: "soon",
    Reason.STALE: "soon",
    Reason.PLANNED: "",
}
_NEWEST = 3
_PAST, _COMING = 24, 5  # rows of one screen


def milestone_names(conn: Connection) -> Names:
    """Return what milestones are called, by the code of their notice's cases and their key."""
    return {
        (schedule.code, milestone.key): milestone.name.in_(lang())
        for schedule in schedules_in_force(conn).values()
        for milestone in schedule.milestones
    }


def show_why(asked: str, answers: Sequence[Answer], names: Names, people: People) -> None:
    """Print one screen of answers: what was decided lately, what comes next; ``people``: names by address."""
    if not answers:
        tell("why.nothing", asked=asked)
        return
    ordered = sorted(answers, key=lambda one: one.at)
    settled = [one for one in ordered if one.reason is not Reason.PLANNED]
    coming = [one for one in ordered if one.reason is Reason.PLANNED]
    if len(settled) > _PAST:
        tell("why.earlier", count=len(settled) - _PAST)
    _table(settled[-_PAST:] + coming[:_COMING], names, people, many=len({one.ref for one in answers}) > 1)
    if len(coming) > _COMING:
        tell("why.later", count=len(coming) - _COMING)
    for number, one in enumerate(settled[-_NEWEST:]):
        if number == 0:
            line()
        line(_sentence(one, names, people))


def _table(shown: Sequence[Answer], names: Names, people: People, *, many: bool) -> None:
    columns = [
        *([Column("number")] if many else []),
        Column("when"),
        Column("milestone", wraps=True),
        Column("rung"),
        Column("due"),
        Column("because", wraps=True),
        Column("mail", right=True),
    ]
    table(columns, [_row(one, names, people, many=many) for one in shown])


def _row(one: Answer, names: Names, people: People, *, many: bool) -> Sequence[str | Cell]:
    due = one.due.isoformat() if one.due else ""
    because = Cell(_because(one, people), _TONES.get(one.reason, "quiet"))
    mail = str(one.mail) if one.mail else ""
    row: list[str | Cell] = [local(one.at), _name(one, names), rung_label(one.rung), due, because, mail]
    return [one.ref, *row] if many else row


def _because(one: Answer, people: People) -> str:
    said = label("why", str(one.reason))
    if one.reason is Reason.MAILED and one.mail_state:
        address = one.person or ""
        state = state_label("message", one.mail_state)
        said = say("why.mailed_as", to=people.get(address, address), state=state)
    return said


def _sentence(one: Answer, names: Names, people: People) -> str:
    undated = one.reason is Reason.ALREADY_DONE and one.done_at is None
    return say(
        "because.done_then" if undated else f"because.{one.reason}",
        ref=one.ref,
        at=local(one.at),
        milestone=_name(one, names),
        rung=rung_label(one.rung),
        person=_person(one.person, people),
        mail=one.mail or "–",
        state=state_label("message", one.mail_state) if one.mail_state else "",
        done=local(one.done_at),
    )


def _person(address: str | None, people: People) -> str:
    if address is None:
        return "–"
    name = people.get(address)
    return say("why.person", name=name, address=address) if name else address


def _name(one: Answer, names: Names) -> str:
    return names.get((one.ref.rpartition("-")[0], one.milestone), one.milestone)
