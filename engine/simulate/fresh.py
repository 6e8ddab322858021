"""The home of a season: made anew, over an older season's if need be, and never over anything else."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import rmtree

from pydantic import SecretStr

from config.errors import UserError
from config.settings import Settings

MARK = "season.txt"
_MARKED = "duban simulate\n"
_DATABASE = "duban.db"


def season_settings(settings: Settings) -> Settings:
    """Return settings that keep a season within its home: its own database and mail folder there.

    Whatever the environment names as database and mail server is for real work.
    """
    mail = SecretStr(f"folder:{settings.home / 'mail'}")
    return settings.model_copy(update={"database_url": None, "mail_url": mail})


def make_fresh(home: Path) -> None:
    """Make a home for a season, taking away an older season in it.

    Raises UserError where the home holds anyone's work.
    """
    if not (home / MARK).is_file() and (home / _DATABASE).exists() and not _unused(home / _DATABASE):
        raise UserError(
            zh=f"{home} 里已有数据，不是模拟生成的，没有改动。"
            "请用 DUBAN_HOME 指向一个空目录，例如 DUBAN_HOME=var/season。",
            en=f"{home} holds data that no simulation made; nothing was changed."
            " Name an empty folder with DUBAN_HOME, such as DUBAN_HOME=var/season",
            code="simulate.home_used",
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
        for name in (_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm"):
            (home / name).unlink(missing_ok=True)
        for folder in ("papers", "materials"):
            rmtree(home / folder, ignore_errors=True)
        for mail in (home / "mail").glob("*.eml"):
            mail.unlink()
        (home / MARK).write_text(_MARKED, "utf-8")
    except OSError as error:
        raise UserError(
            zh=f"不能在 {home} 建立模拟目录：{error.strerror}。请用 DUBAN_HOME 换一个可写的位置。",
            en=f"no season can be made in {home}: {error.strerror}; choose a writable place with DUBAN_HOME",
            code="home.unwritable",
        ) from error


def _unused(database: Path) -> bool:
    """Return whether a database is one that ``duban init`` made and nobody has worked with."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
            rows = conn.execute(
                "SELECT count(*) FROM history WHERE subject NOT LIKE 'lifecycle:%'"
            ).fetchone()
    except sqlite3.Error:
        return False
    return bool(rows[0] == 0)
