"""The columns of each kind of sheet, as data: page, template, import and docs read them here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from engine.sheets import days, values
from engine.sheets.cells import Raw

Parse = Callable[[Raw], object]

KINDS: Mapping[str, str] = {
    "科协": "association",
    "学会": "society",
    "学校": "school",
    "企业": "enterprise",
    "部门": "department",
    "场馆": "venue",
    "社区": "community",
    "其他": "other",
}
LEVELS: Mapping[str, str] = {
    "国家": "national",
    "省": "province",
    "市": "city",
    "县": "county",
    "国家级": "national",
    "省级": "province",
    "市级": "city",
    "县级": "county",
    "区": "county",
    "县区": "county",
}
ROLES: Mapping[str, str] = {
    "联系人": "coordinator",
    "负责人": "lead",
    "管理员": "admin",
    "审计": "auditor",
}
LANGUAGES: Mapping[str, str] = {"中文": "zh", "英文": "en", "zh-cn": "zh", "english": "en"}

IGNORED = ("序号", "备注", "问题", "no", "remarks", "problem")
"""Headings whose columns are for the reader, not for the import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column. ``key`` is the field of the draft; ``parse`` takes a cell that is not blank."""

    key: str
    zh: str
    en: str
    parse: Parse
    synonyms: tuple[str, ...] = ()
    required: bool = False


_REGION = Field(
    key="region",
    zh="地区",
    en="Region",
    parse=values.region,
    synonyms=("所在地区", "行政区划", "行政区划代码", "地区代码", "区划代码", "县（市、区）"),
    required=True,
)

UNIT: tuple[Field, ...] = (
    Field(
        key="name",
        zh="单位名称",
        en="Unit",
        parse=values.name,
        synonyms=("单位", "名称", "单位全称", "name"),
        required=True,
    ),
    _REGION,
    Field(
        key="kind",
        zh="类型",
        en="Type",
        parse=partial(values.one_of, words=KINDS),
        synonyms=("单位类型", "类别", "单位类别", "单位性质"),
        required=True,
    ),
    Field(
        key="level",
        zh="级别",
        en="Level",
        parse=partial(values.one_of, words=LEVELS),
        synonyms=("单位级别", "层级"),
    ),
)

PERSON: tuple[Field, ...] = (
    Field(
        key="name",
        zh="姓名",
        en="Name",
        parse=values.name,
        synonyms=("联系人姓名", "名字"),
        required=True,
    ),
    Field(
        key="email",
        zh="邮箱",
        en="Email",
        parse=values.email,
        synonyms=("电子邮箱", "邮箱地址", "电子邮件", "e-mail", "mail"),
        required=True,
    ),
    Field(
        key="phone",
        zh="电话",
        en="Phone",
        parse=values.phone,
        synonyms=("联系电话", "手机", "手机号", "手机号码", "办公电话"),
    ),
    Field(key="lang", zh="语言", en="Language", parse=partial(values.one_of, words=LANGUAGES)),
    Field(key="role", zh="角色", en="Role", parse=partial(values.one_of, words=ROLES), synonyms=("身份",)),
    Field(key="region", zh="地区", en="Region", parse=values.region, synonyms=_REGION.synonyms),
    Field(
        key="unit",
        zh="单位",
        en="Unit",
        parse=values.name,
        synonyms=("单位名称", "所在单位", "工作单位"),
    ),
)


def activity(year: int) -> tuple[Field, ...]:
    """Return the columns of activities; a day without a year is of ``year``."""
    return (
        Field(key="ref", zh="编号", en="Number", parse=values.code, synonyms=("活动编号", "ref")),
        Field(
            key="title",
            zh="活动名称",
            en="Activity",
            parse=values.name,
            synonyms=("名称", "活动", "活动主题", "title"),
            required=True,
        ),
        Field(
            key="unit",
            zh="主办单位",
            en="Host unit",
            parse=values.name,
            synonyms=("单位", "单位名称", "举办单位", "host"),
            required=True,
        ),
        _REGION,
        Field(
            key="coordinator",
            zh="联系人邮箱",
            en="Coordinator email",
            parse=values.email,
            synonyms=("邮箱", "电子邮箱", "联系邮箱", "coordinator"),
        ),
        *_when(year),
        *_WHERE,
    )


def _when(year: int) -> tuple[Field, ...]:
    return (
        Field(
            key="starts_on",
            zh="开始日期",
            en="Start date",
            parse=partial(days.period, year=year),
            synonyms=("活动时间", "活动日期", "时间", "日期", "开始时间", "举办时间", "starts"),
        ),
        Field(
            key="ends_on",
            zh="结束日期",
            en="End date",
            parse=partial(days.day, year=year),
            synonyms=("结束时间", "截止日期", "ends"),
        ),
    )


_WHERE = (
    Field(
        key="place",
        zh="地点",
        en="Place",
        parse=values.name,
        synonyms=("活动地点", "举办地点", "地址"),
    ),
    Field(key="online", zh="线上", en="Online", parse=values.yes_no, synonyms=("是否线上", "线上活动")),
    Field(
        key="online_url",
        zh="线上地址",
        en="Online address",
        parse=values.url,
        synonyms=("线上链接", "网址", "链接", "直播地址", "url"),
    ),
    Field(
        key="participants",
        zh="参与人数",
        en="Participants",
        parse=values.count,
        synonyms=("人数", "参加人数", "受众人数", "参与人次"),
    ),
)
