"""What is wrong with a notice's text, as a page says it: line and column in words, not as a file's name."""

import re

from config.errors import UserError
from config.schedule import Name
from web.words import said

_PLACE = re.compile(r"[\w.-]+\.yaml:(\d+):(\d+)\s*[:：]\s*")
_FILE = re.compile(r"[\w.-]+\.yaml\s*[:：]\s*")


def mistakes_of(error: UserError) -> tuple[Name, ...]:
    """Return the mistakes that an error names, one a line of it."""
    pairs = zip(error.text.zh.splitlines(), error.text.en.splitlines(), strict=False)
    return tuple(Name(zh=_said(zh, "zh"), en=_said(en, "en")) for zh, en in pairs)


def is_refusal(error: UserError) -> bool:
    """Return whether an error is about who asks or what there is, not about what was typed."""
    return error.code.startswith("rights.") or error.code.endswith(".unknown")


def _said(line: str, lang: str) -> str:
    found = _PLACE.match(line)
    if found is None:
        return _FILE.sub("", line, count=1)
    place = said("notices.at_line", lang, line=str(int(found[1])), column=str(int(found[2])))
    return place + line[found.end() :]
