"""The milestones and windows that a schedule takes over from a reading, before they are written down."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from config.reading.drafting.acts import Act, Demand, completes, demands_of, files, named_for
from config.reading.drafting.addressees import EACH_ACTIVITY, Owed, names_somebody, owed_by
from config.reading.drafting.decisions import Decisions, taken
from config.reading.drafting.expressions import TBD, bounds_of, is_relative
from config.reading.reading import Clause, Reading, Sort
from config.regions import level
from config.schedule import CaseKind, Milestone, Name, Schedule, Window

_NEAR = 200  # characters before a date in which those who are asked are looked for
_ACTIVITY = frozenset({Act.REGISTER, Act.COMPLETE, Act.SUMMARIZE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as a notice file writes it, and the clause that states it."""

    text: str
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A milestone to be written; ``above`` is the one of the parent's that it makes more exact."""

    key: str
    name: Name
    units: tuple[str, ...] = ()
    reaches: str | None = None
    needs: Mapping[str, int] = field(default_factory=dict)
    opens: Dated | None = None
    due: Dated | None = None
    above: Milestone | None = None
    guesses: tuple[Name, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses that it comes from, that of its last day first."""
        return tuple(dict.fromkeys(one.clause for one in (self.due, self.opens) if one))


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A window to be written."""

    key: str
    name: Name
    start: Dated
    end: Dated


def tasks_of(
    reading: Reading, decisions: Decisions, *, region: str, parent: Schedule | None
) -> tuple[Task, ...]:
    """Return the milestones that the clauses taken over ask for, in the order of the notice."""
    tasks: list[Task] = []
    for clause, decision in taken(reading, decisions):
        first, last = bounds_of(clause, decision, reading.text)
        if clause.sort is Sort.WINDOW or (first, last) == (None, None):
            continue
        for fresh in _asked(clause, reading.text, region):
            opens = None if first == last else _dated(first, clause)
            dated = replace(fresh, opens=opens, due=_dated(last, clause))
            _add(tasks, _possible(dated), parent=parent, region=region)
    return tuple(tasks)


def periods_of(reading: Reading, decisions: Decisions, *, parent: Schedule | None) -> tuple[Period, ...]:
    """Return the windows that the clauses taken over state, in the order of the notice."""
    periods: list[Period] = []
    for clause, decision in taken(reading, decisions):
        first, last = bounds_of(clause, decision, reading.text)
        if clause.sort is Sort.WINDOW and last not in (None, TBD):
            start, end = Dated(text=first or str(last), clause=clause), Dated(text=str(last), clause=clause)
            same = _same_window(parent, start.text, end.text)
            key = same.key if same else _free("period", [one.key for one in periods], _windows_above(parent))
            name = Name(zh=_short(clause.name), en="Main week") if clause.name else None
            name = name or Name(zh="活动时间", en="Period of activities")
            periods.append(Period(key=key, name=same.name if same else _english(name), start=start, end=end))
    return tuple(periods)


def _asked(clause: Clause, text: str, region: str) -> Iterator[Task]:
    action = _squeezed(clause.action or clause.cite.of(text))
    context = _squeezed(" ".join((*clause.materials, clause.cite.of(text))))
    owed = _owed(clause, text, region)
    if is_relative(clause.when.relative) and _of_each_activity(action, owed):
        owed = EACH_ACTIVITY
    for demand in demands_of(action, context, owed):
        yield Task(
            key=demand.act,
            name=named_for(demand.act, f"{action} {context}"),
            units=demand.units,
            reaches="submitted" if demand.units else demand.reaches,
            needs=demand.needs,
            guesses=tuple(_guesses(demand, owed)),
        )


def _of_each_activity(action: str, owed: Owed) -> bool:
    """Tell whether what is counted from a day held is asked of the activity, though no host is named."""
    return not owed.activity and (completes(action) or not (owed.named or files(action)))


def _owed(clause: Clause, text: str, region: str) -> Owed:
    """Return who owes what a clause asks; where the reader found nobody, whoever its sentence begins with."""
    before = _squeezed(text[clause.cite.start : clause.when.words.start])[-_NEAR:]
    if clause.who or not names_somebody(before):
        return owed_by(clause.who, level(region))
    return owed_by(before, level(region))


def _guesses(demand: Demand, owed: Owed) -> Iterator[Name]:
    if owed.guess and (demand.units or not owed.units):
        yield owed.guess
    if demand.act in _ACTIVITY and not owed.activity:
        yield Name(
            zh="这里按每项活动来办，不是由单位报送。",
            en="Read as asked of every activity, not of units.",
        )
    if demand.act is Act.HAND_IN and demand.needs == {"report": 1}:
        yield Name(
            zh="没有读出要交什么，先按一份总结报告。",
            en="What is to be handed in was not understood; one report is assumed.",
        )


def _possible(task: Task) -> Task:
    """Return a task whose report is not counted from a day held: nothing of a report is held."""
    if not (task.units and task.due and is_relative(task.due.text)):
        return task
    told = Name(
        zh="报送没有举办日，不能按举办日推算，先写待定，请填写日期。",
        en="A report has no day on which it is held; it is left open until a date is written.",
    )
    return replace(task, due=replace(task.due, text=TBD), guesses=(*task.guesses, told))


def _add(tasks: list[Task], fresh: Task, *, parent: Schedule | None, region: str) -> None:
    """Join an opening with the deadline it belongs to; whatever else is said is a milestone of its own."""
    for place, known in enumerate(tasks):
        if _same_kind(known, fresh) and (joined := _joined(known, fresh)):
            tasks[place] = joined
            return
    again = any(_same_kind(known, fresh) for known in tasks)
    if again and fresh.reaches and not fresh.units:  # a state is reached once: what comes later is a report
        fresh = _as_report(fresh)
    above = None if again else _above(fresh, parent)
    if above:
        tasks.append(replace(fresh, key=above.key, name=above.name, above=above))
        return
    number = 1 + sum(one.name.zh.startswith(fresh.name.zh) for one in tasks)
    key = _free(fresh.key, [one.key for one in tasks], _keys_above(parent), f"{level(region)}_{fresh.key}")
    tasks.append(replace(fresh, key=key, name=_numbered(fresh.name, number)))


def _joined(known: Task, fresh: Task) -> Task | None:
    if _text(known.due) == _text(fresh.due) and _text(known.opens) == _text(fresh.opens):
        return replace(known, needs={**known.needs, **fresh.needs})
    if (known.due and fresh.due) or (known.opens and fresh.opens):
        return None
    guesses = tuple(dict.fromkeys((*known.guesses, *fresh.guesses)))
    return replace(known, opens=known.opens or fresh.opens, due=known.due or fresh.due, guesses=guesses)


def _same_kind(one: Task, other: Task) -> bool:
    return (one.units, one.reaches) == (other.units, other.reaches) and (
        bool(one.reaches and not one.units) or one.needs == other.needs
    )


def _as_report(task: Task) -> Task:
    told = Name(
        zh="同一件事前面已有截止日，这里按另交一份总结报告。",
        en="The same was due before; this is read as a further report.",
    )
    name = Name(zh=f"{task.name.zh}（全面）", en=f"{task.name.en} in full")
    key = f"{task.key}_full"
    return replace(task, key=key, name=name, reaches=None, needs={"report": 1}, guesses=(*task.guesses, told))


def _above(task: Task, parent: Schedule | None) -> Milestone | None:
    """Return the parent's milestone that asks the same of the same."""
    for one in parent.milestones if parent else ():
        same = (one.kind is CaseKind.REPORT) == bool(task.units) and one.reaches == task.reaches
        if same and set(one.units) == set(task.units) and (task.reaches or one.needs == task.needs):
            return one
    return None


def _free(key: str, taken_keys: Iterable[str], above: Iterable[str], otherwise: str = "") -> str:
    """Return a key that neither the notice nor the ones above it use."""
    used = {*taken_keys, *above}
    wanted = otherwise if otherwise and key in set(above) else key
    number = 2
    free = wanted
    while free in used:
        free, number = f"{wanted}_{number}", number + 1
    return free


def _keys_above(parent: Schedule | None) -> tuple[str, ...]:
    return tuple(one.key for one in parent.milestones) if parent else ()


def _windows_above(parent: Schedule | None) -> tuple[str, ...]:
    return tuple(one.key for one in parent.windows) if parent else ()


def _same_window(parent: Schedule | None, start: str, end: str) -> Window | None:
    windows = parent.windows if parent else ()
    return next((one for one in windows if (one.start.text, one.end.text) == (start, end)), None)


def _english(name: Name) -> Name:
    return Name(zh=name.zh, en="Period of activities")


def _numbered(name: Name, number: int) -> Name:
    return name if number == 1 else Name(zh=f"{name.zh}（{number}）", en=f"{name.en} ({number})")


def _dated(text: str | None, clause: Clause) -> Dated | None:
    return Dated(text=text, clause=clause) if text else None


def _text(dated: Dated | None) -> str:
    return dated.text if dated else ""


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _short(words: str | None) -> str:
    return (words or "").strip()[:40]
