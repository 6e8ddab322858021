"""What is wrong with a sheet, told with the row, the column, the value and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.errors import UserError

SHOWN = 50
"""So many problems are told one by one, the others counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One cell that cannot be imported. ``row`` counts from 1 as Excel does; ``column`` is its heading."""

    row: int
    column: str
    value: str
    zh: str
    en: str


class Wrong(Exception):
    """What is wrong with one value, and the way out; its place is added by who knows it."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class SheetRefused(UserError):
    """Cells of a sheet cannot be imported; nothing of it was. ``problems`` lists them by row.

    ``rows`` is how many rows of data the sheet has; ``until`` the row after which it was not
    read on, because it had too many problems already.
    """

    def __init__(
        self, place: str, problems: Sequence[Problem], *, rows: int, until: int | None = None
    ) -> None:
        zh, en = _one(problems[0], rows) if len(problems) == 1 else _many(problems, rows)
        if until is not None:
            zh += f"\n只检查到第 {until} 行；改好以上各处后，请再导入一次。"
            en += f"\nonly the rows up to {until} were looked at; mend these and import again."
        super().__init__(zh=f"{place}：{zh}", en=f"{place}: {en}", code="sheet.rows")
        self.problems = tuple(problems)


def refused(code: str, place: str, *, zh: str, en: str) -> UserError:
    """Return the refusal of a whole file."""
    return UserError(zh=f"{place}：{zh}", en=f"{place}: {en}", code=f"sheet.{code}")


def problem(row: int, column: str, value: str, wrong: Wrong) -> Problem:
    """Return the problem with a value at its place; an empty value is told as not filled in."""
    short = shown(value)
    zh = f"是 “{short}”，{wrong.zh}" if short else f"没有填写；{wrong.zh}"
    en = f"is “{short}”: {wrong.en}" if short else f"is empty: {wrong.en}"
    return Problem(
        row=row,
        column=column,
        value=value,
        zh=_ended(f"第 {row} 行 “{column}” {zh}", "。"),
        en=_ended(f"row {row}: “{column}” {en}", "."),
    )


def shown(value: str, width: int = 40) -> str:
    """Return a value short enough for a message, on one line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in value[: width * 2]).split())
    return line if len(line) <= width and len(value) <= width * 2 else f"{line[:width]}…"


def _ended(text: str, stop: str) -> str:
    return text if text.endswith(("。", "？", ".", "?")) else text + stop


def _one(found: Problem, rows: int) -> tuple[str, str]:
    others = max(rows - 1, 0)
    if not others:
        return f"{found.zh}这一行没有导入。", f"{found.en} This row was not imported."
    return f"{found.zh}其余 {others} 行没有导入。", f"{found.en} The other {others} rows were not imported."


def _many(problems: Sequence[Problem], rows: int) -> tuple[str, str]:
    count, hidden = len(problems), len(problems) - SHOWN
    zh = [f"有 {count} 处要修改，全部 {rows} 行都没有导入。"]
    zh += [one.zh for one in problems[:SHOWN]]
    en = [
        f"{count} cells must be mended, none of the {rows} rows was imported.",
        *(one.en for one in problems[:SHOWN]),
    ]
    if hidden > 0:
        zh.append(f"另有 {hidden} 处没有列出。")
        en.append(f"{hidden} more are not listed.")
    return "\n".join(zh), "\n".join(en)
