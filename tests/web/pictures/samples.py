"""One of each picture, from the season of Quanzhou 2023 and invented counts."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from config.catalogue import catalogue
from config.firings import Firing, plan
from config.resolve import resolve
from config.schedule import Schedule
from config.workdays import WorkCalendar
from web.pictures.bars import Bar, Bars, bars_picture, share_picture
from web.pictures.burnup import Burnup, DueDay, Layer, burnup_picture
from web.pictures.days import days_off
from web.pictures.heat import Cell, Column, Heat, Row, heat_picture
from web.pictures.ladder import Ladder, Step, ladder_picture, rung_name
from web.pictures.path import Path, Standing, Station, path_picture
from web.pictures.qr import qr_picture
from web.pictures.season import Flag, Season, Tick, WindowBar, season_picture
from web.pictures.sparkslider import Slider, SliderDay, slider_picture
from workflows.activity import ACTIVITY

TODAY = date(2023, 9, 25)
FIRST, LAST = date(2023, 8, 1), date(2023, 12, 31)
COUNTIES = {
    "zh": ("鲤城区", "丰泽区", "洛江区", "晋江市", "安溪县", "泉州台商投资区"),
    "en": ("Licheng", "Fengze", "Luojiang", "Jinjiang", "Anxi", "Taiwanese Investment Zone"),
}
HOSTILE = '</text></svg><script>alert(1)</script><b onload="x" a=\'&amp;\x00]]>'


@cache
def quanzhou() -> Schedule:
    """Return the schedule."""
    return resolve("quanzhou-2023", catalogue())


@cache
def firings() -> tuple[Firing, ...]:
    """Return its reminders."""
    return plan(quanzhou(), WorkCalendar(days=quanzhou().days))


def off() -> frozenset[date]:
    """Return its days off."""
    return days_off(FIRST, LAST, WorkCalendar(days=quanzhou().days))


def season(lang: str) -> Season:
    """Return the season line."""
    flags = [
        Flag(
            name=each.name.in_(lang),
            due=each.due.day,
            opens=each.opens.start if each.opens else None,
            rungs=tuple(Tick(day=f.day, sent=f.day <= TODAY) for f in firings() if f.milestone == each.key),
        )
        for each in quanzhou().milestones
    ]
    relative = Flag(
        name="A" if lang == "en" else "补充材料", note="5 days on" if lang == "en" else "办完后 5 天"
    )
    windows = [
        WindowBar(name=each.name.in_(lang), start=each.start.start, end=each.end.day)
        for each in quanzhou().windows
        if each.start.start and each.end.day
    ]
    return Season(windows=tuple(windows), flags=(*flags, relative), off=off(), today=TODAY)


def path(lang: str) -> Path:
    """Return the path of an activity that is late to be completed."""
    names = [name.in_(lang) for state, name in ACTIVITY.labels.items() if state != "cancelled"]
    standings = (
        *[Standing.PASSED] * 2,
        Standing.CURRENT,
        Standing.LATE,
        *[Standing.AHEAD] * 2,
        Standing.SKIPPED,
    )
    reached = (date(2023, 8, 2), date(2023, 8, 25), date(2023, 9, 19), *[None] * 4)
    due = (None, date(2023, 9, 30), None, date(2023, 9, 22), date(2023, 9, 30), None, None)
    late = "1 working day late" if lang == "en" else "已逾期 1 个工作日"
    stations = [
        Station(name=name, standing=how, reached=on, due=by, late=late if how is Standing.LATE else "")
        for name, how, on, by in zip(names, standings, reached, due, strict=True)
    ]
    return Path(stations=tuple(stations))


def ladder(lang: str) -> Ladder:
    """Return the reminders of the summary."""
    rungs = {rung.key: rung for each in quanzhou().milestones for rung in each.ladder}
    people = {"coordinator": "联系人", "lead": "单位负责人", "admin": "市管理员"}
    steps = [
        Step(
            name=rung_name(rungs[each.rung].on, rungs[each.rung].offset, lang),
            day=each.day,
            who=tuple(role if lang == "en" else people[role] for role in each.roles),
            sent=each.day <= TODAY,
        )
        for each in firings()
        if each.milestone == "summary"
    ]
    return Ladder(name="总结", due=date(2023, 9, 30), steps=tuple(steps), off=off(), today=TODAY)


def heat(lang: str) -> Heat:
    """Return a heat map in which every step occurs."""
    columns = tuple(Column(name=each.name.in_(lang), due=each.due.day) for each in quanzhou().milestones)
    rows = [
        Row(
            name=county,
            href=f"/cases?county={index}",
            cells=tuple(
                Cell(late=(index * n * 7) % 40, total=40 * index, href=f"/cases?county={index}&milestone={n}")
                for n in range(len(columns))
            ),
        )
        for index, county in enumerate(COUNTIES[lang])
    ]
    return Heat(columns=columns, rows=tuple(rows))


def burnup(lang: str, *, days: int = 56) -> Burnup:
    """Return a burn-up of seven states."""
    labels = [name.in_(lang) for state, name in ACTIVITY.labels.items() if state != "cancelled"]
    layers = [
        Layer(name=name, counts=tuple((day * (index + 1) * 3) % 50 + index for day in range(days)))
        for index, name in enumerate(reversed(labels))
    ]
    due = [
        DueDay(name=each.name.in_(lang), due=each.due.day) for each in quanzhou().milestones if each.due.day
    ]
    return Burnup(
        first=FIRST, layers=tuple(layers), milestones=tuple(due), today=TODAY, last=date(2023, 10, 20)
    )


def bars(lang: str) -> Bars:
    """Return counts, one of them naught and one of them much larger."""
    names = [name.in_(lang) for name in ACTIVITY.labels.values()]
    tones = ("main", "late", "soon", "done", "quiet", "main", "main", "main")
    return Bars(
        bars=tuple(
            Bar(name=name, count=index**4, href=f"/cases?state={index}", tone=tone)
            for index, (name, tone) in enumerate(zip(names, tones, strict=True))
        )
    )


def slider(lang: str) -> Slider:
    """Return the marks of three months."""
    due: dict[date, tuple[str, ...]] = {}
    for each in quanzhou().milestones:
        if each.due.day:
            due[each.due.day] = (*due.get(each.due.day, ()), each.name.in_(lang))
    first = date(2023, 8, 14)
    days = [first + timedelta(days=n) for n in range(92)]
    return Slider(
        first=first,
        last=days[-1],
        days=tuple(
            SliderDay(day=day, milestones=due.get(day, ()), reminders=sum(f.day == day for f in firings()))
            for day in days
        ),
    )


def qr(lang: str) -> str:
    """Return what a code says."""
    return f"https://duban.example.cn/cases/QZ-2023-0042?lang={lang}"


Picture = Callable[[str], str]

PICTURES: dict[str, Picture] = {
    "season": lambda lang: season_picture(season(lang), key="s", lang=lang),
    "path": lambda lang: path_picture(path(lang), key="p", lang=lang),
    "ladder": lambda lang: ladder_picture(ladder(lang), key="l", lang=lang),
    "heat": lambda lang: heat_picture(heat(lang), key="h", lang=lang),
    "burnup": lambda lang: burnup_picture(burnup(lang), key="b", lang=lang),
    "bars": lambda lang: bars_picture(bars(lang), key="c", lang=lang),
    "shares": lambda lang: share_picture(bars(lang), key="t", lang=lang),
    "slider": lambda lang: slider_picture(slider(lang), key="d", lang=lang),
    "qr": lambda lang: qr_picture(qr(lang), key="q", lang=lang),
}

NASTY: dict[str, str] = {
    "season": season_picture(
        Season(
            windows=(WindowBar(name=HOSTILE, start=FIRST, end=TODAY),),
            flags=(Flag(name=HOSTILE, due=TODAY), Flag(name=HOSTILE, note=HOSTILE)),
            title=HOSTILE,
        ),
        key="s",
        lang="zh",
    ),
    "path": path_picture(
        Path(stations=(Station(name=HOSTILE, standing=Standing.LATE, late=HOSTILE),), title=HOSTILE),
        key="p",
        lang="zh",
    ),
    "ladder": ladder_picture(
        Ladder(name=HOSTILE, due=TODAY, steps=(Step(name=HOSTILE, day=TODAY, who=(HOSTILE,)),)),
        key="l",
        lang="zh",
    ),
    "heat": heat_picture(
        Heat(
            columns=(Column(name=HOSTILE),),
            rows=(Row(name=HOSTILE, cells=(Cell(late=1, total=1, href="/" + HOSTILE),), href=HOSTILE),),
        ),
        key="h",
        lang="zh",
    ),
    "burnup": burnup_picture(
        Burnup(
            first=FIRST,
            layers=(Layer(name=HOSTILE, counts=(1,)),),
            milestones=(DueDay(name=HOSTILE, due=FIRST),),
        ),
        key="b",
        lang="zh",
    ),
    "bars": bars_picture(Bars(bars=(Bar(name=HOSTILE, count=1, href="/" + HOSTILE),)), key="c", lang="zh"),
    "shares": share_picture(Bars(bars=(Bar(name=HOSTILE, count=1, href="/" + HOSTILE),)), key="t", lang="zh"),
    "slider": slider_picture(
        Slider(first=FIRST, last=TODAY, days=(SliderDay(day=FIRST, milestones=(HOSTILE,)),), title=HOSTILE),
        key="d",
        lang="zh",
    ),
    "qr": qr_picture(HOSTILE, key="q", lang="zh", title=HOSTILE),
}
