"""The summary sheet where no authority's own is known: one row an activity."""

from collections.abc import Iterator
from pathlib import Path

from config.form import form_of
from config.regions import full_name
from config.schedule import Name
from engine.forms.filled import shown
from engine.rollup.gathering import FORM, Activity, Gathered
from engine.sheets.writing import Value, write_table
from workflows.registry import lifecycle

HEADINGS = (
    "序号",
    "编号",
    "活动名称",
    "主办单位",
    "地区",
    "活动形式",
    "面向人群",
    "开始日期",
    "结束日期",
    "地点",
    "线上网址",
    "参与人数",
    "联系人",
    "联系电话",
    "状态",
)


def plain_table(gathered: Gathered, path: Path) -> None:
    """Write every activity that was not cancelled."""
    write_table(path, HEADINGS, _rows(gathered))


def _rows(gathered: Gathered) -> Iterator[list[Value]]:
    labels = lifecycle("activity").labels
    for number, one in enumerate(gathered.counted, start=1):
        row = one.row
        yield [
            number,
            one.ref,
            row.title,
            row.unit_name,
            full_name(row.region),
            _answer(one, "kind"),
            _answer(one, "audience"),
            row.starts_on,
            row.ends_on,
            row.place,
            row.online_url,
            row.participants,
            row.person_name,
            row.phone,
            labels.get(row.state, Name(zh=row.state, en=row.state)).zh,
        ]


def _answer(activity: Activity, key: str) -> str:
    question, given = form_of(FORM).field(key), activity.answers.get(key)
    return shown(question, given).zh if question and given else ""
