"""What is to be saved, before it is in the database: the rows of an import, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from config.schedule import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDraft:
    """One unit. ``region`` and ``name`` together say which it is."""

    name: str
    region: str
    level: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightDraft:
    """One right: a role for a region (GB/T 2260 code), or for the unit of that name in it."""

    role: Role
    region: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """One person. The mail address says who it is; ``rights`` are added to those held."""

    name: str
    email: str
    phone: str | None = None
    lang: str = "zh"
    rights: tuple[RightDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDraft:
    """One activity. ``ref`` says which it is if it is given, else its unit, title and first day.

    ``region`` and ``unit`` name the host unit; ``coordinator`` is a mail address.
    """

    title: str
    region: str
    unit: str
    coordinator: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    place: str | None = None
    online: bool = False
    online_url: str | None = None
    participants: int | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """One value that saving changed, with the public name of its thing and its field of the draft."""

    name: str
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What saving changed: public names (refs, unit names, addresses) by what became of them.

    ``titles`` are what people know some of them by, ``edited`` every value that is another now.
    """

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    edited: tuple[Edited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One draft that cannot be saved: its place in the list given, the field, and why (zh, en)."""

    index: int
    field: str
    zh: str
    en: str


class DraftsRejected(Exception):
    """Some drafts cannot be saved; none was."""

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        super().__init__(f"{len(rejected)} drafts rejected; the first: {rejected[0].en}")
        self.rejected = tuple(rejected)
