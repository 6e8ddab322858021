"""What differs between two versions of a schedule, value by value."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.commendation import commend_values
from config.schedule import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One value that differs: its place (``milestones.summary.due``), before and after as written."""

    place: str
    before: str | None
    after: str | None


def differences(old: Schedule | None, new: Schedule) -> tuple[FieldChange, ...]:
    """Return every value of ``new`` that ``old`` does not have so, and those gone."""
    before = values_of(old) if old else {}
    after = values_of(new)
    places = dict.fromkeys([*before, *after])
    return tuple(
        FieldChange(place=place, before=before.get(place), after=after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    )


def values_of(schedule: Schedule) -> dict[str, str]:
    """Return a schedule's effective values as text, by place."""
    plain = {
        "title": schedule.title,
        "issuer": schedule.issuer,
        "number": schedule.number,
        "region": schedule.region,
        "issued": schedule.issued.text if schedule.issued else None,
        "theme": schedule.theme,
        "subtheme": schedule.subtheme,
        "send_at": schedule.send_at.isoformat(timespec="minutes"),
        "zone": schedule.zone,
        "review": str(schedule.review).lower(),
        "daily": str(schedule.daily).lower(),
    }
    found = {place: value for place, value in plain.items() if value is not None}
    for window in schedule.windows:
        found[f"windows.{window.key}"] = f"{window.start.text} – {window.end.text}"
    for milestone in schedule.milestones:
        place = f"milestones.{milestone.key}"
        found[f"{place}.due"] = milestone.due.text
        if milestone.opens:
            found[f"{place}.opens"] = milestone.opens.text
        if milestone.reaches:
            found[f"{place}.reaches"] = milestone.reaches
        if milestone.needs:
            found[f"{place}.needs"] = _counts(milestone.needs)
        if milestone.units:
            found[f"{place}.units"] = ", ".join(milestone.units)
        found[f"{place}.after_due"] = milestone.after_due
        found[f"{place}.ladder"] = " ".join(rung.key for rung in milestone.ladder)
    for trigger, needs in schedule.requires.items():
        found[f"requires.{trigger}"] = _counts(needs)
    found |= commend_values(schedule.commend or ())
    for day, working in schedule.days.items():
        found[f"days.{day.isoformat()}"] = "working" if working else "off"
    return found


def _counts(needs: Mapping[str, int]) -> str:
    return ", ".join(f"{kind}×{count}" for kind, count in needs.items())
