"""Rules about the dates of one schedule: with each other, the calendar and today."""

from collections.abc import Iterator

from config.findings import Finding, Severity, Subject, due_source, gathers, zh_day
from config.firings import reminder_day
from config.schedule import Name, Precision


def reversed_windows(subject: Subject) -> Iterator[Finding]:
    """Find windows that end before they begin."""
    for window in subject.windows():
        start, end = window.start.start, window.end.day
        if start and end and end < start:
            yield Finding(
                code="window.reversed",
                level=Severity.ERROR,
                place=f"windows.{window.key}",
                text=Name(
                    zh=f"“{window.name.zh}”在{zh_day(end)}结束，早于开始的{zh_day(start)}",
                    en=f"'{window.name.en}' ends on {end}, before it starts on {start}",
                ),
                clauses=(window.source,),
            )


def opens_after_due(subject: Subject) -> Iterator[Finding]:
    """Find milestones that open after their last day."""
    for one in subject.schedule.milestones:
        opens, due = one.opens.start if one.opens else None, one.due.day
        if opens and due and opens > due:
            yield Finding(
                code="milestone.opens_after_due",
                level=Severity.ERROR,
                place=f"milestones.{one.key}.opens",
                text=Name(
                    zh=f"“{one.name.zh}”{zh_day(opens)}才开放，但{zh_day(due)}截止",
                    en=f"'{one.name.en}' opens on {opens}, after it is due on {due}",
                ),
                clauses=(one.sources["opens"], due_source(one)),
            )


def due_before_windows_end(subject: Subject) -> Iterator[Finding]:
    """Find what must be handed in about activities while activities still go on."""
    ends = [(window.end.day, window) for window in subject.windows() if window.end.day]
    if not ends:
        return
    end, window = max(ends, key=lambda pair: pair[0])
    for one, due in subject.dated():
        if gathers(one) and due < end:
            yield Finding(
                code="milestone.before_window_end",
                level=Severity.WARNING,
                place=f"milestones.{one.key}.due",
                text=Name(
                    zh=f"“{one.name.zh}”{zh_day(due)}截止，但“{window.name.zh}”到{zh_day(end)}才结束：之后举办的活动来不及",
                    en=f"'{one.name.en}' is due on {due}, but '{window.name.en}' runs until {end}: "
                    "activities held after that will be late",
                ),
                clauses=(due_source(one), window.source),
            )


def due_on_day_off(subject: Subject) -> Iterator[Finding]:
    """Find last days that are off, and name the last working day before."""
    for one, due in subject.dated():
        if not subject.calendar.is_working(due):
            last = reminder_day(due, 0, subject.calendar)
            yield Finding(
                code="milestone.due_day_off",
                level=Severity.WARNING,
                place=f"milestones.{one.key}.due",
                text=Name(
                    zh=f"“{one.name.zh}”的截止日{zh_day(due)}放假，最后工作日是{zh_day(last)}",
                    en=f"'{one.name.en}' is due on {due}, a day off; the last working day is {last}",
                ),
                clauses=(due_source(one),),
            )


def already_past(subject: Subject) -> Iterator[Finding]:
    """Find last days that are over."""
    for one, due in subject.dated():
        if due < subject.today:
            yield Finding(
                code="milestone.past",
                level=Severity.WARNING,
                place=f"milestones.{one.key}.due",
                text=Name(
                    zh=f"“{one.name.zh}”的截止日{zh_day(due)}已经过去",
                    en=f"'{one.name.en}' was due on {due}, which is past",
                ),
                clauses=(due_source(one),),
            )


def issued_after_opening(subject: Subject) -> Iterator[Finding]:
    """Find openings that were over when the notice was issued."""
    issued = subject.schedule.issued
    for one in subject.schedule.milestones:
        opens = one.opens.start if one.opens else None
        if (
            issued
            and issued.start
            and opens
            and opens < issued.start
            and subject.states(one.sources["opens"])
        ):
            yield Finding(
                code="milestone.opened_before_issue",
                level=Severity.INFO,
                place=f"milestones.{one.key}.opens",
                text=Name(
                    zh=f"“{one.name.zh}”{zh_day(opens)}已开放，通知{zh_day(issued.start)}才印发",
                    en=f"'{one.name.en}' opened on {opens}, before the notice was issued on {issued.start}",
                ),
                clauses=(one.sources["opens"],),
            )


def unknown_holidays(subject: Subject) -> Iterator[Finding]:
    """Find years whose holidays are not published: reminders counted in them will move."""
    days = [day for _, day in subject.dated()]
    days += [day for window in subject.windows() for day in (window.start.day, window.end.day) if day]
    for year in sorted({day.year for day in days if subject.calendar.is_provisional(day)}):
        yield Finding(
            code="calendar.provisional",
            level=Severity.WARNING,
            place="days",
            text=Name(
                zh=f"{year}年的放假安排还没有公布：先按周一至周五计算，公布后会重算；也可以在 days 里填写",
                en=f"the holidays of {year} are not published: Monday to Friday is assumed until they are; "
                "you may write them under days",
            ),
        )


def relative_without_windows(subject: Subject) -> Iterator[Finding]:
    """Find dates counted from activities' last days where no window says when activities are."""
    bounded = any(one.start.start for one in subject.schedule.windows) and any(
        one.end.day for one in subject.schedule.windows
    )
    for one in subject.schedule.milestones:
        if one.due.precision is Precision.RELATIVE and not bounded:
            yield Finding(
                code="milestone.relative_without_window",
                level=Severity.ERROR,
                place=f"milestones.{one.key}.due",
                text=Name(
                    zh=f"“{one.name.zh}”按举办日推算，但通知没有时段，排不出提醒；请写 windows",
                    en=f"'{one.name.en}' counts from the day held; without windows nothing can be planned",
                ),
                clauses=(due_source(one),),
            )
