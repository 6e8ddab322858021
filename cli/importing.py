"""What importing a sheet has in common: problems told by row, what was saved."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from cli.show import as_json, tell
from engine.drafts import ActivityDraft, DraftsRejected, PersonDraft, Rejected, Saved, UnitDraft
from engine.sheets.drafts_from import Drafts

D = TypeVar("D", UnitDraft, PersonDraft, ActivityDraft)


def take(
    sheet: Drafts[D],
    save: Callable[[Sequence[D]], Saved],
    *,
    rejected: Callable[[Sequence[D]], Sequence[Rejected]] = lambda _: (),
) -> Saved:
    """Save the drafts of a sheet; wrong cells, and what ``rejected`` finds besides, are told at once."""
    if sheet.gathered.problems:
        raise sheet.refused(rejected(sheet.drafts))
    try:
        return save(sheet.drafts)
    except DraftsRejected as error:
        raise sheet.refused(error.rejected) from error


def show_saved(saved: Saved, *, owed: Sequence[str] = (), json: bool) -> None:
    """Print what an import changed."""
    if json:
        form = {
            "created": saved.created,
            "updated": saved.updated,
            "unchanged": saved.unchanged,
            "owed": owed,
        }
        as_json(form)
        return
    tell(
        "import.done", created=len(saved.created), updated=len(saved.updated), unchanged=len(saved.unchanged)
    )
    if owed:
        tell("import.owed", count=len(owed))
