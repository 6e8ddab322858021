"""All that the page of one case shows, in at most eight queries, each written once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, or_, select, union

from config.schedule import Role, Schedule
from engine.actors import Actor
from engine.changes import ChangeLine, changes_of
from engine.facts_query import with_facts
from engine.listing import CaseLine, case_line
from engine.prepared import Prepared
from engine.returned import returned_for
from engine.rollup.choices import CHOICES
from engine.rules import Rules, facts_of, rules_of
from engine.schedules import schedule_by_hash
from engine.scope import mails_seen, seen, unknown_case
from engine.standing import FAR_OFF
from engine.tables import case, form_draft, ledger, material, message, person, right, unit
from engine.urgency import Asks, DueLine, asks, due_lines, step_blockers
from workflows.blockers import Blocker, Code
from workflows.decide import allowed, decide, next_trigger, open_triggers, step_of
from workflows.lifecycle import Lifecycle
from workflows.materials import either
from workflows.registry import lifecycle, target_of

_MAILS = 50
_ACTORS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One state of the path: when it was reached (None: not yet), or by when it is due."""

    state: str
    reached_at: datetime | None
    due: date | None
    milestone: str | None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """One step that the actor's rights allow now; ``main`` is the next one of the path."""

    trigger: str
    dest: str
    main: bool
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """One material of a case; ``stays`` says why it cannot be taken away now, where that is so."""

    id: int
    kind: str
    name: str
    uri: str
    size: int | None
    sha256: str | None
    added_at: datetime
    stays: Blocker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """A kind of material (``a|b``: either) that a step or a milestone asks for, and how many are there."""

    kinds: str
    needed: int
    present: int
    trigger: str | None
    milestone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAbout:
    """One mail that told somebody of the case; ``subject`` is None until it is first sent."""

    id: int
    template: str
    subject: str | None
    to: str
    address: str | None
    date: datetime
    state: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody with a coordinator's right for the same unit."""

    id: int
    name: str
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """A form that somebody is filling in; ``by`` is None where it came on a sheet and nobody is known."""

    form: str
    answers: Mapping[str, Any]
    saved_at: datetime
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case as its page shows it to an actor. ``phone`` is its coordinator's."""

    case: CaseLine
    schedule: Schedule
    unit_id: int
    coordinator_id: int | None
    phone: str | None
    recommended_by: str | None
    award: str | None
    in_force: bool
    roles: tuple[Role, ...]
    asks: Asks
    path: tuple[Station, ...]
    steps: tuple[Possible, ...]
    milestones: tuple[DueLine, ...]
    asked: tuple[AskedFor, ...]
    materials: tuple[HandedIn, ...]
    history: tuple[ChangeLine, ...]
    mails: tuple[MailAbout, ...]
    colleagues: tuple[Colleague, ...]
    drafts: tuple[FormDraft, ...]

    @property
    def returned_for(self) -> str | None:
        """Return why it was sent back, while it is still as it was then."""
        return self.asks.returned_for


class _Looked(NamedTuple):
    """A case looked at by somebody."""

    row: Any
    rules: Rules
    life: Lifecycle
    roles: tuple[Role, ...]
    now: datetime


def case_view(conn: Connection, ref: str, *, actor: Actor, now: datetime) -> CaseView:
    """Return a case as an actor sees it; UserError (``case.unknown``) where there is none for them."""
    looked = _looked(conn, ref, actor, now)
    row = looked.row
    changes = tuple(changes_of(conn, f"case:{row.ref}"))
    milestones = due_lines(row, looked.rules, changes, now=now)
    return CaseView(
        case=case_line(conn, row, now=now),
        schedule=looked.rules.schedule,
        unit_id=row.unit_id,
        coordinator_id=row.coordinator_id,
        phone=row.phone,
        recommended_by=row.recommended_by,
        award=row.award,
        in_force=row.notice_state == "in_force",
        roles=looked.roles,
        asks=asks(row, looked.rules, looked.roles, now=now),
        path=_path(looked, changes),
        steps=_steps(looked),
        milestones=milestones,
        asked=_asked(looked),
        materials=_materials(conn, looked),
        history=changes,
        mails=_mails(conn, row.id, actor),
        colleagues=_colleagues(conn, row.unit_id, now),
        drafts=_drafts(conn, row.id),
    )


def _looked(conn: Connection, ref: str, actor: Actor, now: datetime) -> _Looked:
    found = _case_seen(actor).rows(conn, {"the_ref": ref})
    if not found:
        raise unknown_case(ref)
    (row,) = found
    rules = rules_of(row.schedule_hash, schedule_by_hash(conn, row.schedule_hash))
    held = actor.roles_for(region=row.region, unit_id=row.unit_id, coordinator_id=row.coordinator_id)
    roles = tuple(role for role in Role if role in held)
    return _Looked(row, rules, lifecycle(row.kind, row.lifecycle), roles, now)


@lru_cache(maxsize=_ACTORS)  # SQLAlchemy is slower at writing this down than a database at answering it
def _case_seen(actor: Actor) -> Prepared:
    names = unit.c.name.label("unit_name"), person.c.name.label("person_name"), person.c.phone
    back = returned_for().label("returned_for")
    query = with_facts().add_columns(*names, back).join(unit, unit.c.id == case.c.unit_id)
    return Prepared(query.where(case.c.ref == bindparam("the_ref"), seen(actor)))


def _path(looked: _Looked, changes: Sequence[ChangeLine]) -> tuple[Station, ...]:
    row, life = looked.row, looked.life
    beside = () if row.state in life.path else (row.state,)
    reached = _reached(changes)
    return tuple(_station(looked, state, reached) for state in (*life.path, *beside))


def _reached(changes: Sequence[ChangeLine]) -> dict[str, datetime]:
    """Return when each state was last entered; one that was gone back from is reached no more."""
    found: dict[str, datetime] = {}
    for change in changes:
        if change.dest != change.source:
            if change.dest in found:
                later = list(found)[list(found).index(change.dest) :]
                found = {state: at for state, at in found.items() if state not in later}
            found[change.dest] = change.occurred_at
    return found


def _station(looked: _Looked, state: str, reached: Mapping[str, datetime]) -> Station:
    row, rules = looked.row, looked.rules
    asked = [m for m in rules.schedule.milestones if m.kind == row.kind and target_of(m) == state]
    if row.milestone is not None:
        asked = [m for m in asked if m.key == row.milestone]
    days = {m.key: rules.due_day(m, row.ends_on) or FAR_OFF for m in asked}
    first = min(days, key=lambda key: days[key], default=None)
    due = None if first is None or days[first] == FAR_OFF else days[first]
    return Station(
        state=state,
        reached_at=reached.get(state),
        due=due,
        milestone=first,
        current=state == row.state,
    )


def _steps(looked: _Looked) -> tuple[Possible, ...]:
    row, life = looked.row, looked.life
    main = next_trigger(life, row.state)
    triggers = dict.fromkeys(open_triggers(life, row.state))
    found = [_possible(looked, one, main) for one in triggers if allowed(life, row.state, one, looked.roles)]
    return tuple(sorted(found, key=lambda one: not one.main))


def _possible(looked: _Looked, trigger: str, main: str | None) -> Possible:
    step = step_of(looked.life, looked.row.state, trigger)
    return Possible(
        trigger=trigger,
        dest=step.dest if step else looked.row.state,
        main=trigger == main,
        blockers=step_blockers(looked.row, looked.rules, trigger, now=looked.now),
    )


def _asked(looked: _Looked) -> tuple[AskedFor, ...]:
    """Return what the steps of the path ask for, then what only a milestone does."""
    row, rules, life = looked.row, looked.rules, looked.life
    found: dict[str, AskedFor] = {}
    for source, dest in zip(life.path, life.path[1:], strict=False):
        for step in life.steps:
            if (step.source, step.dest) == (source, dest):
                for kinds, needed in rules.rule(life, row.milestone, step.trigger).requires.items():
                    found.setdefault(kinds, _asked_for(row, kinds, needed, trigger=step.trigger))
    for milestone in rules.schedule.milestones:
        if milestone.kind == row.kind and row.milestone in (None, milestone.key):
            for kinds, needed in milestone.needs.items():
                found.setdefault(kinds, _asked_for(row, kinds, needed, milestone=milestone.key))
    return tuple(found.values())


def _asked_for(
    row: Any, kinds: str, needed: int, *, trigger: str | None = None, milestone: str | None = None
) -> AskedFor:
    present = sum(row.materials.get(kind, 0) for kind in either(kinds))
    return AskedFor(kinds=kinds, needed=needed, present=present, trigger=trigger, milestone=milestone)


def _materials(conn: Connection, looked: _Looked) -> tuple[HandedIn, ...]:
    rows = _KEPT.rows(conn, {"the_case": looked.row.id})
    needed = {kind: _needed(looked, kind) for kind in dict.fromkeys(row.kind for row in rows)}
    return tuple(
        HandedIn(
            id=row.id,
            kind=row.kind,
            name=row.name,
            uri=row.uri,
            size=row.size,
            sha256=row.sha256,
            added_at=row.added_at,
            stays=needed[row.kind],
        )
        for row in rows
    )


def _needed(looked: _Looked, kind: str) -> Blocker | None:
    """Return why no material of a kind can be taken away now, None where one can."""
    row, life = looked.row, looked.life
    facts = facts_of(row, looked.rules, "detach", now=looked.now)
    left = {**row.materials, kind: row.materials.get(kind, 0) - 1}
    decision = decide(life, row.state, "detach", facts._replace(materials=left, lost=frozenset({kind})))
    return next((one for one in decision.blockers if one.code == Code.STILL_NEEDED), None)


_KEPT = Prepared(
    select(material)
    .where(material.c.case_id == bindparam("the_case"), material.c.removed_at.is_(None))
    .order_by(material.c.id)
)


def _mails(conn: Connection, case_id: int, actor: Actor) -> tuple[MailAbout, ...]:
    return tuple(_mail(row) for row in _mails_about(actor).rows(conn, {"the_case": case_id}))


@lru_cache(maxsize=_ACTORS)
def _mails_about(actor: Actor) -> Prepared:
    same = and_(message.c.sweep_id == ledger.c.sweep_id, message.c.person_id == ledger.c.person_id)
    told = ledger.c.case_id == bindparam("the_case"), ledger.c.outcome == "mailed"
    in_digest = select(message.c.id).join(ledger, same).where(*told)
    alone = select(message.c.id).where(message.c.case_id == bindparam("the_case"))
    return Prepared(
        select(message, person.c.name, person.c.email)
        .join(person, person.c.id == message.c.person_id)
        .where(message.c.id.in_(union(in_digest, alone).scalar_subquery()), mails_seen(actor))
        .order_by(message.c.id.desc())
        .limit(_MAILS)
    )


def _mail(row: Any) -> MailAbout:
    return MailAbout(
        id=row.id,
        template=row.template,
        subject=row.subject,
        to=row.name,
        address=row.address or row.email,
        date=row.date,
        state=row.state,
        sent_at=row.sent_at,
    )


def _colleagues(conn: Connection, unit_id: int, now: datetime) -> tuple[Colleague, ...]:
    rows = _COORDINATORS.rows(conn, {"the_unit": unit_id, "now": now})
    return tuple(Colleague(id=row.id, name=row.name, email=row.email, phone=row.phone) for row in rows)


_COORDINATORS = Prepared(
    select(person)
    .where(
        person.c.id.in_(
            select(right.c.person_id).where(
                right.c.unit_id == bindparam("the_unit"),
                right.c.role == "coordinator",
                or_(right.c.until.is_(None), right.c.until > bindparam("now")),
            )
        ),
        person.c.active,
    )
    .order_by(person.c.name, person.c.id)
)


def _drafts(conn: Connection, case_id: int) -> tuple[FormDraft, ...]:
    return tuple(
        FormDraft(form=row.form, answers=row.answers, saved_at=row.saved_at, by=row.name)
        for row in _BEGUN.rows(conn, {"the_case": case_id})
    )


_BEGUN = Prepared(
    select(form_draft, person.c.name)
    .outerjoin(person, person.c.id == form_draft.c.person_id)
    .where(form_draft.c.case_id == bindparam("the_case"))
    .where(*(form_draft.c.form != name for name in sorted(CHOICES)))
    .order_by(form_draft.c.form)
)
