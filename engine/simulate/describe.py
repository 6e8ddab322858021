"""A season for the terminal: who got what, where the cases ended, three mails to open, what to type next."""

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from config.schedule import Name
from engine.simulate.describe_papers import paper_lines
from engine.simulate.season import RungFigures, Season
from workflows.lifecycle import Lifecycle
from workflows.registry import lifecycle

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_WEEKLY = frozenset({"+8", "+13", "+18", "+23"})
_COLUMNS: tuple[tuple[str, Name], ...] = (
    ("opening", Name(zh="开始", en="open")),
    ("-7", Name(zh="-7", en="-7")),
    ("-3", Name(zh="-3", en="-3")),
    ("-1", Name(zh="-1", en="-1")),
    ("0", Name(zh="当日", en="day")),
    ("+1", Name(zh="+1", en="+1")),
    ("+3", Name(zh="+3", en="+3")),
    ("weekly", Name(zh="每周", en="weekly")),
    ("closing", Name(zh="收尾", en="close")),
    ("entered", Name(zh="补录", en="late")),
)
_LATE = frozenset({"+1", "+3", "weekly"})
_TEXTS: Mapping[str, Name] = {
    "head": Name(
        zh="{year} 年，{notices} 份通知，{activities:,} 项活动，{people:,} 人："
        "{start}至{end}，用时 {seconds:.0f} 秒",
        en="{year}: {notices} notice(s), {activities:,} activities, {people:,} people; "
        "{start} to {end} in {seconds:.0f} s",
    ),
    "who": Name(
        zh="谁收到了什么（邮件数，按提醒档；一封邮件可以提到几个节点）",
        en="Who got what (mails, by rung; one mail may tell of several milestones)",
    ),
    "where": Name(zh="活动走到了哪一步", en="How far the activities came"),
    "reports": Name(zh="应报送的单位", en="What units owed"),
    "notice": Name(zh="通知", en="notice"),
    "milestone": Name(zh="节点", en="milestone"),
    "all": Name(zh="合计", en="all"),
    "mails": Name(zh="邮件", en="Mails"),
    "ledger": Name(zh="台账", en="Ledger"),
    "proof": Name(zh="历史", en="History"),
    "sound": Name(zh="{rows:,} 行，校验无误，根 {root}", en="{rows:,} rows, verified, root {root}"),
    "altered": Name(zh="{rows:,} 行，校验不通过", en="{rows:,} rows, not sound"),
    "papers": Name(zh="文件和表扬", en="Papers and commendations"),
    "look": Name(zh="打开看看", en="Mails to open"),
    "next": Name(zh="接下来可以输入", en="What to type next"),
    "mailed": Name(zh="已发邮件", en="mailed"),
    "no_address": Name(zh="邮箱不可用", en="no address"),
    "muted": Name(zh="已静音", en="muted"),
    "stale": Name(zh="过时", en="stale"),
    "opening": Name(zh="开始", en="opening"),
    "reminder": Name(zh="提醒", en="reminder"),
    "overdue": Name(zh="逾期，同时告知负责人", en="overdue, lead told too"),
    "closing": Name(zh="收尾", en="closing note"),
    "commended": Name(zh="表扬", en="commendation"),
}
_NEXT = (
    (
        "duban notice show {notice}",
        Name(zh="每个日期和它的出处", en="each date and where it comes from"),
    ),
    ("duban activity list --late", Name(zh="谁逾期了", en="who is late")),
    ("duban why {ref}", Name(zh="为什么（没）收到邮件", en="why somebody did (not) get a mail")),
    ("duban history list {ref}", Name(zh="这一项的全部经过", en="all that happened to this case")),
    ("duban history verify", Name(zh="证明历史没有被改过", en="prove that nothing was altered")),
)
_ACTIVITY = (
    "planned",
    "registered",
    "held",
    "info_completed",
    "summarized",
    "commended",
    "closed",
    "cancelled",
)
_REPORT = ("due", "submitted", "accepted", "waived")

Say = Callable[[str], str]


def describe(season: Season, lang: str = "zh") -> "list[RenderableType]":
    """Return what the terminal shows of a season, in the order of reading."""
    from rich.padding import Padding  # noqa: PLC0415  only the command line needs it
    from rich.text import Text  # noqa: PLC0415

    def say(name: str) -> str:
        return _TEXTS[name].in_(lang) if name in _TEXTS else name

    parts: list[tuple[str, RenderableType]] = [
        ("who", _who(season, lang)),
        ("where", _states(season, "activity", _ACTIVITY, lang)),
        ("reports", _states(season, "report", _REPORT, lang)),
        ("", _sums(season, say, lang)),
        ("papers", _papers(season, lang)),
        ("look", _mails(season, say)),
        ("next", _commands(season, lang)),
    ]
    shown: list[RenderableType] = [Text(_head(season, say, lang), style="bold")]
    for title, part in parts:
        shown.append(Text(f"\n{say(title)}", style="bold") if title else Text())
        shown.append(Padding(part, (0, 0, 0, 2)))
    return shown


def _head(season: Season, say: Say, lang: str) -> str:
    return say("head").format(
        year=season.year,
        notices=len(season.places),
        activities=season.activities,
        people=season.people,
        start=_day(season.start, lang),
        end=_day(season.end, lang),
        seconds=season.seconds,
    )


def _day(day: date, lang: str) -> str:
    return day.isoformat() if lang == "en" else f"{day.year}年{day.month}月{day.day}日"


def _table(headings: Iterable[tuple[str, bool]]) -> "Table":
    """Return a table without lines; a heading says whether its column holds numbers, which are never cut."""
    from rich.table import Table  # noqa: PLC0415

    columns = list(headings)
    table = Table(
        box=None, padding=(0, 1 if len(columns) > 8 else 2, 0, 0), header_style="dim", pad_edge=False
    )
    for heading, number in columns:
        table.add_column(heading, justify="right" if number else "left", no_wrap=number, overflow="fold")
    return table


def _who(season: Season, lang: str) -> "Table":
    words = [_TEXTS["notice"], _TEXTS["milestone"]]
    numbers = [name for _, name in _COLUMNS] + [_TEXTS["all"]]
    table = _table([(w.in_(lang), False) for w in words] + [(w.in_(lang), True) for w in numbers])
    last = ""
    for (notice, _), rungs in _by_milestone(season.rungs).items():
        place = _place(season, notice, lang) if notice != last else ""
        table.add_row(place, rungs[0].name.in_(lang), *_cells(rungs))
        last = notice
    return table


def _by_milestone(figures: Sequence[RungFigures]) -> dict[tuple[str, str], list[RungFigures]]:
    found: dict[tuple[str, str], list[RungFigures]] = {}
    for one in figures:
        found.setdefault((one.notice, one.milestone), []).append(one)
    return {key: rungs for key, rungs in found.items() if any(one.cases for one in rungs)}


def _cells(rungs: Sequence[RungFigures]) -> list[str]:
    mails: dict[str, int] = {}
    for one in rungs:
        column = "weekly" if one.rung in _WEEKLY else one.rung
        mails[column] = mails.get(column, 0) + one.mails
    cells = [_number(mails.get(key), late=key in _LATE) for key, _ in _COLUMNS]
    return [*cells, f"[bold]{sum(mails.values()):,}[/bold]"]


def _number(count: int | None, *, late: bool = False) -> str:
    if not count:
        return "[dim]-[/dim]" if count is None else "[dim]0[/dim]"
    return f"[red]{count:,}[/red]" if late else f"{count:,}"


def _place(season: Season, notice: str, lang: str) -> str:
    return notice if lang == "en" else season.places.get(notice, notice)


def _states(season: Season, kind: str, states: Sequence[str], lang: str) -> "Table":
    life: Lifecycle = lifecycle(kind)
    headings = [(_TEXTS["notice"].in_(lang), False)]
    headings += [(life.labels[state].in_(lang), True) for state in states]
    table = _table([*headings, (_TEXTS["all"].in_(lang), True)])
    for notice, kinds in season.states.items():
        counts = kinds.get(kind, {})
        if counts:
            cells = [_number(counts.get(state, 0)) for state in states]
            table.add_row(_place(season, notice, lang), *cells, f"[bold]{sum(counts.values()):,}[/bold]")
    return table


def _sums(season: Season, say: Say, lang: str) -> "Table":
    labels = lifecycle("message").labels
    mails = {labels[state].in_(lang): count for state, count in season.mails.items()}
    lines = {say(outcome): count for outcome, count in season.ledger.items()}
    proof = say("sound" if season.sound else "altered").format(
        rows=season.history_rows, root=season.root[:16]
    )
    table = _table([("", False), ("", True), ("", False)])
    table.show_header = False
    table.add_row(say("mails"), f"{sum(mails.values()):,}", _listed(mails, lang))
    table.add_row(say("ledger"), f"{sum(lines.values()):,}", _listed(lines, lang))
    table.add_row(say("proof"), "", proof)
    return table


def _listed(counts: Mapping[str, int], lang: str) -> str:
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return (", " if lang == "en" else "，").join(f"{name} {count:,}" for name, count in ordered)


def _mails(season: Season, say: Say) -> "Table":
    from rich.text import Text  # noqa: PLC0415

    table = _table([("", False), ("", False)])
    table.show_header = False
    table.columns[0].no_wrap = True
    for one in season.examples:
        table.add_row(say(one.kind), Text.assemble(one.subject, "\n", (str(one.path), "dim")))
    return table


def _papers(season: Season, lang: str) -> "Table":
    from rich.text import Text  # noqa: PLC0415

    table = _table([("", False), ("", False)])
    table.show_header = False
    table.columns[0].no_wrap = True
    for name, told, path in paper_lines(season, lang):
        where = Text.assemble("\n", (str(path), "dim")) if path else Text()
        table.add_row(name, Text.assemble(told, where))
    return table


def _made_known(season: Season) -> list[str]:
    """Return what a shell must be told first: the season's home, and where ``duban`` is."""
    windows = sys.platform == "win32"
    lines = [f"{'set' if windows else 'export'} DUBAN_HOME={season.home}"]
    if shutil.which("duban") is None:
        programs = Path(sys.executable).parent
        lines.append(f"set PATH={programs};%PATH%" if windows else f'export PATH="{programs}:$PATH"')
    return lines


def _commands(season: Season, lang: str) -> "Table":
    table = _table([("", False), ("", False)])
    table.show_header = False
    for line in _made_known(season):
        table.add_row(line, "")
    ref = next((one.ref for one in season.examples if one.kind == "overdue"), "")
    rungs = Counter(one.notice for one in season.rungs)
    notice = max(rungs, key=rungs.__getitem__, default="")
    for command, why in _NEXT:
        if ref or "{ref}" not in command:
            table.add_row(command.format(ref=ref, notice=notice), f"[dim]{why.in_(lang)}[/dim]")
    return table
