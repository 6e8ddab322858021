"""What a clause asks for, by its words: to register, to file forms, to complete information, to sum up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from config.reading.drafting.addressees import Owed
from config.schedule import Name


class Act(StrEnum):
    """The things that notices ask for; the value is the key of the milestone that stands for it."""

    REGISTER = "register"
    FILE = "filing"
    FORM = "activity_form"
    COMPLETE = "information"
    SUMMARIZE = "summary"
    REPORT = "summary_report"
    HAND_IN = "hand_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing asked of every activity (no units) or of units."""

    act: Act
    units: tuple[str, ...] = ()
    reaches: str | None = None
    needs: Mapping[str, int]


NAMES: Mapping[Act, Name] = {
    Act.REGISTER: Name(zh="登记发布", en="Register and publish"),
    Act.FILE: Name(zh="报送表格备案", en="File the forms"),
    Act.FORM: Name(zh="活动登记表备案", en="File the activity's form"),
    Act.COMPLETE: Name(zh="信息完善", en="Complete the information"),
    Act.SUMMARIZE: Name(zh="提交活动总结", en="Hand in the activity's summary"),
    Act.REPORT: Name(zh="报送总结材料", en="Units send their summaries"),
    Act.HAND_IN: Name(zh="按通知报送", en="Hand in what is asked"),
}

_FORMS = re.compile(r"备案|(?:登记|申报|汇总|安排|推荐|征集|申请|报名|意向|统计|信息)表|回执")
_OF_ACTIVITY = re.compile(r"登记表|申报表|申请表|报名表")
_COMPLETE = re.compile(r"完善|补充.{0,6}信息|上传.{0,12}(?:图片|视频|照片|新闻)")
_SUMS_UP = re.compile(r"总结")
_HANDS_SUMMARY = re.compile(r"(?:提交|报送|上传|填报|撰写|上报|完成)[^，。；,;]{0,12}总结")
_REGISTER = re.compile(r"注册|登[录陆]|登记|填报|发布|报名|申报")
_PAPER = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[将把于前请交送的])((?:(?![将把于前请交送的])[\u4e00-\u9fff]){2,10}?(?:表|方案|名单|计划书))(?![彰扬示明])"
)
_CLAUSE_END = re.compile(r"[,，;；。]")
_MATERIALS: tuple[tuple[str, str], ...] = (
    (r"登记表|申报表|报名表|申请表", "registration_form"),
    (r"征集表|意向表", "intention_form"),
    (r"安排表|计划表", "plan_table"),
    (r"汇总表", "summary_sheet"),
    (r"盖章.{0,6}扫描件|扫描件", "stamped_scan"),
    (r"照片|图片", "photo"),
    (r"视频", "video"),
    (r"总结", "report"),
)


def named_for(act: Act, words: str) -> Name:
    """Return what a milestone is called: by the paper asked for where the act alone says little."""
    paper = _PAPER.search(words) if act is Act.HAND_IN else None
    if paper is None:
        return NAMES[act]
    return Name(zh=f"报送{paper[1]}", en=NAMES[act].en)


def completes(action: str) -> bool:
    """Tell whether ``action`` is the completing of an activity's information, and no more."""
    return bool(_COMPLETE.search(action)) and not (_SUMS_UP.search(action) or files(action))


def files(action: str) -> bool:
    """Tell whether ``action`` is the filing of forms."""
    return bool(_FORMS.search(action))


def demands_of(action: str, context: str, owed: Owed) -> tuple[Demand, ...]:
    """Return what ``action`` asks of those who owe it; ``context`` are the words around it."""
    wide = f"{action} {context}"
    if files(action) or (_FORMS.search(wide) and not _tells(action)):
        return _filing(wide, owed)
    return (
        _of_units(action, wide, owed) if owed.units and not owed.activity else _of_hosts(action, wide, owed)
    )


def _of_hosts(action: str, wide: str, owed: Owed) -> tuple[Demand, ...]:
    first = _CLAUSE_END.split(action, maxsplit=1)[0]
    if _REGISTER.search(first) and not _tells_more(
        first
    ):  # what follows after the comma has no date of its own
        return (_registration(),)
    if _COMPLETE.search(action):
        more = (_summary(),) if _HANDS_SUMMARY.search(wide) else ()
        return (Demand(act=Act.COMPLETE, reaches="info_completed", needs={}), *more)
    if _SUMS_UP.search(action):
        return (_summary(), *_reports(wide, owed))
    if _REGISTER.search(action):
        return (_registration(),)
    return (Demand(act=Act.HAND_IN, needs=_needs(wide)), *_handed_in(wide, owed))


def _tells_more(words: str) -> bool:
    return bool(_COMPLETE.search(words) or _SUMS_UP.search(words))


def _tells(action: str) -> bool:
    return any(pattern.search(action) for pattern in (_COMPLETE, _SUMS_UP, _REGISTER))


def _filing(words: str, owed: Owed) -> tuple[Demand, ...]:
    of_units = Demand(act=Act.FILE, units=owed.units, needs=_needs(words, only_forms=True))
    if not owed.activity:
        return (of_units,)
    kind = "application_form" if _OF_ACTIVITY.search(words) else "registration_form"
    of_activity = Demand(act=Act.FORM, needs={kind: 1})
    return (of_units, of_activity) if owed.units else (of_activity,)


def _of_units(action: str, words: str, owed: Owed) -> tuple[Demand, ...]:
    if _SUMS_UP.search(words) or _COMPLETE.search(action):
        return _reports(words, owed)
    if _REGISTER.search(action):  # whoever registers, it is activities that are registered
        return (_registration(),)
    return _handed_in(words, owed)


def _registration() -> Demand:
    return Demand(act=Act.REGISTER, reaches="registered", needs={})


def _summary() -> Demand:
    return Demand(act=Act.SUMMARIZE, reaches="summarized", needs={})


def _reports(words: str, owed: Owed) -> tuple[Demand, ...]:
    return (Demand(act=Act.REPORT, units=owed.units, needs=_needs(words)),) if owed.units else ()


def _handed_in(words: str, owed: Owed) -> tuple[Demand, ...]:
    return (Demand(act=Act.HAND_IN, units=owed.units, needs=_needs(words)),) if owed.units else ()


def _needs(words: str, *, only_forms: bool = False) -> Mapping[str, int]:
    found = {kind: 1 for pattern, kind in _MATERIALS if re.search(pattern, words)}
    if only_forms:
        found = {kind: 1 for kind in found if kind not in ("photo", "video", "report")}
    return found or ({"registration_form": 1} if only_forms else {"report": 1})
