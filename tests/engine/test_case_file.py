"""The file of a case: its notice, whom to ask, who handed in what, its last changes in words."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.errors import UserError
from engine.case_file import SHOWN, CaseFile, case_file, changes_told
from tests.engine.world import FORMS, LI, WANG, World, at

CHINA = ZoneInfo("Asia/Shanghai")


def open_file(world: World, ref: str, folder: Path, who: str = WANG) -> CaseFile:
    with world.database.read() as conn:
        return case_file(conn, ref, actor=world.person(who), now=at(9, 27), store=folder, local=CHINA)


def test_it_says_who_handed_in_what_and_under_which_notice(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, actor=world.person(WANG), now=at(8, 25))

    file = open_file(world, ref, tmp_path)

    assert [(one.held.kind, one.by) for one in file.materials] == [(one.kind, "王敏") for one in FORMS]
    assert file.view.schedule.title.startswith("泉州市全民科学素质工作领导小组")
    assert file.changes[0].sentence.in_("zh").startswith("8月25日 09:00 王敏 把")


def test_its_changes_are_told_page_by_page_the_newest_first(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    for number in range(SHOWN):
        world.do("note", ref, reason=f"第 {number} 条", now=at(8, 22))

    file = open_file(world, ref, tmp_path)
    with world.database.read() as conn:
        rest, following = changes_told(conn, ref, actor=world.person(WANG), local=CHINA, after=file.following)

    assert [one.line.change.version for one in (*file.changes, *rest)] == list(range(SHOWN + 1, 0, -1))
    assert following is None


def test_there_is_no_file_for_a_colleague_elsewhere(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()

    with pytest.raises(UserError, match=ref):
        open_file(world, ref, tmp_path, LI)
