"""Which photos go into a package: the largest of each activity, until a person has chosen others."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from config.errors import UserError
from engine.actors import Actor
from engine.rollup.choices import PHOTOS, choice_of, keep_choice
from engine.rollup.gathering import Activity, Item, gather
from engine.rollup.subject import Subject, require_due
from engine.tables import case, material

EACH, MOST = 2, 60
"""So many photos of an activity, and of all, go along where nobody has chosen."""

MOST_CHOSEN = 300
MOST_BYTES = 200 * 1024 * 1024
"""What a package takes at most: it is to be sent on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One photo that may go along, with the activity it shows."""

    item: Item
    activity: Activity
    chosen: bool


def photos_of(activities: Sequence[Activity], wanted: Collection[int] | None) -> tuple[Photo, ...]:
    """Return every photo, by activity, and whether it goes along; ``wanted`` None: nobody has chosen."""
    ids = _default(activities) if wanted is None else frozenset(wanted)
    return tuple(
        Photo(item=item, activity=one, chosen=item.id in ids) for one in activities for item in _files(one)
    )


def _default(activities: Iterable[Activity]) -> frozenset[int]:
    ranked = sorted(activities, key=lambda one: (-(one.row.participants or 0), one.ref))
    best = [item for one in ranked for item in _largest(one)][:MOST]
    chosen, room = set(), MOST_BYTES
    for item in best:
        if (item.size or 0) <= room:
            chosen.add(item.id)
            room -= item.size or 0
    return frozenset(chosen)


def _largest(activity: Activity) -> list[Item]:
    return sorted(_files(activity), key=lambda one: (-(one.size or 0), one.id))[:EACH]


def _files(activity: Activity) -> list[Item]:
    """Return the photos of an activity that are files, each content once."""
    found = {one.sha256: one for one in reversed(activity.of_kind("photo")) if one.sha256 is not None}
    return list(reversed(found.values()))


def photos_now(conn: Connection, subject: Subject, *, now: datetime, store: Path) -> tuple[Photo, ...]:
    """Return every photo that may go along with a report, and whether it does as things stand."""
    gathered = gather(conn, subject, store=store, now=now)
    return photos_of(gathered.counted, wanted_photos(conn, subject))


def wanted_photos(conn: Connection, subject: Subject) -> frozenset[int] | None:
    """Return the numbers of the photos that somebody chose for a report, None where nobody has."""
    return choice_of(conn, subject, PHOTOS)


def choose_photos(
    conn: Connection,
    subject: Subject,
    photos: Sequence[Photo],
    ids: Collection[int],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep which of a report's photos go along.

    UserError where that is too much, one is none of them, or the report was handed in.
    """
    require_due(subject)
    unknown = set(ids) - {one.item.id for one in photos}
    if unknown:
        numbers = ", ".join(map(str, sorted(unknown)))
        raise UserError(
            zh=f"没有这些照片：{numbers}。请重新查看有哪些照片。",
            en=f"there are no such photos: {numbers}; list the photos again",
            code="photo.unknown",
        )
    chosen = [one.item for one in photos if one.item.id in ids]
    size = sum(one.size or 0 for one in chosen)
    if len(chosen) > MOST_CHOSEN or size > MOST_BYTES:
        count, mb = len(chosen), size // 1024 // 1024
        raise UserError(
            zh=f"选了 {count} 张照片，共 {mb} MB；最多 {MOST_CHOSEN} 张、200 MB，请去掉一些。",
            en=f"{count} photos of {mb} MB were chosen; at most {MOST_CHOSEN} and 200 MB go along",
            code="rollup.too_many_photos",
        )
    keep_choice(conn, subject, PHOTOS, (one.id for one in chosen), actor=actor, now=now)


def thumb_of(conn: Connection, subject: Subject, material_id: int, store: Path) -> Path:
    """Return the small picture of a photo that may go along; UserError where there is none such."""
    query = (
        select(material.c.sha256)
        .join(case, case.c.id == material.c.case_id)
        .where(material.c.id == material_id, material.c.kind == "photo", subject.cases())
    )
    digest = conn.scalar(query)
    place = store / "thumbs" / str(digest)
    if digest is None or not place.is_file():
        raise UserError(
            zh="没有这张照片的缩略图；请回到汇总页查看。",
            en="there is no small picture of that; go back to the page of the report",
            code="photo.unknown",
        )
    return place
