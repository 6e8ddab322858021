"""Dates in the rows of a schedule: a date and what happens then, side by side or one below the other."""

import re

from config.reading import words
from config.reading.reading import Sort
from config.reading.scene import Scene
from config.reading.verdicts import Verdict, first_of, last_of

_SUBJECT = re.compile(r"[,、](?:请|各|参赛|作者|选手|学生|考生)[^,。;]{0,40}")
ACTOR = re.compile(
    r"(?:各|(?:入围|入选|获奖|参赛|参展|参会|申报|推荐|协办|承办|责任|有关|相关)的?)?(?:作者|选手|学生|学员|考生|学院|院系|单位|团队|队伍|申[报请]人|负责人"
    r"|班级|参赛者|志愿者|教研室|(?:任课)?教师|辅导员|班长|科室)(?!代表|活动|风采|[大比]赛|论坛)"
)
_SCHEDULE = re.compile(r"活动|日程|安排|赛程|进度|时间|议程|行程|内容|步骤")
_PROGRAMME = re.compile(
    r"\n *(?:活动|项目)(?:名称|内容|主题|项目) *\n(?:[^\n]{1,12}\n){0,4}? *[^\n]{0,4}(?:时间|日期) *\n"
)
_NUMBERED = re.compile(r" *\d{1,2} ?(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff、,()“”]{1,24}) *")
_TIME_HEAD = re.compile(
    r"\n(?=[^\n\d。,:]{4,48}\n)[^\n]{0,40}[\u4e00-\u9fff] +"
    r"[\u4e00-\u9fff]{0,4}(?:时间|日期|期限|节点)(?= |\n)"
)
_DUE_HEAD = re.compile(r"\n *(?:完成|截止|办结|报送)(?:时间|日期|时限|期限) *\n")
_ROW_LONG = 90  # characters
TABLE = 1500  # characters from the head of a table to its last row
_ROW = re.compile(r"[| ]*(?:\d{1,2} ?[月日.-]|\d{4} ?[年.-]|时 *间|日 *期)")
_GAP = re.compile(r"[ |\t]+")
CELLS = re.compile(r" {2,}|[|\t]")
_PHASE = re.compile(r" *(?P<name>[\u4e00-\u9fff]{2,8}) *")
_GROUP = re.compile(r" *(?P<name>第[一二三四五六七八九十]{1,2}[组批站期场]) [^,。;:]{2,60}")
_STEP = re.compile(r"动员|部署|准备|启动|实施|集中|总结|评估|巩固|提升|推进|宣传")
_TIMED = re.compile(r"时间|步骤|安排|进度|日程|流程|阶段|赛程")


def row(scene: Scene, said: str) -> Verdict | None:
    """Judge a row of a timetable: the date first, then what happens."""
    if words.THEIRS.match(said):
        return Verdict(Sort.ORGANISER, 0.7)
    if words.END_WORD.search(said[:24]):
        return Verdict(Sort.DEADLINE, 0.95)
    if words.OPENING.search(said[:24]):
        return Verdict(Sort.ORGANISER, 0.8)
    first = first_of(words.NAMED, said)
    if first is Sort.ORGANISER and any(
        first_of(words.PROSE, part[0]) is Sort.DEADLINE for part in _SUBJECT.finditer(said)
    ):
        return Verdict(Sort.DEADLINE, 0.7)
    if first is Sort.DEADLINE and scene.asking:
        return Verdict(Sort.ORGANISER, 0.7)
    return Verdict(first, 0.8) if first else None


def below(scene: Scene) -> Verdict | None:
    """Judge a date that has its line for itself by the paragraph below."""
    return row(scene, scene.below) if scene.below else None


def cell(scene: Scene) -> Verdict | None:
    """Judge a date that has its line for itself by the numbered cell above, in a table of one cell a line."""
    task = scene.cell
    if not task:
        return None
    sort, due = last_of(task), _headed(scene, _DUE_HEAD)
    if sort is None and not scene.by and _in_programme(scene):
        sort = Sort.WINDOW
    if sort is None and due and ACTOR.match(task):
        sort = Sort.DEADLINE
    if sort is Sort.ORGANISER and ACTOR.match(task):
        sort = Sort.DEADLINE
    said = scene.when.period or scene.by or due or sort is Sort.WINDOW
    return Verdict(sort, 0.6) if sort and said else None


def _in_programme(scene: Scene) -> bool:
    start = max(0, scene.phrase.start - TABLE)
    return _PROGRAMME.search(scene.text, start, scene.phrase.start) is not None


def numbered(scene: Scene) -> Verdict | None:
    """Judge a row of a table that lost its lines, by its task and by who does it (2 登记 1月19日 各单位)."""
    found = _NUMBERED.fullmatch(scene.lead)
    if found is None or scene.by or scene.opens or scene.paragraph.end - scene.paragraph.start > _ROW_LONG:
        return None
    if not (scene.phrase.last.day or scene.when.period) or not _headed(scene, _TIME_HEAD):
        return None
    sort, whose = last_of(found["name"]), scene.tail.lstrip(" ")
    if sort is Sort.ORGANISER and ACTOR.match(whose):
        sort = Sort.DEADLINE
    if sort is None and scene.when.period:
        sort = Sort.DEADLINE if ACTOR.match(whose) else Sort.WINDOW
    return Verdict(sort, 0.6) if sort else None


def _headed(scene: Scene, head: re.Pattern[str]) -> bool:
    start = max(0, scene.paragraph.start - TABLE)
    return head.search(scene.text, start, scene.paragraph.start) is not None


def listed(scene: Scene) -> Verdict | None:
    """Judge a row of a list of dates whose words hold no verb: 5月22日  科普大篷车进校园."""
    gap, among_rows = _GAP.match(scene.tail), _ROW.match(scene.paragraph.before)
    if scene.bare or not gap or not scene.phrase.last.day or scene.opens:
        return None
    if not among_rows and (gap[0] == " " or not any(map(_SCHEDULE.search, scene.paragraph.headings))):
        return None
    said = CELLS.split(scene.rest.strip(" |\t"), maxsplit=1)[0]
    if len(said) < 2:
        return None
    if ACTOR.match(said):
        return Verdict(Sort.DEADLINE, 0.6) if scene.when.period or scene.by else None
    return None if scene.by else Verdict(Sort.WINDOW, 0.6)


def phase(scene: Scene) -> Verdict | None:
    """Judge the row of a timetable that lost its lines: 动员部署 8月16日-8月31日 制定方案,分解任务."""
    said, period = scene.tail, scene.when.period and scene.phrase.last.day
    named = _PHASE.fullmatch(scene.lead) or _GROUP.fullmatch(scene.lead)
    if not (named and period) or scene.by or said.lstrip().startswith((",", "、", "。", ";", ":")):
        return None
    if scene.text[scene.phrase.start - 1] not in " |\t" and said.strip() and said[:1] not in " |\t":
        return None
    if not any(map(_TIMED.search, scene.paragraph.headings)):
        return None
    if _STEP.search(named["name"]):
        return Verdict(Sort.WINDOW, 0.7)
    sort = last_of(named["name"])
    return Verdict(sort or Sort.WINDOW, 0.7, window_too=sort is Sort.DEADLINE)
