"""``duban history``: what changed, proving it, looking back, handing it out."""

from pathlib import Path
from typing import Annotated

import typer

from cli.called import names_in, names_of
from cli.command import new_app
from cli.desk import opened
from cli.exits import Exit
from cli.files import read_text, write_text
from cli.history_view import change_form, kind_of, show_changes, show_standings, show_verdict, standing_form
from cli.moments import CHINA, local, moment_of
from cli.now import now
from cli.options import File, Json, NoticeId
from cli.progress import busy
from cli.seal_view import kept_form, seal_form, show_kept
from cli.show import as_json, line, record, tell
from cli.words import refusal
from engine.asof import as_of
from engine.changes import changes_of
from engine.export import Format, export_history
from engine.kept import kept_checkpoints, named_by, public_key
from engine.proof import verify
from engine.seal import seal_now

app = new_app()


@app.command("list")
def list_(subject: Annotated[str, typer.Argument(metavar="SUBJECT")], *, json: Json = False) -> None:
    """List every change of a case, a notice or a mail."""
    with opened() as home, home.database.read() as conn:
        changes = changes_of(conn, subject if ":" in subject else subject.upper())
        names = names_in(conn, changes)
    if json:
        as_json([change_form(change) for change in changes])
    else:
        show_changes(changes, names, kind=kind_of(subject, changes))


@app.command("verify")
def verify_(
    *,
    checkpoint: Annotated[list[Path] | None, typer.Option("--checkpoint", metavar="FILE")] = None,
    pubkey: Annotated[str | None, typer.Option("--pubkey", metavar="KEY")] = None,
    json: Json = False,
) -> int:
    """Prove the history; ends with 0 sound, 2 altered, 3 cannot tell."""
    given = [read_text(path) for path in checkpoint or ()]
    with opened() as home:
        own = pubkey or public_key(home.seal_key)
        with home.database.read() as conn:
            kept = None if given else kept_checkpoints(conn, own)
        notes = given if kept is None else kept.notes
        # a checkpoint from outside may be older than the present key
        key = own if pubkey or (own and named_by(notes, own)) else None
        with busy("busy.verify") as advance:
            found = verify(home.database, checkpoints=notes, pubkey=key, progress=advance)
    if json:
        as_json(record(found, exit_code=found.exit_code, checkpoints=kept and kept_form(kept)))
    else:
        show_verdict(found)
        if kept and found.sound:
            show_kept(kept)
    return found.exit_code


@app.command("seal")
def seal_(
    *, out: Annotated[Path | None, typer.Option("--out", metavar="FILE")] = None, json: Json = False
) -> None:
    """Seal what is new; print the newest checkpoint and the public key, or write them to files."""
    with opened() as home:
        key = home.seal_key()
        with home.database.write() as conn:
            sealed = seal_now(conn, now=now(), key=key)
    if out is not None:
        write_text(out, sealed.note)
        write_text(out.with_name(f"{out.name}.pub"), f"{key.pubkey}\n")
    if json:
        as_json(seal_form(sealed, key.pubkey))
    elif out is not None:
        tell("seal.written", rows=f"{sealed.size:,}", root=sealed.root.hex(), file=out)
    else:
        line(sealed.note)
        tell("seal.key", pubkey=key.pubkey)


@app.command("as-of")
def as_of_(
    moment: Annotated[str, typer.Argument(metavar="MOMENT")],
    *,
    ref: Annotated[str | None, typer.Option("--ref", metavar="REF")] = None,
    notice: NoticeId = None,
    json: Json = False,
) -> None:
    """Show the states as they were known at a moment."""
    at = moment_of(moment, at_end=True)
    with opened() as home, home.database.read() as conn:
        found = as_of(conn, at, subject=f"case:{ref.upper()}" if ref else None)
        names = names_of(conn, [one.actor for one in found])
    standings = [one for one in found if notice is None or one.values.get("notice") == notice]
    if json:
        as_json({"at": at.astimezone(CHINA), "cases": [standing_form(one) for one in standings]})
    elif standings:
        tell("asof.head", at=local(at))
        show_standings(standings, names)
    else:
        tell("asof.none", at=local(at))


@app.command("export")
def export(
    file: File, *, form: Annotated[str | None, typer.Option("--format", metavar="csv|jsonl|xes")] = None
) -> int:
    """Write the whole history to a file."""
    chosen = form or file.suffix.removeprefix(".").lower()
    if chosen not in list(Format):
        raise refusal("export.format", given=chosen)
    with opened() as home, home.database.read() as conn, busy("busy.write"):
        root = export_history(conn, file, Format(chosen))
    tell("export.done", file=file, root=root)
    return Exit.OK
