"""Milestones and windows of a line of notices, put together field by field."""

from collections.abc import Mapping

from config.errors import UserError
from config.ladder import DEFAULT, changed
from config.lineage import DUBAN, placed
from config.merge import Said, Trail
from config.noticefile import (
    Ladder,
    MilestoneFile,
    NameFile,
    Parsed,
    StatedDate,
    StatedDue,
    StatedText,
)
from config.schedule import AfterDue, CaseKind, Milestone, Name, Precision, Rung, When, Window

Line = tuple[Parsed, ...]
Saids = tuple[Said[MilestoneFile], ...]
UNSTATED = When(text="", precision=Precision.TBD)


def milestone_of(key: str, line: Line, ladder: tuple[Rung, ...]) -> tuple[Milestone, tuple[str, ...]]:
    """Return the milestone ``key`` as the line states it, and the places it leaves open.

    ``ladder`` is the schedule's. Raises ``UserError`` (``milestone.*``) where it says too little.
    """
    said = tuple(
        Said(parsed=one, part=one.notice.milestones[key]) for one in line if key in one.notice.milestones
    )
    _refuse_incomplete(key, said)
    trail = Trail()
    trail.plain(said, "milestone", lambda part: part)
    owed_by = trail.plain(said, "units", lambda part: part.owed_by) or ()
    made = Milestone(
        key=key,
        name=name_of(trail.plain(said, "name", lambda part: part.name)) or Name(zh=key, en=key),
        kind=CaseKind.REPORT if owed_by else CaseKind.ACTIVITY,
        due=_date(trail.stated(said, "due", lambda part: part.due, is_tbd=is_tbd)) or UNSTATED,
        opens=_date(trail.stated(said, "opens", lambda part: part.opens, is_tbd=is_tbd)),
        units=owed_by,
        reaches=trail.plain(said, "reaches", lambda part: part.reaches),
        needs=trail.plain(said, "needs", lambda part: part.needs) or {},
        after_due=trail.plain(said, "after_due", lambda part: part.after_due) or AfterDue.ALLOW,
        send_to=trail.plain(said, "send_to", lambda part: part.send_to),
        ladder=_ladder(key, said, ladder, trail),
        sources=trail.sources,
    )
    _refuse_relative_report(key, said, made)
    return made, tuple(f"milestones.{key}.{name}" for name in trail.open)


def window_of(key: str, line: Line) -> tuple[Window, tuple[str, ...]]:
    """Return the window ``key`` as the nearest notice states it, and the places it leaves open."""
    said = tuple(Said(parsed=one, part=one.notice.windows[key]) for one in line if key in one.notice.windows)
    trail = Trail()
    part = said[0].part
    start = trail.stated(said, "start", lambda window: window.start, is_tbd=is_tbd)
    end = trail.stated(said, "end", lambda window: window.end, is_tbd=is_tbd)
    trail.plain(said, "window", lambda window: window)
    made = Window(
        key=key,
        name=Name(zh=part.name.zh, en=part.name.en),
        start=_date(start) or UNSTATED,
        end=_date(end) or UNSTATED,
        source=trail.sources["window"],
    )
    return made, tuple(f"windows.{key}.{name}" for name in trail.open)


def ladder_of(line: Line, trail: Trail) -> tuple[Rung, ...]:
    """Return the ladder of a schedule: the default one, changed by each notice from the top down."""
    ladder = DEFAULT
    trail.sources["ladder"] = DUBAN
    for one in reversed(line):
        if one.notice.ladder is not None:
            ladder = _changed(one, ("ladder",), ladder, one.notice.ladder)
            trail.plain((Said(parsed=one, part=one.notice),), "ladder", lambda notice: notice.ladder)
    return ladder


def name_of(name: NameFile | None) -> Name | None:
    """Return a text of the file as a value."""
    return None if name is None else Name(zh=name.zh, en=name.en)


def is_tbd(word: StatedDate | StatedDue | StatedText) -> bool:
    """Tell whether a stated value is left open."""
    return word.text == "tbd" if isinstance(word, StatedText) else word.at.precision is Precision.TBD


def _ladder(key: str, said: Saids, ladder: tuple[Rung, ...], trail: Trail) -> tuple[Rung, ...]:
    trail.plain(said, "ladder", lambda part: part.ladder)
    for one in reversed(said):
        if one.part.ladder is not None:
            ladder = _changed(one.parsed, ("milestones", key, "ladder"), ladder, one.part.ladder)
    return ladder


def _changed(
    parsed: Parsed, path: tuple[str, ...], ladder: tuple[Rung, ...], changes: Ladder
) -> tuple[Rung, ...]:
    try:
        return changed(ladder, changes)
    except UserError as error:
        raise placed(parsed, path, zh=error.text.zh, en=error.text.en, code=error.code) from None


def _date(word: StatedDate | StatedDue | None) -> When | None:
    return None if word is None else word.at


_LACKS: Mapping[str, tuple[str, Name]] = {
    "name": ("milestone.no_name", Name(zh="缺少 name: {zh, en}", en="it lacks name: {zh, en}")),
    "owed_by": (
        "milestone.no_for",
        Name(zh="缺少 for（activity 或应报送的单位）", en="it lacks for: activity, or the units that owe it"),
    ),
    "reaches": (
        "milestone.no_target",
        Name(
            zh="缺少 reaches（应达到的状态）或 needs（应交材料）",
            en="it lacks reaches (a state) or needs (materials)",
        ),
    ),
}


def _refuse_incomplete(key: str, said: Saids) -> None:
    parts = [one.part for one in said]
    stated = {
        "name": any(part.name for part in parts),
        "owed_by": any(part.owed_by is not None for part in parts),
        "reaches": any(part.reaches or part.needs for part in parts),
    }
    lacking = next((field for field, there in stated.items() if not there), None)
    if lacking:
        code, text = _LACKS[lacking]
        zh, en = f"节点“{key}”是新的，{text.zh}", f"the milestone '{key}' is new here; {text.en}"
        raise placed(said[0].parsed, ("milestones", key), zh=zh, en=en, code=code)


def _refuse_relative_report(key: str, said: Saids, milestone: Milestone) -> None:
    if milestone.kind is CaseKind.REPORT and milestone.due.precision is Precision.RELATIVE:
        raise placed(
            said[0].parsed,
            ("milestones", key, "due"),
            zh=f"“{milestone.due.text}”：报送没有“举办日”，请写日期或 tbd",
            en=f"'{milestone.due.text}': a report has no day on which it is held; write a date or tbd",
            code="milestone.relative_report",
        )
