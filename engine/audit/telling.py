"""A page of changes told: each with its sentence and with what it made different."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.audit.differences import Difference, Differences, differences_on
from engine.audit.names import Names, meant_by, names_of
from engine.audit.search import AuditLine, ChangePage
from engine.audit.sentences import Sentence, sentence_of
from engine.audit.values import CHINA


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """One change, what it made different, and all of it as a sentence."""

    line: AuditLine
    differences: tuple[Difference, ...]
    sentence: Sentence


def tell(
    conn: Connection, page: ChangePage, *, local: ZoneInfo = CHINA, year: int | None = None
) -> tuple[ToldChange, ...]:
    """Return the changes of a page in words, in a few queries for all of them."""
    return told_with(conn, page.lines, page.names, differences_on(conn, page.lines), local=local, year=year)


def told_with(
    conn: Connection,
    lines: Sequence[AuditLine],
    names: Names,
    different: Differences,
    *,
    local: ZoneInfo = CHINA,
    year: int | None = None,
) -> tuple[ToldChange, ...]:
    """Return changes in words, with the names and differences that are known; missing names are looked up."""
    names = _with_those_before(conn, names, [one for told in different.values() for one in told])
    return tuple(
        ToldChange(
            line=line,
            differences=found,
            sentence=sentence_of(line, names, found, local=local, year=year),
        )
        for line in lines
        for found in [different.get((line.subject, line.change.version), ())]
    )


def _with_those_before(conn: Connection, names: Names, differences: list[Difference]) -> Names:
    """Return the names with those of people and units that values were before."""
    meant = {meant_by(one.field, one.before) for one in differences}
    missing = meant - {""} - names.keys()
    return {**names, **names_of(conn, missing)} if missing else names
