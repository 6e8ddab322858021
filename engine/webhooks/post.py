"""One call of a webhook: bounded in time and size, to the address that was looked at, never redirected."""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer

from config.errors import UserError
from engine.webhooks.addresses import Target, target_of

TIMEOUT = 10.0
"""Seconds for a connection, and for each answer to be waited for."""

LONGEST = 30.0
"""Seconds after which a call is cut off, however busy the other side looks."""

_ANSWER = 64 * 1024
_TRIED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of a call. ``gone``: the other side wants no more of them (410)."""

    taken: bool
    detail: str
    gone: bool = False


class _Pinned(HTTPConnection):
    """A connection to one address that was looked at, whatever the host's name says by now."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self.default_port = 443 if target.tls else 80
        self._address = address
        self._tls = _context() if target.tls else None

    def connect(self) -> None:
        """Connect, and agree on a secret where the address asks for it."""
        plain = socket.create_connection((self._address, self.port), TIMEOUT)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host) if self._tls else plain
        except BaseException:
            plain.close()
            raise


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def post(url: str, body: bytes, headers: Mapping[str, str], *, private: bool) -> Reply:
    """Make one call; never raises for what the other side does."""
    try:
        target = target_of(url, private=private)
        connection = _connected(target)
    except UserError as error:
        return Reply(taken=False, detail=error.text.en)
    except (OSError, HTTPException) as error:
        return Reply(taken=False, detail=_said(error))
    late = Event()
    watch = Timer(LONGEST, _cut, [connection.sock, late])
    watch.daemon = True
    watch.start()
    try:
        reply = _asked(connection, target, body, headers)
    except (OSError, HTTPException) as error:
        reply = Reply(taken=False, detail=_said(error))
    finally:
        watch.cancel()
        connection.close()
    # half an answer can look like a whole one
    return Reply(taken=False, detail=f"cut off after {LONGEST:g} s") if late.is_set() else reply


def _connected(target: Target) -> _Pinned:
    """Return a connection to the first address that answers."""
    refused: OSError = OSError("no address")
    for address in target.addresses[:_TRIED]:
        connection = _Pinned(target, address)
        try:
            connection.connect()
        except OSError as error:
            refused = error
        else:
            return connection
    raise refused


def _asked(connection: _Pinned, target: Target, body: bytes, headers: Mapping[str, str]) -> Reply:
    connection.request("POST", target.path, body=body, headers=dict(headers))
    answer = connection.getresponse()
    answer.read(_ANSWER)
    status = answer.status
    detail = f"HTTP {status}" + (", redirects are not followed" if 300 <= status < 400 else "")
    return Reply(taken=200 <= status < 300, detail=detail, gone=status == 410)


def _cut(sock: socket.socket, late: Event) -> None:
    late.set()
    try:
        # not the method of an encrypted socket, which another thread is using
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
    except OSError:
        return


def _said(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT:g} s"
    return f"{type(error).__name__}: {error}"[:200]
