"""The application form: saved as it is typed, handed in once it is complete, replaced by a newer one."""

from datetime import date
from pathlib import Path

import pytest

from config.errors import UserError
from config.form import form_of
from engine.actors import Actor
from engine.do import StepsBlocked
from engine.field_problems import FieldProblems
from engine.forms.drafts import Draft, draft_of, save_answers
from engine.forms.filled import form_of_material
from engine.forms.handing_in import HandedIn, hand_in_form
from engine.material_rows import keep_bytes
from engine.proof import verify
from engine.tables import case, form_draft, history, material
from tests.engine.world import FORMS, LI, NOW, UNIT, WANG, World, at, link

FORM = form_of("activity_application")
ANSWERS = {
    "kind": ["performance", "hands_on"],
    "audience": ["youth"],
    "expected": "３００人",
    "phone": "0595-22222222",
    "content": "做实验。",
    "safety": "设专人疏导。",
}


def save(world: World, ref: str, answers: dict[str, object], *, who: str = WANG) -> Draft:
    actor = world.person(who)
    with world.database.write() as conn:
        return save_answers(conn, ref, FORM, answers, actor=actor, now=NOW)


def draft(world: World, ref: str, store: Path) -> Draft:
    with world.database.read() as conn:
        return draft_of(conn, ref, FORM, now=NOW, store=store)


def hand_in(
    world: World, ref: str, store: Path, *, actor: Actor | None = None, expect: int | None = None
) -> HandedIn:
    who = actor or world.person(WANG)
    with world.database.write() as conn:
        return hand_in_form(conn, ref, FORM, actor=who, now=at(8, 22), store=store, expect=expect)


def test_a_form_begins_with_what_the_case_knows(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()

    found = draft(world, ref, tmp_path)

    assert found.answers == {
        "title": "科学课 1",
        "unit": UNIT,
        "starts_on": "2023-09-17",
        "ends_on": "2023-09-18",
        "online": False,
        "place": "文化广场",
        "organiser": UNIT,
        "contact": "王敏",
        "email": WANG,
    }
    assert [field for field, _ in found.missing] == [
        *("kind", "audience", "expected", "phone", "content", "safety")
    ]
    assert found.missing[0][1].zh == "请选择“活动形式”"
    assert (found.saved_at, found.problems, found.complete) == (None, (), False)


def test_answers_are_kept_piece_by_piece_even_wrong_ones(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()

    first = save(world, ref, {"phone": "没有", "ends_on": "2023-09-16", "title": "科学课", "nonsense": "x"})
    save(world, ref, {"content": "字" * 501})

    assert [field for field, _ in first.problems] == ["phone"]
    found = draft(world, ref, tmp_path)
    assert {field: name.zh for field, name in found.problems} == {
        "ends_on": "“结束日期”不能早于“开始日期”（2023-09-17）",
        "phone": "不是电话号码；请写成 0595-22222222 或 13800000000 这样",
        "content": "有 501 个字，最多 500 个；请删减 1 个字",
    }
    assert (found.answers["title"], found.saved_at) == ("科学课", NOW)
    assert "nonsense" not in found.answers


def test_what_no_database_takes_is_typed_without_harm(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()

    save(world, ref, {"content": "a\x00b\ud800c" + "长" * 9000, "kind": "performance", "online": "on"})

    found = draft(world, ref, tmp_path)
    assert str(found.answers["content"]).startswith("a\ufffdb\ufffdc长")
    assert len(str(found.answers["content"])) == 5000
    assert (found.answers["kind"], found.answers["online"]) == (["performance"], "on")


def test_a_form_that_is_not_complete_tells_everything_and_changes_nothing(
    world: World, tmp_path: Path
) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS | {"phone": "x", "safety": " "})

    with pytest.raises(FieldProblems) as refused:
        hand_in(world, ref, tmp_path)

    assert list(refused.value.by_field) == ["phone", "safety"]
    assert "请填写“安全保障措施”" in refused.value.text.zh
    assert len(world.rows(history, subject=f"case:{ref}")) == 1
    assert len(world.rows(form_draft)) == 1


def test_handed_in_it_fills_the_case_and_becomes_a_material(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS | {"title": "水的 科学", "ends_on": "2023-09-19", "online": "", "place": "北门"})

    done = hand_in(world, ref, tmp_path, expect=1)

    [row] = world.rows(case, ref=ref)
    assert (row.title, row.ends_on, row.place, row.online) == ("水的 科学", date(2023, 9, 19), "北门", False)
    assert (row.materials, row.version, done.version) == ({"application_form": 1}, 3, 3)
    assert done.material.name == "活动登记表.json"
    assert [one.trigger for one in world.rows(history, subject=f"case:{ref}")] == ["enter", "edit", "attach"]
    assert world.rows(form_draft) == []
    assert verify(world.database).sound is True


def test_what_was_handed_in_reads_back_for_a_page(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS)
    hand_in(world, ref, tmp_path)

    with world.database.read() as conn:
        filled = form_of_material(conn, ref, world.rows(material)[0].id, tmp_path)

    lines = {line.key: (line.name.zh, line.answer.zh) for part in filled.parts for line in part.lines}
    assert lines["kind"] == ("活动形式", "互动体验、科普表演")
    assert (lines["expected"], lines["online"]) == (("预计参与人数", "300"), ("有线上活动", "否"))
    assert "remarks" not in lines


def test_an_online_activity_gives_its_address_instead_of_a_place(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS | {"online": True, "place": "", "online_url": ""})
    asked = [field for field, _ in draft(world, ref, tmp_path).missing]
    save(world, ref, {"online_url": "https://科普.中国/live"})

    hand_in(world, ref, tmp_path)

    [row] = world.rows(case, ref=ref)
    assert asked == ["online_url"]
    assert (row.online, row.place, row.online_url) == (True, None, "https://xn--tkv944b.xn--fiqs8s/live")


def test_a_second_version_replaces_the_first_and_begins_with_it(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS | {"contact": "王小敏"})
    hand_in(world, ref, tmp_path)
    world.do("register", ref, materials=(link("platform_listing"), *FORMS[2:]), now=at(8, 22))
    world.do("postpone", ref, changes={"ends_on": date(2023, 9, 20)}, now=at(8, 23))
    begun = draft(world, ref, tmp_path).answers
    save(world, ref, {"content": "改了内容。"})

    hand_in(world, ref, tmp_path)

    assert (begun["contact"], begun["ends_on"], begun["content"]) == ("王小敏", "2023-09-20", "做实验。")
    forms = world.rows(material, kind="application_form")
    assert [row.removed_at is None for row in forms] == [False, True]
    assert world.rows(case, ref=ref)[0].materials["application_form"] == 1
    assert verify(world.database).sound is True


def test_the_same_form_again_changes_nothing(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS)
    first = hand_in(world, ref, tmp_path)

    assert hand_in(world, ref, tmp_path) == first
    assert len(world.rows(material)) == 1


def test_a_scan_of_a_form_is_not_replaced(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    world.do(
        "attach",
        ref,
        materials=(FORMS[0], keep_bytes("application_form", "表.pdf", b"%PDF-", store=tmp_path)),
    )
    save(world, ref, ANSWERS)

    hand_in(world, ref, tmp_path)

    assert world.rows(case, ref=ref)[0].materials == {"application_form": 3}


def test_somebody_elses_form_is_not_to_be_touched(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS)

    with pytest.raises(StepsBlocked):
        save(world, ref, {"title": "x"}, who=LI)
    with pytest.raises(StepsBlocked):
        hand_in(world, ref, tmp_path, actor=world.person(LI))

    assert len(world.rows(form_draft)) == 1


def test_a_cancelled_activity_takes_no_form(world: World) -> None:
    [ref] = world.enter()
    world.do("cancel", ref, reason="下雨")

    with pytest.raises(StepsBlocked) as refused:
        save(world, ref, {"title": "x"})

    assert [one.code for one in refused.value.blocked[0].blockers] == ["wrong_state"]


def test_a_case_changed_meanwhile_is_not_overwritten(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS)
    world.do("note", ref, reason="电话已通知")

    with pytest.raises(StepsBlocked) as refused:
        hand_in(world, ref, tmp_path, expect=1)

    assert [one.code for one in refused.value.blocked[0].blockers] == ["changed_meanwhile"]


def test_a_damaged_form_is_told_and_another_file_is_no_form(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    save(world, ref, ANSWERS)
    done = hand_in(world, ref, tmp_path)
    world.do("attach", ref, materials=(keep_bytes("summary", "a.txt", b"hello", store=tmp_path),))
    form, paper = world.rows(material)
    (tmp_path / str(done.material.sha256)).write_text("{}")

    with world.database.read() as conn:
        with pytest.raises(UserError, match="was altered"):
            form_of_material(conn, ref, form.id, tmp_path)
        with pytest.raises(UserError, match="no form filled in here"):
            form_of_material(conn, ref, paper.id, tmp_path)
