"""Mails being previewed: a frame loads each by an address that only its owner can open, for a while."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from threading import Lock
from typing import NamedTuple

from web.office import Office

_NAME = "template_drafts"
_MOST = 100
_OF_ONE = 5  # the newest of one person; their frames show no more than one
_LASTS = timedelta(minutes=30)


class _Draft(NamedTuple):
    html: str
    owner: int
    at: datetime


@dataclass(slots=True)
class Drafts:
    """The previews of one process, the oldest first; never more than so many."""

    _kept: OrderedDict[str, _Draft] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, html: str, *, owner: int, now: datetime) -> str:
        """Keep a mail for its owner and return the name it can be asked for by."""
        name = token_urlsafe(16)
        with self._lock:
            mine = [key for key, one in self._kept.items() if one.owner == owner]
            for key in mine[: len(mine) - _OF_ONE + 1]:
                del self._kept[key]
            self._kept[name] = _Draft(html, owner, now)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return name

    def html(self, name: str, *, owner: int, now: datetime) -> str | None:
        """Return a mail to its owner; None where it is another's, over or unknown."""
        with self._lock:
            found = self._kept.get(name)
        if found is None or found.owner != owner or now - found.at > _LASTS:
            return None
        return found.html


def drafts_of(office: Office) -> Drafts:
    """Return the previews that an office keeps."""
    kept = office.parts.setdefault(_NAME, Drafts())
    if not isinstance(kept, Drafts):
        raise TypeError(f"the office keeps something else as {_NAME}")
    return kept
