"""What is wrong with an official sheet, told by row of a table or by document."""

from collections.abc import Sequence

from config.errors import UserError
from config.schedule import Name
from engine.official.grid import Line
from engine.official.headings import Guess
from engine.official.reading import Reading
from engine.sheets.problems import SHOWN, Problem, SheetRefused, Wrong, problem, shown


class OfficialRefused(SheetRefused):
    """Places of a sheet cannot be imported; nothing of it was. ``problems`` lists them by row or document."""

    def __init__(self, reading: Reading, problems: Sequence[Problem]) -> None:
        super().__init__(reading.grid.place, problems, rows=len(reading.lines))
        if reading.grid.documents:
            self.text = _of_documents(reading.grid.place, problems, len(reading.lines))


class HeadingsAsked(UserError):
    """Some headings were never seen; nothing is imported before a person says what they mean."""

    def __init__(self, reading: Reading) -> None:
        self.guesses, self.missing = reading.guesses, reading.missing
        self.names = {one.key: one.heading for one in reading.sheet.columns}
        zh, en = _asked(reading)
        super().__init__(
            zh=f"{reading.grid.place}：{zh}", en=f"{reading.grid.place}: {en}", code="official.headings"
        )


def problem_at(line: Line, heading: str, value: str, wrong: Wrong, *, documents: bool) -> Problem:
    """Return what is wrong with a place of a line."""
    told = problem(line.number, heading, value, wrong)
    if not documents:
        return told
    where = line.file.rpartition("/")[2] or f"第 {line.number} 份"
    there = line.file.rpartition("/")[2] or f"document {line.number}"
    return Problem(
        row=told.row,
        column=told.column,
        value=told.value,
        zh=told.zh.replace(f"第 {line.number} 行 ", f"{where} ", 1),
        en=told.en.replace(f"row {line.number}:", f"{there}:", 1),
    )


def _of_documents(place: str, problems: Sequence[Problem], count: int) -> Name:
    more = len(problems) - SHOWN
    zh = [
        f"{place}：有 {len(problems)} 处要修改，全部 {count} 份都没有导入。",
        *(one.zh for one in problems[:SHOWN]),
    ]
    en = [
        f"{place}: {len(problems)} places must be mended, none of the {count} documents was imported.",
        *(one.en for one in problems[:SHOWN]),
    ]
    if more > 0:
        zh.append(f"另有 {more} 处没有列出。")
        en.append(f"{more} more are not listed.")
    return Name(zh="\n".join(zh), en="\n".join(en))


def _asked(reading: Reading) -> tuple[str, str]:
    zh, en = [], []
    if reading.guesses:
        zh.append(
            f"这些列名没有见过，请确认是哪一列：{'、'.join(_like(one, reading) for one in reading.guesses)}。"
        )
        en.append(f"Headings never seen: {', '.join(_like(one, reading) for one in reading.guesses)}.")
    if reading.missing:
        zh.append(f"缺少列：{'、'.join(reading.missing)}。")
        en.append(f"Missing: {', '.join(reading.missing)}.")
    zh.append(
        "没有导入任何内容；请说明每一列的意思（--map “列名=本表的列”，“列名=”表示不导入），或改正列名。"
    )
    en.append(
        'Nothing was imported; say what each means (--map "HEADING=COLUMN", "HEADING=" to pass it over).'
    )
    return "".join(zh), " ".join(en)


def _like(one: Guess, reading: Reading) -> str:
    name = reading.sheet.by_key[one.item].heading if one.item else ""
    return f"{shown(one.heading)}（{name}？）" if name else shown(one.heading)
