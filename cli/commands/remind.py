"""``duban remind``: what will be sent, and settling what is due."""

from typing import Annotated

import typer

from cli.coming import coming_forms, show_coming
from cli.command import new_app
from cli.desk import opened
from cli.moments import moment_of
from cli.now import now
from cli.options import Json, NoticeId, Since, Until
from cli.previewing import previewed
from cli.show import as_json, tell
from cli.words import refusal
from engine.sweep import sweep_due

app = new_app()


@app.command("preview")
def preview(*, notice: NoticeId = None, since: Since = None, until: Until = None, json: Json = False) -> None:
    """List every reminder to come; nothing is sent."""
    start = moment_of(since) if since else None
    end = moment_of(until, at_end=True) if until else None
    if start and end and end < start:
        raise refusal("date.reversed", start=since, end=until)
    found = previewed(notice, start=start, end=end)
    if json:
        as_json(coming_forms(found.firings))
    else:
        show_coming(found)


@app.command("sweep")
def sweep(
    *, at: Annotated[str | None, typer.Option("--now", metavar="WHEN")] = None, json: Json = False
) -> None:
    """Settle all reminders that are due and queue the mails."""
    instant = moment_of(at) if at else now()
    if instant > now():
        raise refusal("sweep.future", at=at)
    with opened() as home, home.database.write() as conn:
        swept = sweep_due(conn, now=instant)
    if json:
        form = (
            {"sweep": swept.sweep_id, "firings": swept.firings, "messages": swept.messages} if swept else None
        )
        as_json(form or {"sweep": None, "firings": 0, "messages": 0})
    elif swept is None:
        tell("sweep.none")
    else:
        tell("sweep.done", firings=swept.firings, messages=swept.messages)
