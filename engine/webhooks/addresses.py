"""Which addresses may be called: a person gives them, and our own network must not be reachable through us.

A name is looked up at every call and the call goes to the very address that was looked at: a name that
changes its mind in between changes nothing.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from config.errors import UserError

_LONGEST = 500
_NAT64 = IPv6Network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a call goes: the host's name, the addresses it may go to, the path with its query."""

    host: str
    port: int
    path: str
    tls: bool
    addresses: tuple[str, ...]


def checked_url(url: str, *, private: bool) -> str:
    """Return a webhook's address as it is kept; UserError where it may not be called. Looks no name up."""
    text = url.strip()
    parts = _parts(text)
    host = parts.hostname or ""
    if parts.scheme == "http" and not _is_loopback(host):
        raise _refused(
            text,
            zh="请用 https://，http:// 只用于本机。",
            en="use https://, http:// is for this machine alone.",
        )
    literal = _literal(host)
    inside = host == "localhost" or host.endswith(".localhost")
    if (literal is not None and not may_be_called(literal, private=private)) or (inside and not private):
        raise _inside(text)
    return text


def target_of(url: str, *, private: bool) -> Target:
    """Look a webhook's host up; UserError where it is not found, or an address of it may not be called."""
    parts = _parts(checked_url(url, private=private))
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    addresses = _looked_up(url, host, port)
    if not all(may_be_called(ip_address(one), private=private) for one in addresses):
        raise _inside(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host=host, port=port, path=path, tls=parts.scheme == "https", addresses=tuple(addresses))


def may_be_called(address: Address, *, private: bool) -> bool:
    """Return whether a call may go to an address; one that carries another stands for that."""
    carried = _carried(address)
    if carried is not None:
        return may_be_called(carried, private=private)
    if address.is_multicast or address.is_unspecified:
        return False
    return private or (address.is_global and not address.is_reserved)


def _carried(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _parts(url: str) -> SplitResult:
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise _refused(
            url,
            zh=f"请写不超过 {_LONGEST} 个字符的网址，中文域名写成 xn-- 的形式。",
            en=f"write an address of at most {_LONGEST} plain characters.",
        )
    try:
        parts = urlsplit(url)
        valid = parts.scheme in _PORTS and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if not valid or parts.username is not None or parts.fragment or "\\" in url:
        raise _refused(
            url,
            zh="请写完整网址，如 https://hook.example.cn/duban，不带用户名、密码和 #。",
            en="write a whole address such as https://hook.example.cn/duban, without user, password and #.",
        )
    return parts


def _looked_up(url: str, host: str, port: int) -> Sequence[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refused(url, zh="找不到这个主机。", en="its host is not found.") from error
    return list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    literal = _literal(host)
    return literal.is_loopback if literal else host == "localhost" or host.endswith(".localhost")


def _inside(url: str) -> UserError:
    return _refused(
        url,
        zh="它在内部网络。确需推送到内网，请管理员设置 DUBAN_WEBHOOK_PRIVATE=true。",
        en="it is within our own network; if it is to be called, set DUBAN_WEBHOOK_PRIVATE=true.",
    )


def _refused(url: str, *, zh: str, en: str) -> UserError:
    shown = url[:80]
    return UserError(
        zh=f"不能推送到“{shown}”：{zh}", en=f"'{shown}' cannot be called: {en}", code="webhook.url"
    )
