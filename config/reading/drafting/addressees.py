"""Who owes what a clause asks: every activity, or units, as far as the notice's words tell."""

import re
from dataclasses import dataclass

from config.regions import Level
from config.schedule import Name

_HOSTS = re.compile(r"(?:举|主|承)办(?:单位|方)|活动单位|各(?:项|类)?活动|组织者|申报单位|参与单位")
_VAGUE = re.compile(r"各?(?:有关|相关)?单位")
_BELOW = {
    Level.NATIONAL: "province",
    Level.PROVINCE: "city",
    Level.CITY: "county",
    Level.COUNTY: "county",
}
_NAMED: tuple[tuple[str, str], ...] = (
    (r"省级(?:科协|单位)|各省|省、?(?:自治区|市)", "province/association"),
    (r"全国(?:性)?学会", "national/society"),
    (r"各设区市|各地级市|地市|各市(?!.{0,6}[(（]区)(?=科协|、|，|,)", "city/association"),
    (r"县|区[(（]市|市[、(（]区|各区|辖区|旗", "county/association"),
    (r"(?<!全国)(?<!全国性)学会|协会|研究会", "{here}/society"),
    (r"成员单位|部门|市直|省直|委办局|机关", "{here}/department"),
    (r"企事?业|公司", "{here}/enterprise"),
    (r"阵地|场馆|科技馆|科普馆|基地|博物馆", "*/venue"),
    (r"学校|院校|高校|学院|大学|中小学|幼儿园", "*/school"),
    (r"社区|街道|乡镇", "*/community"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Who owes something: every activity, these units, or both; ``guess`` says how vague words were read.

    ``named``: the words name hosts or units of a sort; else they stand for the usual units.
    """

    activity: bool = False
    units: tuple[str, ...] = ()
    guess: Name | None = None
    named: bool = True


EACH_ACTIVITY = Owed(
    activity=True,
    guess=Name(
        zh="日期从活动结束日推算，这里按每项活动来办，不是由单位报送。",
        en="The date counts from an activity's last day: read as asked of every activity, not of units.",
    ),
)
"""Whoever holds an activity, for what is counted from its last day."""


def owed_by(who: str | None, level: Level) -> Owed:
    """Return who is meant by the words of a notice that stands at ``level``."""
    words = "".join((who or "").split())
    hosts = bool(_HOSTS.search(words))
    rest = _HOSTS.sub("", words)
    found = [unit for pattern, unit in _NAMED if re.search(pattern, rest)]
    units = tuple(dict.fromkeys(unit.format(here=level) for unit in found))
    if hosts or units:
        vague = _VAGUE.search(rest) if units else None
        if vague is None or f"{level}/department" in units:
            return Owed(activity=hosts, units=units)
        return Owed(activity=hosts, units=(*units, f"{level}/department"), guess=_vague(vague[0]))
    return Owed(units=_usual(level), guess=_unnamed(words), named=False)


def names_somebody(words: str) -> bool:
    """Tell whether words name hosts of activities or units of a sort."""
    return bool(_HOSTS.search(words)) or any(re.search(pattern, words) for pattern, _ in _NAMED)


def _usual(level: Level) -> tuple[str, ...]:
    return f"{_BELOW[level]}/association", f"{level}/department"


def _vague(words: str) -> Name:
    return Name(
        zh=f"“{words}”这里取本级成员单位。", en=f"“{words}” is read as the departments at this level."
    )


def _unnamed(words: str) -> Name:
    if not words:
        return Name(
            zh="通知没有写明由谁报送，这里取下一级科协和本级成员单位。",
            en="The notice does not say who owes it; read as associations below and departments here.",
        )
    return Name(
        zh=f"“{_short(words)}”这里取下一级科协和本级成员单位。",
        en=f"“{_short(words)}” is read as associations below and departments here.",
    )


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:40]}…"
