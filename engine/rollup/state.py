"""A report as it stands: what it has to tell while it is due, then the package it was handed in with."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from config.errors import UserError
from engine.actors import Actor
from engine.rollup.figures import Figures, figures_of
from engine.rollup.frozen import frozen_package
from engine.rollup.gathering import Item, gather
from engine.rollup.links import Link, links_of
from engine.rollup.photos import Photo, photos_of, wanted_photos
from engine.rollup.subject import Subject, report_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """A report with what it tells while it is due; ``package`` None then, or where there is none."""

    subject: Subject
    figures: Figures | None = None
    photos: tuple[Photo, ...] = ()
    links: tuple[Link, ...] = ()
    package: Item | None = None


def roll_up(conn: Connection, ref: str, *, actor: Actor, now: datetime, store: Path) -> RollUp:
    """Return how a report stands; UserError for whom it is not, or where its package was altered."""
    subject = report_of(conn, ref, actor=actor)
    if not subject.open:
        return RollUp(subject=subject, package=_package(conn, subject, store))
    gathered = gather(conn, subject, store=store, now=now)
    return RollUp(
        subject=subject,
        figures=figures_of(gathered, now=now),
        photos=photos_of(gathered.counted, wanted_photos(conn, subject)),
        links=links_of(gathered.counted, gathered.links),
    )


def _package(conn: Connection, subject: Subject, store: Path) -> Item | None:
    try:
        return frozen_package(conn, subject, store=store)
    except UserError as error:
        if error.code != "rollup.none":
            raise
        return None
