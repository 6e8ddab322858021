"""What a blocker says to a person: one whole sentence for each code and language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from config.schedule import Name
from workflows.blockers import Blocker, Code
from workflows.lifecycle import Lifecycle
from workflows.materials import either
from workflows.registry import LIFECYCLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A kind of material as people count it: 张 照片, photo, photos."""

    measure: str
    zh: str
    en: str
    plural: str


def _material(measure: str, zh: str, en: str, plural: str = "") -> Material:
    return Material(measure=measure, zh=zh, en=en, plural=plural or f"{en}s")


MATERIALS: Mapping[str, Material] = MappingProxyType(
    {
        "application_form": _material("份", "登记表", "application form"),
        "platform_listing": _material("条", "平台发布链接", "platform listing"),
        "photo": _material("张", "照片", "photo"),
        "video": _material("个", "视频", "video"),
        "news_link": _material("条", "新闻链接", "news link"),
        "summary": _material("份", "活动总结", "summary", "summaries"),
        "registration_form": _material("份", "活动登记表", "registration form"),
        "summary_sheet": _material("份", "汇总表", "summary sheet"),
        "plan_table": _material(
            "份", "重点活动安排表", "table of key activities", "tables of key activities"
        ),
        "intention_form": _material("份", "意向征集表", "intention form"),
        "stamped_scan": _material("份", "盖章扫描件", "stamped scan"),
        "report": _material("份", "总结报告", "report"),
        "package": _material("个", "汇总包", "package"),
    }
)

# A key ``code:step`` is said for that step, the bare code for any other.
SENTENCES: Mapping[str, Name] = MappingProxyType(
    {
        Code.TITLE_MISSING: Name(zh="缺活动名称", en="needs a title"),
        Code.UNIT_MISSING: Name(zh="缺主办单位", en="needs a host unit"),
        Code.COORDINATOR_MAIL_MISSING: Name(
            zh="联系人没有可用的邮箱", en="the coordinator has no usable mail address"
        ),
        Code.DATES_MISSING: Name(zh="缺活动起止日期", en="needs its first and last day"),
        Code.DATES_REVERSED: Name(
            zh="结束日期{end}早于开始日期{start}", en="ends on {end}, before it starts on {start}"
        ),
        Code.PLACE_MISSING: Name(
            zh="缺活动地点；线上活动请注明“线上”", en="needs a place, or to be marked as online"
        ),
        Code.NOT_OPEN: Name(zh="{day}起可办理", en="opens on {day}"),
        f"{Code.NOT_OPEN}:register": Name(zh="{day}起可登记", en="registration opens on {day}"),
        f"{Code.NOT_OPEN}:hold": Name(zh="{day}起可确认举办", en="can be confirmed as held from {day}"),
        f"{Code.NOT_OPEN}:complete_info": Name(zh="{day}起可完善信息", en="can be completed from {day}"),
        f"{Code.NOT_OPEN}:summarize": Name(zh="{day}起可提交总结", en="summaries are taken from {day}"),
        f"{Code.NOT_OPEN}:submit": Name(zh="{day}起可报送", en="can be submitted from {day}"),
        Code.CLOSED_SINCE: Name(
            zh="办理已于{last_day}截止，请联系管理员", en="closed after {last_day}; please ask the admin"
        ),
        f"{Code.CLOSED_SINCE}:register": Name(
            zh="登记已于{last_day}截止，请联系管理员",
            en="registration closed after {last_day}; please ask the admin",
        ),
        f"{Code.CLOSED_SINCE}:complete_info": Name(
            zh="信息完善已于{last_day}截止，请联系管理员",
            en="completing the information closed after {last_day}; please ask the admin",
        ),
        f"{Code.CLOSED_SINCE}:summarize": Name(
            zh="总结提交已于{last_day}截止，请联系管理员",
            en="summaries closed after {last_day}; please ask the admin",
        ),
        f"{Code.CLOSED_SINCE}:submit": Name(
            zh="报送已于{last_day}截止，请联系管理员",
            en="submission closed after {last_day}; please ask the admin",
        ),
        Code.LATE_REASON_MISSING: Name(
            zh="已过{last_day}，请说明逾期原因", en="was due by {last_day}: needs a reason for being late"
        ),
        Code.MATERIALS_MISSING: Name(zh="缺 {materials}", en="needs {materials}"),
        Code.NOT_BEGUN: Name(
            zh="活动{day}才开始，请先改期", en="begins only on {day}; change its dates first"
        ),
        Code.NOT_OVER: Name(
            zh="活动{day}结束，当日起可确认；提前结束请说明原因",
            en="ends on {day} and can be confirmed from then on; an early end needs a reason",
        ),
        Code.ONLINE_ADDRESS_MISSING: Name(zh="缺线上活动网址", en="needs the address of the online activity"),
        Code.PARTICIPANTS_MISSING: Name(zh="缺参与人数", en="needs the number of participants"),
        Code.REASON_MISSING: Name(zh="请说明原因", en="needs a reason"),
        Code.NOT_RECOMMENDED: Name(zh="尚未推荐表扬", en="is not recommended yet"),
        Code.AWARD_MISSING: Name(zh="缺表扬名称", en="needs the name of the award"),
        Code.WRONG_STATE: Name(
            zh="“{state}”时不能“{trigger}”；现在可以：{steps}",
            en="cannot “{trigger}” while “{state}”; possible now: {steps}",
        ),
        f"{Code.WRONG_STATE}:none": Name(
            zh="“{state}”后不能再“{trigger}”", en="cannot “{trigger}” any more once “{state}”"
        ),
        Code.NOT_ALLOWED: Name(
            zh="您对这一项没有办理权限；请联系本单位联系人或市级管理员",
            en="your rights do not reach this case; ask its coordinator or the city admin",
        ),
        Code.SENT_BACK: Name(zh="被退回：{why}", en="sent back: {why}"),
        Code.CHANGED_MEANWHILE: Name(
            zh="这一项刚被别人改动过（现为第 {version} 版）；请刷新后再办",
            en="somebody changed this case meanwhile (now version {version}); look again, then retry",
        ),
        Code.STILL_NEEDED: Name(
            zh="已办的步骤要有这份材料，撤下就缺 {materials}；请先补上替换的，或由负责人退回后再撤下",
            en="a step already done has needed it: {materials} would be missing; add what replaces it first,"
            " or have the case sent back",
        ),
        Code.NOTHING_CHANGED: Name(
            zh="日期和原来一样，没有要改的", en="the days are as they were: nothing changes"
        ),
        Code.OUT_OF_SEASON: Name(
            zh="{far}离本通知的时段（{start}至{end}）太远；请核对年份和月份",
            en="{far} is far from the notice's season ({start} to {end}); check year and month",
        ),
        Code.DATES_PAST: Name(
            zh="改后的活动到{end}就已结束；已经办过的请“确认举办”，没有办的请改到今天或以后",
            en="would have ended on {end}: confirm it as held if it took place, or choose days to come",
        ),
        Code.DATES_AHEAD: Name(
            zh="活动已经举办，结束日期不能晚于今天（写的是{end}）",
            en="has taken place, so it cannot end after today, on {end}",
        ),
        Code.BEFORE_LAST_STEP: Name(
            zh="实际办理日期不能早于{since}：这一项当天才录入或办完上一步",
            en="cannot have happened before {since}, when the case was entered or took its last step",
        ),
        Code.BEFORE_THE_END: Name(
            zh="活动{last_day}才结束，这一步不能发生在此之前",
            en="cannot have happened before the activity ended, on {last_day}",
        ),
    }
)

OTHER = Name(zh="暂不能办理（{code}）", en="not possible now ({code})")
READY = Name(zh="材料已齐，请“{step}”", en="all is there; please “{step}”")
MEND = Name(zh="已退回，请按意见改正后再“{step}”", en="sent back; please mend it, then “{step}” again")

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


LACKS: Mapping[str, Name] = MappingProxyType(
    {
        Code.TITLE_MISSING: Name(zh="活动名称", en="a title"),
        Code.UNIT_MISSING: Name(zh="主办单位", en="a host unit"),
        Code.DATES_MISSING: Name(zh="活动起止日期", en="its first and last day"),
        Code.PLACE_MISSING: Name(zh="活动地点", en="a place"),
        Code.ONLINE_ADDRESS_MISSING: Name(zh="线上地址", en="the online address"),
        Code.PARTICIPANTS_MISSING: Name(zh="参与人数", en="the number of participants"),
    }
)


def say(blocker: Blocker, lang: str) -> str:
    """Return the sentence of a blocker in ``lang`` (zh or en), without a full stop."""
    sentence = SENTENCES.get(_key(blocker), SENTENCES.get(blocker.code, OTHER))
    return sentence.in_(lang).format_map(_words(blocker, lang))


def say_lack(blocker: Blocker, lang: str) -> str | None:
    """Return the thing that is missing, as a list of things wants it ("2 张照片"); None if it is no thing."""
    if blocker.code == Code.MATERIALS_MISSING:
        return say_materials(str(blocker.params["kind"]), int(blocker.params["count"]), lang)
    thing = LACKS.get(blocker.code)
    return thing.in_(lang) if thing else None


def say_ready(lifecycle: Lifecycle, trigger: str, lang: str) -> str:
    """Return what is left to do when nothing is missing any more: the step itself."""
    return READY.in_(lang).format(step=lifecycle.triggers[trigger].in_(lang))


def say_mend(lifecycle: Lifecycle, trigger: str, lang: str) -> str:
    """Return what is left to do when nothing is missing, but the case was sent back as it is."""
    return MEND.in_(lang).format(step=lifecycle.triggers[trigger].in_(lang))


def say_day(day: date, lang: str, *, year: bool = False) -> str:
    """Return a day as people write it: 8月21日, 21 August; with its year 2023年8月21日, 21 August 2023."""
    if lang == "en":
        return f"{day.day} {MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"
    return f"{f'{day.year}年' if year else ''}{day.month}月{day.day}日"


def say_materials(kind: str, count: int, lang: str) -> str:
    """Return how many of what: 2 张照片, 1 个视频或新闻链接, 2 photos. An unknown kind has its own name."""
    kinds = [_known(part) for part in either(kind)]
    if lang == "en":
        return f"{count} {' or '.join(each.en if count == 1 else each.plural for each in kinds)}"
    measures = {each.measure for each in kinds}
    measure = measures.pop() if len(measures) == 1 else "个"
    return f"{count} {measure}{'或'.join(each.zh for each in kinds)}"


def _key(blocker: Blocker) -> str:
    if blocker.code == Code.WRONG_STATE and not blocker.params.get("steps"):
        return f"{Code.WRONG_STATE}:none"
    return f"{blocker.code}:{blocker.params.get('step', '')}"


def _words(blocker: Blocker, lang: str) -> Mapping[str, str]:
    words = {name: str(value) for name, value in blocker.params.items()}
    words["code"] = str(blocker.code)
    year = "years" in words
    for name in ("start", "end", "last_day", "since", "far"):
        if name in words:
            words[name] = say_day(date.fromisoformat(words[name]), lang, year=year)
    if blocker.clears_on:
        words["day"] = say_day(blocker.clears_on, lang, year=year)
    if blocker.code in (Code.MATERIALS_MISSING, Code.STILL_NEEDED):
        words["materials"] = say_materials(words["kind"], int(words["count"]), lang)
    if blocker.code == Code.WRONG_STATE:
        words |= _names(words, lang)
    return words


def _names(words: Mapping[str, str], lang: str) -> Mapping[str, str]:
    which = (words["lifecycle"], words["version"])
    known = [each for each in LIFECYCLES if (each.name, str(each.version)) == which]
    names = {**known[0].labels, **known[0].triggers} if known else {}
    states = known[0].labels if known else {}

    def named(word: str) -> str:
        return names[word].in_(lang) if word in names else word

    steps = (named(word) for word in words["steps"].split(","))
    state = states[words["state"]].in_(lang) if words["state"] in states else words["state"]
    return {
        "state": state,
        "trigger": named(words["trigger"]),
        "steps": ("、" if lang != "en" else ", ").join(steps),
    }


def _known(kind: str) -> Material:
    return MATERIALS.get(kind) or Material(measure="份", zh=_spaced(kind), en=kind, plural=kind)


def _spaced(name: str) -> str:
    return f" {name}" if name[:1].isascii() else name
