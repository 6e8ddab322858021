"""By which rule a campaign begins: the weekday of the month that fits the years that are known."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.schedule import Name

_DAYS = Name(zh="一二三四五六日", en="Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_WEEK = 7
_LAST = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonRule:
    """The ``nth`` such weekday (0 is Monday) of a month; -1 is the last one.

    ``fits`` are the days known that obey it, ``breaks`` those that do not: its evidence.
    """

    month: int
    nth: int
    weekday: int
    fits: tuple[date, ...]
    breaks: tuple[date, ...] = ()

    def day_in(self, year: int) -> date:
        """Return the day that the rule names in a year."""
        return _nth(year, self.month, self.nth, self.weekday)

    @property
    def name(self) -> Name:
        """Return the rule in words: the third Sunday of September."""
        zh, en = _DAYS.zh[self.weekday], _DAYS.en.split()[self.weekday]
        which = "最后一个" if self.nth == _LAST else f"第{'一二三四'[self.nth - 1]}个"
        order = "last" if self.nth == _LAST else ("first", "second", "third", "fourth")[self.nth - 1]
        month = date(2000, self.month, 1).strftime("%B")
        return Name(zh=f"{self.month}月{which}星期{zh}", en=f"the {order} {en} of {month}")

    @property
    def evidence(self) -> Name:
        """Return the days that the rule was read from, and those that it does not explain."""
        fits = ", ".join(str(day) for day in self.fits)
        breaks = ", ".join(str(day) for day in self.breaks)
        if not breaks:
            return Name(zh=f"依据 {fits}", en=f"as {fits}")
        return Name(zh=f"依据 {fits}，但与 {breaks} 不合", en=f"as {fits}, though not {breaks}")


def rule_of(days: Sequence[date]) -> SeasonRule:
    """Return the rule that the latest of some first days obeys and that explains most of the others.

    Of one day both "the third Sunday" and "the last Sunday" may be true; the count from the front wins
    where the other years do not speak against it, and a fifth weekday is always the last.
    """
    known = sorted(set(days), reverse=True)
    latest = known[0]
    counts = [nth for nth in ((latest.day - 1) // _WEEK + 1, _LAST) if nth < 5]
    rules = [
        _explaining(SeasonRule(month=latest.month, nth=nth, weekday=latest.weekday(), fits=()), known)
        for nth in counts
        if _nth(latest.year, latest.month, nth, latest.weekday()) == latest
    ]
    return max(rules, key=lambda rule: len(rule.fits))


def _explaining(rule: SeasonRule, known: Sequence[date]) -> SeasonRule:
    fits = tuple(day for day in known if rule.day_in(day.year) == day)
    return SeasonRule(
        month=rule.month,
        nth=rule.nth,
        weekday=rule.weekday,
        fits=fits,
        breaks=tuple(day for day in known if day not in fits),
    )


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    last = monthrange(year, month)[1]
    if nth == _LAST:
        return date(year, month, last - (date(year, month, last).weekday() - weekday) % _WEEK)
    first = 1 + (weekday - date(year, month, 1).weekday()) % _WEEK
    return date(year, month, first + _WEEK * (nth - 1))
