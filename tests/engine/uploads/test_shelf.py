"""Kept files open only through a row of their own case."""

from pathlib import Path

import pytest

from config.errors import UserError
from engine.asof import as_of
from engine.do import StepsBlocked
from engine.proof import verify
from engine.tables import case, history, material
from engine.uploads.shelf import Held, held, open_material, open_thumb
from engine.uploads.taking import take_upload
from tests.engine.uploads.files import PDF, picture
from tests.engine.world import FORMS, WANG, World, at, link

PHOTO = picture()


def handed_in(world: World, store: Path, *data: bytes) -> tuple[str, list[Held]]:
    [ref] = world.enter()
    files = [take_upload(one, name="现场.jpg", kind="summary", store=store) for one in data]
    world.do("attach", ref, materials=(*files, link("photo")))
    with world.database.read() as conn:
        return ref, list(held(conn, ref, store))


def test_what_was_handed_in_is_listed_and_opens(world: World, tmp_path: Path) -> None:
    ref, (photo, paper, web) = handed_in(world, tmp_path, PHOTO, PDF)

    with world.database.read() as conn:
        opened = open_material(conn, ref, paper.id, tmp_path)
        small = open_thumb(conn, ref, photo.id, tmp_path)

    assert [(one.is_link, one.has_thumb, one.media_type) for one in (photo, paper, web)] == [
        (False, True, "image/jpeg"),
        (False, False, "application/pdf"),
        (True, False, None),
    ]
    assert (opened.path.read_bytes(), opened.media_type, opened.name) == (PDF, "application/pdf", "现场.pdf")
    assert (small.path.parent.name, small.media_type) == ("thumbs", "image/jpeg")


def test_a_material_of_another_case_does_not_open(world: World, tmp_path: Path) -> None:
    _, (photo, *_) = handed_in(world, tmp_path, PHOTO)
    other = world.enter(2)[-1]

    for way in (open_material, open_thumb):
        with world.database.read() as conn, pytest.raises(UserError) as refused:
            way(conn, other, photo.id, tmp_path)
        assert refused.value.code == "material.unknown"


def test_links_lost_files_and_papers_say_what_they_are(world: World, tmp_path: Path) -> None:
    ref, (paper, web) = handed_in(world, tmp_path, PDF)

    with world.database.read() as conn:
        with pytest.raises(UserError, match="is a link"):
            open_material(conn, ref, web.id, tmp_path)
        with pytest.raises(UserError, match="no small picture"):
            open_thumb(conn, ref, paper.id, tmp_path)
        with pytest.raises(UserError, match="not in the folder"):
            open_material(conn, ref, paper.id, tmp_path / "elsewhere")


def test_a_file_that_could_run_in_a_browser_is_only_bytes(world: World, tmp_path: Path) -> None:
    ref, (paper, _) = handed_in(world, tmp_path, PDF)
    with world.database.write() as conn:
        conn.execute(material.update().where(material.c.id == paper.id).values(name="x.html"))

    with world.database.read() as conn:
        assert open_material(conn, ref, paper.id, tmp_path).media_type == "application/octet-stream"


def test_a_removed_material_no_longer_counts_and_history_says_so(world: World) -> None:
    [ref] = world.enter()
    world.do("attach", ref, materials=(link("photo", 1), link("photo", 2), link("video")))
    one, _, video = world.rows(material)

    world.do("detach", ref, removed=(one.id, video.id), now=at(8, 20))

    assert world.rows(case, ref=ref)[0].materials == {"photo": 1}
    assert [row.removed_at for row in world.rows(material)] == [at(8, 20), None, at(8, 20)]
    assert '"removed":[{"kind":"photo"' in world.rows(history, subject=f"case:{ref}")[-1].details
    with world.database.read() as conn:
        before, after = (as_of(conn, day, subject=f"case:{ref}")[0] for day in (at(8, 19), at(8, 20)))
    assert (before.materials, after.materials) == ({"photo": 2, "video": 1}, {"photo": 1})
    assert verify(world.database).sound is True


def test_after_registration_a_removal_has_to_say_why(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    sheet = world.rows(material)[-1].id

    with pytest.raises(StepsBlocked) as refused:
        world.do("detach", ref, removed=(sheet,), actor=world.person(WANG), now=at(8, 23))
    world.do("detach", ref, removed=(sheet,), actor=world.person(WANG), reason="传错文件", now=at(8, 23))

    assert [one.code for one in refused.value.blocked[0].blockers] == ["reason_missing"]
    assert world.rows(case, ref=ref)[0].materials == {"application_form": 1, "platform_listing": 1}
    assert verify(world.database).sound is True


def test_a_material_is_removed_once_and_only_from_its_case(world: World) -> None:
    first, second = world.enter(2)
    world.do("attach", first, materials=(link("photo"),))
    [one] = world.rows(material)

    with pytest.raises(UserError, match="not of this case"):
        world.do("detach", second, removed=(one.id,))
    world.do("detach", first, removed=(one.id, one.id))
    with pytest.raises(UserError, match="gone already"):
        world.do("detach", first, removed=(one.id,))

    assert world.rows(case, ref=first)[0].materials == {}


def test_no_other_step_takes_materials_away(world: World) -> None:
    [ref] = world.enter()
    world.do("attach", ref, materials=(link("photo"),))

    with pytest.raises(UserError, match="only “remove materials”"):
        world.do("attach", ref, removed=(world.rows(material)[0].id,))
