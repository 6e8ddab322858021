"""One season on its way: the real engine, a real database and outbox, a virtual clock, invented people."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, func, select

from config.catalogue import catalogue
from config.schedule import CaseKind, Schedule
from config.settings import Settings
from engine.activities import save_activities
from engine.actors import SYSTEM
from engine.apply import apply_notice
from engine.database import Database, open_database
from engine.delivery import Office, deliver_all, reap
from engine.home import Home, init_home
from engine.lock import only_runner
from engine.outbox import next_try
from engine.roster import people_by_email, save_people, save_units
from engine.rules import Rules
from engine.simulate.acting import Stage
from engine.simulate.affairs import Affair
from engine.simulate.agenda import Agenda, Deed, VirtualClock, at_hour, local_day
from engine.simulate.bureau import Bureau, final_day
from engine.simulate.cast import Troupe, cast
from engine.simulate.fresh import make_fresh, season_settings
from engine.simulate.invent import Inventor
from engine.simulate.people import People
from engine.simulate.plot import Fate, Planned, by_entry, plot, shares
from engine.simulate.post import Crash, Post
from engine.simulate.script import Script, check, instant_within, issue_days, schedules_of
from engine.simulate.tempers import draw_temper
from engine.sweep import sweep_due
from engine.tables import case, firing, message
from notifications.transport import FolderTransport

_BREATH = timedelta(minutes=1)
_BROKEN_ADDRESSES = 0.012
_RESTARTS = 0.03


class Tick(NamedTuple):
    """How far a season has come: the day, its place in the season, mails sent and steps done so far."""

    day: date
    days_done: int
    days: int
    mails: int
    steps: int


Progress = Callable[[Tick], None]
