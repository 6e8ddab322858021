"""Rolling a report up by the API: what it tells, its files and photos, its package, handed in once."""

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from engine.home import Home
from engine.tables import case, form_draft, history, material
from tests.engine.rollup.season import held, photo, report
from tests.engine.world import LI, WANG, World, at
from tests.web.api.conftest import Program
from tests.web.conftest import Clock

Start = Callable[..., Program]


@pytest.fixture
def owed(city: World, home: Home, clock: Clock) -> str:
    """Give the number of a county's report, with one activity that took place."""
    [ref] = city.enter()
    held(city, ref, home.store, people=120)
    city.do("attach", ref, materials=(photo(home.store, "green"), photo(home.store, "blue")), now=at(9, 27))
    clock.now = at(9, 27, 10)
    return report(city)


def test_a_report_tells_its_figures_and_who_has_filed(city: World, owed: str, program: Start) -> None:
    answer = program(WANG).get(f"/cases/{owed}/rollup")

    told = answer.json()
    assert (answer.status_code, answer.headers["etag"], told["open"], told["package"]) == (
        200,
        '"1"',
        True,
        None,
    )
    assert (told["figures"]["activities"], told["figures"]["participants"]) == (1, 120)
    owing = {one["ref"] for one in told["figures"]["owing"]}
    assert {one.ref for one in city.rows(case, kind="report", region="350502")} & owing == set()


def test_the_index_has_every_file_with_its_hash(owed: str, program: Start) -> None:
    wang = program(WANG)

    told = wang.get(f"/cases/{owed}/rollup/files").json()
    package = wang.get(f"/cases/{owed}/rollup/package")

    with ZipFile(BytesIO(package.content)) as packed:
        inside = {name: sha256(packed.read(name)).hexdigest() for name in packed.namelist()}
    assert {one["name"]: one["sha256"] for one in told["items"]} == inside
    assert {"index.html", "总结报告.docx", "汇总表.xlsx"} < inside.keys()
    assert (told["frozen"], told["left"], package.headers["content-type"]) == (False, [], "application/zip")


def test_one_file_of_the_package_is_downloaded(owed: str, program: Start) -> None:
    wang = program(WANG)
    [sheet] = [
        one for one in wang.get(f"/cases/{owed}/rollup/files").json()["items"] if one["name"] == "汇总表.xlsx"
    ]

    answer = wang.get(f"/cases/{owed}/rollup/file", name="汇总表.xlsx")
    other = wang.get(f"/cases/{owed}/rollup/file", name="../duban.db")

    assert sha256(answer.content).hexdigest() == sheet["sha256"]
    assert (other.status_code, other.json()["type"]) == (404, "urn:duban:problem:package_file.unknown")


def test_photos_are_chosen_and_no_others_go_along(city: World, owed: str, program: Start) -> None:
    wang, where = program(WANG), f"/cases/{owed}/rollup/photos"
    photos = [one.id for one in city.rows(material, kind="photo")]

    tried = wang.ask("PUT", f"{where}?dry_run=true", {"photos": photos[2:]})
    before = city.rows(form_draft)
    chosen = wang.ask("PUT", where, {"photos": photos[2:]})
    first = wang.get(where, limit=2).json()
    rest = wang.get(where, limit=2, cursor=first["next"]).json()

    assert (tried.json(), before, chosen.json()) == ({"photos": photos[2:]}, [], {"photos": photos[2:]})
    told = [(one["id"], one["chosen"]) for one in (*first["items"], *rest["items"])]
    assert told == [(one, one == photos[2]) for one in photos]


def test_a_photo_that_is_none_of_the_reports_is_refused(city: World, owed: str, program: Start) -> None:
    answer = program(WANG).ask("PUT", f"/cases/{owed}/rollup/photos", {"photos": [999_999]})

    assert (answer.status_code, answer.json()["type"]) == (404, "urn:duban:problem:photo.unknown")
    assert city.rows(form_draft) == []


def test_a_photo_is_seen_small(city: World, owed: str, program: Start) -> None:
    [number, *_] = [one.id for one in city.rows(material, kind="photo")]
    where = f"/cases/{owed}/rollup/photos"

    answers = [program(who).get(f"{where}/{number}") for who in (WANG, LI)]

    assert [one.status_code for one in answers] == [200, 404]
    assert answers[0].headers["content-type"] == "image/jpeg"


def test_handed_in_the_package_stays_as_it_is_with_its_hash_in_the_history(
    city: World, owed: str, program: Start
) -> None:
    wang, where = program(WANG), f"/cases/{owed}/rollup"
    files = wang.get(f"{where}/files").json()["items"]

    done = wang.post(f"{where}/hand-in", {"reason": "按时报送"}).json()
    told, frozen = wang.get(where).json(), wang.get(f"{where}/files").json()

    assert (done["dest"], told["figures"], told["package"]["sha256"]) == ("submitted", None, done["sha256"])
    assert done["sha256"] in city.rows(history, subject=f"case:{owed}")[-1].details
    assert sha256(wang.get(f"{where}/package").content).hexdigest() == done["sha256"]
    assert (frozen["frozen"], frozen["items"]) == (True, files)
    assert wang.get(f"{where}/file", name="index.html").status_code == 200


def test_a_hand_in_that_was_only_tried_keeps_no_file_and_no_row(
    city: World, home: Home, owed: str, program: Start
) -> None:
    before = sorted(home.store.rglob("*"))

    answer = program(WANG).post(f"/cases/{owed}/rollup/hand-in?dry_run=true")

    assert (answer.status_code, answer.json()["dest"]) == (200, "submitted")
    assert sorted(home.store.rglob("*")) == before
    assert city.rows(case, ref=owed)[0].state == "due"


def test_asked_again_under_its_key_it_is_handed_in_once(city: World, owed: str, program: Start) -> None:
    wang, where = program(WANG), f"/cases/{owed}/rollup/hand-in"
    key = {"idempotency-key": "report-1"}

    first, again = (wang.post(where, headers=key) for _ in range(2))
    other = wang.post(where)

    assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")
    assert (other.status_code, other.json()["type"]) == (409, "urn:duban:problem:rollup.frozen")
    assert len(city.rows(material, kind="package")) == 1


def test_who_saw_an_older_report_hands_nothing_in(city: World, owed: str, program: Start) -> None:
    city.do("note", owed, reason="somebody was faster", now=at(9, 27))

    answer = program(WANG).post(f"/cases/{owed}/rollup/hand-in", headers={"if-match": '"1"'})

    assert (answer.status_code, city.rows(case, ref=owed)[0].state) == (412, "due")


def test_what_stands_against_it_is_told_in_full(city: World, owed: str, program: Start) -> None:
    filing = report(city, "filing")

    answer = program(WANG).post(f"/cases/{filing}/rollup/hand-in")

    [blocked] = answer.json()["blocked"]
    assert (answer.status_code, blocked["ref"]) == (409, filing)
    assert {one["code"] for one in blocked["blockers"]} == {"materials_missing"}


@pytest.mark.parametrize("path", ["", "/package", "/files", "/photos", "/file?name=index.html"])
def test_elsewhere_there_is_no_such_report(path: str, owed: str, program: Start) -> None:
    assert program(LI).get(f"/cases/{owed}/rollup{path}").status_code == 404


def test_an_activity_is_not_rolled_up(city: World, program: Start) -> None:
    [ref] = city.enter()

    answer = program(WANG).get(f"/cases/{ref}/rollup")

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duban:problem:rollup.no_report")
