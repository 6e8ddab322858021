"""Doing what was set out: the deeds of one hour become orders, many cases of one person in one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine.actors import Actor, actor_of
from engine.do import Order, do
from engine.simulate.affairs import STEPS, Affair
from engine.simulate.agenda import Deed, local_day
from engine.simulate.invent import material
from engine.simulate.papers import Papers
from engine.simulate.people import People
from engine.simulate.plot import Fate
from engine.simulate.tempers import PUNCTUAL
from engine.simulate.words import CALLED_OFF, HANDED_OVER, HEAT, POSTPONED, RETURNS
from workflows.materials import either, missing, requires_for
from workflows.registry import lifecycle

_BEFORE = ("postpone", "cancel", "hand_over", "attach")
_AFTER = ("return", "accept", "close")


@dataclass(frozen=True, slots=True)
class _Doing:
    """What makes deeds one order: who does which step with what."""

    who: str
    trigger: str
    reason: str | None = None
    materials: tuple[str, ...] = ()
    changes: tuple[tuple[str, Any], ...] = ()


@dataclass(slots=True, kw_only=True)
class Stage:
    """Where deeds are done. ``ids`` are the people's numbers by mail address.

    Without ``papers`` nothing comes or goes in files.
    """

    people: People
    affairs: dict[str, Affair]
    ids: Mapping[str, int]
    papers: Papers | None = None
    orders: int = 0
    done: int = 0
    blocked: dict[str, int] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def perform(self, conn: Connection, deeds: Iterable[Deed], *, now: datetime) -> None:
        """Do the deeds of one hour in the caller's transaction, in the order of a day's work."""
        by_verb: dict[str, list[Deed]] = {}
        for deed in deeds:
            by_verb.setdefault(deed.verb, []).append(deed)
        for verb in _BEFORE:
            self._do_all(conn, by_verb.get(verb, ()), now=now)
        wanted = by_verb.get("reach", [])
        for step in STEPS:
            self._advance(conn, step, wanted, now)
        for verb in _AFTER:
            self._do_all(conn, by_verb.get(verb, ()), now=now)

    def actor(self, conn: Connection, email: str, *, now: datetime) -> Actor:
        """Return a person with the rights that person has."""
        found = self._actors.get(email)
        if found is None:
            found = self._actors[email] = actor_of(conn, self.ids[email], now=now)
        return found

    def _do_all(self, conn: Connection, deeds: Iterable[Deed], *, now: datetime) -> None:
        groups: dict[_Doing, list[Affair]] = {}
        for deed in deeds:
            affair = self.affairs[deed.about]
            doing = _DOINGS[deed.verb](self, affair, deed) if _possible(affair, deed.verb) else None
            if doing is not None:
                groups.setdefault(doing, []).append(affair)
        for doing, affairs in groups.items():
            self._order(conn, doing, affairs, now)

    def _advance(self, conn: Connection, step: str, wanted: Iterable[Deed], now: datetime) -> None:
        """Do one step of the way for every case that is to go further and can."""
        groups: dict[_Doing, list[Affair]] = {}
        taken = set()
        for deed in wanted:
            affair = self.affairs[deed.about]
            if deed.about in taken or affair.next_step() != step or not affair.before(deed.target):
                continue
            taken.add(deed.about)
            if step == "hold" and affair.ends_on is not None and affair.ends_on > local_day(now):
                self.people.wait_for_end(affair, deed.target, now)
                continue
            if self.papers is not None and affair.rolls_up:
                self._roll_up(conn, self.papers, affair, now)
            else:
                groups.setdefault(_stepping(affair, step, now), []).append(affair)
        for doing, affairs in groups.items():
            self._order(conn, doing, affairs, now)

    def _roll_up(self, conn: Connection, papers: Papers, affair: Affair, now: datetime) -> None:
        """Hand a report in with its package."""
        actor = self.actor(conn, affair.coordinator, now=now)
        affair.state = papers.roll_up(conn, affair.ref, actor=actor, now=now)
        self.orders += 1
        self.done += 1
        self.people.stepped(affair, now)

    def _order(self, conn: Connection, doing: _Doing, affairs: list[Affair], now: datetime) -> None:
        order = Order(
            trigger=doing.trigger,
            refs=tuple(affair.ref for affair in affairs),
            actor=self.actor(conn, doing.who, now=now),
            reason=doing.reason,
            changes=dict(doing.changes),
            materials=tuple(material(kind) for kind in doing.materials),
            skip_blocked=True,
        )
        result = do(conn, order, now=now)
        self.orders += 1
        self.done += len(result.done)
        for refused in result.blocked:
            for blocker in refused.blockers:
                name = f"{doing.trigger}:{blocker.code}"
                self.blocked[name] = self.blocked.get(name, 0) + 1
        for one in result.done:
            self._moved(self.affairs[one.ref], doing, one.dest, now)

    def _moved(self, affair: Affair, doing: _Doing, dest: str, now: datetime) -> None:
        """Let the people know what has become of their case."""
        came_further, affair.state = affair.state != dest, dest
        for kind in doing.materials:
            affair.materials[kind] = affair.materials.get(kind, 0) + 1
        changes = dict(doing.changes)
        affair.starts_on = changes.get("starts_on", affair.starts_on)
        affair.ends_on = changes.get("ends_on", affair.ends_on)
        if doing.trigger == "return":
            affair.looked_at = True
        if doing.trigger == "hand_over":
            new = next(email for email, number in self.ids.items() if number == changes["coordinator_id"])
            affair.coordinator, affair.colleague, affair.temper = new, None, PUNCTUAL
        if doing.trigger == "hand_over" or (came_further and doing.trigger in STEPS):
            self.people.stepped(affair, now)


def _possible(affair: Affair, verb: str) -> bool:
    steps = lifecycle(affair.kind).steps
    return any(step.trigger == verb and step.source == affair.state for step in steps)


def _stepping(affair: Affair, step: str, now: datetime) -> _Doing:
    needs = requires_for(affair.rules.schedule, step, affair.milestone)
    changes: tuple[tuple[str, Any], ...] = ()
    if step == "complete_info" and affair.online_url is None and affair.online:
        changes = (("online_url", f"https://live.example.cn/{affair.ref.lower()}"),)
    if step == "summarize":
        # one number for all of a person's cases of that day: they were counted together
        changes = (("participants", 40 + 5 * (local_day(now).toordinal() + len(affair.coordinator)) % 460),)
    return _Doing(affair.coordinator, step, None, _gaps(affair, needs), changes)


def _gaps(affair: Affair, needs: Mapping[str, int]) -> tuple[str, ...]:
    """Return the kinds of material still to be handed in, each as often as it lacks."""
    return tuple(
        either(wanted)[affair.random.randrange(len(either(wanted)))]
        for wanted, n in missing(needs, affair.materials)
        for _ in range(n)
    )


def _attach(_: Stage, affair: Affair, deed: Deed) -> _Doing | None:
    milestone = affair.rules.schedule.milestone(deed.target)
    gaps = _gaps(affair, milestone.needs) if milestone else ()
    return _Doing(affair.coordinator, "attach", None, gaps) if gaps else None


def _cancel(_: Stage, affair: Affair, deed: Deed) -> _Doing:
    reasons = HEAT if deed.target == Fate.TOO_HOT else CALLED_OFF
    return _Doing(affair.coordinator, "cancel", affair.random.choice(reasons))


def _postpone(_: Stage, affair: Affair, __: Deed) -> _Doing | None:
    if affair.starts_on is None or affair.ends_on is None:
        return None
    later = timedelta(days=affair.days((4, 12)))
    changes = (("starts_on", affair.starts_on + later), ("ends_on", affair.ends_on + later))
    return _Doing(affair.coordinator, "postpone", affair.random.choice(POSTPONED), (), changes)


def _hand_over(stage: Stage, affair: Affair, deed: Deed) -> _Doing | None:
    if affair.coordinator == deed.target:
        return None
    changes = (("coordinator_id", stage.ids[deed.target]),)
    return _Doing(deed.who or affair.coordinator, "hand_over", affair.random.choice(HANDED_OVER), (), changes)


def _return(_: Stage, affair: Affair, deed: Deed) -> _Doing | None:
    return (
        None if affair.looked_at else _Doing(deed.who, "return", affair.random.choice(RETURNS[affair.kind]))
    )


def _plain(_: Stage, __: Affair, deed: Deed) -> _Doing:
    return _Doing(deed.who, deed.verb)


_DOINGS: Mapping[str, Callable[[Stage, Affair, Deed], _Doing | None]] = {
    "attach": _attach,
    "cancel": _cancel,
    "postpone": _postpone,
    "hand_over": _hand_over,
    "return": _return,
    "accept": _plain,
    "close": _plain,
}
