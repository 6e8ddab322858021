"""The sealer at work: seals what is new each minute, mails the auditors a checkpoint each working day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from config.errors import UserError
from engine.checkpoint_mail import mail_checkpoint
from engine.database import Database
from engine.seal import seal
from engine.seal_key import SealKey

log = structlog.get_logger()

EVERY = timedelta(minutes=1)


@dataclass(slots=True, kw_only=True)
class Sealer:
    """Seals at most once in ``EVERY``. ``key`` is asked anew each time: a key made meanwhile is found."""

    key: Callable[[], SealKey]
    _tried: datetime | None = None

    def work(self, database: Database, *, now: datetime) -> int:
        """Seal and mail what is due; return how many mails were queued.

        Never raises: an error is logged, and a minute later it is tried again.
        """
        # a clock set back must not silence it
        if self._tried is not None and timedelta() <= now - self._tried < EVERY:
            return 0
        self._tried = now
        try:
            self._seal(database, now)
        except UserError as error:
            log.error("sealing refused", code=error.code, why=error.text.en)  # noqa: TRY400  the text says all
        except Exception:  # whatever it was, reminders go on
            log.exception("sealing failed")
        try:
            with database.write() as conn:
                return mail_checkpoint(conn, now=now)
        except Exception:
            log.exception("mailing the checkpoint failed")
            return 0

    def _seal(self, database: Database, now: datetime) -> None:
        key = self.key()
        with database.write() as conn:
            sealed = seal(conn, now=now, key=key)
        if sealed is not None:
            log.info("sealed", rows=sealed.size, root=sealed.root.hex()[:16])
