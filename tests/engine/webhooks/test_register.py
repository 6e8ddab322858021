"""Who may have changes told, of which region, and what is kept of it."""

from dataclasses import replace

import pytest

from config.errors import UserError
from engine.actors import SYSTEM
from engine.metrics import metrics
from engine.tables import history, webhook
from engine.webhooks.office import HookOffice
from engine.webhooks.register import MOST, Registered, hooks, register, stop
from engine.webhooks.signing import secret_of
from tests.engine.world import ADMIN, LEAD, LI, NOW, WANG, World

OFFICE = HookOffice(key=b"k" * 32)
URL = "https://hook.example.cn/duban?token=geheim"


def enter(world: World, who: str = ADMIN, *, region: str = "350500", url: str = URL) -> Registered:
    """Register a webhook."""
    actor = world.person(who)
    with world.database.write() as conn:
        return register(conn, url, region, office=OFFICE, actor=actor, now=NOW)


def test_a_secret_is_given_once_and_never_stored(world: World) -> None:
    made = enter(world)

    [row] = world.rows(webhook)
    assert made.secret.startswith("whsec_")
    assert made.secret == secret_of(OFFICE.key, row.salt)
    assert made.secret not in str(row)
    assert secret_of(b"other", row.salt) != made.secret
    assert "k" * 32 not in repr(OFFICE)


def test_two_webhooks_have_nothing_in_common(world: World) -> None:
    assert enter(world).secret != enter(world).secret


def test_history_names_the_host_and_not_the_address(world: World) -> None:
    enter(world)

    [row] = world.rows(history, subject="webhook:1")
    assert "hook.example.cn" in row.details
    assert "geheim" not in row.details


@pytest.mark.parametrize(
    ("who", "region"), [(WANG, "350502"), (LI, "350503"), (LEAD, "350500"), (ADMIN, "350000")]
)
def test_who_does_not_look_after_the_whole_region_is_refused(world: World, who: str, region: str) -> None:
    with pytest.raises(UserError) as refused:
        enter(world, who, region=region)

    assert refused.value.code == "rights.webhook"


def test_a_lead_has_the_own_county_told(world: World) -> None:
    assert enter(world, LEAD, region="350502").number == 1


def test_nobody_has_more_than_ten(world: World) -> None:
    for _ in range(MOST):
        enter(world)

    with pytest.raises(UserError) as refused:
        enter(world)

    assert refused.value.code == "webhook.too_many"


def test_an_admin_sees_and_stops_those_of_the_region_and_a_lead_their_own(world: World) -> None:
    enter(world)
    mine = enter(world, LEAD, region="350502").number

    with world.database.write() as conn:
        seen = {who: [one.number for one in hooks(conn, world.person(who))] for who in (ADMIN, LEAD, WANG)}
        stop(conn, mine, actor=world.person(ADMIN), now=NOW)
        states = [one.state for one in hooks(conn, SYSTEM)]

    assert seen == {ADMIN: [2, 1], LEAD: [2], WANG: []}
    assert states == ["stopped", "live"]


def test_somebody_elses_webhook_is_as_unknown_as_none(world: World) -> None:
    enter(world)

    with pytest.raises(UserError) as refused, world.database.write() as conn:
        stop(conn, 1, actor=world.person(LEAD), now=NOW)

    assert refused.value.code == "webhook.unknown"


def test_addresses_of_our_own_network_need_the_setting(world: World) -> None:
    with pytest.raises(UserError):
        enter(world, url="https://10.0.0.1/")
    admin = world.person(ADMIN)

    with world.database.write() as conn:
        office = replace(OFFICE, private=True)
        register(conn, "https://10.0.0.1/", "350500", office=office, actor=admin, now=NOW)

    assert [row.url for row in world.rows(webhook)] == ["https://10.0.0.1/"]


def test_webhooks_are_counted(world: World) -> None:
    enter(world)

    with world.database.read() as conn:
        found = metrics(conn, now=NOW)

    assert (found.webhooks_live, found.webhooks_failing, found.webhooks_stopped) == (1, 0, 0)
