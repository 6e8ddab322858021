"""One run of a sweep in a process of its own: ``python -m bench.sweep_runs ours|floor|plain FILE``.

Prints one JSON object: seconds in all and by part, letters and items made, megabytes of growth.
"""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta, timezone
from itertools import groupby
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import orjson
from jinja2 import Environment, StrictUndefined

from bench import city
from bench.memory import now_mb, peak_mb
from bench.sweep import AT, MILESTONE, RUNG
from config.schedule import Schedule
from engine.database import Database
from engine.items import Reader
from engine.letters import letters_of_sweep
from engine.schedules import schedule_of
from engine.sweep import sweep_due
from engine.tables import case
from notifications import words
from notifications.digest import digest
from notifications.letter import Item, Letter, Person
from notifications.render import Templates
from notifications.samples import sample_digest
from notifications.sources import TextLoader, shipped

HOME = "http://127.0.0.1:8000"
BEIJING = timezone(timedelta(hours=8))
Render = Callable[[Letter], int]
Report = dict[str, float]

_COLUMNS = ", ".join(f"c.{column.name}" for column in case.columns)
_QUERY = (
    "SELECT c.coordinator_id, p.name, p.email, p.lang, c.ref, c.title, u.name, c.ends_on, c.state, p.phone,"
    f" n.schedule_hash, {_COLUMNS} FROM case_ c JOIN person p ON p.id = c.coordinator_id"
    " JOIN unit u ON u.id = c.unit_id JOIN notice n ON n.id = c.notice"
    f" WHERE c.notice = '{city.NOTICE}' AND c.kind = 'activity'"
    " AND c.state IN ('planned', 'registered', 'held') ORDER BY c.coordinator_id, c.id"
)


def ours(path: Path) -> Report:
    """Sweep in one transaction, then stream and render the letters in another."""
    render = whole()
    with closing(Database(city.url(path))) as database:
        with database.read() as conn:
            schedule_of(conn, city.NOTICE)
        before, begun, cpu = now_mb(), perf_counter(), process_time()
        with database.write() as conn:
            swept = sweep_due(conn, now=AT)
        if swept is None:
            raise AssertionError(f"{MILESTONE} {RUNG} did not fire at {AT}")
        settled = perf_counter() - begun
        with database.read() as conn:
            letters = letters_of_sweep(conn, swept.sweep_id, Reader(now=AT, base_url=HOME))
            report = _rendered((letter for _, letter in letters), render)
    report |= {"sweep_s": settled, "seconds": report["seconds"] + settled, "cpu": process_time() - cpu}
    return report | {"growth_mb": round(peak_mb() - before, 1)}


def floor(path: Path, render: Render) -> Report:
    """Render straight from one streamed query; what no column says is said by constants."""
    with closing(Database(city.url(path))) as database, database.read() as conn:
        schedule = schedule_of(conn, city.NOTICE)
    with city.driver(path) as raw:
        before = now_mb()
        report = _rendered(_streamed(raw, schedule), render)
    return report | {"growth_mb": round(peak_mb() - before, 1)}


def _rendered(letters: Iterator[Letter], render: Render) -> Report:
    count = items = 0
    rendering = 0.0
    begun, cpu = perf_counter(), process_time()
    for letter in letters:
        at = perf_counter()
        render(letter)
        rendering += perf_counter() - at
        count += 1
        items += len(letter.items)
    seconds = perf_counter() - begun
    return {
        "letters": count,
        "items": items,
        "seconds": seconds,
        "cpu": process_time() - cpu,
        "letters_s": seconds - rendering,
        "render_s": rendering,
    }


def _streamed(raw: sqlite3.Connection, schedule: Schedule) -> Iterator[Letter]:
    at = AT.astimezone(BEIJING)
    said = _said(schedule)
    for _, found in groupby(raw.execute(_QUERY), lambda row: row[0]):
        rows = list(found)
        items = tuple(
            Item(
                ref=row[4],
                title=row[5],
                unit=row[6],
                url=f"{HOME}/cases/{row[4]}",
                held_on=date.fromisoformat(row[7]),
                state=row[8],
                coordinator=row[1],
                coordinator_phone=row[9] or "",
                **said,
            )
            for row in rows
        )
        to = Person(name=rows[0][1], email=rows[0][2], lang=rows[0][3])
        yield Letter(template="reminder", to=to, at=at, items=items, list_url=f"{HOME}/my")


def _said(schedule: Schedule) -> dict[str, Any]:
    """Return what is the same for every activity of this milestone."""
    milestone = schedule.milestone(MILESTONE)
    if milestone is None:
        raise AssertionError(f"{schedule.id} has no milestone {MILESTONE}")
    source = milestone.sources["due"]
    return {
        "notice_title": schedule.title,
        "milestone": milestone.name.zh,
        "due": date(2023, 9, 30),
        "act_by": date(2023, 9, 28),
        "days_left": 2,
        "days_late": 0,
        "approximate": False,
        "missing": ("1 张照片", "1 个视频或新闻链接"),
        "clause": source.clause,
        "cite": source.cite,
        "key": milestone.key,
        "kind": "activity",
    }


def whole() -> Render:
    """Return the program's own rendering, its templates compiled."""
    templates = Templates()
    templates.render(sample_digest())
    return lambda letter: len(templates.render(letter).html)


def plain() -> Render:
    """Return a rendering of the same templates by plain Jinja2: no sandbox, no limits, no calendar."""
    environment = Environment(
        loader=TextLoader(shipped()),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    own = ("day", "plural", "task", "capital", "small", "clip", "listed", "one_line")
    environment.filters |= {name: getattr(words, name) for name in own} | {"date": words.weekday}
    parts = [
        environment.get_template(f"zh/reminder/{part}") for part in ("subject.txt", "body.txt", "body.html")
    ]

    def render(letter: Letter) -> int:
        values = {"letter": letter, "digest": digest(letter)}
        subject = parts[0].render(values)
        return sum(len(part.render(values, subject=subject)) for part in parts[1:])

    render(sample_digest())
    return render


def main() -> None:
    """Run what the command line names."""
    way, path = sys.argv[1], Path(sys.argv[2])
    report = ours(path) if way == "ours" else floor(path, whole() if way == "floor" else plain())
    print(orjson.dumps(report).decode())


if __name__ == "__main__":
    main()
