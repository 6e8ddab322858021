"""Mails as files: for trying out, for machines without a mail server, for tests."""

import errno
import os
from contextlib import suppress
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from notifications.outcome import Answer, Outcome
from notifications.policy import as_bytes

_WORDS = {
    errno.ENOSPC: "磁盘已满，邮件没有写成 (disk full)",
    errno.EDQUOT: "磁盘配额已用完，邮件没有写成 (disk quota used up)",
    errno.EROFS: "文件夹只读，邮件没有写成 (read-only folder)",
    errno.EACCES: "没有写入权限，邮件没有写成 (no permission to write)",
    errno.EPERM: "没有写入权限，邮件没有写成 (no permission to write)",
}


class FolderTransport:
    """Writes each mail as an .eml file, whole or not at all.

    The name comes from the Message-ID; a second copy of a mail gets the next number, so that
    it is seen. ``durable`` waits for the disk.
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._folder = folder
        self._durable = durable

    def send(self, message: EmailMessage) -> Outcome:
        """Write the mail; a folder that takes none is the host's trouble."""
        name = sha256(str(message["Message-ID"]).encode()).hexdigest()[:20]
        draft = self._folder / f".{name}.{os.getpid()}.{get_ident()}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(draft, as_bytes(message))
            path = _publish(draft, self._folder / name)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            words = _WORDS.get(error.errno or 0, f"邮件没有写成 (not written): {error.strerror}")
            return Outcome(
                answer=Answer.NOT_ACCEPTED, detail=f"{words}: {self._folder}"[:500], whole_host=True
            )
        return Outcome(answer=Answer.ACCEPTED, detail=path.name)

    def close(self) -> None:
        """Do nothing: a folder holds nothing open."""

    def _write(self, draft: Path, content: bytes) -> None:
        with draft.open("wb") as file:
            file.write(content)
            if self._durable:
                file.flush()
                os.fsync(file.fileno())


def _publish(draft: Path, stem: Path) -> Path:
    """Give the file its name in one step, without ever replacing another."""
    number = 1
    while True:
        path = stem.with_name(f"{stem.name}-{number}.eml")
        try:
            os.link(draft, path)
        except FileExistsError:
            number += 1
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS):
                raise
            # a file system without hard links: look, then rename
            if path.exists():
                number += 1
                continue
            return draft.rename(path)
        else:
            draft.unlink()
            return path
