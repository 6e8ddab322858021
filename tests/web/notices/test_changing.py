import re
from datetime import timedelta

import pytest

from engine.planning import edit_schedule
from engine.tables import case, firing, history, schedule
from tests.engine.world import NOTICE, World
from tests.web.browser import Browser
from tests.web.notices.conftest import PAGE, Filled
from tests.web.notices.reading import form_of, words_of

PLAN, APPLY = f"{PAGE}/plan", f"{PAGE}/apply"
DUE = "milestones.information.due"


def text_in_force(city: World) -> str:
    """Return the YAML text of the newest version."""
    return str(city.rows(schedule, notice=NOTICE)[-1].source)


def next_instants(city: World, milestone: str = "information") -> set[str]:
    """Return the local days on which reminders of a milestone will leave."""
    rows = city.rows(firing, notice=NOTICE, milestone=milestone, outcome=None)
    return {(row.at + timedelta(hours=8)).strftime("%m-%d") for row in rows}


def test_a_form_left_as_it_is_changes_nothing(admin: Browser, filled: Filled, city: World) -> None:
    page = admin.post(PLAN, filled()).text

    assert words_of(page, "h1") == "和现在的日程一样，没有要应用的改动"
    assert 'action="/notices/quanzhou-2023/apply"' not in page


@pytest.mark.usefixtures("autumn")
def test_a_date_moved_by_form_moves_the_reminders_and_the_plan_says_which(
    city: World, admin: Browser, filled: Filled
) -> None:
    city.enter(3)

    plan = admin.post(PLAN, filled() | {DUE: "2023-09-27"}).text

    assert words_of(plan, "h1") == "会移动 11 次提醒"
    told = words_of(plan)
    assert "信息完善：截止 9月30日 周六 9月27日 周三" in told
    assert "信息完善 提前 1 个工作日 9月28日 09:00 1 人 3 项 9月26日 09:00 1 人 3 项" in told
    assert "due: 2023-09-30" in told
    assert city.rows(schedule, notice=NOTICE)[-1].version == 1


@pytest.mark.usefixtures("autumn")
def test_what_was_planned_is_put_in_force_and_told(city: World, admin: Browser, filled: Filled) -> None:
    city.enter()

    plan = admin.post(PLAN, filled() | {DUE: "2023-09-27"}).text

    answer = admin.post(APPLY, form_of(plan, APPLY) | {"reason": "市里要求提前"})

    assert words_of(admin.follow(answer).text, "main").startswith("已应用第 2 版，移动 11 次提醒")
    assert {"09-18", "09-22", "09-26", "09-27"} <= next_instants(city)
    assert "09-28" in next_instants(city, "summary")
    assert city.rows(history, subject=f"notice:{NOTICE}")[-1].reason == "市里要求提前"
    assert "due: 2023-09-27" in text_in_force(city)


def test_a_form_changes_only_what_was_typed_and_keeps_the_comments(
    admin: Browser, filled: Filled, city: World
) -> None:
    typed = filled() | {DUE: "2023年9月27日", "send_at": "08:30", "review": "1", "ladder.-7.offset": "-6"}
    typed |= {"requires.register.application_form": "2", "requires.summarize+": "photo"}
    del typed["milestones.summary.ladder.-3"]

    plan = admin.post(PLAN, typed)

    changes = {DUE: "2023-09-27", "send_at": "08:30", "review": True, "ladder.-7": "-6"}
    changes |= {"requires.register": {"application_form": 2, "platform_listing": 1}}
    changes |= {"requires.summarize": {"summary": 1, "photo": 1}, "milestones.summary.ladder.-3": "off"}
    wanted = edit_schedule(text_in_force(city), {DUE: "2023-09-27"})
    for place, value in changes.items():
        wanted = edit_schedule(wanted, {place: value})
    sent = form_of(plan.text, APPLY)["text"]
    assert sorted(sent.splitlines()) == sorted(wanted.splitlines())


def test_a_wrong_date_is_told_at_its_field_and_everything_typed_is_kept(
    admin: Browser, filled: Filled
) -> None:
    typed = {"milestones.register.due": "9月31日", "send_at": "08:30", "windows.counted.start": "2023-08-32"}

    answer = admin.post(PLAN, filled() | typed)

    assert answer.status_code == 422
    assert "2023年9月只有30天" in words_of(answer.text)
    assert "2023年8月只有31天" in words_of(answer.text)
    assert "milestones.register.due：" not in words_of(answer.text)
    assert form_of(answer.text, PLAN).items() >= typed.items()


@pytest.mark.parametrize(
    ("typed", "stands"),
    [("9月28日", "2023-09-28"), ("9月下旬", "late 2023-09"), ("举办后3个工作日", "held + 3 working days")],
)
def test_a_date_may_be_typed_as_people_say_it(
    admin: Browser, filled: Filled, typed: str, stands: str
) -> None:
    plan = admin.post(PLAN, filled() | {DUE: typed}).text

    assert f"due: {stands}" in words_of(plan)


def test_a_count_that_is_no_number_is_told_and_kept(admin: Browser, filled: Filled) -> None:
    answer = admin.post(PLAN, filled() | {"requires.register.application_form": "两份"})

    assert answer.status_code == 422
    assert form_of(answer.text, PLAN)["requires.register.application_form"] == "两份"


def test_a_text_with_an_unknown_key_names_line_and_column_and_is_kept(admin: Browser, filled: Filled) -> None:
    typed = filled(as_text=True)
    typed["text"] = typed["text"].replace("send_to: 全国科普日网站（www.kepuri.cn）\n", "sendto: 网站\n", 1)

    answer = admin.post(PLAN, typed)

    assert answer.status_code == 422
    assert "第 26 行第 5 列：没有“sendto”这个键，是否指“send_to”？" in words_of(answer.text)
    assert form_of(answer.text, PLAN)["text"] == typed["text"]


def test_a_change_that_contradicts_itself_needs_a_reason(admin: Browser, filled: Filled, city: World) -> None:
    typed = filled() | {"milestones.register.opens": "2023-10-20"}
    plan = form_of(admin.post(PLAN, typed).text, APPLY)

    refused = admin.post(APPLY, plan)

    assert refused.status_code == 422
    assert "确需这样，请写明理由" in words_of(refused.text)
    assert form_of(refused.text, APPLY) == plan
    assert admin.post(APPLY, plan | {"reason": "确实如此"}).status_code == 303


def test_who_planned_over_an_older_version_is_shown_what_changed_meanwhile(
    admin: Browser, filled: Filled, city: World
) -> None:
    plan = form_of(admin.post(PLAN, filled() | {DUE: "2023-09-27"}).text, APPLY)
    city.apply(edit_schedule(text_in_force(city), {"milestones.summary.due": "2023-10-12"}))

    answer = admin.post(APPLY, plan)

    assert answer.status_code == 409
    assert words_of(answer.text, "h1") == "这期间日程已改成第 2 版，您看的是第 1 版"
    assert "提交活动总结：截止 9月30日 周六 10月12日 周四" in words_of(answer.text)
    assert form_of(answer.text, PLAN) == {"version": "2", "text": plan["text"]}
    assert len(city.rows(schedule, notice=NOTICE)) == 2


def test_a_form_opened_before_another_change_does_not_take_it_back(
    admin: Browser, filled: Filled, city: World
) -> None:
    typed = filled() | {DUE: "2023-09-27"}
    city.apply(edit_schedule(text_in_force(city), {"milestones.summary.due": "2023-10-12"}))

    answer = admin.post(PLAN, typed)

    assert (answer.status_code, len(city.rows(schedule, notice=NOTICE))) == (409, 2)


def test_a_text_for_another_notice_is_not_put_in_force_here(
    admin: Browser, filled: Filled, city: World
) -> None:
    typed = filled(as_text=True)
    typed["text"] = typed["text"].replace("id: quanzhou-2023", "id: other-2023")

    answer = admin.post(PLAN, typed)

    assert (answer.status_code, "不是“quanzhou-2023”" in answer.text) == (422, True)


def test_values_written_as_markup_stay_texts_on_every_page(
    admin: Browser, filled: Filled, city: World
) -> None:
    nasty = "<script>alert(1)</script>"
    typed = filled(as_text=True)
    typed["text"] = typed["text"].replace("zh: 信息完善", f'zh: "{nasty}"').replace("王加枫", nasty)
    plan = admin.post(PLAN, typed)
    admin.post(APPLY, form_of(plan.text, APPLY))

    paths = ("", "/edit", "/edit?as=text", "/versions", "/versions/1/2")
    pages = [plan.text, *(admin.get(f"{PAGE}{path}").text for path in paths)]

    assert ["<script>alert" in page for page in pages] == [False] * 6
    assert "&lt;script&gt;alert(1)" in pages[1]


@pytest.mark.usefixtures("autumn")
def test_a_rung_that_moves_alone_counts_alone(city: World, admin: Browser, filled: Filled) -> None:
    city.enter()

    plan = admin.post(PLAN, filled() | {"milestones.information.ladder.-3": "", "daily": "1"}).text

    assert words_of(plan, "h1") == "会取消 1 次提醒"
    assert "信息完善：提醒 提前 3 个工作日 不再发" in words_of(plan)
    assert "每天给管理员发汇总 不发 发" in words_of(plan)


def test_planning_changes_nothing(admin: Browser, filled: Filled, city: World) -> None:
    before = city.rows(firing), city.rows(history)

    admin.post(PLAN, filled() | {DUE: "2023-09-27"})

    assert (city.rows(firing), city.rows(history)) == before


def test_a_milestone_taken_away_says_which_reports_go_with_it(city: World, admin: Browser) -> None:
    without = re.sub(r"(?m)^  summary_report:\n(?:    .*\n)+", "", text_in_force(city))

    plan = admin.post(PLAN, {"text": without, "version": "1"}).text
    admin.post(APPLY, form_of(plan, APPLY))

    assert "通知不再要求的 1 项报送会免报，理由记入历史。" in words_of(plan)
    assert [row.state for row in city.rows(case, milestone="summary_report")] == ["waived"]
