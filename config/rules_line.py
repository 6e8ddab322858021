"""Rules about a schedule and what stands above and behind it: its parents, what is open, its text."""

from collections.abc import Iterator
from datetime import timedelta
from unicodedata import normalize

from config.findings import Finding, Severity, Subject, due_source, gathers, zh_day
from config.regions import full_name, is_within
from config.schedule import Name, Schedule, Source

ROOM_TO_COLLATE = 3


def region_outside(subject: Subject) -> Iterator[Finding]:
    """Find a notice whose region is not inside that of a notice it extends."""
    for parent in subject.parents:
        if not is_within(subject.schedule.region, parent.region):
            here, above = full_name(subject.schedule.region), full_name(parent.region)
            yield Finding(
                code="region.outside_parent",
                level=Severity.ERROR,
                place="region",
                text=Name(
                    zh=f"{here}不在上级通知 {parent.id} 的{above}之内",
                    en=f"{here} is not inside {above}, the region of {parent.id}",
                ),
            )


def later_than_parent(subject: Subject) -> Iterator[Finding]:
    """Find dates later than the same date above, or than the report that must carry their result."""
    above = {one.key: (one, one.due.day) for parent in reversed(subject.parents) for one in parent.milestones}
    reports = list(subject.reports_above())
    for one, due in subject.dated():
        limits = [above[one.key]] if one.key in above else []
        limits += reports if gathers(one) else []
        late = next(((limit, day) for limit, day in limits if day and due > day), None)
        if late:
            limit, day = late
            yield Finding(
                code="milestone.later_than_parent",
                level=Severity.ERROR,
                place=f"milestones.{one.key}.due",
                text=Name(
                    zh=f"“{one.name.zh}”{zh_day(due)}截止，晚于上级“{limit.name.zh}”的{zh_day(day)}",
                    en=f"'{one.name.en}' is due on {due}, later than '{limit.name.en}' above, due on {day}",
                ),
                clauses=(due_source(one), due_source(limit)),
            )


def no_room_to_collate(subject: Subject) -> Iterator[Finding]:
    """Find collections that leave fewer than three working days before the report above."""
    for one, due in subject.dated():
        for report, day in subject.reports_above():
            between = subject.calendar.count(due, day - timedelta(days=1))
            if gathers(one) and one.key != report.key and due <= day and between < ROOM_TO_COLLATE:
                room = max(between, 0)
                yield Finding(
                    code="milestone.no_room_to_collate",
                    level=Severity.WARNING,
                    place=f"milestones.{one.key}.due",
                    text=Name(
                        zh=f"“{one.name.zh}”{zh_day(due)}截止，到上级“{report.name.zh}”{zh_day(day)}之间"
                        f"只有 {room} 个工作日汇总",
                        en=f"'{one.name.en}' is due on {due}: {room} working days are left to collate "
                        f"before '{report.name.en}' on {day}",
                    ),
                    clauses=(due_source(one), due_source(report)),
                )


def window_past_report(subject: Subject) -> Iterator[Finding]:
    """Find windows that run on after the notice above wants its report."""
    for window in subject.windows():
        for report, day in subject.reports_above():
            if window.end.day and window.end.day > day:
                yield Finding(
                    code="window.past_parent_report",
                    level=Severity.WARNING,
                    place=f"windows.{window.key}.end",
                    text=Name(
                        zh=f"“{window.name.zh}”到{zh_day(window.end.day)}才结束，上级“{report.name.zh}”{zh_day(day)}就截止",
                        en=f"'{window.name.en}' runs until {window.end.day}, but '{report.name.en}' above is due on {day}",
                    ),
                    clauses=(window.source, due_source(report)),
                )


def left_open(subject: Subject) -> Iterator[Finding]:
    """Find values that are still to be told, with what stands in for them meanwhile."""
    for place in subject.schedule.open:
        source, meanwhile = _open_source(subject.schedule, place), _stands_in(subject.schedule, place)
        zh = (
            f"暂用上级的“{meanwhile}”"
            if meanwhile
            else "在此之前不会发提醒"
            if place.endswith(".due")
            else "暂缺"
        )
        en = f"'{meanwhile}' from above stands in" if meanwhile else "until then it is not known"
        yield Finding(
            code="value.open",
            level=Severity.WARNING,
            place=place,
            text=Name(
                zh=f"{place} 待定：{zh}；确定后请填写",
                en=f"{place} is open: {en}; fill it in when it is told",
            ),
            clauses=(source,) if source else (),
        )


def wrong_cites(subject: Subject) -> Iterator[Finding]:
    """Find cites that are not, character by character, in the notice's text."""
    if subject.text is None:
        return
    seen: set[str] = set()
    for place, source in _all_sources(subject.schedule):
        cite = source.cite
        if cite is None or cite in seen or not subject.states(source) or cite in subject.text:
            continue
        seen.add(cite)
        close = _bare(cite) in _bare(subject.text)
        zh = "只差空格、换行或全半角，请照抄原文" if close else "请照抄原文，或去掉 cite"
        en = (
            "it differs in spaces, line breaks or width: copy it exactly"
            if close
            else "copy it exactly, or leave it out"
        )
        yield Finding(
            code="cite.not_in_text",
            level=Severity.ERROR,
            place=place,
            text=Name(zh=f"通知原文中没有“{cite}”；{zh}", en=f"'{cite}' is not in the notice's text; {en}"),
            clauses=(source,),
        )


def _bare(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _all_sources(schedule: Schedule) -> Iterator[tuple[str, Source]]:
    yield from schedule.sources.items()
    for window in schedule.windows:
        yield f"windows.{window.key}", window.source
    for one in schedule.milestones:
        yield from ((f"milestones.{one.key}.{field}", source) for field, source in one.sources.items())


def _open_source(schedule: Schedule, place: str) -> Source | None:
    return dict(_all_sources(schedule)).get(f"{place}.open")


def _stands_in(schedule: Schedule, place: str) -> str | None:
    part, _, rest = place.partition(".")
    key, _, field = rest.rpartition(".")
    if part == "milestones" and (one := schedule.milestone(key)):
        when = one.opens if field == "opens" else one.due
        return when.text if when and when.start else None
    value = {"theme": schedule.theme, "subtheme": schedule.subtheme}.get(part)
    return value
