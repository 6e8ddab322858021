"""How something is handed in, in people's words: ``platform: 科普平台 (a.cn)`` is 科普平台（a.cn）."""

import re
from collections.abc import Mapping

from config.schedule import Name

_WAYS: Mapping[str, Name] = {
    "platform": Name(zh="平台", en="platform"),
    "email": Name(zh="电子邮件", en="e-mail"),
    "paper": Name(zh="纸质", en="paper"),
    "fax": Name(zh="传真", en="fax"),
}
_BRACKETS = re.compile(r" *\(([^()]{1,80})\)")


def channel_name(channel: str) -> Name:
    """Return a channel as the reader gives it in words for people; what is plain already stays so."""
    parts = [_part(one.strip()) for one in channel.split(";") if one.strip()]
    return Name(zh="；".join(one.zh for one in parts), en="; ".join(one.en for one in parts))


def _part(words: str) -> Name:
    way, _, rest = words.partition(":")
    name, rest = _WAYS.get(way.strip()), rest.strip()
    if name is None:
        return Name(zh=_BRACKETS.sub(r"（\1）", words), en=words)
    if not rest:
        return name
    if way.strip() == "platform":
        return Name(zh=_BRACKETS.sub(r"（\1）", rest), en=rest)
    return Name(zh=f"{name.zh}（{rest}）", en=f"{name.en} ({rest})")
