"""The places and values of a schedule in words: ``milestones.summary.due`` is “提交活动总结”的截止日."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from config.firings import DAILY
from config.ladder import DEFAULT
from config.regions import full_name, regions
from config.schedule import Milestone, Rung, Schedule
from engine.schedule_diff import FieldChange
from notifications.words import listed
from web.desks.notices.dates import day_said, text_said
from web.pictures.ladder import rung_name
from web.words import TEXTS, said
from workflows.registry import lifecycle
from workflows.wording import say_materials


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedValue:
    """One value that differs, in words; empty where there was or will be none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Says what stands in some schedules, in a language; the first that knows a thing names it."""

    schedules: tuple[Schedule, ...]
    lang: str
    year: int

    def changed(self, fields: Iterable[FieldChange]) -> tuple[ChangedValue, ...]:
        """Return values that differ, in words."""
        return tuple(self._changed(one) for one in fields)

    def place(self, place: str) -> str:
        """Return what a value is called."""
        family, _, rest = place.partition(".")
        key, _, field = rest.partition(".")
        if family == "windows":
            return self.say("notices.place_window", name=self._window(key))
        if family == "milestones" and f"notices.place_milestone_{field}" in TEXTS:
            return self.say(f"notices.place_milestone_{field}", name=self.milestone(key))
        if family == "requires":
            return self.say("notices.place_requires", step=step_name(key, self.lang))
        if family == "commend":
            return self.say(
                "commendation.rule_place",
                award=self.say(f"commendation.of_{key}"),
                what=self.say(f"commendation.rule_{field}"),
            )
        if family == "days":
            return self.say("notices.place_day", day=self._day(key))
        return self.say(f"notices.place_{place}") if f"notices.place_{place}" in TEXTS else place

    def value(self, place: str, raw: str | None) -> str:
        """Return a value as people say it; empty where there is none."""
        if raw is None:
            return ""
        family, _, rest = place.partition(".")
        field = rest.rpartition(".")[2] if family == "milestones" else family
        say = _VALUES.get(field)
        return say(self, place, raw) if say else raw

    def milestone(self, key: str) -> str:
        """Return what a milestone is called."""
        found = self._milestone(key)
        return found.name.in_(self.lang) if found else key

    def rung(self, milestone: str, key: str) -> str:
        """Return what a reminder is called: how many working days before or after which date."""
        if key == DAILY:
            return self.say("notices.rung_daily")
        known = (rung for one in self._milestones(milestone) for rung in one.ladder)
        found = next((rung for rung in (*known, *DEFAULT) if rung.key == key), None)
        return rung_said(found, self.lang) if found else key

    def say(self, key: str, **values: object) -> str:
        """Return a message in this language."""
        return said(key, self.lang, **values)

    def _changed(self, one: FieldChange) -> ChangedValue:
        name, before, after = self.place(one.place), one.before, one.after
        if one.place.endswith(".ladder") and before is not None and after is not None:
            gone, fresh = _without(before, after), _without(after, before)
            before_said = self.value(one.place, gone) if gone else ""
            after_said = self.value(one.place, fresh) if fresh else self.say("notices.rungs_gone")
            return ChangedValue(name=name, before=before_said, after=after_said)
        return ChangedValue(
            name=name, before=self.value(one.place, before), after=self.value(one.place, after)
        )

    def _milestone(self, key: str) -> Milestone | None:
        return next(iter(self._milestones(key)), None)

    def _milestones(self, key: str) -> list[Milestone]:
        return [one for schedule in self.schedules if (one := schedule.milestone(key))]

    def _window(self, key: str) -> str:
        windows = (window for schedule in self.schedules for window in schedule.windows)
        return next((one.name.in_(self.lang) for one in windows if one.key == key), key)

    def _day(self, text: str) -> str:
        return day_said(date.fromisoformat(text), self.lang, year=self.year)


def _without(keys: str, others: str) -> str:
    """Return those of some rungs' keys that others do not have."""
    return " ".join(key for key in keys.split() if key not in others.split())


def rung_said(rung: Rung, lang: str) -> str:
    """Return what a rung is called."""
    if rung.template == "closing":
        return said("notices.rung_closing", lang)
    return rung_name(rung.on, rung.offset, lang)


def step_name(trigger: str, lang: str) -> str:
    """Return what a step of an activity or a report is called."""
    known = lifecycle("activity").triggers.get(trigger) or lifecycle("report").triggers.get(trigger)
    return known.in_(lang) if known else trigger


def state_said(state: str, lang: str) -> str:
    """Return what a state of an activity or a report is called."""
    known = lifecycle("activity").labels.get(state) or lifecycle("report").labels.get(state)
    return known.in_(lang) if known else state


def needs_said(needs: Mapping[str, int], lang: str) -> str:
    """Return materials with their counts, as one list."""
    if not needs:
        return said("notices.no_materials", lang)
    return listed([say_materials(kind, count, lang) for kind, count in needs.items()], lang)


def units_said(units: Iterable[str], lang: str) -> str:
    """Return which units owe a report, as one list."""
    return listed([_unit(word, lang) for word in units], lang)


def _unit(word: str, lang: str) -> str:
    level, _, kind = word.partition("/")
    levels, kinds = f"notices.level_{level}", f"notices.kind_{kind}"
    if level == "*" and kind == "*":
        return said("notices.any_unit", lang)
    if level == "*":
        return said(kinds, lang)
    if kind == "*":
        return said("notices.units_of_level", lang, level=said(levels, lang))
    return said("notices.unit_kind", lang, level=said(levels, lang), kind=said(kinds, lang))


def _date(words: Wording, _place: str, raw: str) -> str:
    return text_said(raw, words.lang, year=words.year)


def _window(words: Wording, _place: str, raw: str) -> str:
    start, _, end = raw.partition(" – ")
    first, last = (text_said(text, words.lang, year=words.year) for text in (start, end))
    return words.say("notices.from_to", first=first, last=last)


def _counts(words: Wording, _place: str, raw: str) -> str:
    pairs = (part.rpartition("×") for part in raw.split(", ") if part)
    return needs_said({kind: int(count) for kind, _, count in pairs}, words.lang)


def _ladder(words: Wording, place: str, raw: str) -> str:
    milestone = place.split(".")[1]
    named = [words.rung(milestone, key) for key in raw.split()]
    return listed(named, words.lang) if named else words.say("notices.no_reminders")


def _word(words: Wording, place: str, raw: str) -> str:
    key = f"notices.value_{place.rpartition('.')[2]}_{raw}"
    if place.startswith("days."):
        key = f"notices.value_day_{raw}"
    return words.say(key) if key in TEXTS else raw


def _region(_words: Wording, _place: str, raw: str) -> str:
    return full_name(raw) if raw in regions() else raw


_VALUES: Mapping[str, Callable[[Wording, str, str], str]] = {
    "issued": _date,
    "due": _date,
    "opens": _date,
    "windows": _window,
    "needs": _counts,
    "requires": _counts,
    "ladder": _ladder,
    "units": lambda words, _, raw: units_said(raw.split(", "), words.lang),
    "reaches": lambda words, _, raw: state_said(raw, words.lang),
    "after_due": _word,
    "review": _word,
    "daily": _word,
    "days": _word,
    "region": _region,
}
