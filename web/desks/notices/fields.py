"""A schedule as the fields of a form: each named by the place it changes, with what stands there now."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.dates_zh import to_chinese
from config.schedule import CaseKind, Milestone, Rung, Schedule, When
from engine.schedule_form import ScheduleForm
from web.desks.case.controls import material_name
from web.desks.notices.wording import Wording, rung_said, step_name
from web.words import said
from workflows.materials import either
from workflows.wording import MATERIALS


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField:
    """A date; ``exact`` where it is one day, which a calendar can show."""

    place: str
    label: str
    value: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountField:
    """How many of one kind of material are asked for."""

    name: str
    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsField:
    """The materials that a step or a milestone asks for, and those that could be added."""

    place: str
    label: str
    counts: tuple[CountField, ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RungField:
    """One reminder: whether it is sent, and how many working days from the date."""

    place: str
    label: str
    on: bool
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFields:
    """All fields of one milestone; ``own``: the notice itself states it, not one above."""

    key: str
    name: str
    own: bool
    dates: tuple[DateField, ...]
    needs: NeedsField | None
    rungs: tuple[RungField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFields:
    """All fields of a schedule."""

    year: int
    send_at: str
    review: bool
    daily: bool
    windows: tuple[DateField, ...]
    milestones: tuple[MilestoneFields, ...]
    requires: tuple[NeedsField, ...]
    ladder: tuple[RungField, ...]

    @property
    def dates(self) -> tuple[DateField, ...]:
        """Return every date that can be changed."""
        return (*self.windows, *(field for one in self.milestones for field in one.dates))

    @property
    def needs(self) -> tuple[NeedsField, ...]:
        """Return every list of materials that can be changed."""
        return (*self.requires, *(one.needs for one in self.milestones if one.needs))

    @property
    def rungs(self) -> tuple[RungField, ...]:
        """Return every reminder that can be turned on and off."""
        return (*self.ladder, *(rung for one in self.milestones for rung in one.rungs))


def fields_of(form: ScheduleForm, lang: str) -> ScheduleFields:
    """Return one version of a schedule as fields."""
    schedule = form.schedule
    words = Wording(schedules=(schedule,), lang=lang, year=0)
    on = {rung.key: rung for rung in form.ladder}
    return ScheduleFields(
        year=_year(schedule),
        send_at=f"{schedule.send_at:%H:%M}",
        review=schedule.review,
        daily=schedule.daily,
        windows=tuple(_windows(form, words)),
        milestones=tuple(_milestone(one, form, words) for one in schedule.milestones),
        requires=tuple(
            _needs(f"requires.{step}", step_name(step, lang), needs, lang)
            for step, needs in schedule.requires.items()
        ),
        ladder=tuple(
            _rung(f"ladder.{rung.key}", on.get(rung.key, rung), rung.key in on, lang) for rung in form.rungs
        ),
    )


def _year(schedule: Schedule) -> int:
    """Return the year that most dates of a schedule are of: what a date without one means."""
    days = [one.due.start for one in schedule.milestones] + [one.start.start for one in schedule.windows]
    years = Counter(day.year for day in days if day is not None)
    return years.most_common(1)[0][0] if years else 0


def _windows(form: ScheduleForm, words: Wording) -> Iterator[DateField]:
    for one in form.schedule.windows:
        if one.key in form.windows:
            name = one.name.in_(words.lang)
            for field, when in (("start", one.start), ("end", one.end)):
                label = words.say(f"notices.window_{field}", name=name)
                yield _date(f"windows.{one.key}.{field}", label, when, words.lang)


def _milestone(one: Milestone, form: ScheduleForm, words: Wording) -> MilestoneFields:
    place, lang = f"milestones.{one.key}", words.lang
    dates = [("opens", one.opens)] if one.opens else []
    asks = one.kind is CaseKind.REPORT or one.needs
    mine = {rung.key for rung in one.ladder}
    shown = {rung.key: rung for rung in (*form.ladder, *one.ladder) if rung.on == "due" or one.opens}
    return MilestoneFields(
        key=one.key,
        name=one.name.in_(lang),
        own=one.key in form.schedule.owns,
        dates=tuple(
            _date(f"{place}.{field}", words.say(f"notices.milestone_{field}"), when, lang)
            for field, when in (*dates, ("due", one.due))
        ),
        needs=_needs(f"{place}.needs", words.say("notices.asked_needs"), one.needs, lang) if asks else None,
        rungs=tuple(_rung(f"{place}.ladder.{key}", rung, key in mine, lang) for key, rung in shown.items()),
    )


def _date(place: str, label: str, when: When, lang: str) -> DateField:
    exact = when.day is not None and when.text == when.day.isoformat()
    value = to_chinese(when.text) if lang == "zh" and not exact else when.text
    return DateField(place=place, label=label, value=value, exact=exact)


def _needs(place: str, label: str, needs: Mapping[str, int], lang: str) -> NeedsField:
    return NeedsField(
        place=place,
        label=label,
        counts=tuple(
            CountField(name=f"{place}.{kind}", kind=kind, label=_material(kind, lang), count=count)
            for kind, count in needs.items()
        ),
        others=tuple(_others(needs, lang)),
    )


def _others(needs: Iterable[str], lang: str) -> Iterator[tuple[str, str]]:
    return ((kind, _material(kind, lang)) for kind in MATERIALS if kind not in needs)


def _material(kind: str, lang: str) -> str:
    return said("notices.or", lang).join(material_name(part).in_(lang) for part in either(kind))


def _rung(place: str, rung: Rung, on: bool, lang: str) -> RungField:
    return RungField(place=place, label=rung_said(rung, lang), on=on, offset=rung.offset)
