from dataclasses import replace
from datetime import date, time

import pytest

from config.catalogue import catalogue
from config.noticefile import parse
from config.reading.drafting.channels import channel_name
from config.reading.drafting.decisions import Decision, Verdict, proposed, undecided
from config.reading.drafting.draft import draft_yaml
from config.reading.drafting.expressions import bounds_of
from config.reading.drafting.heading import Heading, propose_heading
from config.reading.reading import Certainty, Clause, ReadDate, Reading, Sort, Span, Told, YearFrom
from config.resolve import resolve
from config.schedule import CaseKind, Name, Schedule

TEXT = "请各活动举办单位于9月25日前登录平台填报活动信息。"
CITE = Span(0, len(TEXT))
ACCEPT = Decision(verdict=Verdict.ACCEPT)
HERE = Heading(id="quanzhou-2024", code="QZ-2024", region="350500")


def clause(key: str = "d1", *, sort: Sort = Sort.DEADLINE, **values: object) -> Clause:
    """Return a clause that was read beyond doubt, but for what ``values`` change of its date."""
    told = {name: values.pop(name) for name in ("who", "action", "channel", "confidence") if name in values}
    when = {"day": date(2024, 9, 25), "words": Span(9, 14)} | values
    return Clause(key=key, sort=sort, when=ReadDate(**when), cite=CITE, **told)  # type: ignore[arg-type]  # of a test


def reading(*clauses: Clause, title: str = "关于举办2024年泉州市创客周的通知") -> Reading:
    """Return a reading of some clauses."""
    return Reading(text=TEXT, title=Told(text=title, span=Span(0, 0)), year=2024, clauses=clauses)


def drafted(*clauses: Clause, decisions: dict[str, Decision] | None = None) -> str:
    """Return the draft of some clauses, which is a sound notice."""
    text = draft_yaml(reading(*clauses), decisions or {}, HERE)
    resolve("quanzhou-2024", {"quanzhou-2024": text})
    return text


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.ACCEPT),
        ({"confidence": 0.6}, Verdict.UNDECIDED),
        ({"year_from": YearFrom.NOWHERE}, Verdict.UNDECIDED),
        ({"day": None, "wrong": Name(zh="没有9月31日", en="no such day")}, Verdict.UNDECIDED),
        ({"day": None, "certainty": Certainty.OPEN}, Verdict.DROP),
        ({"day": None, "certainty": Certainty.RECURRING}, Verdict.DROP),
        ({"day": None, "start": date(2024, 8, 21), "certainty": Certainty.OPEN}, Verdict.ACCEPT),
        ({"sort": Sort.ORGANISER}, Verdict.DROP),
    ],
)
def test_only_what_is_sure_is_proposed(changes: dict[str, object], verdict: Verdict) -> None:
    assert proposed(clause(**changes)).verdict is verdict  # type: ignore[arg-type]  # of a test


def test_nothing_doubtful_is_in_a_draft_until_somebody_decides() -> None:
    doubtful = clause(who="各活动举办单位", confidence=0.4)

    assert [one.key for one in undecided(reading(doubtful), {})] == ["d1"]
    assert "milestones" not in drafted(doubtful)
    assert "due: 2024-09-25" in drafted(doubtful, decisions={"d1": ACCEPT})


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, (None, "2024-09-25")),
        ({"until": time(17), "certainty": Certainty.TIME}, (None, "2024-09-25 17:00")),
        (
            {"start": date(2024, 9, 21), "day": date(2024, 9, 30), "certainty": Certainty.THIRD},
            (None, "late 2024-09"),
        ),
        (
            {"start": date(2024, 9, 1), "day": date(2024, 9, 30), "certainty": Certainty.MONTH},
            (None, "2024-09"),
        ),
        (
            {
                "start": date(2024, 9, 1),
                "day": date(2024, 12, 31),
                "certainty": Certainty.MONTH,
                "words": Span(0, 1),
            },
            ("about 2024-09-01", "about 2024-12-31"),
        ),
        (
            {"day": None, "certainty": Certainty.RELATIVE, "relative": "held + 10 working days"},
            (None, "held + 10 working days"),
        ),
        ({"day": None, "certainty": Certainty.OPEN}, (None, "tbd")),
        ({"day": date(2199, 1, 1)}, (None, None)),
    ],
)
def test_a_date_is_written_as_exactly_as_it_was_given(
    when: dict[str, object], expected: tuple[str | None, str | None]
) -> None:
    assert bounds_of(clause(**when), ACCEPT, TEXT) == expected  # type: ignore[arg-type]  # of a test


def test_a_corrected_date_counts_and_a_dropped_one_does_not() -> None:
    right = Decision(verdict=Verdict.CORRECT, day=date(2024, 9, 28))
    gone = Decision(verdict=Verdict.DROP)

    assert "due: 2024-09-28" in drafted(clause(who="各活动举办单位"), decisions={"d1": right})
    assert "milestones" not in drafted(clause(), decisions={"d1": gone})


def test_a_report_is_never_counted_from_a_day_held() -> None:
    relative = clause(
        day=None, certainty=Certainty.RELATIVE, relative="held + 5 days", who="各县科协", action="报送总结"
    )

    assert "due: tbd" in drafted(relative)


@pytest.mark.parametrize("who", ["各单位", "各县（市、区）科协"])
def test_what_is_completed_after_the_day_held_is_a_step_of_the_activity_and_no_report(
    who: str | None,
) -> None:
    relative = {"day": None, "certainty": Certainty.RELATIVE, "relative": "held + 5 working days"}

    text = drafted(clause(who=who, action="完善活动信息", **relative))

    [one] = resolve("quanzhou-2024", {"quanzhou-2024": text}).milestones
    assert (one.key, one.kind, one.reaches, one.due.text) == (
        "information",
        CaseKind.ACTIVITY,
        "info_completed",
        "held + 5 working days",
    )
    assert "# 请核对：日期从活动结束日推算，这里按每项活动来办，不是由单位报送。" in text


def test_forms_filed_after_the_day_held_stay_with_the_units_and_wait_for_a_date() -> None:
    relative = {"day": None, "certainty": Certainty.RELATIVE, "relative": "held + 5 days"}

    text = drafted(clause(who="各单位", action="将汇总表报市科协", **relative))

    assert "for: [county/association, city/department]" in text
    assert "due: tbd" in text


def test_a_guess_is_a_remark_and_a_note() -> None:
    text = drafted(clause(who="各单位", action="报送总结材料"))

    assert "# 请核对：“各单位”这里取下一级科协和本级成员单位。" in text
    note = parse(text).notice.milestones["summary_report"].note
    assert note is not None
    assert note.zh == "“各单位”这里取下一级科协和本级成员单位。"


def test_forms_of_hosts_and_units_are_two_milestones() -> None:
    both = clause(
        who="市级成员单位、各县（市、区）科协、各活动举办单位", action="填写登记表、汇总表报市科协备案"
    )

    milestones = parse(drafted(both)).notice.milestones

    assert {key: (one.owed_by, dict(one.needs or {})) for key, one in milestones.items()} == {
        "filing": (("county/association", "city/department"), {"registration_form": 1, "summary_sheet": 1}),
        "activity_form": ((), {"application_form": 1}),
    }


def test_what_the_parent_asks_of_the_same_is_made_more_exact_not_said_again() -> None:
    parent = resolve("national-2023", catalogue())
    heading = Heading(id="quanzhou-2024", code="QZ-2024", region="350500", parent=parent)
    one = reading(clause(who="各活动举办单位", action="登录平台填报"))

    text = draft_yaml(one, {}, heading)

    register = parse(text).notice.milestones["register"]
    assert (register.name, register.reaches) == (None, None)
    assert resolve("quanzhou-2024", {**catalogue(), "quanzhou-2024": text}).milestone("register") is not None


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("将活动计划表报送至市科协科普部", "报送活动计划表"),
        ("报送联络员名单", "报送联络员名单"),
        ("把有关情况报送至市科协", "按通知报送"),
    ],
)
def test_what_is_handed_in_is_called_by_the_paper_that_is_asked_for(action: str, name: str) -> None:
    one = clause(who="各县（市、区）科协", action=action)

    text = drafted(one)

    assert f"{{zh: {name}, en: Hand in what is asked}}" in text


def test_hostile_words_stay_texts() -> None:
    nasty = "a: {b}\n# c\n- [d] \"e\" 'f' \\ \x85\u2028&g *h !i %j @k `l`"
    one = clause(who="各单位", action=nasty, channel=nasty)

    text = draft_yaml(reading(one, title=nasty), {}, HERE)

    assert parse(text).notice.title == " ".join(nasty.split())


def test_an_earlier_version_of_a_notice_keeps_its_name() -> None:
    known = [resolve(name, catalogue()) for name in catalogue()]
    title = "泉州市全民科学素质工作领导小组关于举办2023年全国科普日活动的通知"
    again, other = (replace(one, year=2023) for one in (reading(title=title), reading()))

    found = [propose_heading(one, {}, known, region="350500", year=2020) for one in (again, other, reading())]

    assert [one.id for one in found] == ["quanzhou-2023", "quanzhou-2023-2", "quanzhou-2024"]
    assert [one.code for one in found] == ["QZ-2023", "QZ-2023-2", "QZ-2024"]


def numbered(title: str, number: str | None) -> Reading:
    """Return the reading of a notice of Quanzhou of 2027."""
    told = Told(text=number, span=Span(0, 0)) if number else None
    return replace(reading(title=title), year=2027, number=told)


WORKERS_DAY = "泉州市科学技术协会关于举办2027年全国科技工作者日活动的通知"
SCIENCE_WEEK = "泉州市科学技术协会关于举办2027年全国科技周活动的通知"


@pytest.mark.parametrize(
    ("title", "number", "found", "like"),
    [
        (WORKERS_DAY, "泉科协[2027]25号", "quanzhou-2027", None),
        (
            "关于开展全国科技工作者日系列活动的通知",
            "泉科协〔2027〕25号",
            "quanzhou-2027",
            None,
        ),
        (WORKERS_DAY, None, "quanzhou-2027", None),
        (WORKERS_DAY, "泉科协〔2027〕31号", "quanzhou-2027-2", None),
        (SCIENCE_WEEK, "泉科协〔2027〕12号", "quanzhou-2027-2", None),
        (SCIENCE_WEEK, None, "quanzhou-2027-2", None),
        ("关于举办2027年科技工作者日活动的通知", None, "quanzhou-2027-2", "quanzhou-2027"),
    ],
)
def test_a_new_version_is_told_by_its_number_else_its_title_and_one_alike_is_asked(
    title: str, number: str | None, found: str, like: str | None
) -> None:
    known = Schedule(
        id="quanzhou-2027",
        code="QZ-2027",
        title=WORKERS_DAY,
        region="350500",
        issuer="泉州市科学技术协会",
        line=("quanzhou-2027",),
        number="泉科协〔2027〕25号",
    )

    heading = propose_heading(numbered(title, number), {}, [known], region="350500", year=2027)

    assert (heading.id, heading.like and heading.like.id) == (found, like)


@pytest.mark.parametrize(
    ("channel", "zh"),
    [
        ("platform: 科普平台 (www.example.cn)", "科普平台（www.example.cn）"),
        ("email: lin@example.cn; paper: 一式两份", "电子邮件（lin@example.cn）；纸质（一式两份）"),
        ("email", "电子邮件"),
        ("市科协", "市科协"),
    ],
)
def test_a_channel_is_said_in_words(channel: str, zh: str) -> None:
    assert channel_name(channel).zh == zh
