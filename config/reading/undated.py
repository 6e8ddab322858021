"""What a notice asks without a date: so many days after something, soon, or to be told later."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from config.reading import words
from config.reading.normal import Plain
from config.reading.numerals import number
from config.reading.reading import Certainty, Clause, ReadDate, Sort, YearFrom
from config.reading.sentences import Outline, sentences

_COUNT = re.compile(
    r"前 ?(?P<ahead>\d{1,3}|[一二两三四五六七八九十]{1,3}) ?个?(?P<of>工作日|小时|天|日)"
    r"|(?P<count>(?<![\d.月])\d{1,3}|[一二两三四五六七八九十]{1,3}) ?个?(?P<unit>工作日|自然日"
    r"|天|日|周|星期)(?:之内|以内|内|前(?![后期]))"
)
_SAME_DAY = re.compile(r"(?:本)?(?:通知|公告)(?:发布|印发|下发|发出)(?:之日|当日|当天)内")
_LATER = re.compile(
    r"另行(?:通知|公布|安排|发布)|后续(?:进行)?(?:通知|公布)|(?:通知|时间)另附|待通知|另文通知"
)
_SOON = re.compile(
    r"尽快|尽早|抓紧|及时|(?:规定|约定|指定|要求)的?(?:时间|时限|期限)(?:之?前|以?内)|第一时间|待[\u4e00-\u9fff]{1,6}时|随时"
    r"|提前(?=[^,。;]{0,20}(?:报|交|上传|填|登|注册|反馈|告知|预约))"
)
_AHEAD = re.compile(
    r"(?:活动|比赛|会议|培训|大赛|考试|讲座|仪式)(?:正式)?(?:开始|举办|举行|开展|召开|启动)之?"
    r"前(?![后期夕\d一二两三四五六七八九十 ])"
)
_SIGNAL = re.compile(
    f"(?=[\\d一二两三四五六七八九十前本通公另后待时尽抓及规约指要第随提活比会培大考讲仪])(?:(?P<count_of>{_COUNT.pattern})"
    f"|(?P<same>{_SAME_DAY.pattern})|(?P<later>{_LATER.pattern})|(?P<soon>{_SOON.pattern})"
    f"|(?P<ahead_of>{_AHEAD.pattern}))"
)
_HINT = re.compile("内|前|另|待|抓紧|后续|尽|及时|规定|第一时间|随时|提前")  # only words: quick to find
_TASK = re.compile(
    r"报送|上报|提交|递交|上传|填报|登[录陆]|签收|反馈|补充|完善|发布推广|报备|登记|注册|完成"
    r"|寄送|提供|交回|交至|交予|确认|缴纳|记载|备案|报名|传真|寄至|寄回|发至|发送|办理"
)
_ISSUE = re.compile(
    # this notice, not another that is still to come (立项通知发布之日起)
    r"(?:^|[^\u4e00-\u9fff]|[自从于在以本此])(?:(?:通知|通告|公告|文件)公布|(?:通知|通告|公告|文件)?(?:发布|印发|下发|发文))"
    r"(?:之日|当日)?(?:起|后|之后|以后)[,的]? ?$"
)
_HELD = re.compile(
    r"(?:活动|比赛|会议|培训|大赛|讲座|演出|展览|赛事|举办)[^,。;]{0,6}(?:结束|举办|完成|开展"
    r"|落幕|闭幕)?(?:之日起|起|后|之后|以后)[,的]? ?$"
)
_THAT_IS = re.compile(r" ?[,(]? ?即")
_TIME = re.compile("时间|日期|日程")
_PARTING = re.compile("[,:]")
_COMING = re.compile(r"将(?:于|在)?[^,。;将把]{0,12}$")
_WISH = re.compile(r"鼓励|欢迎|倡导")
_WINDOW = re.compile(r"(?:比赛|决赛|复赛|活动|会议|培训|考试|开幕|颁奖|举办)[^,。;]{0,6}时间")
MOST_REQUESTS = 2000  # signals of one text: more is no notice
_DAYS = {"周": 7, "星期": 7}


@dataclass(frozen=True, slots=True)
class Undated:
    """A clause without a date of the calendar, and where it stands in the plain text."""

    clause: Clause
    start: int
    end: int


def undated(
    plain: Plain, outline: Outline, *, issued: date | None, taken: dict[int, list[int]]
) -> tuple[list[Undated], bool]:
    """Return what the sentences ask, and whether there is more than is read.

    Those whose start is in ``taken`` have a deadline already, at the places given there.
    """
    found: list[Undated] = []
    tried = 0
    for start, end in sentences(plain.text, _HINT):
        settled = list(taken.get(start, ()))
        for signal in _SIGNAL.finditer(plain.text, start, end):
            tried += 1
            if tried > MOST_REQUESTS:
                return found, True
            asked = _Asked(plain.text, signal, start, end)
            if settled and not _apart(asked, settled):
                continue
            if read := _READ[signal.lastgroup if signal.lastgroup in _READ else "count_of"](asked, issued):
                found.append(_clause(plain, outline, asked, read))
                settled.append(signal.start())
    return found, False


def _apart(asked: "_Asked", dates: list[int]) -> bool:
    """Return whether something else is asked than by the dates of the sentence, in a part of its own."""
    if asked.signal["soon"] or _THAT_IS.match(asked.after):
        return False
    start = max(asked.text.rfind(mark, asked.start, asked.signal.start()) for mark in ",:")
    if asked.signal["later"] and not _TIME.search(asked.text, max(start, asked.start), asked.signal.end()):
        return False
    parting = _PARTING.search(asked.text, asked.signal.end(), asked.end)
    end = parting.start() if parting else asked.end
    return not any(start <= place < end for place in dates)


def _clause(plain: Plain, outline: Outline, asked: "_Asked", read: "_Read") -> Undated:
    sort, when = read
    start = max(asked.start, asked.signal.start() - 140)
    end = min(asked.end, asked.signal.end() + 140)
    clause = Clause(
        key="",
        sort=sort,
        when=_dressed(when, plain, asked.signal),
        cite=plain.span(start, end),
        place=outline.at(asked.start).place,
        confidence=0.6,
    )
    return Undated(clause, start, end)


@dataclass(frozen=True, slots=True)
class _When:
    certainty: Certainty
    day: date | None = None
    relative: str | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    signal: re.Match[str]
    start: int
    end: int

    @property
    def before(self) -> str:
        return self.text[max(self.start, self.signal.start() - 60) : self.signal.start()]

    @property
    def after(self) -> str:
        return self.text[self.signal.end() : min(self.end, self.signal.end() + 60)]

    def tasks(self) -> bool:
        """Return whether an addressee is asked to do something near the words."""
        if _WISH.search(self.before):
            return False
        return bool(_TASK.search(self.after[:40]) and words.ASKED.search(self.before + self.after))


_Read = tuple[Sort, _When]


def _counted(asked: _Asked, issued: date | None) -> _Read | None:
    found = _COUNT.match(asked.signal[0])
    if found is None or not (words.PROSE.search(asked.after) or words.PROSE.search(asked.before[-30:])):
        return None
    if found["ahead"]:
        return (Sort.DEADLINE, _When(Certainty.RELATIVE)) if asked.tasks() else None
    if not re.search(r"[起后]的?[, ]{0,2}$", asked.before) and not asked.tasks():
        return None
    count, working = number(found["count"]) * _DAYS.get(found["unit"], 1), found["unit"] == "工作日"
    sort = Sort.ORGANISER if _theirs(asked) else Sort.DEADLINE
    if issued and not working and _ISSUE.search(asked.before):
        return sort, _When(Certainty.DAY, day=issued + timedelta(days=count))
    held = (
        f"held + {count} {'working ' if working else ''}days"
        if _HELD.search(asked.before) and 0 < count <= 366
        else None
    )
    return sort, _When(Certainty.RELATIVE, relative=held)


def _theirs(asked: _Asked) -> bool:
    """Return whether it is the organiser who will have done something."""
    if _COMING.search(asked.before) and not words.ASKED.search(asked.before):
        return True
    first = words.PROSE.search(words.masked(asked.after))
    own = first is not None and first.lastgroup == "org"
    return own and words.ASKING.search(asked.before + asked.after) is not None


def _same_day(asked: _Asked, issued: date | None) -> _Read | None:
    if not words.ASKED.search(asked.before + asked.after):
        return None
    return Sort.DEADLINE, _When(Certainty.DAY if issued else Certainty.RELATIVE, day=issued)


def _later(asked: _Asked, _: date | None) -> _Read | None:
    near = _PARTING.split(asked.before[-30:])[-1]
    if _TASK.search(near):
        return Sort.DEADLINE, _When(Certainty.OPEN)
    return (Sort.WINDOW, _When(Certainty.OPEN)) if _WINDOW.search(near) else None


def _ahead(asked: _Asked, _: date | None) -> _Read | None:
    return (Sort.DEADLINE, _When(Certainty.RELATIVE)) if asked.tasks() else None


def _soon(asked: _Asked, _: date | None) -> _Read | None:
    limit = asked.signal[0].endswith(("内", "前")) and _TASK.search(asked.after[:8])
    return (Sort.DEADLINE, _When(Certainty.OPEN)) if limit or asked.tasks() else None


_READ: dict[str, Callable[[_Asked, date | None], _Read | None]] = {
    "count_of": _counted,
    "same": _same_day,
    "later": _later,
    "soon": _soon,
    "ahead_of": _ahead,
}


def _dressed(when: _When, plain: Plain, signal: re.Match[str]) -> ReadDate:
    return ReadDate(
        words=plain.span(signal.start(), signal.end()),
        day=when.day,
        certainty=when.certainty,
        year_from=YearFrom.ISSUED if when.day else YearFrom.NOWHERE,
        relative=when.relative,
    )
