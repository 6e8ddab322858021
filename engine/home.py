"""A home: the folder and the database of one installation, made once and opened by every command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from config.errors import UserError
from config.settings import Settings
from engine.accounts.key import AccountsKey, load_accounts_key, make_accounts_key
from engine.database import Database, open_database
from engine.delivery import Office, Policy
from engine.meta import get_meta, set_meta
from engine.publish import publish_lifecycles
from engine.schema import upgrade
from notifications.render import Templates

if TYPE_CHECKING:
    from engine.seal_key import SealKey

KEY = "seal.key"
"""The file in a home that holds the key of its checkpoints."""

ACCOUNTS_KEY = "accounts.key"
"""The file in a home that holds the secret of its links to sign in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An open home: its settings, its folder, its database."""

    settings: Settings
    path: Path
    database: Database

    @property
    def store(self) -> Path:
        """Return the folder of materials, kept by content."""
        return self.path / "materials"

    def seal_key(self) -> "SealKey":
        """Return the key that signs this home's checkpoints; UserError where it is missing or unusable."""
        from engine.seal_key import load_key  # noqa: PLC0415  cryptography's import is slow, most do without

        return load_key(self.path / KEY)

    def accounts_key(self) -> AccountsKey:
        """Return the secret of this home's links; UserError where it is missing or unusable."""
        return load_accounts_key(self.path / ACCOUNTS_KEY)

    def office(self) -> Office:
        """Return what every mail of this home has in common."""
        return Office(
            sender=sender_of(self.settings),
            base_url=str(self.settings.base_url).rstrip("/"),
            templates=Templates(),
            policy=Policy(self.settings.mail_policy),
            per_second=self.settings.mail_rate,
            key=self.accounts_key() if (self.path / ACCOUNTS_KEY).exists() else None,
        )


def sender_of(settings: Settings) -> str:
    """Return who mails are from, ``"督办" <duban@example.cn>``; a mail encodes the name itself."""
    name = settings.mail_from_name.translate({ord(mark): None for mark in '"\\'})
    return f'"{name}" <{settings.mail_from}>' if name else settings.mail_from


def init_home(settings: Settings, *, now: datetime, origin: str | None = None) -> bool:
    """Make the home, its database and its keys, or bring them up to date; return whether anything was new.

    ``origin`` names this installation in every Message-ID and checkpoint (default: drawn at random, once).
    """
    path = Path(settings.home)
    _make_folder(path)
    database = Database(settings.database)
    try:
        changed = upgrade(database)
        with database.write() as conn:
            name = get_meta(conn, "origin")
            if name is None:
                name = origin or token_hex(6)
                set_meta(conn, "origin", name)
            changed |= bool(publish_lifecycles(conn, now=now))
    finally:
        database.close()
    _keep_private(settings.database)
    changed |= make_accounts_key(path / ACCOUNTS_KEY)
    return _make_key(path / KEY, name) or changed


def _make_key(path: Path, origin: str) -> bool:
    """Make the key of checkpoints unless there is one, which must be usable; return whether it was made."""
    from engine.seal_key import make_key  # noqa: PLC0415  cryptography's import is slow, most do without

    fresh = not path.exists()
    make_key(path, name=f"duban/{origin}")
    return fresh


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            zh=f"不能建立目录 {path}：{error.strerror}。请用 DUBAN_HOME 换一个可写的位置。",
            en=f"the folder {path} cannot be made: {error.strerror}; choose a writable one with DUBAN_HOME",
            code="home.unwritable",
        ) from error


def _keep_private(url: str) -> None:
    """Let only the owner read the database file."""
    name = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and name and os.name == "posix":
        Path(name).chmod(0o600)


@contextmanager
def open_home(settings: Settings) -> Iterator[Home]:
    """Open a home that ``duban init`` has made, and close it again."""
    database = open_database(settings.database)
    try:
        yield Home(settings=settings, path=Path(settings.home), database=database)
    finally:
        database.close()
