"""Materials come in by page or by script, are cleaned, opened only as attachments, and go with a reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.home import Home
from engine.tables import material
from tests.engine.world import FORMS, WANG, World, at, link
from tests.web.browser import Browser
from tests.web.case.conftest import activity, headline, photo

Open = Callable[[str | None], Browser]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTMX = {"hx-request": "true"}


def kept(home: Home) -> list[Path]:
    return [one for one in home.store.rglob("*") if one.is_file()] if home.store.exists() else []


def upload(visitor: Browser, ref: str, name: str = "现场.jpg", data: bytes | None = None) -> int:
    files = {"file": (name, data or photo(), "image/jpeg")}
    visitor.post(f"/cases/{ref}/materials", {"kind": "photo"}, files=files)
    with visitor.office.home.database.read() as conn:
        return int(conn.execute(material.select().order_by(material.c.id.desc())).first().id)


def test_photos_chosen_at_once_are_taken_in_at_once_and_the_page_changes_in_place(
    browser: Open, city: World, held: str
) -> None:
    files = [("file.photo", (f"{n}.jpg", photo(c), "image/jpeg")) for n, c in enumerate(("red", "blue"))]
    typed = {"files_only": "1", "link.news_link": "https://news.exa", "version": "3", "key": "k1"}

    part = browser(WANG).post(f"/cases/{held}/materials", typed, files=files, headers=HTMX)

    assert part.status_code == 200
    assert 'id="headline" hx-swap-oob="true"' in part.text
    assert headline(part) == "“完善信息”还差 1 样，9月28日 周四 前办好，还有 1 个工作日"
    assert "已收下 2 份材料" in part.text
    assert 'value="https://news.exa"' in part.text
    assert "<html" not in part.text
    assert activity(city).materials["photo"] == 2


def test_a_drawing_with_scripts_is_refused_in_words_and_nothing_is_kept(
    browser: Open, city: World, held: str, home: Home
) -> None:
    files = {"file.photo": ("海报.svg", SVG, "image/jpeg")}

    for headers in ({}, HTMX):
        answer = browser(WANG).post(f"/cases/{held}/materials", files=files, headers=headers)
        assert answer.status_code == 422
        assert "是 SVG 矢量图，里面可能带有脚本" in answer.text
        assert 'id="f-file.photo-problem"' in answer.text

    assert kept(home) == []
    assert len(city.rows(material)) == len(FORMS)


def test_of_several_files_one_bad_one_keeps_all_out(
    browser: Open, city: World, held: str, home: Home
) -> None:
    files = [
        ("file.photo", ("a.jpg", photo(), "image/jpeg")),
        ("file.photo", ("b.svg", SVG, "image/png")),
    ]

    browser(WANG).post(f"/cases/{held}/materials", files=files)

    assert (kept(home), len(city.rows(material))) == ([], len(FORMS))


def test_too_many_files_at_once_are_told_by_their_number(browser: Open, held: str) -> None:
    files = [("file.photo", (f"{number}.jpg", photo(), "image/jpeg")) for number in range(25)]

    answer = browser(WANG).post(f"/cases/{held}/materials", files=files)

    assert (answer.status_code, "最多 20 个" in answer.text) == (422, True)


def test_who_may_not_hand_in_leaves_no_file_behind(
    browser: Open, held: str, auditor: str, home: Home
) -> None:
    files = {"file.photo": ("a.jpg", photo(), "image/jpeg")}

    added = browser(auditor).post(f"/cases/{held}/materials", files=files)
    stepped = browser(auditor).post(f"/cases/{held}/steps/complete_info", files=files)

    assert (added.status_code, stepped.status_code, kept(home)) == (422, 422, [])


def test_a_link_that_misleads_is_refused_and_kept_in_its_field(browser: Open, city: World, held: str) -> None:
    sent = {"kind": "news_link", "link": "javascript:alert(1)"}

    answer = browser(WANG).post(f"/cases/{held}/materials", sent)

    assert answer.status_code == 422
    assert "这个链接不能用" in answer.text
    assert 'value="javascript:alert(1)"' in answer.text
    assert 'href="javascript' not in answer.text


def test_a_file_is_given_to_keep_and_never_to_run(browser: Open, held: str) -> None:
    visitor = browser(WANG)
    number = upload(visitor, held, "../../现场 1.jpg")

    answer = visitor.get(f"/cases/{held}/materials/{number}")

    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"material.jpg\"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%201.jpg"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.content.startswith(b"\xff\xd8")


def test_a_photo_is_seen_small_on_the_page(browser: Open, held: str) -> None:
    visitor = browser(WANG)
    address = f"/cases/{held}/materials/{upload(visitor, held)}/thumb"

    assert f'src="{address}"' in visitor.get(f"/cases/{held}").text
    assert visitor.get(address).headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize("path", ["", "/thumb", "/read", "/remove"])
def test_a_material_is_opened_only_by_its_own_case(browser: Open, city: World, held: str, path: str) -> None:
    visitor = browser(WANG)
    number = upload(visitor, held)
    [other] = city.enter(2)

    assert visitor.get(f"/cases/{other}/materials/{number}{path}").status_code == 404


def test_a_material_is_taken_away_with_a_reason(browser: Open, city: World, held: str) -> None:
    visitor = browser(WANG)
    number = upload(visitor, held)
    address = f"/cases/{held}/materials/{number}/remove"

    assert visitor.post(address, {"reason": ""}).status_code == 422
    done = visitor.post(address, {"reason": "传错了"})

    assert "已撤下 1 份材料" in visitor.follow(done).text
    assert visitor.post(address, {"reason": "传错了"}).status_code == 303
    assert "photo" not in activity(city).materials


def test_what_a_step_has_needed_stays_and_the_way_out_is_told(browser: Open, city: World, held: str) -> None:
    [form] = city.rows(material, kind="application_form")

    answer = browser(WANG).post(f"/cases/{held}/materials/{form.id}/remove", {"reason": "x"})

    assert (answer.status_code, "撤下就缺 1 份登记表；请先补上替换的" in answer.text) == (422, True)


def test_what_a_step_has_needed_is_not_offered_to_be_taken_away(
    browser: Open, city: World, held: str
) -> None:
    visitor = browser(WANG)
    photo_ = upload(visitor, held)
    [form] = city.rows(material, kind="application_form")

    page = visitor.get(f"/cases/{held}").text
    led_back = visitor.get(f"/cases/{held}/materials/{form.id}/remove")

    offered = [f"/materials/{number}/remove" in page for number in (photo_, form.id)]
    assert (offered, page.count(">已办的步骤要有<")) == ([True, False], 2)
    assert "的材料不能撤下：请先补上替换的，或请负责人退回后再撤下" in page
    assert "已办的步骤要有这份材料，不能撤下。" in visitor.follow(led_back).text


def test_what_is_there_twice_may_be_taken_away(browser: Open, city: World, held: str) -> None:
    city.do("attach", held, materials=(link("application_form", 2),), now=at(9, 26))
    numbers = [row.id for row in city.rows(material, kind="application_form")]

    page = browser(WANG).get(f"/cases/{held}").text

    assert [f"/materials/{number}/remove" in page for number in numbers] == [True, True]


def test_before_registration_a_material_goes_without_a_reason(
    browser: Open, city: World, planned: str
) -> None:
    city.do("attach", planned, materials=(link("photo"),))

    browser(WANG).post(f"/cases/{planned}/materials/{city.rows(material)[0].id}/remove", {"version": "2"})

    assert activity(city).materials == {}


def test_taking_away_what_somebody_changed_meanwhile_is_refused(
    browser: Open, city: World, planned: str
) -> None:
    city.do("attach", planned, materials=(link("photo"),))
    address = f"/cases/{planned}/materials/{city.rows(material)[0].id}/remove"

    answer = browser(WANG).post(address, {"version": "1"})

    assert (answer.status_code, "刚被别人改动过" in answer.text) == (409, True)


def test_nothing_chosen_is_said_and_changes_nothing(browser: Open, city: World, held: str) -> None:
    visitor = browser(WANG)

    answer = visitor.post(f"/cases/{held}/materials", {"kind": "photo", "link": ""})

    assert "没有选择文件" in visitor.follow(answer).text
    assert activity(city).version == 3
