"""Reminder ladders: the default one, and what a notice changes in it."""

from collections.abc import Iterable, Mapping

from config.errors import UserError
from config.noticefile import RungFile
from config.schedule import Role, Rung

C, L, A = Role.COORDINATOR, Role.LEAD, Role.ADMIN
ALL_RUNGS = "default"


def _due(offset: int, roles: tuple[Role, ...], template: str) -> Rung:
    return Rung(
        key=f"{offset:+d}" if offset else "0", on="due", offset=offset, roles=roles, template=template
    )


DEFAULT: tuple[Rung, ...] = (
    Rung(key="opening", on="opens", offset=0, roles=(C,), template="opening"),
    *(_due(offset, (C,), "reminder") for offset in (-7, -3, -1, 0)),
    _due(1, (C, L), "overdue"),
    # From here weekly (five working days), four times; then silence.
    *(_due(offset, (C, L, A), "overdue") for offset in (3, 8, 13, 18, 23)),
    Rung(key="closing", on="due", offset=28, roles=(A,), template="closing"),
)


def changed(ladder: Iterable[Rung], changes: Mapping[str, RungFile]) -> tuple[Rung, ...]:
    """Return ``ladder`` with the rungs that ``changes`` adds, alters, or drops (``default``: all before).

    Rungs stand in the order of time. Raises ``UserError`` (``ladder.*``) for a new rung that says too little.
    """
    drop_all = ALL_RUNGS in changes and changes[ALL_RUNGS].off
    rungs = {} if drop_all else {rung.key: rung for rung in ladder}
    for key, change in changes.items():
        if change.off:
            rungs.pop(key, None)
        else:
            rungs[key] = _changed(key, rungs.get(key), change)
    return tuple(sorted(rungs.values(), key=lambda rung: (rung.on != "opens", rung.offset)))


def _changed(key: str, rung: Rung | None, change: RungFile) -> Rung:
    offset = change.offset if change.offset is not None else rung.offset if rung else _number(key)
    roles = change.to or (rung.roles if rung else ())
    if offset is None or not roles:
        example = "offset: -5, to: [coordinator]"
        raise UserError(
            zh=f"提醒档“{key}”是新的，请写明 offset（工作日数）和 to（通知谁），如 {example}",
            en=f"the rung '{key}' is new; say its offset (working days) and to, such as {example}",
            code="ladder.incomplete",
        )
    on = change.on or (rung.on if rung else "due")
    template = change.template or (rung.template if rung else _template(on, offset))
    return Rung(key=key, on=on, offset=offset, roles=roles, template=template)


def _number(key: str) -> int | None:
    return int(key) if key.lstrip("+-").isdecimal() else None


def _template(on: str, offset: int) -> str:
    if on == "opens":
        return "opening"
    return "overdue" if offset > 0 else "reminder"
