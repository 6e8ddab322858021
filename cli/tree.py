"""Which commands there are, in the order of the first page, and which module holds each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from config.schedule import Name


class Section(NamedTuple):
    """Some commands that serve one purpose."""

    title: Name
    commands: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section(Name(zh="开始", en="Begin"), ("init", "demo", "doctor", "serve", "run")),
    Section(Name(zh="日程", en="Schedules"), ("notice", "workflow")),
    Section(
        Name(zh="名单和活动", en="Lists and cases"),
        ("unit", "person", "activity", "form", "do", "blockers", "commend", "report"),
    ),
    Section(Name(zh="提醒", en="Reminders"), ("remind", "mail", "why")),
    Section(Name(zh="历史", en="History"), ("history", "backup", "restore")),
    Section(Name(zh="试演", en="Trials"), ("simulate",)),
)

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "init": "home",
        "doctor": "home",
        "backup": "home",
        "restore": "home",
        "run": "run",
        "serve": "run",
        "demo": "season",
        "simulate": "season",
        "notice": "notice",
        "workflow": "workflow",
        "unit": "unit",
        "person": "person",
        "activity": "activity",
        "form": "form",
        "do": "step",
        "blockers": "step",
        "commend": "commend",
        "report": "report",
        "remind": "remind",
        "mail": "mail",
        "why": "why",
        "history": "history",
    }
)
"""The module of ``cli.commands`` for each first word; imported only when that word is used."""

APART: Mapping[tuple[str, str], str] = MappingProxyType({("notice", "read"): "notice_read"})
"""Commands of a group in a module of their own, which is imported alone where only they are asked for."""

GROUPS = frozenset(
    {
        "notice",
        "workflow",
        "unit",
        "person",
        "activity",
        "form",
        "commend",
        "report",
        "remind",
        "mail",
        "history",
    }
)
"""First words that are followed by a second."""
