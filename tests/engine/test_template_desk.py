"""Who may write templates, a case to try them on, several saved together."""

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from engine.actors import SYSTEM
from engine.tables import template_text
from engine.template_desk import may_write_templates, save_all, some_case
from tests.engine.world import ADMIN, LEAD, LI, NOW, WANG, World

TEXTS = [("zh/reminder/subject.txt", "甲", 0), ("zh/reminder/body.txt", "乙", 0)]


def test_templates_are_written_by_who_is_admin_wherever_they_are_used(world: World) -> None:
    with world.database.read() as conn:
        before = [may_write_templates(conn, world.person(one)) for one in (ADMIN, LEAD)]
    world.apply(catalogue()["xinxiang-2023"], notice="xinxiang-2023")
    with world.database.read() as conn:
        after = may_write_templates(conn, world.person(ADMIN))

    assert (before, after) == ([True, False], False)


def test_a_case_to_try_on_is_one_that_may_be_seen(world: World) -> None:
    world.enter()

    with world.database.read() as conn:
        found = {who: some_case(conn, world.person(who)) for who in (WANG, LI)}

    assert found == {WANG: "QZ-2023-0001", LI: None}


def test_several_texts_are_saved_together_or_not_at_all(world: World) -> None:
    broken = [TEXTS[0], ("zh/reminder/body.txt", "{% if %}", 0)]

    with pytest.raises(UserError), world.database.write() as conn:
        save_all(conn, broken, actor=SYSTEM, now=NOW)
    nothing = world.rows(template_text)
    with world.database.write() as conn:
        changed = save_all(conn, TEXTS, actor=SYSTEM, now=NOW)

    assert (nothing, changed) == ([], tuple(name for name, _, _ in TEXTS))
    assert len(world.rows(template_text)) == 2
