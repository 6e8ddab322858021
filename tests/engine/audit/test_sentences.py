"""Changes as sentences: what an official would tell a colleague, in both languages, with links."""

from collections.abc import Mapping
from datetime import UTC, datetime
from string import Formatter
from typing import Any

import pytest

from config.errors import UserError
from config.regions import full_name
from engine.actors import SYSTEM
from engine.audit.differences import Difference, differences_of
from engine.audit.messages import NOTES, SENTENCES
from engine.audit.search import AuditLine, ChangeFilter, find_changes
from engine.audit.sentences import Part, sentence_of
from engine.audit.subjects import LIFECYCLES, Kind
from engine.audit.telling import tell
from engine.changes import ChangeLine
from tests.engine.world import ADMIN, FORMS, LI, NOTICE, PROOF, WANG, World, at
from workflows.registry import LIFECYCLES as ALL

WHEN = datetime(2023, 9, 20, 8, 4, tzinfo=UTC)
PHOTO = {"kind": "photo", "name": "a.jpg"}


def line(
    subject: str, trigger: str, source: str = "", dest: str = "", *, life: str | None = None, **told: Any
) -> AuditLine:
    """Return a change by Wang Min at 16:04 on 20 September."""
    given: dict[str, Any] = {"actor": "person:1", "who": "王敏", "reason": None, "details": {}, "version": 3}
    given |= {"occurred_at": WHEN, "recorded_at": WHEN, "forced": False} | told
    change = ChangeLine(id=1, trigger=trigger, source=source, dest=dest, schedule=None, hash="", **given)
    kind, _, ref = subject.partition(":")
    return AuditLine(
        subject=subject,
        kind=kind,
        ref=ref,
        about="李强" if kind in ("person", "mail") else None,
        unit=None,
        lifecycle=life or LIFECYCLES.get(kind),
        change=change,
    )


def case(trigger: str, source: str, dest: str, **told: Any) -> AuditLine:
    return line("case:QZ-2023-0042", trigger, source, dest, life="activity", **told)


def both(one: AuditLine, differences: tuple[Difference, ...] = ()) -> tuple[str, str]:
    names = {"person:1": "王敏", "person:2": "李强", "unit:5": "鲤城区科协"}
    sentence = sentence_of(one, names, differences, year=2023)
    return sentence.in_("zh"), sentence.in_("en")


def test_a_step_with_materials_reads_as_the_design_says() -> None:
    told = case("complete_info", "held", "info_completed", details={"materials": [PHOTO, PHOTO, PHOTO]})

    assert both(told) == (
        "9月20日 16:04 王敏 把 QZ-2023-0042 由 已举办 改为 信息已完善，附 3 张照片",
        "20 Sep 16:04 王敏 moved QZ-2023-0042 from Held to Info completed, with 3 photos",
    )


def test_a_forced_step_a_reason_and_a_late_entry_are_told() -> None:
    told = case(
        "register",
        "planned",
        "registered",
        forced=True,
        reason="平台故障",
        recorded_at=datetime(2023, 9, 22, 1, tzinfo=UTC),
    )

    assert both(told) == (
        "9月20日 16:04 王敏 强制把 QZ-2023-0042 由 已策划 改为 已登记；理由：平台故障；9月22日 09:00 录入",
        "20 Sep 16:04 王敏 forced QZ-2023-0042 from Planned to Registered;"
        " reason: 平台故障; recorded 22 Sep 09:00",
    )


def test_what_differed_is_told_by_its_name_before_and_after() -> None:
    changes = (
        Difference(field="ends_on", before="2023-09-18", after="2023-09-25"),
        Difference(field="place", before=None, after="二层"),
    )

    assert both(case("postpone", "planned", "planned"), changes) == (
        "9月20日 16:04 王敏 改了 QZ-2023-0042 的日期；"
        "结束日期由“2023年9月18日”改为“2023年9月25日”；地点填为“二层”",
        "20 Sep 16:04 王敏 changed the dates of QZ-2023-0042;"
        " last day changed from “18 September 2023” to “25 September 2023”; place given as “二层”",
    )


def test_of_what_is_personal_only_the_names_of_fields_are_told() -> None:
    changes = (Difference(field="phone", before=None, after=None, known=False),)

    assert both(line("person:2", "edit"), changes) == (
        "9月20日 16:04 王敏 修改了 李强 的资料；改动了 电话",
        "20 Sep 16:04 王敏 edited the data of 李强; changed: phone",
    )


def test_rights_are_told_in_words() -> None:
    rights = [
        {"role": "admin", "region": "350500", "unit_id": None},
        {"role": "coordinator", "region": "350502", "unit_id": 5},
    ]
    city = full_name("350500")

    assert both(line("person:2", "grant", details={"rights": rights})) == (
        f"9月20日 16:04 王敏 授予 李强：{city}管理员、鲤城区科协联系人",
        f"20 Sep 16:04 王敏 granted 李强: admin of {city}, coordinator of 鲤城区科协",
    )


def test_a_right_for_a_time_says_until_when() -> None:
    right = {"role": "lead", "region": "350502", "unit_id": 5, "until": "2023-09-30T01:00:00.000000Z"}

    assert both(line("person:2", "delegate", details={"rights": [right]}, reason="出差"))[0] == (
        "9月20日 16:04 王敏 临时授予 李强：鲤城区科协负责人（至2023年9月30日 09:00）；理由：出差"
    )


def test_a_year_other_than_the_one_known_is_told() -> None:
    told = sentence_of(case("note", "held", "held"), {}, year=2024)

    assert told.in_("zh") == "2023年9月20日 16:04 王敏 给 QZ-2023-0042 加了备注"
    assert told.in_("en") == "20 Sep 2023 16:04 王敏 noted something on QZ-2023-0042"


def test_the_parts_say_what_can_be_linked() -> None:
    parts = sentence_of(
        case("hand_over", "held", "held", details={"set": {"coordinator_id": 2}}),
        {"person:2": "李强"},
        year=2023,
    ).parts("zh")

    assert parts == (
        Part(text="9月20日 16:04", gap="when"),
        Part(text=" "),
        Part(text="王敏", gap="who", subject="person:1"),
        Part(text=" 把 "),
        Part(text="QZ-2023-0042", gap="what", subject="case:QZ-2023-0042"),
        Part(text=" 转给了 "),
        Part(text="李强", gap="to", subject="person:2"),
    )


@pytest.mark.parametrize(
    ("act", "award", "zh", "en"),
    [
        ("add", "unit", "把单位“星空”加入 {list}", "put the unit “星空” on {list}"),
        ("remove", "activity", "把活动“星空”移出 {list}", "took the activity “星空” off {list}"),
        ("move", "person", "把个人“星空”移到 {list} 的第 2 位", "moved “星空” to place 2 of {list}"),
        (
            "clear",
            "activity",
            "撤销了 {list} 中对活动“星空”的调整",
            "undid the changes to the activity “星空” on {list}",
        ),
    ],
)
def test_an_adjusted_list_says_who_it_was_about_and_what_became_of_them(
    act: str, award: str, zh: str, en: str
) -> None:
    details = {"award": award, "key": "unit:5", "name": "星空", "act": act, "place": 2}
    told = line("commendation:qz", "adjust", "drawn_up", "drawn_up", details=details, reason="材料不实")

    assert both(told) == (
        f"9月20日 16:04 王敏 {zh.format(list='通知 qz 的表扬名单')}；理由：材料不实",
        f"20 Sep 16:04 王敏 {en.format(list='the commendations of qz')}; reason: 材料不实",
    )


@pytest.mark.parametrize("life", ALL, ids=lambda life: life.name)
def test_every_step_of_every_lifecycle_has_words_of_its_own(life: Any) -> None:
    own = {"message": "mail", "notice": "notice", "commendation": "commendation"}
    kind = own.get(life.name, "case")
    for step in life.steps:
        told = line(f"{kind}:1", step.trigger, step.source, step.dest, life=life.name)
        zh, en = both(told)
        assert "对" not in zh.split(" ")[3:4]
        assert "{" not in zh + en
        if step.source != step.dest or kind != "case":
            assert "did “" not in en


def test_what_is_not_known_yet_is_told_all_the_same() -> None:
    assert both(line("webhook:3", "pause")) == (
        "9月20日 16:04 王敏 对 3 做了“pause”",
        "20 Sep 16:04 王敏 did “pause” to 3",
    )


@pytest.mark.parametrize("table", [SENTENCES, NOTES])
def test_both_languages_have_the_same_gaps_but_for_who_did_it(table: Mapping[str, Any]) -> None:
    for key, form in table.items():
        zh, en = ({gap for _, gap, _, _ in Formatter().parse(form.in_(lang))} for lang in ("zh", "en"))
        assert zh - {None} == en - {None}, key


def test_a_page_is_told_with_names_and_what_was_before(world: World) -> None:
    (ref,) = world.enter()
    li = world.person(LI).person_id
    actor = world.person(ADMIN)
    world.do("hand_over", ref, changes={"coordinator_id": li}, reason="借调", actor=actor, now=at(8, 22))

    with world.database.read() as conn:
        told = tell(conn, find_changes(conn, SYSTEM, ChangeFilter(subject=ref)), year=2023)

    assert [one.sentence.in_("zh") for one in told] == [
        f"8月22日 09:00 周管理员 把 {ref} 转给了 李强；理由：借调；联系人由“王敏”改为“李强”",
        f"8月15日 09:00 系统 登记了 {ref}，状态为 已策划",
    ]


def test_differences_are_those_of_one_version(world: World) -> None:
    (ref,) = world.enter()
    world.do("edit", ref, changes={"place": "二层"}, now=at(8, 20))
    world.do("edit", ref, changes={"place": "三层", "participants": 90}, now=at(8, 21))

    with world.database.read() as conn:
        told = differences_of(conn, f"case:{ref}", 3)
        with pytest.raises(UserError):
            differences_of(conn, f"case:{ref}", 4)

    assert told == (
        Difference(field="place", before="二层", after="三层"),
        Difference(field="participants", before=None, after=90),
    )


def test_a_revised_notice_tells_what_its_schedule_has_different(world: World) -> None:
    with world.database.read() as conn:
        text = conn.exec_driver_sql("SELECT source FROM schedule").scalar_one()
    world.apply(text.replace("2023-08-30", "2023-08-31"), now=at(8, 20))

    with world.database.read() as conn:
        (line_,) = find_changes(conn, SYSTEM, ChangeFilter(kind=Kind.NOTICE, trigger="revise")).lines
        told = differences_of(conn, f"notice:{NOTICE}", line_.change.version)

    assert {(one.before, one.after) for one in told} == {("2023-08-30", "2023-08-31")}


def test_a_whole_season_can_be_told(world: World) -> None:
    refs = world.enter(2)
    world.do("register", *refs, materials=FORMS, now=at(8, 22), actor=world.person(WANG))
    world.do("hold", *refs, now=at(9, 24))
    world.do("complete_info", refs[0], materials=PROOF, now=at(9, 25))
    world.sweep(at(9, 26))

    with world.database.read() as conn:
        page = find_changes(conn, SYSTEM, ChangeFilter(), limit=500)
        told = tell(conn, page)

    assert len(told) == len(page.lines) > 25
    for one in told:
        for lang in ("zh", "en"):
            assert "{" not in one.sentence.in_(lang)
            assert one.sentence.in_(lang) == "".join(part.text for part in one.sentence.parts(lang))


def test_a_state_unknown_to_its_lifecycle_stands_as_it_is() -> None:
    assert both(case("register", "planned", "elsewhere"))[0].endswith("由 已策划 改为 elsewhere")
