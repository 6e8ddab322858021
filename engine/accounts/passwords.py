"""Passwords: kept as argon2id, changed by their owner, checked with the same work whoever is asked about."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import Connection, insert, select, update

from config.errors import UserError
from engine.accounts.sessions import end_others
from engine.accounts.tables import credential
from engine.actors import Actor
from engine.person_record import Deed, record_people
from engine.tables import person

SHORTEST, LONGEST = 10, 200

# what OWASP asks of argon2id; parallel sign-ins of a whole office fit into a small machine's memory
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

_COMMON = frozenset(
    (
        *("0123456789", "1234567890", "12345678910", "0987654321", "9876543210", "1122334455"),
        *("123456789a", "a123456789", "123456789q", "q123456789", "aa123456789", "aa12345678"),
        *("abc1234567", "abc123456789", "abcd123456", "asd123456789", "qwe123456789", "qwer123456"),
        *("qwertyuiop", "qwerty123456", "asdfghjkl;", "zxcvbnm123", "1q2w3e4r5t", "1qaz2wsx3edc"),
        *("password12", "password123", "password1234", "p@ssw0rd123", "admin12345", "admin123456"),
        *("woaini1314", "woaini1314520", "woaini5201314", "5201314520", "1314520520", "iloveyou1314"),
        *("administrator", "duban12345", "duban123456", "changeme123", "welcome123", "letmein123"),
    )
)


class Proof(NamedTuple):
    """What a password proved: whether it is right, and its new text form where the kept one is outdated."""

    right: bool
    renewed: str | None = None


def set_password(
    conn: Connection, person_id: int, password: str, *, keep_session: int | None = None, now: datetime
) -> None:
    """Give a person a new password and end all their sessions but ``keep_session``.

    Raises UserError where the password is too short, too long or easily guessed.
    """
    who = conn.execute(select(person.c.name, person.c.email).where(person.c.id == person_id)).one()
    problem = next(_problems(_normal(password), who.name, who.email or ""), None)
    if problem is not None:
        raise problem
    me = Actor(name=f"person:{person_id}", person_id=person_id)
    record_people(conn, {person_id: Deed("set_password", {"fields": ["password"]})}, actor=me, now=now)
    values = {"password": _HASHER.hash(_normal(password)), "changed_at": now}
    mine = update(credential).where(credential.c.person_id == person_id).values(values)
    if conn.execute(mine).rowcount == 0:
        conn.execute(insert(credential).values(person_id=person_id, **values))
    end_others(conn, person_id, keep=keep_session)


def has_password(conn: Connection, person_id: int) -> bool:
    """Return whether a person can sign in by password."""
    return _kept(conn, person_id) is not None


def verify(conn: Connection, person_id: int, password: str) -> bool:
    """Return whether a password is a person's, as asked before something that cannot be undone."""
    return check(_kept(conn, person_id), password).right


def check(kept: str | None, password: str) -> Proof:
    """Compare a password with the text form that is kept; without one the work is the same, the answer no."""
    nobody = _nobody()
    try:
        _HASHER.verify(kept or nobody, _normal(password))
    except (Argon2Error, InvalidHashError):
        return Proof(right=False)
    if kept is None:
        return Proof(right=False)
    outdated = _HASHER.check_needs_rehash(kept)
    return Proof(right=True, renewed=_HASHER.hash(_normal(password)) if outdated else None)


def renew(conn: Connection, person_id: int, *, kept: str, renewed: str | None) -> bool:
    """Keep the new text form, if there is one; return whether ``kept`` is still the person's password."""
    same = (credential.c.person_id == person_id) & (credential.c.password == kept)
    if renewed is None:
        return conn.execute(select(credential.c.person_id).where(same)).first() is not None
    return conn.execute(update(credential).where(same).values(password=renewed)).rowcount == 1


def _kept(conn: Connection, person_id: int) -> str | None:
    return conn.scalar(select(credential.c.password).where(credential.c.person_id == person_id))


def _normal(password: str) -> str:
    """Return the one form of what different keyboards write differently."""
    return normalize("NFKC", password.encode("utf-8", "replace").decode())


@cache
def _nobody() -> str:
    """Return the text form to compare with where there is no password."""
    return _HASHER.hash("nobody has this one")


def _problems(password: str, name: str, email: str) -> Iterator[UserError]:
    if len(password) < SHORTEST:
        yield UserError(
            zh=f"密码太短：现在 {len(password)} 个字符，至少要 {SHORTEST} 个。可以用几个不相干的词连起来。",
            en=f"the password has {len(password)} characters and needs {SHORTEST};"
            " a few unrelated words in a row are easy to remember",
            code="password.short",
        )
    if len(password) > LONGEST:
        yield UserError(
            zh=f"密码太长：现在 {len(password)} 个字符，最多 {LONGEST} 个。请缩短。",
            en=f"the password has {len(password)} characters, at most {LONGEST} are possible; shorten it",
            code="password.long",
        )
    given = password.casefold()
    if given in {normalize("NFKC", own).casefold() for own in (name, email, email.partition("@")[0])}:
        yield UserError(
            zh="密码不能与姓名或邮箱相同。请换一个别人猜不到的。",
            en="the password is your name or mail address; choose one that nobody guesses",
            code="password.own",
        )
    if given in _COMMON or len(set(given)) < 3:
        yield UserError(
            zh="这个密码太常见，容易被猜到。请换一个，例如几个不相干的词连起来。",
            en="this password is a common one and easily guessed; choose another,"
            " such as a few unrelated words",
            code="password.common",
        )
