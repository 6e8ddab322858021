"""Dates moved without words of their own: the clause that stated the old date is no source of the new one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from config.schedule import Milestone, Name, Precision, Schedule, Source, When

WAS = "{field}.was"
"""The field of ``Milestone.sources`` that keeps the clause which stated a date before it was moved."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def with_moved(old: Schedule, new: Schedule) -> Schedule:
    """Return a new version that quotes no clause of the old one for a date which that clause does not state.

    Such a date is noted with the one first set; its clause is kept as the source ``due.was``.
    """
    before = {one.key: one for one in old.milestones}
    made = (_beside(before.get(one.key), one) for one in new.milestones)
    return replace(new, milestones=tuple(made))


def moved_note(milestone: Milestone, field: str = "due") -> Name | None:
    """Return what is to be said of a date that was moved without words of its own; None of any other."""
    moved = WAS.format(field=field) in milestone.sources
    return milestone.sources[field].note if moved else None


def _beside(old: Milestone | None, new: Milestone) -> Milestone:
    moved = dict(_moved(old, new)) if old else {}
    return replace(new, sources={**new.sources, **moved}) if moved else new


def _moved(old: Milestone, new: Milestone) -> Iterator[tuple[str, Source]]:
    for field, before, after in (("due", old.due, new.due), ("opens", old.opens, new.opens)):
        kept, stated = WAS.format(field=field), new.sources.get(field)
        if not (before and after and stated and _quoted(stated) and stated == _stated(old.sources, field)):
            continue
        known = moved_note(old, field)
        note = known or (_note(before, stated) if _meant(before) != _meant(after) else None)
        if note and note != _note(after, stated) and not _says(stated, after):
            yield field, Source(notice=stated.notice, note=note)
            yield kept, stated


def _stated(sources: Mapping[str, Source], field: str) -> Source | None:
    return sources.get(WAS.format(field=field)) or sources.get(field)


def _quoted(source: Source) -> bool:
    return bool(source.clause or source.cite)


def _meant(when: When) -> tuple[object, ...]:
    return when.start, when.day, when.until, when.after, when.working, when.precision is Precision.TBD


def _says(source: Source, when: When) -> bool:
    """Return whether a clause names the day itself: then the date was only taken down wrong before."""
    return when.day is not None and f"{when.day.month}月{when.day.day}日" in (source.cite or "")


def _note(when: When, source: Source) -> Name | None:
    day = _day(when)
    if day is None:
        return None
    clause = (
        Name(zh=f"（{source.clause}）", en=f" ({source.clause})") if source.clause else Name(zh="", en="")
    )
    return Name(
        zh=f"日期已改，原定{day.zh}{clause.zh}", en=f"date changed, first set for {day.en}{clause.en}"
    )


def _day(when: When) -> Name | None:
    """Return a date as it is said; None where none was set."""
    if when.precision is Precision.RELATIVE:
        kind = Name(zh="个工作日", en="working day") if when.working else Name(zh="天", en="day")
        return Name(
            zh=f"活动结束后 {when.after} {kind.zh}",
            en=f"{when.after} {kind.en}{'' if when.after == 1 else 's'} after the activity's last day",
        )
    if when.day is None:
        return None
    hour = f" {when.until:%H:%M}" if when.until else ""
    about = Name(zh="约 ", en="about ") if when.approximate else Name(zh=" ", en="")
    day = when.day
    return Name(
        zh=f"{about.zh}{day.month}月{day.day}日{hour}",
        en=f"{about.en}{day.day} {_MONTHS[day.month - 1]}{hour}",
    )
