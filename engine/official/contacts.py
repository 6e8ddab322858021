"""Contacts that a sheet names and nobody knows: told once each, with the places where they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from config.schedule import Name
from engine.official.grid import Line

_SHOWN = 10


@dataclass(slots=True)
class Unknown:
    """Names that are nobody's, each with its lines; apart whether somebody else is reminded meanwhile."""

    documents: bool
    lines: dict[tuple[str, bool], list[Line]] = field(default_factory=dict)

    def add(self, name: str, line: Line, *, reminded: bool) -> None:
        """Note that a line names somebody unknown."""
        self.lines.setdefault((name, reminded), []).append(line)

    def notes(self) -> Iterator[Name]:
        """Yield what a person should know, one sentence a name."""
        for (name, reminded), lines in self.lines.items():
            zh, en = places(lines, documents=self.documents)
            told = _SAYS[reminded]
            yield Name(
                zh=f"{zh}的联系人“{name}”不在人员名单中；{told.zh}",
                en=f"{en}: the contact “{name}” is nobody known; {told.en}",
            )


_SAYS: Mapping[bool, Name] = {
    True: Name(zh="提醒先发给该单位的联系人。", en="reminders go to the unit's coordinator."),
    False: Name(
        zh="姓名和电话已写进申报表，还没有人收提醒；请在活动页面转给联系人。",
        en="the form keeps the name and telephone, nobody is reminded yet; hand the activity over.",
    ),
}


def places(lines: Sequence[Line], *, documents: bool) -> tuple[str, str]:
    """Return where lines stand, in both languages: 第 3、4 行, or the names of documents."""
    count, more = len(lines), len(lines) > _SHOWN
    if documents and lines[0].file:
        names = "、".join(one.file.rpartition("/")[2] for one in lines[:_SHOWN])
        return names + (f" 等 {count} 份" if more else " "), names + (f" … ({count})" if more else "")
    each, word = ("份", "document") if documents else ("行", "row")
    numbers = [str(one.number) for one in lines[:_SHOWN]]
    zh, en = "、".join(numbers), ", ".join(numbers)
    return (
        f"第 {zh} 等 {count} {each}" if more else f"第 {zh} {each}",
        f"{word}s {en} … ({count})" if more else f"{word}{'s' if count > 1 else ''} {en}",
    )
