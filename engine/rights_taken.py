"""Who takes a right away, or the address by which somebody comes in, beyond being admin of its region.

Nobody takes their own admin's right, and whose own right has an end takes nothing from others: so the last
admin who stays is taken by an admin above, or by nobody. Who gives somebody another address could come in as
that person: an admin for a time changes the addresses of coordinators alone.
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


def is_address_fixed(actor: Actor, person_id: int, rights: Iterable[Grant]) -> bool:
    """Return whether an actor, admin over somebody with these rights, has to leave their address alone."""
    return _guarded(actor, person_id, rights) is not None


def require_address_free(actor: Actor, person_id: int, rights: Iterable[Grant]) -> None:
    """Refuse to give somebody with these rights another address: UserError ``rights.stand_in``."""
    if guarded := _guarded(actor, person_id, rights):
        raise UserError(
            zh=f"您是临时代管，只能改联系人的邮箱。请由长期管理{full_name(guarded.region)}的管理员来改。",
            en="you are admin for a time only, and change the addresses of coordinators alone; ask an admin"
            f" of {full_name(guarded.region)} whose right has no end",
            code="rights.stand_in",
        )


def _guarded(actor: Actor, person_id: int, rights: Iterable[Grant]) -> Grant | None:
    """Return the first right that keeps an actor from another person's address."""
    if actor.person_id == person_id:
        return None
    watching = (one for one in rights if one.role is not Role.COORDINATOR)
    return next((one for one in watching if _refusal(actor, person_id, one)), None)


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
