"""A season in which some activities took place, to be rolled up."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from config.form import form_of
from engine.actors import SYSTEM, Actor
from engine.do import Done
from engine.forms.filled import write_form
from engine.material_rows import Material
from engine.rollup.figures import Figures, figures_of
from engine.rollup.gathering import gather
from engine.rollup.giving import Given, give
from engine.rollup.handing_in import hand_in, shelve
from engine.rollup.package import built
from engine.rollup.subject import subject_of
from engine.tables import case
from engine.uploads.taking import take_upload
from tests.engine.world import NOTICE, World, at, link

FORM = form_of("activity_application")
END = at(10, 9)


def photo(store: Path, colour: str, name: str = "现场.jpg") -> Material:
    """Take a small photo in, as a page does."""
    made = BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "JPEG")
    return take_upload(made.getvalue(), name=name, kind="photo", store=store)


def applied(
    world: World, ref: str, store: Path, *, kind: str = "exhibition", audience: str = "youth"
) -> None:
    """Register an activity with its form."""
    form = write_form(FORM, ref, {"kind": [kind], "audience": [audience]}, store)
    world.do("register", ref, materials=(form, link("platform_listing")), now=at(8, 25))


def held(world: World, ref: str, store: Path, *, colour: str = "red", people: int = 100) -> None:
    """Let an activity take place, with a photo, a link of the press and a summary in time."""
    applied(world, ref, store)
    news = Material(kind="news_link", name="报道", uri=f"https://news.example.cn/{ref}")
    world.do("hold", ref, now=at(9, 19))
    world.do("complete_info", ref, materials=(photo(store, colour), news), now=at(9, 20))
    world.do("summarize", ref, materials=(link("summary"),), changes={"participants": people}, now=at(9, 26))


def report(world: World, milestone: str = "summary_report", region: str = "350502") -> str:
    """Return the number of a report that a county owes."""
    [row] = world.rows(case, kind="report", milestone=milestone, region=region)
    return str(row.ref)


def figures(world: World, store: Path, name: str = NOTICE, *, now: datetime = END) -> Figures:
    """Return the figures of a report or a notice."""
    with world.database.read() as conn:
        subject = subject_of(conn, name, actor=SYSTEM)
        return figures_of(gather(conn, subject, store=store, now=now), now=now)


def given(world: World, store: Path, path: Path, name: str = NOTICE, *, now: datetime = END) -> Given:
    """Write a package."""
    with world.database.read() as conn:
        return give(conn, subject_of(conn, name, actor=SYSTEM), path, now=now, store=store)


def submitted(
    world: World, store: Path, ref: str, *, actor: Actor = SYSTEM, now: datetime = END
) -> tuple[Done, Material]:
    """Roll a report up and hand it in; return what was done and the package."""
    with world.database.read() as conn:
        subject = subject_of(conn, ref, actor=actor)
        with built(conn, subject, now=now, store=store) as package:
            materials = shelve(package, store=store)
    with world.database.write() as conn:
        done = hand_in(conn, subject, materials, actor=actor, now=now)
    return done, materials[0]
