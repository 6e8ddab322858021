"""The values in a change as people read them: names for numbers, words for codes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from config.regions import full_name, regions
from config.schedule import Name
from engine.audit.messages import FIELDS, WORDS
from engine.audit.names import Names, meant_by
from engine.clock import unstamp
from engine.rules import zone
from workflows.wording import MONTHS, say_materials

LANGS = ("zh", "en")
CHINA = zone("Asia/Shanghai")
_DAYS = ("starts_on", "ends_on")
_INSTANTS = ("muted_until", "until")


def same(value: object) -> Name:
    """Return a text that is the same in both languages: a name, a number, what somebody wrote."""
    return Name(zh=str(value), en=str(value))


def field_name(field: str) -> Name:
    """Return what a value is called; the place of a schedule's value stands as it is."""
    return FIELDS.get(field) or same(field)


def value_said(field: str, value: Any, names: Names) -> Name:
    """Return a value in words."""
    if isinstance(value, bool):
        return WORDS["yes" if value else "no"]
    if isinstance(value, Mapping):
        return _counted(value)
    if isinstance(value, str) and (field in _DAYS or field in _INSTANTS):
        return day_said(date.fromisoformat(value)) if field in _DAYS else moment_said(unstamp(value))
    if field == "region" and value in regions():
        return same(full_name(value))
    return WORDS.get(f"{field}.{value}") or same(_named(field, value, names))


def _named(field: str, value: Any, names: Names) -> Any:
    subject = meant_by(field, value)
    return names.get(subject, subject) if subject else "" if value is None else value


def day_said(day: date) -> Name:
    """Return a day with its year: 2023年9月17日, 17 September 2023."""
    return Name(
        zh=f"{day.year}年{day.month}月{day.day}日", en=f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    )


def moment_said(at: datetime, local: ZoneInfo = CHINA, *, year: int | None = None) -> Name:
    """Return an instant as people write it: 9月20日 16:04, 20 Sep 16:04; with its year unless ``year``."""
    day = at.astimezone(local)
    zh, en = f"{day.month}月{day.day}日 {day:%H:%M}", f"{day.day} {MONTHS[day.month - 1][:3]}"
    if day.year == year:
        return Name(zh=zh, en=f"{en} {day:%H:%M}")
    return Name(zh=f"{day.year}年{zh}", en=f"{en} {day.year} {day:%H:%M}")


def listed(texts: Iterable[Name]) -> Name:
    """Return some texts as one list."""
    kept = list(texts)
    zh, en = (WORDS["comma"].in_(lang).join(one.in_(lang) for one in kept) for lang in LANGS)
    return Name(zh=zh, en=en)


def materials_said(materials: Sequence[Mapping[str, Any]]) -> Name:
    """Return how many of what: 3 张照片、1 个视频."""
    counts: dict[str, int] = {}
    for one in materials:
        counts[one["kind"]] = counts.get(one["kind"], 0) + 1
    return _counted(counts)


def _counted(counts: Mapping[str, int]) -> Name:
    return listed(
        Name(zh=say_materials(kind, count, "zh"), en=say_materials(kind, count, "en"))
        for kind, count in counts.items()
    )


def rights_said(rights: Sequence[Mapping[str, Any]], names: Names) -> Name:
    """Return some rights in words: 福建省泉州市管理员."""
    return listed(_right(one, names) for one in rights)


def _right(right: Mapping[str, Any], names: Names) -> Name:
    role = WORDS.get(f"role.{right['role']}") or same(right["role"])
    place = value_said("region", right["region"], names)
    unit = value_said("unit_id", right.get("unit_id"), names)
    until = value_said("until", right.get("until"), names)
    key = "right.unit" if right.get("unit_id") is not None else "right.region"
    form = WORDS[f"{key}.until" if right.get("until") else key]
    gaps = {"role": role, "region": place, "unit": unit, "until": until}
    zh, en = (
        form.in_(lang).format_map({name: text.in_(lang) for name, text in gaps.items()}) for lang in LANGS
    )
    return Name(zh=zh, en=en)
