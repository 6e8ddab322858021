"""The five shipped notices carry the facts of their texts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from config.catalogue import catalogue
from config.noticefile import parse
from config.resolve import resolve
from config.schedule import Contact, Milestone, Name, Precision, Schedule, Source, When

TEXTS = Path(__file__).parents[3] / "shared" / "notices" / "train"
IDS = sorted(catalogue())


def read(notice_id: str) -> Schedule:
    return resolve(notice_id, catalogue())


def said(when: When | None) -> str | None:
    return when.text if when else None


def dates(schedule: Schedule) -> Mapping[str, tuple[str | None, str]]:
    """Return what the notice itself says of each milestone: opens and due as written."""
    own = [one for one in schedule.milestones if one.key in schedule.owns]
    return {one.key: (said(one.opens), one.due.text) for one in own}


def windows(schedule: Schedule) -> Mapping[str, tuple[str, str]]:
    own = [one for one in schedule.windows if one.source.notice == schedule.id]
    return {one.key: (one.start.text, one.end.text) for one in own}


def asked(schedule: Schedule, key: str) -> tuple[tuple[str, ...], str | None, Mapping[str, int]]:
    milestone = schedule.milestone(key)
    assert milestone
    return milestone.units, milestone.reaches, milestone.needs


def sources(schedule: Schedule) -> list[Source]:
    found = [*schedule.sources.values(), *(window.source for window in schedule.windows)]
    found += [source for milestone in schedule.milestones for source in milestone.sources.values()]
    return [source for source in found if source.notice == schedule.id]


def dated_sources(milestone: Milestone) -> list[Source]:
    return [
        source for field, source in milestone.sources.items() if field.partition(".")[0] in ("due", "opens")
    ]


def test_five_notices_are_shipped_under_their_own_ids() -> None:
    assert IDS == ["chengdu-2023", "jiangmen-2021", "national-2023", "quanzhou-2023", "xinxiang-2023"]
    assert [parse(catalogue()[key]).notice.id for key in IDS] == IDS


@pytest.mark.parametrize("notice_id", IDS)
def test_every_cite_stands_in_the_text_to_the_letter(notice_id: str) -> None:
    path = TEXTS / f"{notice_id}.txt"
    if not path.exists():
        return  # the texts are not part of the project
    text = path.read_text("utf-8")

    assert [
        source.cite for source in sources(read(notice_id)) if source.cite and source.cite not in text
    ] == []


@pytest.mark.parametrize("notice_id", IDS)
def test_every_date_of_a_milestone_is_cited_with_its_clause(notice_id: str) -> None:
    schedule = read(notice_id)
    cited = [source for one in schedule.milestones for source in dated_sources(one)]
    cited += [window.source for window in schedule.windows]

    assert cited
    assert [
        source for source in cited if not (source.cite and source.clause and len(source.cite) <= 60)
    ] == []


@pytest.mark.parametrize(
    ("notice_id", "facts"),
    [
        ("national-2023", ("QG-2023", "000000", "2023-07-24", "科协发普字〔2023〕34号")),
        ("chengdu-2023", ("CD-2023", "510100", "2023", None)),
        ("xinxiang-2023", ("XX-2023", "410700", "2023-09-14", "新科协〔2023〕39号")),
        ("quanzhou-2023", ("QZ-2023", "350500", "2023-08", None)),
        ("jiangmen-2021", ("JM-2021", "440700", "2021-09-13", "江府办函〔2021〕117号")),
    ],
)
def test_who_issued_what_when(notice_id: str, facts: tuple[str | None, ...]) -> None:
    made = read(notice_id)

    assert (made.code, made.region, said(made.issued), made.number) == facts


def test_the_four_of_2023_share_the_national_theme() -> None:
    themes = {notice_id: read(notice_id).theme for notice_id in IDS}

    assert themes == {
        **{
            f"{name}-2023": "提升全民科学素质，助力科技自立自强"
            for name in ("national", "chengdu", "xinxiang", "quanzhou")
        },
        "jiangmen-2021": "百年再出发，迈向高水平科技自立自强",
    }


def test_national_dates() -> None:
    made = read("national-2023")

    assert windows(made) == {"week": ("2023-09-17", "2023-09-23")}
    assert dates(made) == {"register": ("2023-08-21", ""), "report": (None, "2023-10-10")}
    assert asked(made, "report") == (("province/association", "national/society"), "submitted", {"report": 1})
    assert made.requires["register"] == {"platform_listing": 1}


def test_chengdu_dates() -> None:
    made = read("chengdu-2023")

    assert windows(made) == {
        "series": ("2023-08-15", "2023-10-15"),
        "main_event": ("2023-09-11", "2023-09-28"),
    }
    assert dates(made) == {
        "filing": (None, "2023-08-15"),
        "register": ("2023-08-21", ""),
        "information": (None, "tbd"),
        "summary": (None, "tbd"),
        "summary_report": (None, "tbd"),
    }
    assert asked(made, "filing")[1:] == ("submitted", {"plan_table": 1})


def test_chengdu_leaves_theme_and_later_dates_open() -> None:
    made = read("chengdu-2023")

    assert made.subtheme == "厚植科技创新沃土，擦亮科幻之都名片"
    assert made.open == (
        "milestones.information.due",
        "milestones.summary.due",
        "milestones.summary_report.due",
        "theme",
    )
    assert (made.sources["theme"].notice, made.sources["theme.open"].clause) == ("national-2023", "二")
    assert made.milestones[1].sources["opens"].notice == "national-2023"


def test_xinxiang_dates() -> None:
    made = read("xinxiang-2023")
    information = made.milestone("information")

    assert windows(made) == {}
    assert dates(made) == {
        "register": ("2023-08-21", ""),
        "information": (None, "about held + 5 working days"),
        "summary_report": (None, "2023-09-28"),
    }
    assert information
    assert (information.due.precision, information.due.approximate) == (Precision.RELATIVE, True)
    assert information.sources["due"].note
    assert asked(made, "summary_report")[0] == ("county/association", "city/department", "*/venue")


def test_quanzhou_dates() -> None:
    made = read("quanzhou-2023")

    assert windows(made) == {
        "counted": ("late 2023-08", "about 2023-09-30"),
    }
    assert dates(made) == {
        "register": ("2023-08-21", "late 2023-09"),
        "filing": (None, "2023-08-30"),
        "activity_form": (None, "2023-08-30"),
        "information": (None, "2023-09-30"),
        "summary": (None, "2023-09-30"),
        "summary_report": (None, "2023-09-30"),
    }


def test_quanzhou_files_by_unit_and_by_activity() -> None:
    made = read("quanzhou-2023")

    assert asked(made, "filing") == (
        ("county/association", "city/department"),
        "submitted",
        {"registration_form": 1, "summary_sheet": 1},
    )
    assert asked(made, "activity_form") == ((), None, {"application_form": 1})
    assert made.requires["register"] == {"application_form": 1, "platform_listing": 1}


def test_jiangmen_dates() -> None:
    made = read("jiangmen-2021")

    assert made.line == ("jiangmen-2021",)
    assert windows(made) == {
        "period": ("2021-09-11", "2021-12-10"),
        "main_event": ("2021-09-17", "2021-09-17"),
    }
    assert dates(made) == {
        "filing": (None, "2021-09-24"),
        "register": (None, "2021-09-24"),
        "information": (None, "2021-10-22"),
        "summary": (None, "2021-10-22"),
        "interim_report": (None, "2021-10-22"),
        "full_report": (None, "2021-12-10"),
    }


def test_jiangmen_materials() -> None:
    made = read("jiangmen-2021")

    assert asked(made, "filing")[2] == {"intention_form": 1, "summary_sheet": 1, "stamped_scan": 1}
    assert asked(made, "interim_report")[2] == {"photo": 1, "video": 1, "report": 1}


@pytest.mark.parametrize("notice_id", IDS)
def test_activities_go_through_the_states_of_their_milestones(notice_id: str) -> None:
    states = {"register": "registered", "information": "info_completed", "summary": "summarized"}

    assert {one.key: one.reaches for one in read(notice_id).milestones if one.key in states} == {
        key: state for key, state in states.items() if read(notice_id).milestone(key)
    }


@pytest.mark.parametrize(
    ("notice_id", "contacts"),
    [
        (
            "national-2023",
            (
                Contact(name="王晓萌 刘天扬", phone="010-68512519"),
                Contact(name="蒙昌乐", phone="010-63589698,010-63589586"),
                Contact(name="赵婷婷", phone="010-68526217"),
            ),
        ),
        (
            "chengdu-2023",
            (
                Contact(name="潘奕", phone="81710205", email="973139628@qq.com"),
                Contact(name="郑凯", phone="81710320", email="973139628@qq.com"),
            ),
        ),
        ("xinxiang-2023", (Contact(name="路全斌 高艳霞", phone="0373-3661812", email="kpzx350@163.com"),)),
        ("quanzhou-2023", (Contact(name="王加枫、吴顺天", phone="22217957", email="kx22217957@126.com"),)),
        ("jiangmen-2021", ()),
    ],
)
def test_contacts_are_as_printed(notice_id: str, contacts: tuple[Contact, ...]) -> None:
    assert read(notice_id).contacts == contacts


def test_what_follows_is_said_where_the_notice_says_it() -> None:
    follows = {notice_id: read(notice_id).then for notice_id in IDS}

    assert follows == {
        "national-2023": Name(
            zh="联合主办单位对组织有序、服务有效的单位和影响大、反映好的活动予以表扬",
            en="The joint hosts commend units that organised well and activities that were well received",
        ),
        "chengdu-2023": None,
        "xinxiang-2023": Name(
            zh="市科协推荐优秀组织单位、优秀活动、优秀工作者；省科协予以表扬，特别优秀的推荐中国科协表扬",
            en="The city recommends units, activities and people; the province commends them and "
            "recommends the best to CAST",
        ),
        "quanzhou-2023": Name(
            zh="市科协推荐单位和活动参评中国科协和省科协“优秀组织单位”“优秀活动”",
            en="The city recommends units and activities to CAST and the province as excellent",
        ),
        "jiangmen-2021": Name(
            zh="市科协择优推荐省科协和中国科协",
            en="The city recommends the best to the province and to CAST",
        ),
    }


def test_a_fuzzy_date_is_marked_approximate() -> None:
    register = read("quanzhou-2023").milestone("register")

    assert register
    assert register.due == When(
        text="late 2023-09",
        precision=Precision.FUZZY,
        start=date(2023, 9, 21),
        day=date(2023, 9, 30),
        approximate=True,
    )


@pytest.mark.parametrize("notice_id", ["chengdu-2023", "quanzhou-2023", "xinxiang-2023"])
def test_a_city_inherits_the_week_with_the_words_that_state_it(notice_id: str) -> None:
    [week] = [one for one in resolve(notice_id, catalogue()).windows if one.key == "week"]

    assert (week.start.text, week.end.text) == ("2023-09-17", "2023-09-23")
    assert week.source == Source(
        notice="national-2023", clause="一", cite="定于2023年9月17-23日在全国各地集中开展"
    )
