"""Triggers by which the database itself refuses to alter history.

SQLite: INSERT OR REPLACE slips by the DELETE trigger unless ``recursive_triggers`` is on, so a new row
must also have a larger id. PostgreSQL: ENABLE ALWAYS, or ``session_replication_role`` would switch them off.
"""

SQLITE = (
    """CREATE TRIGGER history_no_update BEFORE UPDATE ON history
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_no_delete BEFORE DELETE ON history
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    # NEW.id is -1 in a BEFORE INSERT trigger while SQLite has not chosen the id yet
    """CREATE TRIGGER history_no_replace BEFORE INSERT ON history
       WHEN NEW.id IS NOT NULL AND NEW.id <> -1 AND NEW.id <= (SELECT MAX(id) FROM history)
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_no_second BEFORE INSERT ON history
       WHEN EXISTS (SELECT 1 FROM history WHERE subject = NEW.subject AND version = NEW.version)
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
    """CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history
       FOR EACH ROW EXECUTE FUNCTION history_refuse()""",
    """CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history
       FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()""",
    "ALTER TABLE history ENABLE ALWAYS TRIGGER history_no_change",
    "ALTER TABLE history ENABLE ALWAYS TRIGGER history_no_truncate",
)


def statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that make the triggers on a database of that dialect."""
    return POSTGRESQL if dialect == "postgresql" else SQLITE
