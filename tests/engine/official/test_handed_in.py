"""A whole application on a city's own sheet counts as handed in; what nobody answers for yet is kept."""

from pathlib import Path

from engine.actors import SYSTEM
from engine.drafts import UnitDraft
from engine.forms.drafts import save_answers
from engine.official.records import Record, records
from engine.roster import save_units
from engine.tables import form_draft, material
from tests.engine.official.making import document, rows, table
from tests.engine.official.town import APPLICATION, FORM, LIST, taken, written
from tests.engine.world import NOW, UNIT, WANG, World

ROW = (1, "讲堂", "9月18日至19日", "社区", UNIT, "王芳", "0595-22222222")


def application(path: Path, **changed: str) -> Path:
    """Fill the form of Quanzhou's notice in, every cell of it."""
    cells = {
        "活动名称": "讲堂",
        "主办单位": UNIT,
        "联系人": "王敏",
        "联系电话": "0595-22222222",
        "活动时间": "9月18日",
        "活动地点": "社区",
        "主要活动类型": "☑展览展示 □科普宣传",
        "活动对象": "☑青少年 □农民",
        "参与人数": "预计公众参与活动人数 300 人，组织工作人员 12 人。",
        "主要活动内容": "看、做、问",
    }
    return document(path, rows(*({**cells, **changed}.items())))


def known(world: World, store: Path, *refs: str) -> list[Record]:
    """Return what is known of activities."""
    with world.database.read() as conn:
        return records(conn, refs, FORM, now=NOW, store=store)


def test_a_complete_application_of_a_new_activity_is_handed_in(world: World, tmp_path: Path) -> None:
    found = taken(world, application(tmp_path / "表.docx"), tmp_path)

    [one] = known(world, tmp_path, *found.saved.created)
    [kept] = world.rows(material)
    assert (one.handed_in, kept.kind, world.rows(form_draft)) == (True, "application_form", [])
    assert (one.answers["kind"], one.answers["audience"]) == (["exhibition"], ["youth"])


def test_an_application_that_lacks_what_the_sheet_asks_for_is_kept_as_a_draft(
    world: World, tmp_path: Path
) -> None:
    taken(world, application(tmp_path / "表.docx", 主要活动内容=""), tmp_path)

    assert (len(world.rows(form_draft)), world.rows(material)) == (1, [])


def test_a_draft_that_is_whole_by_now_is_handed_in_with_its_sheet(world: World, tmp_path: Path) -> None:
    found = taken(world, application(tmp_path / "表.docx", 主要活动内容=""), tmp_path)
    refs, wang = list(found.saved.created), world.person(WANG)
    with world.database.write() as conn:
        save_answers(conn, refs[0], FORM, {"content": "看、做、问"}, actor=wang, now=NOW)

    again = taken(world, written(world, APPLICATION, refs, tmp_path / "再.docx", tmp_path), tmp_path)

    [one] = known(world, tmp_path, *refs)
    assert (again.saved.updated, one.handed_in) == (tuple(refs), True)


def test_what_a_sheet_says_is_kept_where_nobody_answers_for_it(world: World, tmp_path: Path) -> None:
    lonely = UnitDraft(name="洛江区科协", region="350504", level="county", kind="association")
    with world.database.write() as conn:
        save_units(conn, [lonely], actor=SYSTEM, now=NOW)

    found = taken(world, table(tmp_path / "表.xlsx", (*ROW[:4], lonely.name, *ROW[5:])), tmp_path)

    [draft] = world.rows(form_draft)
    [one] = known(world, tmp_path, *found.saved.created)
    answers = [one.of(LIST.by_key[key]) for key in ("contact", "phone")]
    assert (draft.person_id, answers) == (None, ["王芳", "0595-22222222"])


def test_contacts_that_nobody_knows_are_told_once(world: World, tmp_path: Path) -> None:
    lines = [(number, f"讲堂{number}", *ROW[2:]) for number in range(1, 13)]

    found = taken(world, table(tmp_path / "表.xlsx", *lines), tmp_path)

    assert [one.zh for one in found.notes] == [
        "第 3、4、5、6、7、8、9、10、11、12 等 12 行的联系人“王芳”不在人员名单中；提醒先发给该单位的联系人。"
    ]


def test_new_activities_are_told_as_they_were_understood(world: World, tmp_path: Path) -> None:
    found = taken(world, table(tmp_path / "表.xlsx", ROW), tmp_path)

    assert [(one.row, one.title, one.period, one.place, one.unit) for one in found.entered] == [
        (3, "讲堂", "2023年9月18日至19日", "社区", UNIT)
    ]
