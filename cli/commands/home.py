"""``duban init``, ``doctor``, ``backup``, ``restore``: the home itself."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url

from cli.command import new_app
from cli.desk import opened, settings
from cli.exits import Exit
from cli.history_view import show_verdict
from cli.now import now
from cli.options import File, Json
from cli.progress import busy
from cli.show import Cell, Column, as_json, plain, record, table, tell
from cli.words import heading, lang, refusal, say
from config.settings import Settings
from engine.accounts.first import first_admin
from engine.accounts.letters import LINK
from engine.backup import backup, materials_of_backup, restore
from engine.doctor import Check, Level, examine
from engine.home import init_home
from engine.sheets.values import email
from notifications.transport import redact

app = new_app()

_TONES = {Level.OK: "done", Level.WARN: "soon", Level.FAIL: "late"}


@app.command("init")
def init(
    *,
    admin: Annotated[str | None, typer.Option("--admin", metavar="ADDRESS")] = None,
    name: Annotated[str | None, typer.Option("--name")] = None,
    json: Json = False,
) -> None:
    """Make the home, or upgrade it; with an address, its first admin."""
    chosen = settings()
    address = email(admin) if admin else None
    changed = init_home(chosen, now=now())
    mail, database = redact(chosen.mail_url.get_secret_value()), _database(chosen.database)
    link = _first_admin(address, name or address) if address else None
    if json:
        made = {"home": str(chosen.home), "database": database, "mail": mail, "changed": changed}
        as_json(made | ({"link": link} if link else {}))
        return
    tell("init.made" if changed else "init.there", home=chosen.home, database=database, mail=mail)
    if link:
        tell("init.admin", address=address, link=link)
    else:
        tell("init.next")


def _first_admin(address: str, name: str | None) -> str:
    """Make somebody admin of everything and return the link by which they sign in first."""
    with opened() as home, home.database.write() as conn:
        token = first_admin(conn, name or address, address, now=now())
        return f"{home.office().base_url}{LINK}{token}"


@app.command("doctor")
def doctor(*, json: Json = False) -> int:
    """Check everything; ends with 1 where something fails."""
    checks = list(examine(settings(), now=now()))
    failed = any(check.level is Level.FAIL for check in checks)
    if json:
        as_json({"sound": not failed, "checks": plain(checks)})
        return Exit.REFUSED if failed else Exit.OK
    table(
        (Column("checked"), Column("status"), Column("finding", wraps=True)),
        [_row(check) for check in checks],
    )
    levels = [check.level for check in checks]
    tell(
        "doctor.sum", ok=levels.count(Level.OK), warn=levels.count(Level.WARN), fail=levels.count(Level.FAIL)
    )
    return Exit.REFUSED if failed else Exit.OK


@app.command("backup")
def backup_(
    file: File, *, overwrite: Annotated[bool, typer.Option("--overwrite")] = False, json: Json = False
) -> int:
    """Back the database up; ends with 2 where the history backed up was altered."""
    with opened() as home, busy("busy.backup"):
        made = backup(home.database, file, overwrite=overwrite)
        store = home.store
    kept = materials_of_backup(file, store)
    if json:
        as_json(record(made, materials=record(kept, folder=str(store))))
    else:
        tell("backup.done", file=made.path, size=f"{made.size / 1024**2:.1f}")
        show_verdict(made.verdict)
        if kept.count:
            tell("backup.materials", count=kept.count, store=store)
    return made.verdict.exit_code


@app.command("restore")
def restore_(
    file: File, *, force: Annotated[bool, typer.Option("--force")] = False, json: Json = False
) -> int:
    """Bring the database back from a backup; the one that was there is kept."""
    chosen = settings()
    with busy("busy.backup"):
        made = restore(file, _file_of(chosen), now=now(), even_altered=force)
    store = Path(chosen.home) / "materials"
    kept = materials_of_backup(made.path, store)
    if json:
        as_json(record(made, materials=record(kept, folder=str(store))))
        return made.verdict.exit_code
    tell("restore.done", file=file)
    if made.kept:
        tell("restore.kept", file=made.kept)
    show_verdict(made.verdict)
    if kept.count:
        key = "restore.lacking" if kept.missing else "restore.materials"
        tell(key, count=kept.count, missing=kept.missing, store=store)
    return made.verdict.exit_code


def _file_of(chosen: Settings) -> Path:
    url = make_url(chosen.database)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise refusal("restore.not_sqlite")
    return Path(url.database)


def _database(url: str) -> str:
    """Return the file of a database, or its URL without secrets."""
    return redact(url).removeprefix("sqlite:///")


def _row(check: Check) -> tuple[str | Cell, ...]:
    text = check.text.in_(lang())
    if check.fix and check.level is not Level.OK:
        text += f"\n→ {check.fix.in_(lang())}"
    return heading(f"check.{check.name}"), Cell(say(f"level.{check.level}"), _TONES[check.level]), text
