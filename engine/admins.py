"""Who is an admin of what."""

from collections.abc import Iterable

from config.errors import UserError
from config.regions import is_within
from config.schedule import Role
from engine.actors import Actor


def admin_part(actor: Actor) -> Actor:
    """Return the actor with the rights of an admin alone."""
    grants = tuple(grant for grant in actor.grants if grant.role is Role.ADMIN)
    return Actor(name=actor.name, grants=grants, everything=actor.everything)


def is_admin(actor: Actor, regions: Iterable[str] = ()) -> bool:
    """Return whether the actor is an admin, and of all of ``regions`` (GB/T 2260 codes)."""
    if actor.everything:
        return True
    mine = admin_part(actor).grants
    return bool(mine) and all(any(is_within(code, grant.region) for grant in mine) for code in regions)


def require_admin(actor: Actor, regions: Iterable[str] = ()) -> None:
    """Refuse who is no admin of all of ``regions``; whoever works at this machine is."""
    if not is_admin(actor, regions):
        raise UserError(
            zh="这一步只有本地区的管理员可以做。",
            en="only an admin of the region may do that",
            code="rights.admin",
        )
