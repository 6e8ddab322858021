"""A report handed in with its package: frozen, in the history, and made anew only when it is sent back."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import update

from config.catalogue import catalogue
from config.errors import UserError
from engine.actors import SYSTEM
from engine.do import StepsBlocked
from engine.material_rows import keep_bytes
from engine.proof import verify
from engine.rollup.gathering import gather
from engine.rollup.photos import choose_photos, photos_of, wanted_photos
from engine.rollup.subject import subject_of
from engine.tables import case, history, material
from tests.engine.rollup.season import END, given, held, photo, report, submitted
from tests.engine.world import ADMIN, NOTICE, WANG, World, at, link
from workflows.wording import say


@pytest.fixture
def done(world: World, tmp_path: Path) -> str:
    """Give the number of an activity that took place."""
    [ref] = world.enter()
    held(world, ref, tmp_path)
    return ref


def kinds(world: World, ref: str) -> list[tuple[str, str]]:
    [row] = world.rows(case, ref=ref)
    rows = world.rows(material, case_id=row.id)
    return [(one.kind, one.name) for one in rows if one.removed_at is None]


def test_the_package_and_what_the_notice_asks_become_materials(
    world: World, done: str, tmp_path: Path
) -> None:
    ref = report(world)

    step, package = submitted(world, tmp_path, ref, actor=world.person(WANG))

    assert (step.dest, kinds(world, ref)) == (
        "submitted",
        [("package", f"汇总包-{ref}.zip"), ("report", "总结报告.docx")],
    )
    [row] = [one for one in world.rows(history, subject=f"case:{ref}") if one.trigger == "submit"]
    assert str(package.sha256) in row.details
    assert verify(world.database).sound is True


def test_what_was_handed_in_is_given_ever_after(world: World, done: str, tmp_path: Path) -> None:
    ref = report(world)
    _, package = submitted(world, tmp_path, ref)
    world.do("note", done, reason="后来的事", now=at(10, 10))

    found = given(world, tmp_path, tmp_path / "a.zip", ref, now=at(10, 11))

    assert (found.sha256, found.frozen) == (package.sha256, True)


def test_sent_back_it_is_rolled_up_anew_and_the_old_one_taken_away(
    world: World, done: str, tmp_path: Path
) -> None:
    ref = report(world)
    _, first = submitted(world, tmp_path, ref)
    world.do("return", ref, reason="数字不对", now=at(10, 10))
    world.do("attach", done, materials=(photo(tmp_path, "green"),), now=at(10, 10))

    draft = given(world, tmp_path, tmp_path / "a.zip", ref, now=at(10, 10, 12))
    _, second = submitted(world, tmp_path, ref, now=at(10, 10, 12))

    assert (draft.frozen, draft.sha256) == (False, second.sha256)
    assert first.sha256 != second.sha256
    assert kinds(world, ref) == [("package", f"汇总包-{ref}.zip"), ("report", "总结报告.docx")]


def test_an_edited_report_goes_along_in_place_of_ours(world: World, done: str, tmp_path: Path) -> None:
    ref = report(world)
    own = keep_bytes("report", "我们的总结.docx", b"edited", store=tmp_path)
    world.do("attach", ref, materials=(own,), now=END)

    submitted(world, tmp_path, ref)
    given(world, tmp_path, tmp_path / "a.zip", ref)

    with ZipFile(tmp_path / "a.zip") as package:
        names = package.namelist()
        assert "总结报告.docx" not in names
        assert package.read("报送材料/01.docx") == b"edited"
    assert kinds(world, ref)[0] == ("report", "我们的总结.docx")


def test_what_else_is_missing_blocks_it_and_changes_nothing(world: World, done: str, tmp_path: Path) -> None:
    ref = report(world, "filing")

    with pytest.raises(StepsBlocked) as refused:
        submitted(world, tmp_path, ref)

    [blocker] = refused.value.blocked[0].blockers
    assert (blocker.params["kind"], kinds(world, ref)) == ("registration_form", [])


def test_with_that_handed_in_the_sheet_comes_from_the_roll_up(
    world: World, done: str, tmp_path: Path
) -> None:
    ref = report(world, "filing")
    world.do("attach", ref, materials=(link("registration_form"),), now=END)

    submitted(world, tmp_path, ref)

    assert [kind for kind, _ in kinds(world, ref)] == ["registration_form", "package", "summary_sheet"]


def test_a_report_is_handed_in_once(world: World, done: str, tmp_path: Path) -> None:
    ref = report(world)
    submitted(world, tmp_path, ref)

    with pytest.raises(UserError) as refused:
        submitted(world, tmp_path, ref)

    assert refused.value.code == "rollup.frozen"


@pytest.mark.parametrize("who", [WANG, ADMIN])
def test_nothing_of_what_was_handed_in_is_taken_away(
    world: World, done: str, tmp_path: Path, who: str
) -> None:
    ref = report(world)
    submitted(world, tmp_path, ref)
    before, actor = kinds(world, ref), world.person(who)
    package = world.rows(material, kind="package")[0].id

    with pytest.raises(StepsBlocked) as refused:
        world.do("detach", ref, removed=(package,), actor=actor, reason="传错了", now=at(10, 11))

    assert (refused.value.blocked[0].blockers[0].code, kinds(world, ref)) == ("wrong_state", before)


def test_nothing_is_added_to_what_was_handed_in(world: World, done: str, tmp_path: Path) -> None:
    ref = report(world)
    submitted(world, tmp_path, ref)

    with pytest.raises(StepsBlocked) as refused:
        world.do("attach", ref, materials=(link("report"),), now=at(10, 10))

    [blocker] = refused.value.blocked[0].blockers
    assert say(blocker, "zh") == "“已报送”时不能“补充材料”；现在可以：接收、退回"


def test_the_package_is_given_even_where_its_material_was_taken_away(
    world: World, done: str, tmp_path: Path
) -> None:
    ref = report(world)
    _, package = submitted(world, tmp_path, ref)
    with world.database.write() as conn:  # as a home may hold it from before
        conn.execute(update(material).where(material.c.kind == "package").values(removed_at=END))

    assert given(world, tmp_path, tmp_path / "a.zip", ref).sha256 == package.sha256


def test_a_package_sent_back_is_not_that_of_what_is_handed_in_by_hand(
    world: World, done: str, tmp_path: Path
) -> None:
    ref = report(world)
    submitted(world, tmp_path, ref)
    world.do("return", ref, reason="数字不对", now=at(10, 10))
    world.do("submit", ref, now=at(10, 11))

    with pytest.raises(UserError) as refused:
        given(world, tmp_path, tmp_path / "a.zip", ref)

    assert refused.value.code == "rollup.none"


def test_one_handed_in_by_hand_has_no_package(world: World, tmp_path: Path) -> None:
    ref = report(world)
    world.do("submit", ref, materials=(link("report"),), now=END)

    with pytest.raises(UserError) as refused:
        given(world, tmp_path, tmp_path / "a.zip", ref)

    assert (refused.value.code, (tmp_path / "a.zip").exists()) == ("rollup.none", False)


def test_an_altered_package_is_not_given_out(world: World, done: str, tmp_path: Path) -> None:
    ref = report(world)
    _, package = submitted(world, tmp_path, ref)
    (tmp_path / str(package.sha256)).write_bytes(b"something else")

    with pytest.raises(UserError) as refused:
        given(world, tmp_path, tmp_path / "a.zip", ref)

    assert refused.value.code == "rollup.altered"


def test_the_citys_package_carries_what_accepted_reports_hold(
    world: World, done: str, tmp_path: Path
) -> None:
    ref = report(world)
    submitted(world, tmp_path, ref)
    before = set(names_in(world, tmp_path))
    world.do("accept", ref, now=at(10, 10))

    assert set(names_in(world, tmp_path)) - before == {f"下级报送/{ref}/01.docx"}


def names_in(world: World, store: Path) -> Iterator[str]:
    given(world, store, store / "city.zip", NOTICE)
    with ZipFile(store / "city.zip") as package:
        yield from package.namelist()
    (store / "city.zip").unlink()


def test_a_person_chooses_the_photos(world: World, done: str, tmp_path: Path) -> None:
    world.do("attach", done, materials=(photo(tmp_path, "green"), photo(tmp_path, "blue")), now=END)
    ref, actor = report(world), world.person(WANG)
    with world.database.write() as conn:
        subject = subject_of(conn, ref, actor=actor)
        photos = photos_of(gather(conn, subject, store=tmp_path, now=END).counted, None)
        last = photos[-1].item.id
        choose_photos(conn, subject, photos, {last}, actor=actor, now=END)
        with pytest.raises(UserError, match="no such photos: 1000000000"):
            choose_photos(conn, subject, photos, {last, 10**9}, actor=actor, now=END)

    with world.database.read() as conn:
        assert wanted_photos(conn, subject) == {last}
    given(world, tmp_path, tmp_path / "a.zip", ref)
    with ZipFile(tmp_path / "a.zip") as package:
        assert [one for one in package.namelist() if one.startswith("照片")] == [f"照片/{done}/01.jpg"]


def test_who_works_at_the_machine_chooses_no_photos(world: World, done: str, tmp_path: Path) -> None:
    with world.database.write() as conn:
        subject = subject_of(conn, report(world), actor=SYSTEM)
        with pytest.raises(UserError, match="person"):
            choose_photos(conn, subject, (), (), actor=SYSTEM, now=END)


def test_a_photo_that_the_notice_asks_for_comes_from_the_activities(
    world: World, done: str, tmp_path: Path
) -> None:
    asked = catalogue()[NOTICE].replace("needs: {report: 1}", "needs: {photo: 1, report: 1}")
    world.apply(asked, now=at(9, 1))
    ref = report(world)

    submitted(world, tmp_path, ref)
    world.do("return", ref, reason="照片不清楚", now=at(10, 10))
    submitted(world, tmp_path, ref, now=at(10, 10, 12))

    assert kinds(world, ref) == [
        ("package", f"汇总包-{ref}.zip"),
        ("photo", "现场.jpg"),
        ("report", "总结报告.docx"),
    ]
