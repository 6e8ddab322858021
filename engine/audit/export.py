"""Found changes as a file: the filters of the search, the forms of the history's export."""

from pathlib import Path

from sqlalchemy import Connection

from engine.actors import Actor
from engine.audit.search import ChangeFilter, changes_wanted
from engine.export import Format, export_history


def export_changes(
    conn: Connection, actor: Actor, wanted: ChangeFilter, path: Path, *, format: Format
) -> str:
    """Write the changes that a filter means for an actor to a file; return the root of the whole history.

    The whole history comes out only to those who see everything and ask for all of it.
    """
    everything = actor.everything and wanted == ChangeFilter()
    only = None if everything else changes_wanted(conn, actor, wanted)
    return export_history(conn, path, format, only=only)
