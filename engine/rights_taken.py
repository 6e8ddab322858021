"""Who takes a right away, beyond being admin of its region.

Nobody takes their own admin's right, and whose own right has an end takes nothing from others: so the last
admin who stays is taken by an admin above, or by nobody.
"""

from collections.abc import Iterable

from config.errors import UserError
from config.regions import full_name, is_within
from config.schedule import Role
from engine.actors import Actor, Grant


def is_takeable(actor: Actor, person_id: int, held: Grant) -> bool:
    """Return whether an actor, admin of its region, may take a right from somebody."""
    return _refusal(actor, person_id, held) is None


def require_takeable(actor: Actor, person_id: int, rights: Iterable[Grant]) -> None:
    """Refuse to take rights from somebody: UserError ``rights.own`` or ``rights.stand_in``."""
    for held in rights:
        if refused := _refusal(actor, person_id, held):
            raise refused


def _refusal(actor: Actor, person_id: int, held: Grant) -> UserError | None:
    if actor.everything:
        return None
    if actor.person_id == person_id:
        return _own() if held.role is Role.ADMIN else None
    stays = (one for one in actor.grants if one.role is Role.ADMIN and one.until is None)
    return None if any(is_within(held.region, one.region) for one in stays) else _stand_in(held.region)


def _own() -> UserError:
    return UserError(
        zh="不能收回自己的管理员权限。请由另一位管理员来办。",
        en="nobody takes their own admin's right away; ask another admin",
        code="rights.own",
    )


def _stand_in(region: str) -> UserError:
    return UserError(
        zh=f"您是临时代管，不能收回别人已有的权限。请由长期管理{full_name(region)}的管理员来办。",
        en="you are admin for a time only, and take no rights from others; ask an admin of"
        f" {full_name(region)} whose right has no end",
        code="rights.stand_in",
    )
