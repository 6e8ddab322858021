"""Which links of the press a report names: one of each activity, until a person has chosen."""

from pathlib import Path

import pytest

from config.errors import UserError
from engine.actors import SYSTEM
from engine.material_rows import Material
from engine.rollup.gathering import gather
from engine.rollup.links import Link, choose_links, links_of
from engine.rollup.subject import report_of
from tests.engine.rollup.season import END, figures, held, report, submitted
from tests.engine.world import LEAD, World


def offered(world: World, store: Path, ref: str) -> tuple[Link, ...]:
    with world.database.read() as conn:
        gathered = gather(conn, report_of(conn, ref, actor=SYSTEM), store=store, now=END)
    return links_of(gathered.counted, gathered.links)


def choose(world: World, store: Path, ref: str, ids: list[int]) -> None:
    found = offered(world, store, ref)
    with world.database.write() as conn:
        subject = report_of(conn, ref, actor=SYSTEM)
        choose_links(conn, subject, found, ids, actor=world.person(LEAD), now=END)


@pytest.fixture
def owed(world: World, tmp_path: Path) -> str:
    """Give the number of a report with one activity of two links."""
    [ref] = world.enter()
    held(world, ref, tmp_path)
    second = Material(kind="news_link", name="又一篇", uri="https://news.example.cn/second")
    world.do("attach", ref, materials=(second,), now=END)
    return report(world)


def test_the_report_names_what_was_chosen(world: World, owed: str, tmp_path: Path) -> None:
    first, second = offered(world, tmp_path, owed)
    choose(world, tmp_path, owed, [second.item.id])

    assert (first.chosen, second.chosen) == (True, False)
    assert [one.uri for one in figures(world, tmp_path, owed).press] == ["https://news.example.cn/second"]


def test_nothing_chosen_names_nothing(world: World, owed: str, tmp_path: Path) -> None:
    choose(world, tmp_path, owed, [])

    assert figures(world, tmp_path, owed).press == ()


def test_what_is_handed_in_keeps_its_links(world: World, owed: str, tmp_path: Path) -> None:
    submitted(world, tmp_path, owed)

    with pytest.raises(UserError, match="package is fixed"):
        choose(world, tmp_path, owed, [])
