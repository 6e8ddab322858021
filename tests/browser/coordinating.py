"""Activities at the points where their coordinators are asked for something."""

from sqlalchemy import select

from engine.tables import case
from tests.browser.site import Site
from tests.engine.world import FORMS, at


def planned(site: Site) -> str:
    """Return an activity of which nothing is handed in, while registration is open."""
    site.clock.now = at(8, 25, 10)
    [ref] = site.world.enter(now=at(8, 22))
    return ref


def held(site: Site) -> str:
    """Return an activity that was held, of which nothing is handed in since."""
    [ref] = site.world.enter(now=at(8, 22))
    site.world.do("register", ref, materials=FORMS, now=at(8, 25))
    site.world.do("hold", ref, now=at(9, 19))
    return ref


def row_of(site: Site, ref: str) -> dict[str, object]:
    """Return what is known of a case now."""
    with site.home.database.read() as conn:
        return dict(conn.execute(select(case).where(case.c.ref == ref)).one()._mapping)


def state_of(site: Site, ref: str) -> str:
    """Return the state of a case now."""
    return str(row_of(site, ref)["state"])
