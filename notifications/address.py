"""Addresses and header values as a mail may carry them."""

import re
from email.charset import BASE64, Charset
from email.header import Header
from email.utils import parseaddr
from functools import lru_cache

from config.errors import UserError

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?"
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,75}")
_LONG = 900  # a line of a mail has at most 998 bytes
_UTF8 = Charset("utf-8")
_UTF8.header_encoding = BASE64  # else each header is measured in both encodings


class HeaderFault(UserError):
    """A mail cannot be made: which header, which value, and the way out."""

    def __init__(self, header: str, value: str, *, zh: str, en: str) -> None:
        shown = ascii(value)[:120] if not value.isprintable() else value[:120]
        super().__init__(
            zh=f"邮件的 {header} 是 {shown}：{zh}",
            en=f"The mail's {header} is {shown}: {en}",
            code="mail.header",
        )
        self.header = header


def checked_value(header: str, value: str) -> str:
    """Return a header's value; a line break or control character in it is refused."""
    if not value.isprintable():
        raise HeaderFault(
            header,
            value,
            zh="其中有换行或控制字符；请删去后再发。",
            en="it has a line break or control character; take it out and send again.",
        )
    return value


def checked_name(header: str) -> str:
    """Return the name of a header; anything but ASCII letters, digits and hyphens is refused."""
    if not _NAME.fullmatch(header):
        raise HeaderFault(
            "header name",
            header,
            zh="只能用英文字母、数字和连字符。",
            en="only ASCII letters, digits and hyphens may be used.",
        )
    return header


@lru_cache(maxsize=4096)  # the same people, and the same sender, come again in every mail
def checked_address(header: str, value: str) -> tuple[str, str]:
    """Return name and address of ``督办 <duban@example.cn>`` or of a bare address."""
    name, address = parseaddr(checked_value(header, value))
    # parseaddr takes the first of several addresses and forgets the others
    alone = value in (address, f"<{address}>") or (name and value.endswith(f"<{address}>"))
    if not alone or not _ADDRESS.fullmatch(address) or ".." in address:
        raise HeaderFault(
            header,
            value,
            zh="不是可用的邮箱地址；请写成 name@example.cn。",
            en="this is no usable mail address; write it as name@example.cn.",
        )
    return name, address


def mailbox(name: str, address: str, *, header: str) -> str:
    """Return name and address as ASCII text for a header."""
    if not name:
        return address
    if name.isascii() and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{encoded(header, name)} <{address}>"


@lru_cache(maxsize=1024)
def encoded(header: str, value: str) -> str:
    """Return a header's value as ASCII text, folded by CRLF where it is long."""
    if value.isascii() and len(value) <= _LONG and "=?" not in value:
        return value
    return Header(value, _UTF8, header_name=header).encode(linesep="\r\n")
