from datetime import UTC, datetime

import orjson
from sqlalchemy import select

from engine.preview import preview
from engine.simulate.run import open_run
from engine.simulate.script import Script
from engine.tables import message, sweep
from notifications.render import Templates

from .conftest import SettingsOf

START, END = datetime(2021, 10, 12, 12, tzinfo=UTC), datetime(2021, 10, 29, 12, tzinfo=UTC)


def test_what_was_previewed_is_what_is_sent_when_nobody_acts(settings_of: SettingsOf) -> None:
    with open_run(settings_of("home"), Script(year=2021, activities=25, seed=8)) as run:
        run.post.broken.clear()
        run.play_until(START)
        run.resting = True
        coming = preview(run.database, start=START, end=END, base_url=run.office.base_url)
        run.play_until(END)
        with run.database.read() as conn:
            rows = select(sweep.c.at, message.c.person_id, message.c.subject, message.c.content)
            sent = conn.execute(rows.join(sweep).where(sweep.c.at > START, message.c.state == "sent")).all()

    templates = Templates()
    expected = {
        (one.at, person): (templates.render(letter).subject, orjson.dumps(letter))
        for one in coming
        for person, letter in one.letters
    }
    assert {(row.at, row.person_id): (row.subject, row.content) for row in sent} == expected
    assert len(expected) > 25
