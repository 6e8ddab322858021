"""Whether a person's rights reach the thing that a path names."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from config.schedule import Role
from engine import reach as within
from engine.notice_reading.kept import reaches_reading

if TYPE_CHECKING:
    from web.visit import Visit


class Reach(StrEnum):
    """What a path names, by its parameter; OWN: the viewer's own only, which the engine sees to."""

    NONE = "none"
    CASE = "ref"
    NOTICE = "notice"
    PERSON = "person"
    UNIT = "unit"
    MAIL = "mail"
    REGION = "region"
    READING = "reading"
    OWN = "own"


def reaches(visit: "Visit", reach: Reach, roles: frozenset[Role], params: Mapping[str, Any]) -> bool:
    """Return whether one of ``roles`` (none: any role) reaches what ``params`` name, as of now."""
    if reach in (Reach.NONE, Reach.OWN) or visit.viewer is None:
        return True
    question = _QUESTIONS[reach]
    with visit.read() as conn:
        return question(conn, visit.viewer.actor, params[reach.value], roles)


_QUESTIONS = {
    Reach.CASE: within.reaches_case,
    Reach.NOTICE: within.reaches_notice,
    Reach.PERSON: within.reaches_person,
    Reach.UNIT: within.reaches_unit,
    Reach.MAIL: within.reaches_mail,
    Reach.REGION: within.reaches_region,
    Reach.READING: reaches_reading,
}
