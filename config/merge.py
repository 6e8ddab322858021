"""How one value is found along a line of notices: the nearest word wins, and where it stood is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from config.lineage import source_of
from config.noticefile import Parsed, Stated
from config.schedule import Source

P = TypeVar("P", bound=Stated)
S = TypeVar("S", bound=Stated)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[P]):
    """What one notice says of one thing: its file, and the part (a milestone, the whole) it stands in."""

    parsed: Parsed
    part: P


@dataclass(frozen=True, slots=True)
class Trail:
    """Where the values found so far came from, and which of them are left open."""

    sources: dict[str, Source] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def plain(self, said: Iterable[Said[P]], name: str, pick: Callable[[P], T | None]) -> T | None:
        """Return the nearest value that is stated, None if nobody states one."""
        for one in said:
            if (value := pick(one.part)) is not None:
                self.sources[name] = source_of(one.parsed, one.part)
                return value
        return None

    def stated(
        self,
        said: Iterable[Said[P]],
        name: str,
        pick: Callable[[P], S | None],
        *,
        is_tbd: Callable[[S], bool],
    ) -> S | None:
        """Return the nearest value that is not ``tbd``; the last ``tbd`` if there is no other, or None."""
        found: S | None = None
        for one in said:
            word = pick(one.part)
            if word is None:
                continue
            source = source_of(one.parsed, word, one.part)
            if not is_tbd(word):
                self.sources[name] = source
                return word
            if found is None:
                self.open.append(name)
                self.sources[f"{name}.open"] = source
            found = word
        return found
