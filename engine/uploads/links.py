"""Links that people hand in: web addresses alone, written so that nothing in them can mislead."""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from config.errors import UserError
from engine.material_rows import Material

LONGEST = 2000
_SHOWN = 120
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?)+")
_KEPT = "/%:=&?~#+!$,;'@()*[]|"


def take_link(kind: str, url: str) -> Material:
    """Return a link as a material, its host in punycode; UserError where it is no plain web address."""
    text = url.strip()
    if len(text) > LONGEST:
        raise _refused(
            zh=f"网址有 {len(text)} 个字符，最多 {LONGEST} 个", en=f"more than {LONGEST} characters"
        )
    if not text.isprintable() or any(mark in text for mark in ' \\"<>'):
        raise _refused(
            zh="网址里有空格、引号或看不见的字符", en="it has spaces, quotes or invisible characters"
        )
    address = _address(_split(text))
    shown = address if len(address) <= _SHOWN else f"{address[: _SHOWN - 1]}…"
    return Material(kind=kind, name=shown, uri=address)


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = None
    if not known:
        raise _refused(zh="不是完整的网址", en="it is no whole web address")
    if "@" in parts.netloc:
        raise _refused(zh="网址里不能带用户名和密码", en="it must not carry a user name or password")
    return parts


def _address(parts: SplitResult) -> str:
    host = _host(parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    rest = (quote(part, safe=_KEPT) for part in (parts.path, parts.query, parts.fragment))
    address = urlunsplit((parts.scheme, f"{host}{port}", *rest))
    if len(address) > LONGEST:
        raise _refused(zh=f"网址超过 {LONGEST} 个字符", en=f"more than {LONGEST} characters")
    return address


def _host(name: str) -> str:
    """Return a host in ASCII: 科普.中国 is xn--…, so that letters that look alike are seen."""
    if ":" in name:
        return f"[{_number(name)}]"
    try:
        host = name.encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise _refused(zh="网址里的网站名不对", en="the name of the site in it is not right")
    return host


def _number(name: str) -> str:
    try:
        return ip_address(name).compressed
    except ValueError:
        raise _refused(zh="网址里的网站名不对", en="the name of the site in it is not right") from None


def _refused(*, zh: str, en: str) -> UserError:
    return UserError(
        zh=f"这个链接不能用：{zh}；请从浏览器地址栏复制以 https:// 开头的完整网址。",
        en=f"this link cannot be used: {en}; copy the whole address, from https:// on, from the browser",
        code="link.form",
    )
