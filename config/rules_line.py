"""Rules about a schedule and what stands above and behind it: its parents, what is open, its text."""

from collections.abc import Iterator
from datetime import timedelta
from unicodedata import normalize

from config.findings import Finding, Severity, Subject, due_source, gathers, zh_day
from config.regions import full_name, is_within
from config.schedule import Name, Precision, Schedule, Source, When

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
            end = window.end.day
            if end and end > day:
                yield Finding(
                    code="window.past_parent_report",
                    level=Severity.WARNING,
                    place=f"windows.{window.key}.end",
                    text=Name(
                        zh=f"“{window.name.zh}”到{zh_day(end)}才结束，上级“{report.name.zh}”{zh_day(day)}就截止",
                        en=f"'{window.name.en}' runs until {end}; '{report.name.en}' above is due on {day}",
                    ),
                    clauses=(window.source, due_source(report)),
                )


def left_open(subject: Subject) -> Iterator[Finding]:
    """Find values that are still to be told, with what stands in for them meanwhile."""
    for place in subject.schedule.open:
        what, meanwhile = _what(subject.schedule, place), _stands_in(subject.schedule, place)
        source = dict(_all_sources(subject.schedule)).get(f"{place}.open")
        dated = place.startswith("milestones.")  # reminders leave by these alone
        zh = "在此之前不会据此提醒" if dated else "在此之前空着，不影响提醒"
        en = "until then nothing is reminded by it" if dated else "until then it is empty; reminders leave"
        if meanwhile:
            zh, en = f"暂用上级的“{meanwhile}”", f"'{meanwhile}' from above stands in"
        yield Finding(
            code="value.open",
            level=Severity.WARNING,
            place=place,
            text=Name(
                zh=f"{what.zh}待定，{zh}；确定后请填写", en=f"{what.en} is open: {en}; fill it in when told"
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


_FIELDS = {
    "theme": Name(zh="主题", en="the theme"),
    "subtheme": Name(zh="副主题", en="the second theme"),
    "issuer": Name(zh="发文单位", en="the issuer"),
    "number": Name(zh="文号", en="the number"),
    "issued": Name(zh="成文日期", en="the date of issue"),
    "due": Name(zh="截止日", en="last day"),
    "opens": Name(zh="开放日", en="opening day"),
    "start": Name(zh="开始日", en="first day"),
    "end": Name(zh="结束日", en="last day"),
}


def _what(schedule: Schedule, place: str) -> Name:
    *above, field = place.split(".")
    if not above:
        return _FIELDS[field]
    parts = {f"milestones.{one.key}": one.name for one in schedule.milestones}
    parts |= {f"windows.{one.key}": one.name for one in schedule.windows}
    part, word = parts[".".join(above)], _FIELDS[field]
    return Name(zh=f"“{part.zh}”的{word.zh}", en=f"the {word.en} of '{part.en}'")


def _stands_in(schedule: Schedule, place: str) -> str | None:
    texts: dict[str, str | None] = {"theme": schedule.theme, "subtheme": schedule.subtheme}
    for one in schedule.milestones:
        texts[f"milestones.{one.key}.due"] = _known(one.due)
        texts[f"milestones.{one.key}.opens"] = _known(one.opens)
    for window in schedule.windows:
        texts[f"windows.{window.key}.start"] = _known(window.start)
        texts[f"windows.{window.key}.end"] = _known(window.end)
    return texts.get(place)


def _known(when: When | None) -> str | None:
    return None if when is None or when.precision is Precision.TBD else when.text
