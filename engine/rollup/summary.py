"""The summary sheet where no authority's own is known: one row an activity, ready to print."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from config.form import form_of
from config.official import FileKind, Item, OfficialSheet, Turned, Value, What
from config.regions import full_name
from config.schedule import Name
from engine.event import headed
from engine.forms.filled import shown
from engine.official.table_out import Around, Written, table_bytes
from engine.official.wording import day_text, period_text
from engine.rollup.figures import own_level
from engine.rollup.gathering import FORM, Activity, Gathered
from workflows.registry import lifecycle


def plain_table(gathered: Gathered, path: Path) -> None:
    """Write every activity that was not cancelled; a column that none of them fills is left out."""
    rows = [_texts(gathered, number, one) for number, one in enumerate(gathered.counted, 1)]
    items = tuple(one for one in _ITEMS if any(row[one.key] for row in rows) or one.key in _ALWAYS)
    written = [
        Written([row[one.key] for one in items], activity.ref)
        for row, activity in zip(rows, gathered.counted, strict=True)
    ]
    path.write_bytes(table_bytes(_sheet(gathered, items), _around(gathered), written))


def _item(key: str, heading: str, width: int, *, what: What = What.TEXT, value: Value | None = None) -> Item:
    return Item(key=key, heading=heading, what=what, width=width, value=value)


_ITEMS = (
    _item("number", "序号", 6, what=What.NOTHING, value=Value.NUMBER),
    _item("title", "活动名称", 30),
    _item("period", "活动时间", 20, what=What.PERIOD),
    _item("place", "活动地点", 24),
    _item("unit", "主办单位", 24),
    _item("region", "所在地区", 16),
    _item("kind", "活动形式", 16),
    _item("audience", "面向人群", 16),
    _item("participants", "参与人次", 10, what=What.NUMBER, value=Value.NUMBER),
    _item("contact", "联系人", 10),
    _item("phone", "联系电话", 15, what=What.PHONE),
    _item("state", "进展", 10),
)
_ALWAYS = frozenset({"number", "title", "unit"})


def _texts(gathered: Gathered, number: int, activity: Activity) -> Mapping[str, str]:
    row = activity.row
    labels = lifecycle("activity").labels
    return {
        "number": str(number),
        "title": row.title,
        "period": period_text(row.starts_on, row.ends_on) if row.starts_on else "",
        "place": "\n".join(one for one in (row.place, row.online_url) if one),
        "unit": row.unit_name,
        "region": _within(row.region, gathered.subject.region),
        "kind": _answer(activity, "kind"),
        "audience": _answer(activity, "audience"),
        "participants": "" if row.participants is None else str(row.participants),
        "contact": row.person_name or "",
        "phone": row.phone or "",
        "state": labels.get(row.state, Name(zh=row.state, en=row.state)).zh,
    }


def _within(code: str, top: str) -> str:
    """Return where an activity is, as those of the region say it: 泉州市鲤城区 in its province."""
    return full_name(code).removeprefix(full_name(top)) or own_level(top)


def _answer(activity: Activity, key: str) -> str:
    question, given = form_of(FORM).field(key), activity.answers.get(key)
    return shown(question, given).zh if question and given else ""


def _sheet(gathered: Gathered, items: Sequence[Item]) -> OfficialSheet:
    subject = gathered.subject
    return OfficialSheet(
        key="summary",
        name=Name(zh="活动汇总表", en="Summary of activities"),
        file=FileKind.XLSX,
        turned=Turned.LANDSCAPE,
        title="",
        annex=None,
        region=subject.region,
        notices=(subject.notice,),
        form=FORM,
        hands_in=False,
        head=(),
        foot=(),
        blank_rows=0,
        items=tuple(items),
    )


def _around(gathered: Gathered) -> Around:
    subject = gathered.subject
    changed = gathered.changed_at.astimezone(subject.family[subject.notice].zone).date()
    head = [f"填报单位：{subject.unit}", f"共{len(gathered.counted)}项", f"数据截至{day_text(changed)}"]
    return Around(f"{headed(subject.schedule, subject.region)}汇总表", head, ())
