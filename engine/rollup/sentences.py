"""What the report says, in the plain words of a secretary. An official paper is Chinese."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from config.regions import Level, region
from engine.event import event_of, headed
from engine.rollup.coverage import divisions_below
from engine.rollup.figures import Count, Figures, Place
from engine.rollup.lateness import Punctual
from engine.rollup.subject import Subject

_NATION = "全国"
_MOST = 30
_SORTS = {
    Level.PROVINCE: ("市", "州", "地区", "盟", "区", "县"),
    Level.CITY: ("县", "市", "区", "旗"),
    Level.COUNTY: (),
}
"""The sorts of divisions below a province and a city, in the order in which papers name them."""


def all_of(subject: Subject) -> str:
    """Return how the whole region is called within it: 全市, 全县; a unit's own report says 本单位."""
    if subject.own is not None:
        return "本单位"
    if subject.level is Level.NATIONAL:
        return _NATION
    return f"全{region(subject.region).name[-1]}"


def parts_of(subject: Subject) -> str:
    """Return what the divisions right below the region are called there: 市, 市（州）, 县（市、区）."""
    if subject.level is Level.NATIONAL:
        return "省（区、市）"
    ends = {_sort(one.name) for one in divisions_below(subject.region)}
    first, *others = [one for one in _SORTS[subject.level] if one in ends] or ["单位"]
    return f"{first}（{'、'.join(others)}）" if others else first


def _sort(name: str) -> str:
    return "地区" if name.endswith("地区") else name[-1]


def heading(subject: Subject) -> str:
    """Return the title of the report."""
    schedule, place = subject.schedule, subject.region
    if subject.own is None:
        return f"{headed(schedule, place)}情况报告"
    return f"{subject.unit}{event_of(schedule, place)}情况报告"


def opening(subject: Subject, changed: date) -> str:
    """Return the first sentence."""
    number = f"（{subject.schedule.number}）" if subject.schedule.number else ""
    title = subject.schedule.title.replace("《", "〈").replace("》", "〉")
    return (
        f"根据《{title}》{number}要求，现将{all_of(subject)}活动开展情况报告如下（数据截至{day(changed)}）。"
    )


def overall(subject: Subject, figures: Figures) -> str:
    """Return how much was done."""
    if not figures.activities:
        return f"{all_of(subject)}尚未申报活动。"
    coming = figures.activities - figures.held
    hosts = "" if subject.own is not None else f"由{figures.units}个单位主办"
    verb = f"共申报活动{figures.activities}项" if coming else f"共开展活动{figures.activities}项"
    held = f"其中已开展{figures.held}项、待开展{coming}项" if coming else ""
    off = f"另有{figures.cancelled}项取消" if figures.cancelled else ""
    told = "，".join(part for part in (verb, hosts, held, off) if part)
    return f"{all_of(subject)}{told}。{_people(figures)}"


def _people(figures: Figures) -> str:
    if not figures.told:
        return "参与人数尚未填报。"
    among = "" if figures.told == figures.activities else f"（按已填报参与人数的{figures.told}项活动统计）"
    return f"参与公众{figures.participants}人次{among}。"


def forms(figures: Figures) -> str:
    """Return what kinds and audiences rest on."""
    if not figures.forms:
        return "尚无在线填写的登记表，活动形式和面向人群未作统计。"
    kinds = _most(figures.kinds, figures.forms)
    audiences = _most(figures.audiences, figures.forms)
    return (
        f"按{figures.forms}份登记表统计（一项活动可选多种）："
        f"活动形式以{kinds}为多；面向人群以{audiences}为多。"
    )


def _most(counts: Sequence[Count], whole: int) -> str:
    first = sorted(counts, key=lambda one: -one.number)[:2]
    told = (f"{one.name.zh}（{one.number}项，占{_share(one.number, whole)}）" for one in first)
    return "、".join(told) or "其他"


def places(subject: Subject, figures: Figures) -> str:
    """Return where most was done, and where nothing was; what the region itself did is told beside."""
    if not figures.places:
        return "暂无活动。"
    parts = [one for one in figures.places if not one.whole]
    texts = [_most_active(subject, parts)] if parts else []
    texts += [f"另有{one.name}活动{one.activities}项。" for one in figures.places if one.whole]
    if figures.without:
        names = listed(region(code).name for code in figures.without)
        texts.append(f"尚无活动的{parts_of(subject)}{len(figures.without)}个：{names}。")
    return "".join(texts)


def _most_active(subject: Subject, parts: Sequence[Place]) -> str:
    first = "、".join(f"{one.name}{one.activities}项" for one in parts[:3])
    what = "单位" if subject.own is not None else parts_of(subject)
    if len(parts) <= 3:
        return f"开展活动的{what}共{len(parts)}个：{first}。"
    return f"开展活动的{what}共{len(parts)}个，活动较多的有：{first}等。"


def punctual(found: Sequence[Punctual]) -> str:
    """Return how many kept the dates."""
    told = [_kept(one) for one in found if one.decided]
    return "".join(told) or "各节点均未到期。"


def _kept(one: Punctual) -> str:
    due = f"（{day(one.due)}截止）" if one.due else ""
    late = [f"逾期补办{one.after}项" if one.after else "", f"逾期未办{one.late}项" if one.late else ""]
    rest = "，".join(part for part in late if part)
    share = _share(one.on_time, one.decided)
    return f"“{one.name.zh}”{due}：按时{one.on_time}项，按时率{share}" + (f"，{rest}。" if rest else "。")


def media(figures: Figures) -> str:
    """Return what the media brought, and what was handed in to show it."""
    text = f"各单位共报送照片{figures.photos}张、视频{figures.videos}个、新闻链接{figures.news}条。"
    if not figures.hosts:
        return text
    named = "、".join(f"{one.name.zh}（{one.number}条）" for one in figures.hosts[:5])
    return f"{text}报道较多的网站有：{named}。"


def coverage(figures: Figures) -> str:
    """Return how many have filed and what is lacking; who has not is in the table below."""
    owed = len(figures.owing) + len(figures.filed)
    if not owed and not figures.silent:
        return "应报送的单位均已报送。"
    text = ""
    if owed:
        text = f"应报送{owed}份，{_filed(figures)}"
    if figures.silent:
        text += f"未申报活动的单位{len(figures.silent)}个：{listed(one.unit for one in figures.silent)}。"
    return text


def _filed(figures: Figures) -> str:
    if not figures.owing:
        return "已全部报送。"
    counts = Counter(one.name.zh for one in figures.owing)
    told = "、".join(f"“{name}”{count}份" for name, count in counts.most_common())
    return f"已报送{len(figures.filed)}份，未报送{len(figures.owing)}份，其中{told}，名单见下表。"


def listed(names: Iterable[str]) -> str:
    """Return names in one line, a long list cut with how many there are."""
    found = list(dict.fromkeys(names))
    return "、".join(found[:_MOST]) + (f"等{len(found)}个" if len(found) > _MOST else "")


def day(when: date) -> str:
    """Return a day as an official paper writes it."""
    return f"{when.year}年{when.month}月{when.day}日"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"
