"""A city in the middle of its season: something of everything that a page can show."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from config.catalogue import catalogue
from config.form import form_of
from config.schedule import Role
from engine.accounts.api_tokens import make
from engine.activities import save_activities
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.forms.drafts import save_answers
from engine.forms.handing_in import hand_in_form
from engine.home import Home
from engine.material_rows import Material
from engine.planning import edit_schedule
from engine.roster import save_people
from engine.template_versions import save, template
from engine.uploads.taking import take_upload
from tests.browser.visiting import photo
from tests.engine.world import (
    ADMIN,
    FORMS,
    LI,
    NOTICE,
    NOW,
    PROOF,
    SCHOOL,
    UNIT,
    WANG,
    World,
    activity,
    at,
    link,
)

LONG = "“科普进校园、进社区、进企业、进乡村”系列主题讲座暨青少年科技创新成果展示交流活动（第十七届）"
PLANNED, REGISTERED, HELD, COMPLETED, SUMMARIZED, COMMENDED, CANCELLED, FORCED, LENGTHY = (
    f"QZ-2023-{number:04}" for number in range(1, 10)
)
REPORT = "QZ-2023-R001"
EVERYBODY = "everybody@example.cn"
SWEEPS = (at(8, 21), at(8, 23), at(9, 20), at(9, 26))
ANSWERS: Mapping[str, Any] = {
    "title": "科学课 3",
    "unit": "鲤城区科协",
    "kind": ["exhibition", "hands_on"],
    "audience": ["youth"],
    "expected": "300",
    "starts_on": "2023-09-17",
    "ends_on": "2023-09-18",
    "place": "文化广场",
    "organiser": "鲤城区科协",
    "contact": "王敏",
    "phone": "0595-22222222",
    "content": "动手做实验",
    "safety": "专人疏导",
}


def furnish(home: Home, world: World) -> None:
    """Fill a city with cases in every state, mails, a second version of the schedule, a token."""
    _enter(world)
    world.sweep(SWEEPS[0] + timedelta(minutes=1))
    _go_on(world)
    _hand_in(home, world)
    for day in SWEEPS[1:]:
        world.sweep(day + timedelta(minutes=1))
    _change_schedule(world)
    _change_template(world)
    _make_token(world)
    _add_everybody(world)


def _enter(world: World) -> None:
    drafts = [activity(number) for number in range(1, 9)]
    drafts.append(activity(9, title=LONG, region="350503", unit=SCHOOL, coordinator=LI))
    with world.database.write() as conn:
        save_activities(conn, NOTICE, drafts, actor=SYSTEM, now=NOW)


def _go_on(world: World) -> None:
    wang, admin = world.person(WANG), world.person(ADMIN)
    award = {"award": "优秀活动", "recommended_by": "泉州市科协"}
    world.do("register", *_between(REGISTERED, COMMENDED), materials=FORMS, now=at(8, 25))
    world.do("cancel", CANCELLED, reason="场地停电", now=at(8, 26), actor=wang)
    world.do("register", FORCED, force=True, reason="平台故障", now=at(8, 27), actor=admin)
    world.do("hold", *_between(HELD, COMMENDED), now=at(9, 19))
    world.do("complete_info", *_between(COMPLETED, COMMENDED), materials=PROOF, now=at(9, 20))
    world.do(
        "summarize",
        *_between(SUMMARIZED, COMMENDED),
        now=at(9, 21),
        materials=(link("summary"),),
        changes={"participants": 300},
    )
    world.do("commend", COMMENDED, changes=award, now=at(9, 22), actor=admin)


def _between(first: str, last: str) -> list[str]:
    return [f"QZ-2023-{number:04}" for number in range(int(first[-4:]), int(last[-4:]) + 1)]


def _hand_in(home: Home, world: World) -> None:
    """Hand in a photo and the application form of the activity that was held."""
    wang, now, questions = world.person(WANG), at(9, 20), form_of("activity_application")
    world.do("attach", HELD, materials=(_photo(home),), now=now, actor=wang)
    with world.database.write() as conn:
        save_answers(conn, HELD, questions, ANSWERS, actor=wang, now=now)
        hand_in_form(conn, HELD, questions, actor=wang, now=now, store=home.store)


def _photo(home: Home) -> Material:
    return take_upload(photo()["buffer"], name="现场.png", kind="photo", store=home.store)


def _change_schedule(world: World) -> None:
    text = edit_schedule(catalogue()[NOTICE], {"milestones.information.due": "2023-09-27"})
    world.apply(text, now=at(9, 21))


def _change_template(world: World) -> None:
    name = "zh/reminder/subject.txt"
    admin, now = world.person(ADMIN), at(9, 22)
    with world.database.write() as conn:
        text = template(conn, name).text.replace("【督办】", "【泉州督办】")
        save(conn, name, text, actor=admin, now=now, expect_version=0)


def _make_token(world: World) -> None:
    number = world.person(WANG).person_id
    assert number is not None
    with world.database.write() as conn:
        make(conn, number, name="汇总程序", writes=True, expires_at=at(12, 1), now=at(9, 20))


def _add_everybody(world: World) -> None:
    """Enter somebody who works at all three desks."""
    rights = tuple(RightDraft(role=role, region="350500") for role in (Role.ADMIN, Role.AUDITOR))
    rights += (RightDraft(role=Role.COORDINATOR, region="350502", unit=UNIT),)
    with world.database.write() as conn:
        save_people(
            conn, [PersonDraft(name="欧阳全能", email=EVERYBODY, rights=rights)], actor=SYSTEM, now=NOW
        )
