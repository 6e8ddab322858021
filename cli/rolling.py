"""``duban notice rollover``: next year's draft to read or keep, and last year's activities entered again."""

from pathlib import Path

from cli.desk import actor, opened
from cli.files import write_text
from cli.notices import known_sources
from cli.now import now
from cli.schedule_words import date_place, date_said
from cli.show import Column, as_json, line, table, tell
from cli.words import lang, refusal
from config.resolve import resolve
from config.rollover import Guess, Rollover, later_id, year_of
from config.schedule import Schedule
from engine.rollover import Carried, Drafted, carry_activities, checked_draft


def drafted(notice: str, year: int) -> Drafted:
    """Return the draft of a notice for a later year."""
    return checked_draft(notice, year, known_sources(), today=now().date())


def show_draft(found: Drafted, output: Path | None) -> None:
    """Print a draft, or write it and those of the notices above it into one folder and tell its guesses."""
    draft = found.draft
    if output is None:
        line(draft.text.rstrip("\n"))
        return
    written = _write(draft, output)
    if draft.season is not None:
        tell("rollover.season", rule=draft.season.in_(lang()))
    columns = (Column("value", wraps=True), Column("before"), Column("after"), Column("told", wraps=True))
    known = {**known_sources(), **{one.id: one.text for one in (draft, *draft.parents)}}
    schedule = resolve(draft.id, known)
    table(columns, [_row(one, schedule) for one in draft.guesses])
    tell("rollover.written", files="、".join(str(path) for path in written), count=len(draft.guesses))
    for path in reversed(written):
        line(f"  duban notice plan {path}")


def draft_form(found: Drafted) -> dict[str, object]:
    """Return a draft as plain data."""
    draft = found.draft
    return {
        "id": draft.id,
        "text": draft.text,
        "season": _both(draft.season),
        "guesses": [
            {
                "place": one.place,
                "before": one.before,
                "after": one.after,
                "why": _both(one.why),
                "provisional": one.provisional,
            }
            for one in draft.guesses
        ],
        "parents": [{"id": one.id, "text": one.text} for one in draft.parents],
        "findings": [
            {"code": one.code, "level": str(one.level), "place": one.place} for one in found.findings
        ],
    }


def carry(notice: str, year: int, who: str | None) -> Carried:
    """Copy a notice's activities to the same notice of a later year, which must be in force."""
    old = resolve(notice, known_sources())
    later = later_id(notice, year_of(old), year)
    with opened() as home, home.database.write() as conn:
        return carry_activities(conn, notice, later, actor=actor(conn, who), now=now())


def show_carried(carried: Carried, *, json: bool) -> None:
    """Tell what was copied."""
    if json:
        as_json({"created": carried.created, "already": carried.already})
    else:
        tell("rollover.carried", created=len(carried.created), already=carried.already)


def _write(draft: Rollover, output: Path) -> list[Path]:
    """Write a draft, and those of the notices above it beside it, over none that is there."""
    paths = [output, *(output.parent / f"{one.id}.yaml" for one in draft.parents)]
    for path in paths:
        if path.exists():
            raise refusal("file.exists", file=path)
    for path, one in zip(paths, (draft, *draft.parents), strict=True):
        write_text(path, one.text)
    return paths


def _row(one: Guess, schedule: Schedule) -> tuple[str, str, str, str]:
    before, after = date_said(one.before), date_said(one.after)
    return date_place(one.place, schedule), before, after, one.why.in_(lang())


def _both(name: object) -> dict[str, str] | None:
    return {"zh": getattr(name, "zh", ""), "en": getattr(name, "en", "")} if name is not None else None
