"""The versions of a notice with the reasons they were applied for, and two of them side by side."""

from dataclasses import dataclass

from sqlalchemy import Connection

from config.schedule import Schedule
from engine.changes import changes_of
from engine.notice_versions import (
    ScheduleVersion,
    differences_between,
    schedule_of_version,
    text_of_version,
    versions_of,
)
from engine.schedule_diff import FieldChange


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One applied version, and the reason that was given for it."""

    version: ScheduleVersion
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsCompared:
    """Two versions of one notice: what differs, their texts, and their schedules."""

    fields: tuple[FieldChange, ...]
    old_text: str
    new_text: str
    before: Schedule
    after: Schedule


def version_lines(conn: Connection, notice_id: str) -> tuple[VersionLine, ...]:
    """Return all versions of a notice's schedule with their reasons, the newest first."""
    changes = changes_of(conn, f"notice:{notice_id}")
    reasons = {one.details["version"]: one.reason for one in changes if "version" in one.details}
    return tuple(
        VersionLine(version=one, reason=reasons.get(one.version)) for one in versions_of(conn, notice_id)
    )


def compared(conn: Connection, notice_id: str, old: int, new: int) -> VersionsCompared:
    """Return two versions side by side; UserError where there is no such version."""
    return VersionsCompared(
        fields=differences_between(conn, notice_id, old, new),
        old_text=text_of_version(conn, notice_id, old),
        new_text=text_of_version(conn, notice_id, new),
        before=schedule_of_version(conn, notice_id, old),
        after=schedule_of_version(conn, notice_id, new),
    )
