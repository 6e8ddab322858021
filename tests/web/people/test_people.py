"""People: found, entered, given rights and no more than one's own, corrected, silenced, let in or not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from config.schedule import Role
from engine.accounts.tables import ticket
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.rights import NewRight, grant
from engine.roster import mark_address, save_people
from engine.tables import message, person, right
from tests.engine.world import ADMIN, LEAD, LI, NOW, SCHOOL, UNIT, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.visit import LANG

Sign = Callable[[str | None], Browser]

COUNTY, FAR, FIRST = "county@example.cn", "far@example.cn", "first@example.cn"


@pytest.fixture
def neighbours(city: World) -> World:
    """Add an admin of one county only, and one of another city."""
    rights = {COUNTY: "350502", FAR: "410700"}
    drafts = [
        PersonDraft(name=f"管理员 {code}", email=mail, rights=(RightDraft(role=Role.ADMIN, region=code),))
        for mail, code in rights.items()
    ]
    with city.database.write() as conn:
        save_people(conn, drafts, actor=SYSTEM, now=NOW)
    return city


@pytest.fixture
def nation(city: World) -> World:
    """Add an admin of the whole country, who is the first in every fresh home."""
    rights = (RightDraft(role=Role.ADMIN, region="000000"),)
    with city.database.write() as conn:
        save_people(conn, [PersonDraft(name="首任", email=FIRST, rights=rights)], actor=SYSTEM, now=NOW)
    return city


def number_of(city: World, address: str) -> int:
    with city.database.read() as conn:
        return int(conn.scalars(select(person.c.id).where(person.c.email == address)).one())


def page_of(city: World, address: str) -> str:
    return f"/people/{number_of(city, address)}"


def rights_of(city: World, address: str) -> list[tuple[Any, ...]]:
    rows = city.rows(right, person_id=number_of(city, address))
    return [(row.role, row.region, row.unit_id, row.until) for row in rows]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "本地区有 5 人"),
        ("?q=王敏", "符合条件的有 1 人"),
        ("?q=LI@EXAMPLE", "符合条件的有 1 人"),
        ("?role=coordinator", "符合条件的有 2 人"),
        ("?region=350503", "符合条件的有 1 人"),
        ("?refused=1", "有 1 人的邮箱收不到邮件"),
        ("?inactive=1", "符合条件的有 0 人"),
    ],
)
def test_people_are_found(query: str, told: str, neighbours: World, browser: Sign) -> None:
    with neighbours.database.write() as conn:
        mark_address(conn, number_of(neighbours, LI), bad=True, reason="550", now=NOW)

    assert told in browser(ADMIN).get(f"/people{query}").text


def test_nobody_of_another_city_is_seen(neighbours: World, browser: Sign) -> None:
    admin = browser(ADMIN)

    assert FAR not in admin.get("/people").text
    assert admin.get(page_of(neighbours, FAR)).status_code == 404
    assert browser(FAR).get(page_of(neighbours, WANG)).status_code == 404


@pytest.mark.parametrize("place", ["泉州市", "福建省泉州市", "350500"])
def test_the_first_admin_appoints_one_of_a_city(place: str, nation: World, browser: Sign) -> None:
    admin = browser(FIRST)
    form = {"name": "陈新", "email": "chen@example.cn", "role": "admin", "region": place}

    offered = [admin.get(where).text for where in ("/people/new", page_of(nation, WANG), "/units/new")]
    answer = admin.post("/people/new", form)

    assert ['<option value="福建省泉州市">350500</option>' in text for text in offered] == [True] * 3
    assert answer.status_code == 303
    assert [one[:2] for one in rights_of(nation, "chen@example.cn")] == [("admin", "350500")]


@pytest.mark.parametrize("where", ["/people", "/units"])
def test_lists_are_narrowed_to_any_place_within_ones_own_region(
    where: str, nation: World, browser: Sign
) -> None:
    city, whole = browser(ADMIN), browser(FIRST)

    pages = [who.get(f"{where}?region=鲤城区").text for who in (city, whole)]
    refused = whole.get(f"{where}?region=鲤城县城")

    assert [SCHOOL in page or "李强" in page for page in pages] == [False, False]
    assert [UNIT in page for page in pages] == [True, True]
    assert ('<option value="350502"' in pages[0], '<option value="350100"' in pages[0]) == (True, False)
    assert '<option value="福建省泉州市">350500</option>' in pages[1]
    assert (refused.status_code, 'value="鲤城县城"' in refused.text) == (422, True)


def test_an_admin_for_a_time_finds_the_address_of_an_admin_fixed(city: World, browser: Sign) -> None:
    until = NOW + timedelta(days=7)
    with city.database.write() as conn:
        wanted = NewRight(role=Role.ADMIN, region="350500", until=until)
        grant(conn, number_of(city, LEAD), wanted, actor=SYSTEM, now=NOW)
    deputy, where = browser(LEAD), page_of(city, ADMIN)
    form = {"which": "person", "name": "周管理员", "email": "lead2@example.cn", "lang": "zh"}

    pages = [deputy.get(page_of(city, who)).text for who in (ADMIN, WANG, LEAD)]
    refused = deputy.post(where, form)

    assert ["您是临时代管，只能改联系人的邮箱" in text for text in pages] == [True, False, False]
    assert (refused.status_code, "请由长期管理福建省泉州市的管理员来改" in refused.text) == (403, True)
    assert [row.name for row in city.rows(person, email=ADMIN)] == ["周管理员"]


def test_the_first_admin_opens_the_outbox(nation: World, clock: Clock, browser: Sign) -> None:
    nation.enter(1)
    nation.sweep(at(8, 21))
    clock.now = at(8, 21, 10)

    assert "王敏" in browser(FIRST).get("/mails?box=queued").text


def test_somebody_new_gets_a_right_and_an_invitation(city: World, browser: Sign) -> None:
    form = {"name": "陈新", "email": "chen@example.cn", "lang": "zh", "role": "coordinator", "invite": "1"}

    admin = browser(ADMIN)
    page = admin.follow(admin.post("/people/new", form | {"region": "350502", "unit": UNIT}))

    assert "已添加陈新" in page.text
    assert [one[:2] for one in rights_of(city, "chen@example.cn")] == [("coordinator", "350502")]
    assert city.rows(ticket, person_id=number_of(city, "chen@example.cn"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"email": "x"}, "不是有效的邮箱地址"),
        ({"email": WANG.upper()}, "这个邮箱已经登记过"),
        ({"name": ""}, "请填写"),
        ({"unit": "没有的单位"}, "没有叫这个名字的单位"),
        ({"region": "火星"}, "找不到地区"),
        ({"role": ""}, "请填写"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_kept(
    wrong: dict[str, str], told: str, city: World, browser: Sign
) -> None:
    form = {"name": "陈新", "email": "chen@example.cn", "role": "coordinator", "region": "350502"}
    before = len(city.rows(person))

    answer = browser(ADMIN).post("/people/new", form | {"phone": "0595-1234567"} | wrong)

    assert answer.status_code == 422
    assert told in answer.text and "0595-1234567" in answer.text
    assert len(city.rows(person)) == before


def test_a_right_for_a_time_needs_a_reason(city: World, browser: Sign) -> None:
    admin, where = browser(ADMIN), f"{page_of(city, WANG)}/rights"
    form = {"which": "right", "role": "lead", "region": "350503", "until": "2023-09-30"}

    without = admin.post(where, form)
    with_it = admin.follow(admin.post(where, form | {"reason": "李强休假"}))

    assert (without.status_code, "临时授权要写明截止时间和原因" in without.text) == (422, True)
    assert "权限已添加" in with_it.text and "10月1日 00:00 为止" in with_it.text
    assert rights_of(city, WANG)[-1] == ("lead", "350503", None, at(9, 30, 24))


@pytest.mark.parametrize(
    ("role", "region"), [("admin", "350500"), ("coordinator", "350503"), ("admin", "000000")]
)
def test_nobody_gives_more_than_they_have(role: str, region: str, neighbours: World, browser: Sign) -> None:
    county = browser(COUNTY)
    before = rights_of(neighbours, WANG)

    given = county.post(f"{page_of(neighbours, WANG)}/rights", {"role": role, "region": region})
    to_self = county.post(f"{page_of(neighbours, COUNTY)}/rights", {"role": role, "region": region})

    assert (given.status_code, to_self.status_code) == (403, 403)
    assert rights_of(neighbours, WANG) == before
    assert rights_of(neighbours, COUNTY) == [("admin", "350502", None, None)]


def test_a_county_admin_cannot_touch_the_city_admin(neighbours: World, browser: Sign) -> None:
    county, chief = browser(COUNTY), page_of(neighbours, ADMIN)

    answers = [county.post(f"{chief}{path}").status_code for path in ("", "/deactivate", "/invite", "/mute")]

    assert answers == [404, 404, 404, 404]
    assert number_of(neighbours, ADMIN)


def test_a_lead_may_look_and_change_nothing(city: World, browser: Sign) -> None:
    lead, where = browser(LEAD), page_of(city, WANG)

    assert lead.get(where).status_code == 200
    assert "收回" not in lead.get(where).text and "停用" not in lead.get(where).text
    assert lead.post(f"{where}/deactivate", {"reason": "x"}).status_code == 403


def test_a_right_is_taken_with_a_reason_and_only_from_its_holder(city: World, browser: Sign) -> None:
    admin, where = browser(ADMIN), page_of(city, WANG)
    [mine] = city.rows(right, person_id=number_of(city, WANG))
    [other] = city.rows(right, person_id=number_of(city, LI))

    without = admin.post(f"{where}/rights/{mine.id}/revoke", {"which": f"revoke-{mine.id}"})
    another = admin.post(f"{where}/rights/{other.id}/revoke", {"reason": "调走"})
    taken = admin.post(f"{where}/rights/{mine.id}/revoke", {"reason": "调走"})

    assert (without.status_code, another.status_code, taken.status_code) == (422, 404, 303)
    assert rights_of(city, WANG)[0][3] == NOW
    assert rights_of(city, LI)[0][3] is None


def test_nobody_is_offered_to_take_their_own_right_and_is_told_so_at_its_field(
    city: World, browser: Sign
) -> None:
    admin, where = browser(ADMIN), page_of(city, ADMIN)
    [own] = city.rows(right, person_id=number_of(city, ADMIN))

    answer = admin.post(f"{where}/rights/{own.id}/revoke", {"reason": "调走"})

    assert "/revoke" not in admin.get(where).text
    assert (answer.status_code, "不能收回自己的管理员权限" in answer.text) == (422, True)
    assert rights_of(city, ADMIN)[0][3] is None


def test_an_account_is_closed_and_opened_again(city: World, browser: Sign) -> None:
    admin, where, wang = browser(ADMIN), page_of(city, WANG), browser(WANG)

    admin.post(f"{where}/deactivate", {"reason": "退休"})
    shut = wang.get("/me").status_code
    shown = admin.get(where).text
    admin.post(f"{where}/reactivate")

    assert shut == 303 and "王敏已停用" in shown
    assert city.rows(person, email=WANG)[0].active


def test_an_address_is_corrected_and_then_works(city: World, browser: Sign) -> None:
    admin, where = browser(ADMIN), page_of(city, LI)
    with city.database.write() as conn:
        mark_address(conn, number_of(city, LI), bad=True, reason="550", now=NOW)
    assert "邮箱收不到邮件" in admin.get(where).text

    admin.post(where, {"name": "李强", "email": "liqiang@example.cn", "phone": "0595-22220000", "lang": "en"})

    [row] = city.rows(person, email="liqiang@example.cn")
    assert (row.address_bad, row.phone, row.lang) == (False, "0595-22220000", "en")


def test_reminders_are_stopped_for_a_while_and_go_again(city: World, browser: Sign) -> None:
    admin, where = browser(ADMIN), page_of(city, WANG)

    past = admin.post(f"{where}/mute", {"which": "mute", "muted_until": "2023-08-01"})
    admin.post(f"{where}/mute", {"muted_until": "2023-08-31"})
    shown = admin.get(where).text
    admin.post(f"{where}/mute")

    assert past.status_code == 422
    assert "9月1日 00:00 前不收提醒" in shown
    assert city.rows(person, email=WANG)[0].muted_until is None


def test_the_page_names_mails_and_changes(city: World, clock: Clock, browser: Sign) -> None:
    city.enter(1)
    city.sweep(at(8, 21, 9, 1))
    clock.now = at(8, 22)

    answer = browser(ADMIN).get(page_of(city, WANG)).text

    assert f'href="/mails/{city.rows(message)[0].id}"' in answer
    assert "新增了人员" in answer


def test_an_invitation_is_mailed(city: World, browser: Sign) -> None:
    answer = browser(ADMIN).post(f"{page_of(city, WANG)}/invite")

    assert answer.status_code == 303
    assert [row.template for row in city.rows(message)] == ["invitation"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", ["/people", "/people/new", "/people/1", "/units", "/units/1", "/units/new"])
def test_every_page_speaks_both_languages(lang: str, path: str, city: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    admin.cookies.set(LANG, lang)

    assert admin.get(path).status_code == 200
