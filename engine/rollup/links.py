"""Which links of the media a report names: one of each large activity, until a person has chosen others."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from config.errors import UserError
from engine.actors import Actor
from engine.rollup.choices import LINKS, keep_choice
from engine.rollup.gathering import Activity, Item, gather
from engine.rollup.subject import Subject

MOST = 20
"""So many are named where nobody has chosen."""

MOST_CHOSEN = 100
"""What a report names at most: it is to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link that may be named, with the activity it is about."""

    item: Item
    activity: Activity
    chosen: bool


def links_of(activities: Iterable[Activity], wanted: Collection[int] | None) -> tuple[Link, ...]:
    """Return every link of the media, the activity that most took part in first; None: nobody has chosen."""
    ranked = sorted(activities, key=lambda one: (-(one.row.participants or 0), one.ref))
    found = [(item, one) for one in ranked for item in one.of_kind("news_link") if item.sha256 is None]
    ids = _default(found) if wanted is None else frozenset(wanted)
    return tuple(Link(item=item, activity=one, chosen=item.id in ids) for item, one in found)


def links_now(conn: Connection, subject: Subject, *, now: datetime, store: Path) -> tuple[Link, ...]:
    """Return every link that a report may name, and whether it does as things stand."""
    gathered = gather(conn, subject, store=store, now=now)
    return links_of(gathered.counted, gathered.links)


def _default(found: Sequence[tuple[Item, Activity]]) -> frozenset[int]:
    first: dict[str, int] = {}
    for item, one in found:
        first.setdefault(one.ref, item.id)
    return frozenset(list(first.values())[:MOST])


def choose_links(
    conn: Connection,
    subject: Subject,
    links: Sequence[Link],
    ids: Collection[int],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Keep which of a report's links are named, and return how many; UserError for too many of them."""
    unknown = set(ids) - {one.item.id for one in links}
    if unknown:
        numbers = ", ".join(map(str, sorted(unknown)))
        raise UserError(
            zh=f"没有这些链接：{numbers}。请重新查看有哪些链接。",
            en=f"there are no such links: {numbers}; list the links again",
            code="link.unknown",
        )
    chosen = [one.item.id for one in links if one.item.id in ids]
    if len(chosen) > MOST_CHOSEN:
        raise UserError(
            zh=f"选了 {len(chosen)} 条链接，最多 {MOST_CHOSEN} 条；请去掉一些。",
            en=f"{len(chosen)} links were chosen; at most {MOST_CHOSEN} are named",
            code="rollup.too_many_links",
        )
    keep_choice(conn, subject, LINKS, chosen, actor=actor, now=now)
    return len(chosen)
