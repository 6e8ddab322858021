"""Activities with everything that an official sheet can carry, and a hand to write and read sheets."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from config.form import form_of
from config.official import OfficialSheet, shipped_sheets
from engine.activities import save_activities
from engine.actors import SYSTEM, Actor
from engine.do import Order, do
from engine.forms.filled import write_form
from engine.history import Row
from engine.official.filling import fill
from engine.official.reading import Asked, Reading, read_official
from engine.official.taking import take_in_sheet
from engine.official.told import Taken
from engine.tables import history
from tests.engine.world import NOTICE, NOW, UNIT, World, activity

SHEETS = shipped_sheets()
FORM = form_of("activity_application")
LIST, APPLICATION = SHEETS["quanzhou_list"], SHEETS["quanzhou_application"]


def answers(number: int = 1, **changed: Any) -> dict[str, Any]:
    """Return the answers of a whole form."""
    first = date(2023, 9, 1) + timedelta(days=number % 28)
    given: dict[str, Any] = {
        "title": f"科学课 {number}",
        "unit": UNIT,
        "kind": [["exhibition"], ["hands_on", "outreach"], ["performance", "other"]][number % 3],
        "kind_other": "灯谜" if number % 3 == 2 else None,
        "audience": [["youth"], ["elderly", "public"], ["other"]][number % 3],
        "audience_other": "外来务工人员" if number % 3 == 2 else None,
        "expected": 20 + number,
        "staff": number % 7 or None,
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=number % 4)).isoformat(),
        "online": number % 5 == 0,
        "online_url": f"https://example.cn/live/{number}" if number % 5 == 0 else None,
        "place": f"东湖公园 {number} 号门",
        "organiser": UNIT,
        "partners": "泉州市物理学会、泉州市科技馆" if number % 2 else None,
        "contact": f"联系人{number}",
        "phone": f"0595-{10000000 + number}",
        "mobile": f"138{number:08}" if number % 2 else None,
        "email": f"c{number}@example.cn",
        "content": f"第 {number} 场：看、做、问。\n每场 40 分钟，<可预约> & 免费。",
        "safety": "专人值守\n雨天改期",
        "remarks": "=1+1" if number % 11 == 0 else None,
    }
    return {key: value for key, value in {**given, **changed}.items() if value is not None}


def hand_in(world: World, store: Path, count: int = 1, **changed: Any) -> list[str]:
    """Enter activities and hand their forms in."""
    told = [answers(number, **changed) for number in range(1, count + 1)]
    columns = ("title", "place", "online", "online_url")
    store.mkdir(exist_ok=True)
    drafts = [activity(**{name: one.get(name) for name in columns}, **_days(one)) for one in told]
    with world.database.write() as conn:
        refs = list(save_activities(conn, NOTICE, drafts, actor=SYSTEM, now=NOW).created)
        for ref, one in zip(refs, told, strict=True):
            form = write_form(FORM, ref, one, store)
            do(conn, Order(trigger="attach", refs=(ref,), actor=SYSTEM, materials=(form,)), now=NOW)
    return refs


def _days(one: Mapping[str, Any]) -> Row:
    return {name: date.fromisoformat(one[name]) for name in ("starts_on", "ends_on")}


def written(world: World, sheet: OfficialSheet, refs: list[str], path: Path, store: Path) -> Path:  # noqa: PLR0917  as its callers read
    """Write a sheet of some activities."""
    with world.database.read() as conn:
        fill(conn, sheet, refs, path, now=NOW, store=store)
    return path


def read(path: Path, sheet: OfficialSheet | None = None, **meanings: str) -> Reading:
    """Read a sheet."""
    return read_official(Asked(path=path, sheet=sheet, meanings=meanings), SHEETS)


def taken(
    world: World, path: Path, store: Path, *, actor: Actor = SYSTEM, meanings: Mapping[str, str] | None = None
) -> Taken:
    """Read a sheet and take it in."""
    reading = read_official(Asked(path=path, meanings=meanings or {}), SHEETS)
    with world.database.write() as conn:
        return take_in_sheet(conn, reading, NOTICE, actor=actor, now=NOW, store=store)


def history_length(world: World) -> int:
    """Return how many changes history holds."""
    return len(world.rows(history))
