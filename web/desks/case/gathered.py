"""What somebody typed and chose on a page of a case, read into an order for the engine."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from types import MappingProxyType
from typing import Any

from config.errors import UserError
from config.schedule import Name
from engine.do import Order, StepsBlocked
from engine.forms.drafts import require_open
from engine.material_rows import Material
from engine.uploads.links import take_link
from engine.uploads.taking import Incoming, take_uploads
from web.forms import Form
from web.visit import Visit
from workflows.blockers import Blocker, Code
from workflows.wording import say

FORWARD = frozenset({"register", "hold", "complete_info", "summarize", "submit", "accept"})
"""Steps of the path: what they need may be handed in and set in the same go."""

_OWN = ("title", "starts_on", "ends_on", "place", "online", "online_url", "participants")
_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(FORWARD, _OWN),
        "edit": _OWN,
        "postpone": ("starts_on", "ends_on"),
        "commend": ("award", "recommended_by"),
        "recommend": ("recommended_by",),
    }
)
"""Which values of a case a step may set from a page; a step that is not named sets none."""

EXPLAINED = frozenset({"note", "cancel", "return", "reinstate", "waive"})
"""Steps that say nothing without a text."""

_LONGEST = {"title": 100, "place": 200, "award": 100, "recommended_by": 100}
_KIND = re.compile(r"[a-z][a-z0-9_]{0,31}")
_NOON = time(12)


def order_of(visit: Visit, ref: str, trigger: str, form: Form) -> Order | None:
    """Return the order that a form is, None where something in it is wrong: the form says what."""
    reason = form.text("reason", required=trigger in EXPLAINED, most=2000)
    changes = dict(_changes(form, trigger))
    occurred = _occurred(visit, form)
    materials = materials_of(visit, ref, form) if trigger in FORWARD and not form.problems else ()
    if form.problems:
        return None
    return Order(
        trigger=trigger,
        refs=(ref,),
        actor=visit.me.actor,
        reason=reason or None,
        occurred_at=occurred,
        changes=changes,
        materials=materials,
        expect=version_seen(form, ref),
        past_own=True,
        key=form.text("key", most=64) or None,
    )


def version_seen(form: Form, ref: str) -> Mapping[str, int]:
    """Return which version of the case the person saw."""
    version = form.number("version")
    return {} if version is None else {ref: version}


def materials_of(visit: Visit, ref: str, form: Form, *, files_only: bool = False) -> tuple[Material, ...]:
    """Return the links and files of a form, the files kept; what is refused is noted at its field."""
    links = () if files_only else tuple(_links(form))
    incoming = list(_incoming(form))
    if not (links or incoming) or not _takes_materials(visit, ref, form):
        return ()
    try:
        return (*links, *take_uploads([one for _, one in incoming], store=visit.home.store))
    except UserError as error:
        form.note({incoming[0][0]: error.text})
        return ()


def _takes_materials(visit: Visit, ref: str, form: Form) -> bool:
    """Return whether the case takes materials from this person now: no file is looked at before."""
    try:
        with visit.read() as conn:
            require_open(conn, ref, actor=visit.me.actor, now=visit.now)
    except StepsBlocked as error:
        note_blockers(form, error.blocked[0].blockers)
    return not form.problems


def note_blockers(form: Form, blockers: tuple[Blocker, ...]) -> None:
    """Note every reason against a step at the field that clears it."""
    for one in blockers:
        field = _FIELD_OF.get(one.fix or "", one.fix or str(one.code))
        form.problems.setdefault(field, Name(zh=say(one, "zh"), en=say(one, "en")))


def is_stale(blockers: tuple[Blocker, ...]) -> bool:
    """Return whether the step was refused because somebody else changed the case meanwhile."""
    return any(one.code == Code.CHANGED_MEANWHILE for one in blockers)


_FIELD_OF = {
    "edit:title": "title",
    "edit:dates": "ends_on",
    "edit:place": "place",
    "edit:online_url": "online_url",
    "edit:participants": "participants",
    "edit:award": "award",
    "recommend": "recommended_by",
}


def _changes(form: Form, trigger: str) -> Iterator[tuple[str, Any]]:
    for name in _FIELDS.get(trigger, ()):
        if name == "online":
            if "online_asked" in form.data:
                yield name, form.checked(name)
        elif name in form.data:
            yield name, _value(form, name)


def _value(form: Form, name: str) -> Any:
    if name in ("starts_on", "ends_on"):
        return form.day(name)
    if name == "participants":
        return form.number(name)
    if name == "online_url":
        return _address(form, name)
    return form.text(name, required=name == "title", most=_LONGEST[name]) or None


def _address(form: Form, name: str) -> str | None:
    typed = form.text(name)
    if not typed:
        return None
    try:
        return take_link("link", typed).uri
    except UserError as error:
        form.note({name: error.text})
        return None


def _links(form: Form) -> Iterator[Material]:
    for name, kind in _named(form, "link"):
        for typed in form.text(name).split():
            try:
                yield take_link(kind, typed)
            except UserError as error:
                form.note({name: error.text})


def _incoming(form: Form) -> Iterator[tuple[str, Incoming]]:
    for name, kind in _named(form, "file"):
        for one in form.files(name):
            yield name, Incoming(content=one.file, name=one.filename or "", kind=kind)


def _named(form: Form, root: str) -> list[tuple[str, str]]:
    """Return the fields ``root.KIND`` with their kind; a bare ``root`` is of the kind chosen."""
    parts = {name: name.partition(".") for name in form.data}
    named = [(name, kind or form.text("kind")) for name, (first, _, kind) in parts.items() if first == root]
    return [(name, kind) for name, kind in named if _KIND.fullmatch(kind)]


def _occurred(visit: Visit, form: Form) -> datetime | None:
    """Return noon of an earlier day on which it happened; None for today, which is now."""
    day = form.day("occurred_on")
    today = visit.now.astimezone(visit.office.zone).date()
    if day is None or day == today:
        return None
    if day > today:
        form.wrong("occurred_on", "case.not_yet_happened")
    return datetime.combine(day, _NOON, visit.office.zone)
