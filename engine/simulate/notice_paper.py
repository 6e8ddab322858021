"""A notice as its office would send it: a Word file in words of our own, with the dates of a schedule."""

from collections.abc import Iterator
from pathlib import Path

from config.schedule import CaseKind, Milestone, Precision, Schedule, Source, When, Window

_UNITS = {
    "association": "科协",
    "department": "有关部门",
    "society": "学会",
    "enterprise": "企业科协",
    "venue": "科普场馆",
    "school": "学校",
    "community": "社区",
    "*": "单位",
}
_LEVELS = {"national": "全国", "province": "各省级", "city": "各市级", "county": "各县级", "*": "各"}
_NUMBERS = "一二三四五六七八九十"
_THIRDS = {1: "上旬", 11: "中旬", 21: "下旬"}


def write_notice(schedule: Schedule, path: Path) -> None:
    """Write the notice that asks what a schedule itself states."""
    from docx import Document  # noqa: PLC0415  an extra

    document = Document()
    for line in notice_lines(schedule):
        document.add_paragraph(line)
    document.save(str(path))


def notice_lines(schedule: Schedule) -> Iterator[str]:
    """Yield the paragraphs of such a notice."""
    yield schedule.title
    if schedule.number:
        yield schedule.number
    yield "各有关单位："
    yield "为做好今年的科普工作，现将有关事项通知如下。"
    yield "一、活动主题"
    yield f"活动主题：{schedule.theme}" if _states(schedule, "theme") else "主题待上级通知后另行公布。"
    windows = [one for one in schedule.windows if one.source.notice == schedule.id]
    if windows:
        yield "二、活动时间"
        yield from _numbered(_window(one) for one in windows)
    yield "三、工作要求" if windows else "二、工作要求"
    yield from _numbered("".join(_milestone(schedule, one)) for one in own_milestones(schedule))
    yield schedule.issuer
    if schedule.issued and schedule.issued.precision is Precision.DAY:
        yield _said(schedule.issued)


def own_milestones(schedule: Schedule) -> list[Milestone]:
    """Return the milestones of which a notice itself states a date."""
    return [
        one
        for one in schedule.milestones
        if _mine(schedule, one.sources.get("due")) or _mine(schedule, one.sources.get("opens"))
    ]


def _mine(schedule: Schedule, source: Source | None) -> bool:
    return source is not None and source.notice == schedule.id


def _states(schedule: Schedule, name: str) -> bool:
    return _mine(schedule, schedule.sources.get(name))


def _numbered(lines: Iterator[str]) -> Iterator[str]:
    for number, line in zip(_NUMBERS, lines, strict=False):
        yield f"（{number}）{line}"


def _window(one: Window) -> str:
    first, last = _said(one.start), _said(one.end)
    if first == last:
        return f"{one.name.zh}：时间为{first}。"
    return f"{one.name.zh}：时间为{first}至{last}。"


def _milestone(schedule: Schedule, one: Milestone) -> Iterator[str]:
    """Yield the sentences of one milestone: from when it is possible, by when it is asked."""
    yield f"{one.name.zh}。"
    task = _task(one)
    if one.opens and _mine(schedule, one.sources.get("opens")):
        yield f"{_said(one.opens)}起，{_who(one)}可{task}。"
    if not _mine(schedule, one.sources.get("due")):
        return
    if one.due.precision is Precision.TBD:
        yield f"请{_who(one)}{task}，具体时间另行通知。"
    elif one.due.precision is Precision.RELATIVE:
        days = "个工作日" if one.due.working else "日"
        yield f"请{_who(one)}在活动结束后{one.due.after}{days}内{task}。"
    else:
        yield f"请{_who(one)}于{_said(one.due)}前{task}。"


def _task(one: Milestone) -> str:
    if one.kind is CaseKind.REPORT:
        return "将总结材料报送至主办单位" if "report" in one.needs else "将活动登记表和汇总表报送备案"
    named = {
        "registered": "登录平台登记发布活动",
        "info_completed": "登录平台补充完善活动信息",
        "summarized": "提交活动总结材料",
    }
    return named.get(one.reaches or "", "将本单位每项活动的登记表发至主办单位备案")


def _who(one: Milestone) -> str:
    if one.kind is CaseKind.ACTIVITY:
        return "各活动举办单位"
    pairs = (unit.partition("/") for unit in one.units)
    return "、".join(f"{_LEVELS[rank]}{_UNITS[kind]}" for rank, _, kind in pairs)


def _said(when: When) -> str:
    """Return a date as a notice says it."""
    if when.precision is not Precision.FUZZY or when.start is None or when.day is None:
        return "" if when.day is None else f"{when.day.year}年{when.day.month}月{when.day.day}日"
    if when.start.day in _THIRDS and (when.day - when.start).days < 11:
        return f"{when.start.year}年{when.start.month}月{_THIRDS[when.start.day]}"
    return f"{when.start.year}年{when.start.month}月"
