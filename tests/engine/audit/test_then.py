"""One subject then and now, as its page tells it: values side by side, rights, schedules, templates."""

import pytest

from config.errors import UserError
from config.schedule import Name, Role
from engine.actors import SYSTEM
from engine.audit.cases_then import Moment
from engine.audit.then import SubjectThen, subject_then
from engine.rights import NewRight, grant
from tests.engine.world import ADMIN, FORMS, LI, NOTICE, WANG, World, at

THEN = Moment(at=at(9, 1))
NOW = at(9, 30)


def seen(world: World, subject: str, moment: Moment = THEN, who: str = ADMIN) -> SubjectThen:
    with world.database.read() as conn:
        return subject_then(conn, world.person(who), subject, moment, now=NOW)


def test_the_values_of_a_case_stand_side_by_side(world: World) -> None:
    (ref,) = world.enter()
    world.do("edit", ref, changes={"title": "新题目"}, now=at(9, 10))
    world.do("attach", ref, materials=FORMS[:1], now=at(9, 11))
    differing = {
        one.field.zh: (one.then.zh, one.now.zh) for one in seen(world, f"case:{ref}").beside if one.differs
    }

    assert differing == {"名称": ("科学课 1", "新题目"), "材料": ("", "1 份登记表")}


def test_the_rights_of_a_person_then_and_now(world: World) -> None:
    number = world.person(WANG).person_id
    assert number is not None
    with world.database.write() as conn:
        grant(conn, number, NewRight(role=Role.LEAD, region="350502"), actor=SYSTEM, now=at(9, 10))
    shown = seen(world, f"person:{number}")

    own = Name(zh="鲤城区科协联系人", en="coordinator of 鲤城区科协")
    assert shown.rights == (own,)
    assert shown.rights_now == (own, Name(zh="福建省泉州市鲤城区负责人", en="lead of 福建省泉州市鲤城区"))


def test_a_notice_has_its_schedule_with_sources(world: World) -> None:
    shown = seen(world, f"notice:{NOTICE}")

    assert shown.schedule is not None
    assert shown.schedule.version == 1
    assert {"title", "milestones.summary.due"} <= {one.place for one in shown.effective}
    assert seen(world, f"notice:{NOTICE}", Moment(at=at(8, 1))).schedule is None


def test_a_template_that_nobody_changed_is_what_the_program_carries(world: World) -> None:
    shown = seen(world, "template:zh/reminder/subject.txt")

    assert shown.template is not None
    assert (shown.line, shown.stood, shown.template.version) == (None, None, 0)


def test_what_is_not_theirs_to_see_is_unknown(world: World) -> None:
    world.enter()
    with pytest.raises(UserError) as refused:
        seen(world, "case:QZ-2023-0001", who=LI)

    assert refused.value.code == "history.unknown"
