"""The application form is saved as one types, handed in when it is complete, read and printed."""

from collections.abc import Callable

from engine.tables import form_draft, material
from tests.engine.world import WANG, World, at
from tests.web.browser import Browser
from tests.web.case.conftest import activity, headline
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]
HTMX = {"hx-request": "true"}
ANSWERS = {
    "title": "科学课 1",
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


def test_the_form_begins_with_what_is_known(browser: Open, planned: str) -> None:
    page = browser(WANG).get(f"/cases/{planned}/form")

    assert 'value="科学课 1"' in page.text
    assert 'value="2023-09-17"' in page.text
    assert "登记表还有" in headline(page)


def test_it_is_saved_as_one_types_and_says_when(
    browser: Open, city: World, planned: str, clock: Clock
) -> None:
    clock.now = at(8, 25, 16, 4)
    typed = {"title": "科学课 1", "expected": "三百", "kind": ["hands_on"]}

    part = browser(WANG).post(f"/cases/{planned}/form/draft", typed, headers=HTMX)

    assert "已保存 16:04" in part.text
    assert 'href="#f-expected"' in part.text
    assert "<html" not in part.text
    [draft] = city.rows(form_draft)
    assert (draft.answers["expected"], draft.answers["kind"]) == ("三百", ["hands_on"])
    assert activity(city).version == 1


def test_a_box_unticked_is_saved_too(browser: Open, city: World, planned: str) -> None:
    visitor = browser(WANG)
    visitor.post(f"/cases/{planned}/form/draft", {"kind": ["hands_on"], "online": "1"}, headers=HTMX)

    visitor.post(f"/cases/{planned}/form/draft", {"title": "科学课 1"}, headers=HTMX)

    answers = city.rows(form_draft)[0].answers
    assert (answers["kind"], answers["online"]) == ([], False)


def test_what_is_missing_is_told_at_its_field_and_what_was_typed_is_kept(
    browser: Open, city: World, planned: str
) -> None:
    answer = browser(WANG).post(f"/cases/{planned}/form", ANSWERS | {"safety": "", "expected": "很多"})

    assert answer.status_code == 422
    for shown in ('id="f-safety-problem"', 'id="f-expected-problem"', 'value="很多"', "动手做实验"):
        assert shown in answer.text
    assert city.rows(material) == []


def test_handed_in_it_becomes_a_material_that_can_be_read_and_printed(
    browser: Open, city: World, planned: str
) -> None:
    visitor = browser(WANG)

    done = visitor.post(f"/cases/{planned}/form", ANSWERS)

    assert "登记表已提交" in visitor.follow(done).text
    [row] = city.rows(material)
    read = visitor.get(f"/cases/{planned}/materials/{row.id}/read")
    printed = visitor.get(f"/cases/{planned}/form/print")
    assert (row.kind, city.rows(form_draft)) == ("application_form", [])
    for page in (read, printed):
        assert "展览展示、互动体验" in page.text
        assert "动手做实验" in page.text


def test_a_form_handed_in_beside_another_change_is_told_so(browser: Open, city: World, planned: str) -> None:
    city.do("note", planned, reason="请核对地点")

    answer = browser(WANG).post(f"/cases/{planned}/form", ANSWERS | {"version": "1"})

    assert answer.status_code == 409
    assert "刚被别人改动过" in answer.text
    assert "动手做实验" in answer.text
    assert city.rows(material) == []


def test_an_auditor_fills_in_nothing(browser: Open, city: World, planned: str, auditor: str) -> None:
    visitor = browser(auditor)

    assert visitor.get(f"/cases/{planned}/form").status_code == 303
    assert visitor.post(f"/cases/{planned}/form", ANSWERS).status_code == 422
    assert city.rows(form_draft) == []
