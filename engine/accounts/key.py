"""The home's own secret, in a file only its owner reads: what is derived from it need not be stored."""

import hmac
import os
import stat
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

from config.errors import UserError

_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsKey:
    """A secret of 32 bytes. It is in no repr, and only what is derived from it leaves this object."""

    secret: bytes = field(repr=False)

    def derived(self, purpose: str, *parts: str) -> str:
        """Return the token that belongs to ``parts``; tokens of two purposes have nothing in common."""
        told = "\0".join((purpose, *parts)).encode()
        return urlsafe_b64encode(hmac.digest(self.secret, told, "sha256")).decode().rstrip("=")


def make_accounts_key(path: Path) -> bool:
    """Draw the secret of a home unless it has one, which must be usable; return whether it was drawn."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        load_accounts_key(path)
        return False
    except OSError as error:
        raise UserError(
            zh=f"写不了账户密钥 {path}：{error.strerror}。请检查文件夹和权限。",
            en=f"the accounts key {path} cannot be written: {error.strerror};"
            " check the folder and its rights",
            code="accounts_key.unwritable",
        ) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(urlsafe_b64encode(token_bytes(_BYTES)).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def load_accounts_key(path: Path) -> AccountsKey:
    """Return the secret of a home; UserError where it is missing, open to others or no secret."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise missing_key() from None
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path) from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise UserError(
            zh=f"账户密钥 {path} 别人也能读。请运行 chmod 600 {path}；如已泄露，移走它再运行 duban init。",
            en=f"others can read the accounts key {path}; run chmod 600 {path},"
            " or if it has leaked move it away and run duban init",
            code="accounts_key.open",
        )
    try:
        secret = b64decode(text.strip(), altchars=b"-_", validate=True)
    except ValueError:  # the cause would carry the secret's text
        raise _unreadable(path) from None
    if len(secret) != _BYTES:
        raise _unreadable(path)
    return AccountsKey(secret=secret)


def missing_key() -> UserError:
    """Return the error of a home that has no such secret."""
    return UserError(
        zh="没有账户密钥（accounts.key），登录链接寄不出去。请运行 duban init 生成，再重新申请链接。",
        en="there is no accounts key (accounts.key), so links to sign in cannot be sent;"
        " duban init makes one, then ask for a new link",
        code="accounts_key.missing",
    )


def _unreadable(path: Path) -> UserError:
    return UserError(
        zh=f"账户密钥 {path} 读不出来。请移走它，再运行 duban init 生成新的；已寄出的登录链接不受影响。",
        en=f"the accounts key {path} cannot be read; move it away and let duban init make a new one,"
        " links that were sent stay good",
        code="accounts_key.unreadable",
    )
