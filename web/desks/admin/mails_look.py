"""Mails as they look, on a page: the shipped templates are read once and kept."""

from sqlalchemy import Connection

from engine.items import Reader
from engine.mail_look import Look, look_of
from notifications.letter import Letter
from notifications.render import Templates
from web.office import Office
from web.visit import Visit

_NAME = "mail_templates"


def base_url(visit: Visit) -> str:
    """Return the address that links in mails begin with."""
    return str(visit.home.settings.base_url).rstrip("/")


def reader_of(visit: Visit) -> Reader:
    """Return when letters are read, and where their links lead."""
    return Reader(now=visit.now, base_url=base_url(visit))


def look(visit: Visit, conn: Connection, letter: Letter) -> Look:
    """Return a letter as its reader sees it."""
    return look_of(conn, letter, shipped_of(visit.office), base_url=base_url(visit))


def shipped_of(office: Office) -> Templates:
    """Return the templates that the program carries."""
    kept = office.parts.get(_NAME)
    if not isinstance(kept, Templates):
        kept = office.parts[_NAME] = Templates()
    return kept
