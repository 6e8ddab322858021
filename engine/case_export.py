"""A list of cases as a sheet: exactly those of a filter, in its order."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from config.regions import full_name
from config.schedule import CaseKind, Name
from engine.case_filter import CaseFilter
from engine.listing import CaseLine, case_line, every_row
from engine.rules import rules_of
from engine.schedules import schedule_by_hash
from engine.sheets.writing import Value, write_table
from engine.urgency import missing
from workflows.blockers import Blocker
from workflows.registry import lifecycle
from workflows.wording import say

HEADINGS = (
    Name(zh="编号", en="Number"),
    Name(zh="类别", en="Kind"),
    Name(zh="名称", en="Title"),
    Name(zh="单位", en="Unit"),
    Name(zh="地区", en="Region"),
    Name(zh="状态", en="State"),
    Name(zh="开始日期", en="Start date"),
    Name(zh="结束日期", en="End date"),
    Name(zh="地点", en="Place"),
    Name(zh="线上", en="Online"),
    Name(zh="线上地址", en="Online address"),
    Name(zh="参与人数", en="Participants"),
    Name(zh="联系人", en="Coordinator"),
    Name(zh="联系人邮箱", en="Coordinator email"),
    Name(zh="逾期", en="Late"),
    Name(zh="逾期天数", en="Days late"),
    Name(zh="最近的节点", en="Nearest date"),
    Name(zh="截止日期", en="Due"),
    Name(zh="还缺什么", en="Missing"),
)
"""The columns, in their order."""

KINDS = {
    CaseKind.ACTIVITY: Name(zh="活动", en="Activity"),
    CaseKind.REPORT: Name(zh="报送", en="Report"),
}
_YES = Name(zh="是", en="yes")
_MARK = Name(zh="、", en=", ")
_SEMICOLON = Name(zh="；", en="; ")


def export_cases(conn: Connection, wanted: CaseFilter, path: Path, *, now: datetime, lang: str) -> None:
    """Write the cases of a filter to ``path`` (.xlsx or .csv); no text in it becomes a live formula."""
    headings = [one.in_(lang) for one in HEADINGS]
    write_table(path, headings, _rows(conn, wanted, now=now, lang=lang))


def _rows(conn: Connection, wanted: CaseFilter, *, now: datetime, lang: str) -> Iterator[list[Value]]:
    for row in every_row(conn, wanted, now=now):
        told = _SEMICOLON.in_(lang).join(say(one, lang) for one in _missing(conn, row, now))
        yield [*_row(case_line(conn, row, now=now), lang), told]


def _missing(conn: Connection, row: Any, now: datetime) -> Sequence[Blocker]:
    if row.notice_state != "in_force":
        return ()
    rules = rules_of(row.schedule_hash, schedule_by_hash(conn, row.schedule_hash))
    return missing(row, rules, now=now)


def _row(line: CaseLine, lang: str) -> list[Value]:
    return [
        line.ref,
        KINDS[CaseKind(line.kind)].in_(lang),
        line.title,
        line.unit,
        full_name(line.region),
        lifecycle(line.kind, line.lifecycle).labels[line.state].in_(lang),
        line.starts_on,
        line.ends_on,
        line.place,
        _YES.in_(lang) if line.online else None,
        line.online_url,
        line.participants,
        line.coordinator,
        line.email,
        _MARK.in_(lang).join(one.name.in_(lang) for one in line.late),
        line.late[0].days if line.late else None,
        line.nearest.name.in_(lang) if line.nearest else None,
        line.nearest.due if line.nearest else None,
    ]
