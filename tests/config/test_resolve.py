"""What a notice asks, its parents' values filled in."""

from datetime import date, time

import pytest

from config.catalogue import catalogue, joined
from config.errors import UserError
from config.resolve import DEFAULT_REQUIRES, resolve
from config.schedule import AfterDue, Contact, Precision, Source
from tests.config.conftest import Make

PARENT = """\
theme: {text: 上级主题, clause: 一, cite: 主题为}
send_at: 10:00
review: true
contacts: [{name: 王敏, phone: "1"}]
days: {2023-10-07: off, 2023-10-08: off}
requires: {register: {platform_listing: 1}}
windows:
  week: {name: {zh: 活动周, en: Week}, start: 2023-09-17, end: 2023-09-23, clause: 二}
milestones:
  register:
    name: {zh: 登记, en: Register}
    for: activity
    opens: {at: 2023-08-21, cite: 8月21日起}
    due: 2023-09-10
    reaches: registered
    after_due: reason
    clause: 三
"""


@pytest.fixture
def family(notice: Make) -> dict[str, str]:
    """Return a parent notice and a child that adds nothing of its own."""
    return {
        "top-2023": notice(PARENT, id="top-2023", region="350000"),
        "city-2023": notice("extends: top-2023\n"),
    }


def test_a_silent_child_has_its_parents_values_and_their_sources(family: dict[str, str]) -> None:
    made, parent = resolve("city-2023", family), resolve("top-2023", family)

    assert (made.windows, made.milestones, made.owns) == (parent.windows, parent.milestones, ())
    assert (made.theme, made.send_at, made.review) == ("上级主题", time(10), True)
    assert made.contacts == (Contact(name="王敏", phone="1"),)
    assert made.line == ("city-2023", "top-2023")
    assert made.sources["theme"] == Source(notice="top-2023", clause="一", cite="主题为")


def test_a_child_changes_a_milestone_field_by_field(family: dict[str, str]) -> None:
    family["city-2023"] += "milestones: {register: {due: 2023-09-08, clause: 六}}\n"

    milestone = resolve("city-2023", family).milestones[0]

    assert milestone.due.day == date(2023, 9, 8)
    assert (milestone.reaches, milestone.after_due) == ("registered", AfterDue.REASON)
    assert {field: source.notice for field, source in milestone.sources.items()} == {
        "milestone": "city-2023",
        "due": "city-2023",
        "opens": "top-2023",
        "name": "top-2023",
        "units": "top-2023",
        "reaches": "top-2023",
        "after_due": "top-2023",
    }
    assert milestone.sources["opens"] == Source(notice="top-2023", clause="三", cite="8月21日起")


def test_a_value_with_its_own_clause_takes_no_words_of_another(family: dict[str, str]) -> None:
    family["city-2023"] += (
        "milestones: {register: {clause: 六, cite: 登记, due: {at: 2023-09-08, clause: 七}}}\n"
    )

    assert resolve("city-2023", family).milestones[0].sources["due"] == Source(
        notice="city-2023", clause="七"
    )


def test_an_open_value_inherits_meanwhile_and_is_listed(family: dict[str, str]) -> None:
    family["city-2023"] += "theme: {text: tbd, clause: 二}\nmilestones: {register: {due: tbd}}\n"

    made = resolve("city-2023", family)

    assert (made.theme, made.milestones[0].due.day) == ("上级主题", date(2023, 9, 10))
    assert made.open == ("milestones.register.due", "theme")
    assert made.sources["theme.open"] == Source(notice="city-2023", clause="二")


def test_a_value_open_at_every_level_is_listed_once(family: dict[str, str], notice: Make) -> None:
    family["city-2023"] += "theme: {text: tbd, clause: 二}\n"
    family["county-2023"] = notice("extends: city-2023\ntheme: {text: tbd, clause: 五}\n", id="county-2023")

    made = resolve("county-2023", family)

    assert (made.theme, made.open) == ("上级主题", ("theme",))
    assert made.sources["theme.open"] == Source(notice="county-2023", clause="五")


def test_an_open_value_that_nobody_knows_stays_open(notice: Make) -> None:
    body = "theme: tbd\nmilestones: {m: {name: {zh: 中, en: e}, for: activity, reaches: held, due: tbd}}\n"
    made = resolve("city-2023", {"city-2023": notice(body)})

    assert (made.theme, made.milestones[0].due.precision) == (None, Precision.TBD)
    assert made.open == ("milestones.m.due", "theme")


def test_a_date_that_nobody_states_is_unknown_but_not_open(notice: Make) -> None:
    body = "milestones: {m: {name: {zh: 中, en: e}, for: activity, reaches: held, opens: 2023-09-01}}\n"
    made = resolve("city-2023", {"city-2023": notice(body)})

    assert (made.milestones[0].due.text, made.milestones[0].due.precision) == ("", Precision.TBD)
    assert made.open == ()


def test_a_grandchild_takes_from_the_nearest(family: dict[str, str], notice: Make) -> None:
    family["city-2023"] += "send_at: 08:00\n"
    family["county-2023"] = notice("extends: city-2023\n", id="county-2023", region="350502")

    made = resolve("county-2023", family)

    assert (made.send_at, made.theme) == (time(8), "上级主题")
    assert made.line == ("county-2023", "city-2023", "top-2023")
    assert (made.sources["send_at"].notice, made.sources["theme"].notice) == ("city-2023", "top-2023")


def test_days_and_materials_are_laid_over_the_parents(family: dict[str, str]) -> None:
    family["city-2023"] += "days: {2023-10-08: work}\nrequires: {hold: {photo: 1}}\n"

    made = resolve("city-2023", family)

    assert made.days == {date(2023, 10, 7): False, date(2023, 10, 8): True}
    assert made.requires == {**DEFAULT_REQUIRES, "register": {"platform_listing": 1}, "hold": {"photo": 1}}
    assert made.sources["requires.summarize"] == Source(notice="duban")
    assert made.sources["requires.register"].notice == "top-2023"


def test_a_child_comes_first_with_its_own_milestones(family: dict[str, str]) -> None:
    family["city-2023"] += (
        "milestones:\n  extra: {name: {zh: 中, en: e}, for: [county/school], needs: {summary: 1}}\n"
    )

    made = resolve("city-2023", family)

    assert [milestone.key for milestone in made.milestones] == ["extra", "register"]
    assert made.owns == ("extra",)


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        (
            "extends: tip-2023\n",
            "notice.unknown_parent",
            "city-2023.yaml:6:10：没有上级通知“tip-2023”；是否指“top-2023”？",
        ),
        (
            "extends: city-2023\n",
            "notice.cycle",
            "city-2023.yaml:6:10：上级通知成了圈：city-2023 → city-2023",
        ),
        (
            "milestones: {m: {for: activity, reaches: held}}",
            "milestone.no_name",
            "city-2023.yaml:6:17：节点“m”是新的，缺少 name",
        ),
        (
            "milestones: {m: {name: {zh: 中, en: e}, reaches: held}}",
            "milestone.no_for",
            "city-2023.yaml:6:17：节点“m”是新的，缺少 for",
        ),
        (
            "milestones: {m: {name: {zh: 中, en: e}, for: activity}}",
            "milestone.no_target",
            "city-2023.yaml:6:17：节点“m”是新的，缺少 reaches",
        ),
        (
            "milestones: {m: {name: {zh: 中, en: e}, for: [city/school], reaches: done, due: held + 1 days}}",
            "milestone.relative_report",
            "city-2023.yaml:6:80：“held + 1 days”：报送没有“举办日”",
        ),
    ],
)
def test_what_cannot_be_resolved_is_told_with_its_place(
    *, family: dict[str, str], notice: Make, body: str, code: str, says: str
) -> None:
    family["city-2023"] = notice(body)

    with pytest.raises(UserError) as refused:
        resolve("city-2023", family)

    assert refused.value.code == code
    assert refused.value.text.zh.startswith(says)


def test_a_long_circle_is_shown_whole(notice: Make) -> None:
    names = ("a-2023", "b-2023", "c-2023")
    sources = {
        one: notice(f"extends: {up}\n", id=one) for one, up in zip(names, (*names[1:], "b-2023"), strict=True)
    }

    with pytest.raises(UserError, match="a-2023 → b-2023 → c-2023 → b-2023"):
        resolve("a-2023", sources)


def test_an_unknown_notice_is_told_what_there_is(family: dict[str, str]) -> None:
    with pytest.raises(UserError, match="'city-2023'"):
        resolve("citi-2023", family)


def test_a_text_filed_under_another_id_is_refused(notice: Make) -> None:
    with pytest.raises(UserError) as refused:
        resolve("b-2023", {"b-2023": notice()})

    assert refused.value.code == "notice.other_id"


def test_a_users_file_joins_the_catalogue_and_may_replace_a_shipped_one(notice: Make) -> None:
    mine, theirs = notice("extends: national-2023\n"), notice(id="quanzhou-2023")

    sources = joined([("mine.yaml", mine), ("other.yaml", theirs)])

    assert dict(sources) == {**catalogue(), "city-2023": mine, "quanzhou-2023": theirs}
    assert resolve("city-2023", sources).theme == "提升全民科学素质，助力科技自立自强"


def test_two_files_with_one_id_are_refused(notice: Make) -> None:
    with pytest.raises(UserError) as refused:
        joined([("one.yaml", notice()), ("two.yaml", notice())])

    assert refused.value.code == "notice.duplicate_id"
    assert refused.value.text.zh == "two.yaml：代号“city-2023”已用于 one.yaml；请给其中一个改名"
