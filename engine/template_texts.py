"""The mail templates in force: what an admin wrote over what the program carries, kept compiled."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from config.errors import UserError
from engine.prepared import Prepared
from engine.tables import template_text
from notifications.letter import Letter
from notifications.render import Rendered, TemplateFault, Templates

_KEPT = 8
_other = template_text.alias("other")
_newest = select(func.max(_other.c.version)).where(_other.c.name == template_text.c.name).scalar_subquery()
_IN_FORCE = select(template_text).where(template_text.c.version == _newest, template_text.c.text.is_not(None))
_KEY = Prepared(
    _IN_FORCE.with_only_columns(template_text.c.name, template_text.c.version, template_text.c.at)
)
_kept: dict[object, Templates] = {}


class Written(NamedTuple):
    """A rendered letter; ``fault``: which template of an admin failed, so that the shipped ones were used."""

    rendered: Rendered
    fault: TemplateFault | None = None


def own_texts(conn: Connection) -> Mapping[str, str]:
    """Return the texts that lie over the shipped ones, by name."""
    return {row.name: row.text for row in conn.execute(_IN_FORCE)}


def templates_in_force(conn: Connection, shipped: Templates) -> Templates:
    """Return the templates in force; ``shipped`` where no admin wrote any. One small query, as a rule."""
    versions = frozenset(_KEY.rows(conn, {}))
    if not versions:
        return shipped
    key = (str(conn.engine.url), versions)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _KEPT:
            _kept.clear()
        found = _kept[key] = Templates(own_texts(conn))
    return found


def render_in_force(conn: Connection, letter: Letter, shipped: Templates) -> Written:
    """Return a letter as mail; where an admin's template fails, as the shipped ones have it.

    No mail waits for a template to be mended.
    """
    current = templates_in_force(conn, shipped)
    try:
        return Written(current.render(letter))
    except UserError as error:
        if current is shipped or not isinstance(error, TemplateFault):
            raise
        return Written(shipped.render(letter), error)


def fault_told(written: Written) -> dict[str, str]:
    """Return what a mail's history says of a template that failed: its place, never what it was about."""
    fault = written.fault
    if fault is None:
        return {}
    return {"template_failed": f"{fault.name}:{fault.line}" if fault.line else fault.name}
