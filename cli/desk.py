"""What a command works with: the settings, the home, who acts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from cli.words import refusal
from config.schedule import Role
from config.settings import Settings, load_settings
from engine.actors import Actor, actor_of, operator
from engine.clock import utc_now
from engine.home import Home, open_home
from engine.tables import person


def settings() -> Settings:
    """Return the checked settings."""
    return load_settings()


@contextmanager
def opened() -> Iterator[Home]:
    """Open the home; UserError where there is none, or it cannot be used."""
    with open_home(settings()) as home:
        yield home


def has_home() -> bool:
    """Tell whether ``duban init`` has made a home here (a database server is taken to have one)."""
    chosen = settings()
    return chosen.database_url is not None or (chosen.home / "duban.db").exists()


def actor(conn: Connection, address: str | None) -> Actor:
    """Return who acts: the person of a mail address, or whoever works at this machine."""
    if address is None:
        return operator()
    found = conn.scalar(select(person.c.id).where(func.lower(person.c.email) == address.lower()))
    if found is None:
        raise refusal("person.unknown", address=address)
    return actor_of(conn, found, now=utc_now())


def require_admin(acting: Actor, *, region: str | None = None) -> None:
    """Refuse who is no admin (of the region); whoever works at this machine is."""
    mine = [grant for grant in acting.grants if grant.role is Role.ADMIN]
    if not acting.everything and not any(region is None or grant.covers(region, 0) for grant in mine):
        raise refusal("rights.admin")
