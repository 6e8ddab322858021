"""A mail URL (``DUBAN_MAIL_URL``) read and checked; the password never shows."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from config.errors import UserError

_SECRET = re.compile(r"://[^/]*:.*@|://[^@]*@", re.DOTALL)


class Scheme(StrEnum):
    """How a mail leaves the house."""

    SMTP = "smtp"
    STARTTLS = "smtp+starttls"
    SMTPS = "smtps"


_PORTS = {Scheme.SMTP: 25, Scheme.STARTTLS: 587, Scheme.SMTPS: 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long a mail server may take, in seconds; ``answer`` is after the final dot (RFC 5321 4.5.3.2)."""

    connect: float = 30
    command: float = 60
    answer: float = 600
    idle: float = 15
    """After so long without a mail the connection is asked whether it lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One mail server: where, how, and as whom. ``ca`` is a file with the authority to trust."""

    scheme: Scheme
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None


class RouteFault(UserError):
    """A mail URL cannot be used: which, why, and the way out."""

    def __init__(self, url: str, *, zh: str, en: str) -> None:
        shown = redact(url)
        super().__init__(zh=f"发信地址 {shown}：{zh}", en=f"Mail URL {shown}: {en}", code="mail.url")


def redact(url: str) -> str:
    """Return a mail URL without user and password, however it is written."""
    return _SECRET.sub("://***@", url)


def parse_route(url: str) -> Route:
    """Return the server that ``smtp://``, ``smtp+starttls://`` or ``smtps://`` names; raise RouteFault."""
    try:
        parts = urlsplit(url)
        scheme, port = Scheme(parts.scheme), parts.port
    except ValueError:
        raise RouteFault(
            url,
            zh="请写成 smtps://用户:密码@主机:端口；密码里的 @ / : # ? % 写成 %40 %2F %3A %23 %3F %25。",
            en="cannot be read. Write smtps://user:password@host:port; in a password write @ / : # ? % as "
            "%40 %2F %3A %23 %3F %25.",
        ) from None
    if not parts.hostname:
        raise RouteFault(
            url, zh="缺主机名，例如 smtps://smtp.example.cn。", en="no host, as in smtps://smtp.example.cn."
        )
    user, password = _credentials(url, parts, scheme)
    return Route(
        scheme=scheme,
        host=parts.hostname,
        port=port or _PORTS[scheme],
        user=user,
        password=password,
        ca=_authority(url, parts),
    )


def _credentials(url: str, parts: SplitResult, scheme: Scheme) -> tuple[str | None, str | None]:
    if not parts.username and not parts.password:
        return None, None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not user or not password:
        raise RouteFault(
            url, zh="用户名和密码要么都写，要么都不写。", en="give both user and password, or neither."
        )
    if not (user + password).isascii() or not (user + password).isprintable():
        raise RouteFault(
            url,
            zh="用户名或密码里有不能用于登录的字符。",
            en="user or password has characters that cannot be used to log in.",
        )
    if scheme is Scheme.SMTP and not _is_loopback(parts.hostname or ""):
        raise RouteFault(
            url,
            zh="smtp:// 会明文发送密码；请改用 smtps:// 或 smtp+starttls://。",
            en="smtp:// would send the password in clear; use smtps:// or smtp+starttls://.",
        )
    return user, password


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _authority(url: str, parts: SplitResult) -> Path | None:
    options = parse_qs(parts.query, keep_blank_values=True)
    if set(options) - {"ca"} or parts.fragment or parts.path not in ("", "/"):
        raise RouteFault(
            url,
            zh="主机名之后只能写 ?ca=证书文件；密码里的 / # ? 要写成 %2F %23 %3F。",
            en="after the host only ?ca=FILE is known; in a password write / # ? as %2F %23 %3F.",
        )
    if "ca" not in options:
        return None
    ca = Path(options["ca"][0])
    if not ca.is_file():
        raise RouteFault(url, zh=f"没有证书文件 {ca}。", en=f"there is no certificate file {ca}.")
    return ca
