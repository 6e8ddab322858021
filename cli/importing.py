"""What importing a sheet has in common: problems told by row, what was saved."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from cli.show import as_json, tell
from engine.drafts import ActivityDraft, DraftsRejected, PersonDraft, Saved, UnitDraft
from engine.sheets.drafts_from import Located, place_of

D = TypeVar("D", UnitDraft, PersonDraft, ActivityDraft)


def take(located: Sequence[Located[D]], save: Callable[[Sequence[D]], Saved]) -> Saved:
    """Save the drafts of a sheet; what the engine rejects is told with its row and column."""
    try:
        return save([one.draft for one in located])
    except DraftsRejected as error:
        raise place_of(located, error) from error


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
