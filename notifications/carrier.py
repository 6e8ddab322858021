"""yagmail's client made to carry one finished mail and to say exactly what became of it.

Import this module only where mail is sent by SMTP: yagmail is slow to load.
"""

import ssl
import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any  # yagmail is not typed

import yagmail

from notifications.outcome import Answer, Outcome
from notifications.route import Route, Scheme, Timeouts

_LONGEST = 500
_CLOSING = 421
# not this mail's fault though the code is of five hundred: order of commands, login, encryption
_LOGIN = frozenset((503, 530, 534, 535, 538))
_TOO_BIG = 552


class Carrier(yagmail.Client):  # type: ignore[misc]  # yagmail is not typed
    """One connection to one server, for one thread; kept while it lives.

    yagmail logs in, secures the connection and holds it; its ``send`` is not used, because it
    logs in anew for each mail, tries again by itself and answers in two ways instead of three.
    ``timer`` counts seconds for the idle check.
    """

    smtp: Any

    def __init__(
        self, route: Route, timeouts: Timeouts, *, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._route, self._timeouts, self._timer = route, timeouts, timer
        self._used_at = 0.0
        secure = route.scheme is not Scheme.SMTP
        context = ssl.create_default_context(cafile=route.ca) if secure else None
        implicit = route.scheme is Scheme.SMTPS
        super().__init__(
            user=route.user or "duban",
            password=route.password or "",
            host=route.host,
            port=route.port,
            smtp_ssl=implicit,
            smtp_starttls={"context": context} if route.scheme is Scheme.STARTTLS else False,
            smtp_skip_login=route.user is None,
            soft_email_validation=False,
            timeout=timeouts.connect,
            **({"context": context} if implicit else {}),
        )
        self.user = route.user  # yagmail makes duban@gmail.com of a name without @

    def set_logging(self, log_level: int | None = None, file_path_name: str | None = None) -> None:
        """Keep yagmail from writing to the terminal."""
        super().set_logging(None)

    @property
    def connection(self) -> Callable[..., Any]:
        """Return what opens a connection: yagmail's own, with our time for each command."""
        return self._connect

    def _connect(self, host: str, port: str, **options: Any) -> Any:
        smtp = super().connection(host, port, **options)
        smtp.sock.settimeout(self._timeouts.command)
        return smtp

    def login(self) -> None:
        """Connect, secure and log in, unless the connection of the last mail still lives."""
        if not self._lives():
            self.drop()
            super().login()
            self._used_at = self._timer()

    def _lives(self) -> bool:
        if not self.connected:
            return False
        if self._timer() - self._used_at < self._timeouts.idle:
            return True
        try:
            return bool(self.smtp.noop()[0] == 250)
        except OSError:
            return False

    @property
    def connected(self) -> bool:
        """Say whether a connection is open, as far as this side knows."""
        return self.smtp is not None and self.smtp.sock is not None

    def drop(self) -> None:
        """Forget the connection without a word to the server."""
        if self.smtp is not None:
            self.smtp.close()
        self.smtp = None

    def close(self) -> None:
        """Take leave of the server; a server that does not answer is left."""
        self.is_closed = True
        if not self.connected:
            return
        try:
            self.smtp.sock.settimeout(min(self._timeouts.command, 5))
            self.smtp.quit()
        except OSError:
            pass
        self.drop()

    def deliver(self, sender: str, recipient: str, content: bytes) -> Outcome:
        """Hand one mail over, once; return the server's answer.

        Only a kept connection that turns out to be dead is replaced on the way: nothing of the
        mail has left then.
        """
        kept = self.connected
        try:
            self.login()
            refusal = self._announce(sender, recipient, len(content), kept=kept)
        except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; ValueError: a malformed reply
            self.drop()
            return self._outcome(Answer.NOT_ACCEPTED, self._words(error), whole_host=True)
        return refusal or self._hand_over(content)

    def _announce(self, sender: str, recipient: str, size: int, *, kept: bool) -> Outcome | None:
        """Say from whom and to whom; return None when the server waits for the body."""
        code, words = self._begin(sender, size, kept=kept)
        if code != 250:
            return self._refused(code, words, host_fault=code != _TOO_BIG)
        for command, argument, good in (("RCPT", f"TO:<{recipient}>", (250, 251)), ("DATA", "", (354,))):
            code, words = self.smtp.docmd(command, argument)
            if code not in good:
                return self._refused(code, words)
        return None

    def _begin(self, sender: str, size: int, *, kept: bool) -> tuple[int, bytes]:
        try:
            code, words = self._mail_from(sender, size)
        except OSError:
            if not kept:
                raise
            code, words = _CLOSING, b""
        if kept and code == _CLOSING:  # servers close a connection after some mails or minutes
            self.drop()
            self.login()
            return self._mail_from(sender, size)
        return code, words

    def _mail_from(self, sender: str, size: int) -> tuple[int, bytes]:
        self.smtp.ehlo_or_helo_if_needed()
        options = [f"size={size}"] if self.smtp.has_extn("size") else []
        reply: tuple[int, bytes] = self.smtp.mail(sender, options)
        return reply

    def _hand_over(self, content: bytes) -> Outcome:
        """Send the body and the final dot; from the first byte on silence means UNKNOWN."""
        end = b"" if content.endswith(b"\r\n") else b"\r\n"
        try:
            self.smtp.sock.settimeout(self._timeouts.answer)
            self.smtp.send(_dotted(content) + end + b".\r\n")
            code, words = self.smtp.getreply()
        except (OSError, ValueError) as error:
            self.drop()
            return self._outcome(Answer.UNKNOWN, self._words(error))
        self._rest()
        if code // 100 == 2:
            self.num_mail_sent += 1
            return self._outcome(Answer.ACCEPTED, _reply(code, words))
        if code // 100 in (4, 5):
            return self._refused(code, words)
        self.drop()
        return self._outcome(Answer.UNKNOWN, _reply(code, words))

    def _rest(self) -> None:
        self._used_at = self._timer()
        self.smtp.sock.settimeout(self._timeouts.command)

    def _refused(self, code: int, words: bytes, *, host_fault: bool = False) -> Outcome:
        """Judge a reply that is no consent, and make the connection ready for the next mail."""
        final = code // 100 == 5 and code not in _LOGIN and not host_fault
        temporary = code // 100 == 4 and code != _CLOSING
        if code // 100 in (4, 5) and code != _CLOSING and code not in _LOGIN:
            self._reset()
        else:
            self.drop()
        if final:
            return self._outcome(Answer.REFUSED, _reply(code, words))
        whole = not temporary
        return self._outcome(Answer.NOT_ACCEPTED, _reply(code, words), whole_host=whole)

    def _reset(self) -> None:
        try:
            self.smtp.rset()
        except OSError:
            self.drop()
            return
        self._used_at = self._timer()

    def _words(self, error: Exception) -> str:
        code = getattr(error, "smtp_code", None)
        if code is not None:
            return _reply(code, getattr(error, "smtp_error", b""))
        return str(error) or type(error).__name__

    def _outcome(self, answer: Answer, detail: str, *, whole_host: bool = False) -> Outcome:
        for secret in self._secrets():
            detail = detail.replace(secret, "***")
        return Outcome(answer=answer, detail=detail[:_LONGEST], whole_host=whole_host)

    def _secrets(self) -> tuple[str, ...]:
        user, password = self._route.user or "", self._route.password
        if not password:
            return ()
        plain = f"\0{user}\0{password}"
        return b64encode(plain.encode()).decode(), b64encode(password.encode()).decode(), password


def _dotted(content: bytes) -> bytes:
    """Return a mail with a second dot before each line that begins with one (RFC 5321, 4.5.2)."""
    first = b"." if content.startswith(b".") else b""
    return first + content.replace(b"\n.", b"\n..")


def _reply(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}".strip()
