"""Checkpoints as they are read, and as JSON."""

from cli.moments import local
from cli.show import plain, record, tell
from engine.kept import Kept
from engine.seal import Checkpoint


def seal_form(sealed: Checkpoint, pubkey: str) -> dict[str, object]:
    """Return a checkpoint as JSON."""
    at = plain(sealed.at)
    return {"size": sealed.size, "root": sealed.root.hex(), "at": at, "note": sealed.note, "pubkey": pubkey}


def kept_form(kept: Kept) -> dict[str, object]:
    """Return what a history was verified by as JSON."""
    form = record(kept, count=len(kept.notes))
    del form["notes"]
    return form


def show_kept(kept: Kept) -> None:
    """Print how far the checkpoints reach, here and outside."""
    if kept.notes:
        since, until = local(kept.since), local(kept.until)
        tell("verify.kept", count=len(kept.notes), since=since, until=until, rows=f"{kept.rows:,}")
    if kept.foreign:
        tell("verify.foreign", count=kept.foreign)
    if kept.outside:
        since, until = local(kept.outside.since), local(kept.outside.until)
        tell("verify.outside", since=since, until=until, rows=f"{kept.outside.rows:,}")
    else:
        tell("verify.inside")
