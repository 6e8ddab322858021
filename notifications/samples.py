"""Invented letters: for checks, previews and tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from notifications.letter import Figure, Item, Letter, Person, Sealed, Sender

KINDS = (
    "opening",
    "reminder",
    "overdue",
    "already_due",
    "returned",
    "closing",
    "commendation",
    "commended",
    "thanked",
    "daily",
    "checkpoint",
    "sign_in",
    "invitation",
    "test",
)
"""The kinds of mail: each is a folder of templates."""

_BEIJING = timezone(timedelta(hours=8))
_AT = datetime(2023, 9, 25, 1, 0, tzinfo=UTC).astimezone(_BEIJING)
_LATE = datetime(2023, 10, 9, 1, 0, tzinfo=UTC).astimezone(_BEIJING)
_HOME = "https://duban.example.cn"
_ROOT = "68df77882ba752ba17014dea8929980819ddd8d40dedd77d5f06229b486df5b0"
_NOTE = """duban/quanzhou
20448
aN93iCunUroXAU3qiSmYCBnd2NQN7dd9XwYim0ht9bA=
at 2023-09-25T00:59:00.000000Z

— duban/quanzhou MMu+Vb9m5uIRYfzqSlX4GFwwnZReNfEB2lQbThaG0tI+DmEWcuNhWDyQ8cQ1+rjTE0go8tvaj5jmMW3hkwqHp80yEg8=
"""
_TOKEN = "rL0w9cG2xQeV7tYb5nKsJ4uHf1mZp8dA3iEoWq6TgXk"  # noqa: S105  invented, it signs nobody in
_SEALED = Sealed(rows=20_448, root=_ROOT)


def sample_letter(kind: str, lang: str = "zh") -> Letter:
    """Return a letter of that kind as an invented city would send it (lang: zh or en)."""
    base = Letter(
        template=kind,
        to=_reader(kind, lang),
        at=_LATE if kind in {"overdue", "closing"} else _AT,
        senders=(_sender(lang),),
        list_url=f"{_HOME}/my",
    )
    match kind:
        case "daily":
            return replace(base, figures=_figures(lang), list_url=f"{_HOME}/overview")
        case "checkpoint":
            return replace(base, sealed=_SEALED, note=_NOTE, list_url=f"{_HOME}/history")
        case "sign_in" | "invitation":
            return _linked(base)
        case "test":
            return base
        case _:
            return replace(base, items=_items(kind, lang))


def _items(kind: str, lang: str) -> tuple[Item, ...]:
    match kind:
        case "closing":
            return _closing(lang)
        case "commended" | "thanked":
            return _decided(kind, lang)
        case _:
            return (_item(kind, lang),)


def sample_digest(lang: str = "zh", *, count: int = 7) -> Letter:
    """Return a reminder of ``count`` cases with three milestones, some of them late."""
    base = _item("reminder", lang)
    return replace(
        sample_letter("reminder", lang), items=tuple(_nth(base, number, lang) for number in range(count))
    )


def _linked(base: Letter) -> Letter:
    lasts = timedelta(minutes=15) if base.template == "sign_in" else timedelta(days=7)
    return replace(base, list_url="", link=f"{_HOME}/sign-in/link/{_TOKEN}", link_until=base.at + lasts)


def _reader(kind: str, lang: str) -> Person:
    admin = kind in {"closing", "daily"}
    if lang == "en":
        return Person(name="Li Qiang" if admin else "Chen Jing", email="reader@example.cn", lang="en")
    return Person(name="李强" if admin else "陈静", email="reader@example.cn", lang="zh")


def _sender(lang: str) -> Sender:
    name = "Lin Yue, city science association" if lang == "en" else "市科协普及部 林悦"
    return Sender(name=name, phone="0595-00000000", email="kepu@example.cn")


def _item(kind: str, lang: str) -> Item:
    item = _english() if lang == "en" else _chinese()
    match kind:
        case "opening":
            return replace(
                item,
                milestone=_say(lang, "登记活动", "Register the activity"),
                key="registration",
                held_on=date(2023, 10, 14),
                missing=(),
            )
        case "overdue":
            return _late(item, lang)
        case "already_due":
            return replace(_late(item, lang), entered_late=True, also_told=())
        case "returned":
            words = _say(
                lang,
                "照片看不清活动现场，请换两张。",
                "The photos do not show the venue; please send others.",
            )
            return replace(item, reason=words)
        case "commendation":
            return replace(item, award=_say(lang, "优秀活动", "Outstanding activity"), missing=())
        case _:
            return item


def _say(lang: str, zh: str, en: str) -> str:
    return en if lang == "en" else zh


def _chinese() -> Item:
    return Item(
        ref="QZ-2023-0042",
        title="食品安全在身边：社区科普讲堂",
        unit="鲤城区科普志愿者协会",
        notice_title="2023年全国科普日活动通知",
        milestone="提交总结",
        due=date(2023, 9, 30),
        act_by=date(2023, 9, 28),
        days_left=3,
        days_late=0,
        approximate=False,
        missing=("总结材料", "参加人数"),
        clause="六（二）",
        cite="9月30日前",
        url=f"{_HOME}/cases/QZ-2023-0042",
        held_on=date(2023, 9, 17),
        state="已举办",
        coordinator="陈静",
        coordinator_phone="138-0000-0000",
        key="summary",
        kind="activity",
    )


def _english() -> Item:
    return replace(
        _chinese(),
        title="Food safety around us: a neighbourhood talk",
        unit="Licheng Science Volunteers",
        notice_title="National Science Day 2023",
        milestone="Hand in the summary",
        missing=("summary document", "number of participants"),
        clause="VI (2)",
        cite="by 30 September",
        state="held",
        coordinator="Chen Jing",
    )


def _late(item: Item, lang: str) -> Item:
    told = _say(lang, "王敏（鲤城区科协 负责人）", "Wang Min (lead, Licheng district)")
    return replace(item, days_left=0, days_late=9, also_told=(told,))


def _closing(lang: str) -> tuple[Item, ...]:
    late = replace(_late(_item("reminder", lang), lang), also_told=(), role="admin")
    title = _say(lang, "星空下的物理课开放日", "Physics under the stars: open day")
    unit = _say(lang, "市青少年科技馆", "City Youth Science Hall")
    other = replace(
        late,
        ref="QZ-2023-0057",
        title=title,
        unit=unit,
        coordinator=_say(lang, "赵磊", "Zhao Lei"),
        missing=late.missing[:1],
    )
    return late, other


def _decided(kind: str, lang: str) -> tuple[Item, ...]:
    """Return activities after the decision on commendations: of the commended the first has its award."""
    plain = replace(_item("commendation", lang), award=None)
    items = [
        replace(
            _nth(plain, number, lang), milestone="", due=None, act_by=None, days_late=0, missing=(), key=""
        )
        for number in range(2)
    ]
    award = _say(lang, "优秀活动", "Excellent Activity")
    return (replace(items[0], award=award), items[1]) if kind == "commended" else tuple(items)


_TITLES = (
    ("食品安全在身边：社区科普讲堂", "Food safety around us: a neighbourhood talk"),
    ("机器人走进校园", "Robots go to school"),
    ("星空下的物理课开放日", "Physics under the stars: open day"),
    ("海岸带生态观察徒步", "A walk along the living coast"),
    ("急救技能人人学", "First aid for everyone"),
    ("乡村科普大篷车", "Science caravan to the villages"),
    ("院士带你看芯片", "Inside a chip, with a scientist"),
)


def _nth(base: Item, number: int, lang: str) -> Item:
    zh, en = _TITLES[number % len(_TITLES)]
    item = replace(
        base,
        ref=f"QZ-2023-{number + 42:04d}",
        title=_say(lang, zh, en),
        url=f"{_HOME}/cases/QZ-2023-{number + 42:04d}",
    )
    if number % 7 < 2:
        return replace(
            item,
            milestone=_say(lang, "登记活动", "Register the activity"),
            key="registration",
            due=date(2023, 9, 22),
            act_by=date(2023, 9, 22),
            days_left=0,
            days_late=3,
            held_on=None,
            missing=(_say(lang, "平台发布链接", "platform listing"),),
            clause=_say(lang, "三（一）", "III (1)"),
            cite=None,
        )
    if number % 7 < 5:
        missing = (_say(lang, f"{number % 3 + 1} 张照片", f"{number % 3 + 1} photos"),)
        return replace(
            item, milestone=_say(lang, "完善信息", "Complete the information"), key="info", missing=missing
        )
    return item


def _figures(lang: str) -> tuple[Figure, ...]:
    return (
        Figure(label=_say(lang, "逾期", "late"), count=3, tone="late"),
        Figure(label=_say(lang, "将到期", "due soon"), count=8, tone="soon"),
        Figure(label=_say(lang, "未报送", "not handed in"), count=12, tone="open"),
        Figure(label=_say(lang, "按时", "on time"), count=120, tone="done"),
    )
