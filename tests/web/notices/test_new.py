from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM
from engine.rights import NewRight, grant
from engine.tables import notice, person
from tests.engine.world import ADMIN, NOW, World
from tests.web.browser import Browser
from tests.web.notices.reading import form_of, words_of

XINXIANG = catalogue()["xinxiang-2023"]


def also_admin_of(city: World, region: str) -> None:
    """Give the city's admin a second region."""
    number = next(one.id for one in city.rows(person) if one.email == ADMIN)
    with city.database.write() as conn:
        grant(conn, number, NewRight(role=Role.ADMIN, region=region), actor=SYSTEM, now=NOW)


def test_a_shipped_notice_is_chosen_planned_and_put_in_force(admin: Browser, city: World) -> None:
    also_admin_of(city, "410700")
    chosen = form_of(admin.get("/notices/new?shipped=xinxiang-2023").text, "/notices/new/plan")

    plan = admin.post("/notices/new/plan", chosen).text
    page = admin.follow(admin.post("/notices/new/apply", form_of(plan, "/notices/new/apply"))).text

    assert words_of(plan, "h1").startswith("生效以后会发")
    assert "已应用第 1 版" in page
    assert [one.state for one in city.rows(notice, id="xinxiang-2023")] == ["in_force"]


def test_an_uploaded_file_is_planned(admin: Browser, city: World) -> None:
    also_admin_of(city, "410700")

    answer = admin.post(
        "/notices/new/plan", files={"file": ("xinxiang.yaml", XINXIANG.encode(), "text/yaml")}
    )

    assert form_of(answer.text, "/notices/new/apply")["text"] == XINXIANG


def test_a_file_that_is_no_text_says_so(admin: Browser) -> None:
    answer = admin.post("/notices/new/plan", files={"file": ("x.yaml", b"\xff\xfe\x00id", "text/yaml")})

    assert (answer.status_code, "不是 UTF-8 编码" in answer.text) == (422, True)


def test_nothing_pasted_is_asked_for(admin: Browser) -> None:
    answer = admin.post("/notices/new/plan", {"text": " "})

    assert (answer.status_code, "请粘贴日程文本，或者选择文件" in answer.text) == (422, True)


def test_a_mistake_names_its_line_and_the_text_is_kept(admin: Browser) -> None:
    answer = admin.post("/notices/new/plan", {"text": "id: x-2023\ncolour: red\n"})

    assert answer.status_code == 422
    assert "第 2 行第 1 列：没有“colour”这个键" in words_of(answer.text)
    assert form_of(answer.text, "/notices/new/plan")["text"] == "id: x-2023\ncolour: red\n"


def test_a_notice_of_a_foreign_region_is_refused(admin: Browser, city: World) -> None:
    plan = admin.post("/notices/new/plan", {"text": XINXIANG})
    applied = admin.post("/notices/new/apply", {"text": XINXIANG, "version": "0"})

    assert (plan.status_code, applied.status_code) == (403, 403)
    assert city.rows(notice, id="xinxiang-2023") == []
