"""The key that signs checkpoints: Ed25519, in a file only its owner reads, in the form of signed notes."""

import os
import stat
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.errors import UserError
from engine.verifier import key_id

_PREFIX = "PRIVATE+KEY+"
_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealKey:
    """A named signing key. Its secret is in no text and no repr."""

    name: str
    secret: Ed25519PrivateKey = field(repr=False)

    @property
    def pubkey(self) -> str:
        """Return what auditors need to check signatures: ``name+id+base64``."""
        return f"{self.name}+{self._id.hex()}+{b64encode(_ED25519 + self._public).decode()}"

    def signature_line(self, text: str) -> str:
        """Return the line that signs a note's text (all of it up to the empty line)."""
        return f"— {self.name} {b64encode(self._id + self.secret.sign(text.encode())).decode()}\n"

    def private_text(self) -> str:
        """Return what the key's file holds."""
        packed = b64encode(_ED25519 + self.secret.private_bytes_raw()).decode()
        return f"{_PREFIX}{self.name}+{self._id.hex()}+{packed}\n"

    @property
    def _public(self) -> bytes:
        return self.secret.public_key().public_bytes_raw()

    @property
    def _id(self) -> bytes:
        return key_id(self.name, self._public)


def make_key(path: Path, *, name: str) -> SealKey:
    """Draw a new key and keep it in a file that only its owner reads; a key that is there stays and is read.

    ``name`` says whose checkpoints they are, without spaces and plus signs (``duban/quanzhou``).
    """
    if not name or "+" in name or name.split() != [name]:
        raise ValueError(f"a key's name has no spaces and no plus signs, unlike {name!r}")
    key = SealKey(name=name, secret=Ed25519PrivateKey.generate())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return load_key(path)
    except OSError as error:
        raise UserError(
            zh=f"写不了签名密钥 {path}：{error.strerror}。请检查文件夹和权限。",
            en=f"the signing key {path} cannot be written: {error.strerror}; check the folder and its rights",
            code="key.unwritable",
        ) from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(key.private_text())
        file.flush()
        os.fsync(file.fileno())
    return key


def load_key(path: Path) -> SealKey:
    """Return the key of a file; UserError where it is missing, open to others or no key."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(
            zh=f"没有签名密钥（{path}）。请运行 duban init 生成；旧检查点仍可用旧公钥核对。",
            en=f"there is no signing key ({path}); duban init makes one,"
            " old checkpoints stay good with the old public key",
            code="key.missing",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path) from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise UserError(
            zh=f"签名密钥 {path} 别人也能读。请运行 chmod 600 {path}；如已泄露，请换新密钥并告诉审计员。",
            en=f"others can read the signing key {path}; run chmod 600 {path}, and make a new one"
            " and tell the auditors if it has leaked",
            code="key.open",
        )
    return _parsed(text, path)


def _parsed(text: str, path: Path) -> SealKey:
    try:
        name, number, packed = text.strip().removeprefix(_PREFIX).split("+", 2)
        secret = b64decode(packed, validate=True)
        key = SealKey(name=name, secret=Ed25519PrivateKey.from_private_bytes(secret[1:]))
    except ValueError:
        # the cause would carry the secret's text
        raise _unreadable(path) from None
    if secret[:1] != _ED25519 or key.pubkey.split("+")[1] != number:
        raise _unreadable(path)
    return key


def _unreadable(path: Path) -> UserError:
    return UserError(
        zh=f"签名密钥 {path} 读不出来。请从备份恢复；没有备份就移走它，再运行 duban init 生成新的。",
        en=f"the signing key {path} cannot be read; bring it back from a backup, or move it away"
        " and let duban init make a new one",
        code="key.unreadable",
    )
