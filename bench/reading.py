"""Reading a notice: its text of 5,000 characters into a draft, and a Word file as a whole command does."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from unicodedata import normalize

from bench.city import workplace
from bench.measure import Cost, Figure, Scale, in_turn, timed
from config.catalogue import catalogue
from config.reading.read import read_notice
from config.resolve import resolve
from config.schedule import Schedule
from engine.simulate.notice_paper import notice_lines, write_notice

GOAL, COMMAND_GOAL = 5.0, 1.0
"""Milliseconds a text; seconds a command."""

LENGTH = 5000
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_PROSE = (
    "各单位要高度重视，加强组织领导，结合本地区、本行业实际，精心策划、周密安排，把活动办出特色、办出成效。",
    "要充分发挥科普场馆、学校、社区和科技工作者的作用，面向青少年、农民、产业工人、老年人等开展形式多样的活动。",
    "要坚持安全第一，落实安全责任，制定应急预案，确保活动安全有序；厉行节约，反对浪费，不增加基层负担。",
)


def run(scale: Scale) -> Iterator[Figure]:
    """Measure a text in hand, and a file from the command line."""
    schedule = resolve("quanzhou-2023", catalogue())
    yield _text(text_of(schedule), scale)
    with workplace() as folder:
        yield _command(schedule, folder, scale)


def text_of(schedule: Schedule) -> str:
    """Return a notice of 5,000 characters: the schedule's own lines, with the usual prose between them."""
    lines = list(notice_lines(schedule))
    room = LENGTH - sum(len(line) + 1 for line in lines)
    for place, prose in enumerate(cycle(_PROSE)):
        if room <= len(prose):
            break
        lines.insert(2 + place % (len(lines) - 3), prose)
        room -= len(prose) + 1
    return "\n".join(lines)


def _text(text: str, scale: Scale) -> Figure:
    times = in_turn(
        scale.pick(15, 2),
        {
            "floor": lambda _: _each(scale, lambda: _DATE.findall(normalize("NFKC", text))),
            "ours": lambda _: _each(scale, lambda: read_notice(text)),
        },
    )
    ours = times.best("ours") * 1e3
    return Figure(
        name="reading, text",
        measures=f"a notice of {len(text):,} characters read, {len(read_notice(text).clauses)} dates in it",
        floor=f"{times.best('floor') * 1e3:.2f} ms",
        ours=f"{ours:.2f} ms (median {times.of('ours') * 1e3:.2f})",
        ratio=times.ratio("floor", "ours"),
        goal=f"≤ {GOAL:.0f} ms",
        met=ours <= GOAL,
        notes=("Floor: forms folded and one pattern run over it. Both: the best round.",),
        values=times.values(),
    )


def _each(scale: Scale, work: Callable[[], object]) -> Cost:
    times = scale.pick(20, 1)

    def repeated() -> None:
        for _ in range(times):
            work()

    return timed(repeated, times)


def _command(schedule: Schedule, folder: Path, scale: Scale) -> Figure:
    paper = folder / "notice.docx"
    write_notice(schedule, paper)
    times = in_turn(
        scale.pick(5, 1),
        {
            "floor": lambda _: _run("-c", "pass"),
            "ours": lambda _: _run("-m", "cli", "notice", "read", str(paper), "--json"),
        },
    )
    ours = times.best("ours")
    return Figure(
        name="reading, command",
        measures="`duban notice read` of a Word file, as a whole process",
        floor=f"{times.best('floor'):.2f} s",
        ours=f"{ours:.2f} s",
        ratio=times.ratio("floor", "ours"),
        goal=f"≤ {COMMAND_GOAL:.0f} s",
        met=ours <= COMMAND_GOAL,
        notes=("Floor: Python itself. The file is parsed in a process of its own.",),
        values=times.values(),
    )


def _run(*words: str) -> Cost:
    return timed(lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True), 1)
