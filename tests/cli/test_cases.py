"""Units, people and activities: imported, listed, shown, moved on."""

from pathlib import Path

import pytest

from tests.cli.conftest import ACTIVITIES, UNITS, Duban

REGISTER = (
    *("do", "register", "QZ-2023-0001", "--material", "application_form=form.txt"),
    *("--material", "platform_listing=https://example.cn/1"),
)
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "zhangzhou-2027.yaml"
IN_TIME = "2023-08-22T10:00+08:00"


def _form(folder: Path) -> None:
    (folder / "form.txt").write_text("登记表", "utf-8")


def test_the_same_sheet_again_changes_nothing(duban: Duban, running: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ACTIVITIES, "utf-8")
    (tmp_path / "u.csv").write_text(UNITS, "utf-8")

    activities = duban("activity", "import", "a.csv", "--json").json
    units = duban("unit", "import", "u.csv", "--json").json

    assert (activities["created"], activities["updated"], len(activities["unchanged"])) == ([], [], 2)
    assert (units["created"], units["updated"], len(units["unchanged"])) == ([], [], 5)


def test_a_sheet_with_a_mistake_is_refused_whole(duban: Duban, running: Path, tmp_path: Path) -> None:
    rows = (
        "全新活动,泉州市物理学会,泉州市,lin@example.cn,9月31日,,馆\n另一活动,没有的单位,泉州市,,9月3日,,馆\n"
    )
    (tmp_path / "a.csv").write_text(ACTIVITIES + rows, "utf-8")

    said = duban("activity", "import", "a.csv")

    assert (said.code, said.out) == (1, "")
    assert "有 2 处要修改，全部 4 行都没有导入。" in said.err
    assert "第 4 行 “开始日期” 是 “9月31日”" in said.err
    assert "第 5 行 “主办单位” 是 “没有的单位”" in said.err
    assert duban("activity", "list", "--json").json["total"] == 2


def test_wrong_cells_and_unknown_units_of_people_are_told_at_once(
    duban: Duban, running: Path, tmp_path: Path
) -> None:
    rows = "甲,坏邮箱,联系人,泉州市,\n乙,b@example.cn,联系人,泉州市,没有\n"
    (tmp_path / "p.csv").write_text(f"姓名,邮箱,角色,地区,单位\n{rows}", "utf-8")

    said = duban("person", "import", "p.csv")

    assert (said.code, said.out) == (1, "")
    assert "第 2 行 “邮箱” 是 “坏邮箱”" in said.err
    assert "第 3 行 “单位” 是 “没有”" in said.err


def test_what_the_engine_rejects_is_told_with_its_row(duban: Duban, running: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{ACTIVITIES}另一活动,没有的单位,泉州市,,9月3日,,馆\n", "utf-8")

    said = duban("activity", "import", "a.csv")

    assert said.code == 1
    assert "第 4 行 “主办单位” 是 “没有的单位”" in said.err


def test_activities_are_listed_page_by_page(duban: Duban, running: Path) -> None:
    first = duban("activity", "list", "--per-page", "1", "--json").json
    second = duban("activity", "list", "--per-page", "1", "--page", "2", "--json").json

    assert [first["total"], first["items"][0]["ref"], second["items"][0]["ref"]] == [
        2,
        "QZ-2023-0001",
        "QZ-2023-0002",
    ]
    assert "第 1–1 项，共 2 项；下一页：--page 2" in duban("activity", "list", "--per-page", "1").out
    assert duban("activity", "list", "--page", "9").out.endswith("共 2 项，没有第 9 页。\n")


def test_lists_are_filtered(duban: Duban, running: Path) -> None:
    def refs(*filters: str, at: str = IN_TIME) -> list[str]:
        return [one["ref"][8:] for one in duban("activity", "list", "--json", *filters, at=at).json["items"]]

    assert refs("--coordinator", "CHEN@example.cn") == refs("--coordinator", "陈静") == ["0001"]
    assert refs("--state", "已策划") == refs("--state", "planned") == ["0001", "0002"]
    assert refs("--region", "丰泽") == refs("--region", "丰泽区", "--kind", "活动") == []
    assert refs("--region", "350500", "--kind", "report", "--state", "due") == [
        "R001",
        "R002",
        "R003",
        "R004",
        "R005",
    ]
    assert refs("--notice", "xinxiang-2023") == refs("--late") == []
    assert refs("--late", "--kind", "all", at="2023-09-01T09:00+08:00") == ["R001", "R002", "0001", "0002"]


def test_what_is_late_says_since_when(duban: Duban, running: Path) -> None:
    late = duban("activity", "list", "--late", "--json", at="2023-10-05T09:00+08:00").json["items"][0]["late"]

    assert [(one["milestone"], one["due"], one["days"]) for one in late] == [
        ("activity_form", "2023-08-30", 36),
        ("register", "2023-09-30", 5),
        ("information", "2023-09-30", 5),
        ("summary", "2023-09-30", 5),
    ]


def test_an_export_can_be_imported_again(duban: Duban, running: Path, tmp_path: Path) -> None:
    for name in ("out.csv", "out.xlsx"):
        assert duban("activity", "export", name).out == f"已写入 {name}。\n"
        again = duban("activity", "import", name, "--json").json
        assert (again["created"], again["updated"], len(again["unchanged"])) == ([], [], 2)


def test_a_step_needs_what_its_blockers_name(duban: Duban, running: Path, tmp_path: Path) -> None:
    _form(tmp_path)

    blocked = duban("do", "登记", "qz-2023-0001", at=IN_TIME)
    done = duban(*REGISTER, at=IN_TIME)
    shown = duban("activity", "show", "QZ-2023-0001", "--json", at=IN_TIME).json

    assert (blocked.code, blocked.err) == (3, "这一项现在办不了，没有改动。\n")
    assert "缺 1 份登记表" in blocked.out
    assert (done.code, done.out) == (0, "QZ-2023-0001 登记：已策划 → 已登记\n")
    assert [one["kind"] for one in shown["materials"]] == ["application_form", "platform_listing"]
    assert [one["dest"] for one in shown["history"]] == ["planned", "registered"]


def test_a_blocked_step_is_told_as_data_too(duban: Duban, running: Path) -> None:
    said = duban("do", "register", "QZ-2023-0001", "--json", at=IN_TIME)

    assert said.code == 3
    assert [(one["code"], one["fix"]) for one in said.json["blocked"][0]["blockers"]] == [
        ("materials_missing", "attach:application_form"),
        ("materials_missing", "attach:platform_listing"),
    ]


def test_many_cases_are_done_together_and_the_blocked_left_out_if_asked(
    duban: Duban, running: Path, tmp_path: Path
) -> None:
    _form(tmp_path)
    duban(*REGISTER, at=IN_TIME)
    (tmp_path / "refs.txt").write_text("QZ-2023-0001\n\nqz-2023-0002\n", "utf-8")
    hold = ("do", "hold", "@refs.txt", "--json")

    whole = duban(*hold, at="2023-09-19T09:00+08:00")
    partly = duban(*hold, "--skip-blocked", at="2023-09-19T09:00+08:00")

    assert (whole.code, whole.json["done"]) == (3, [])
    assert (partly.code, [one["ref"] for one in partly.json["done"]]) == (0, ["QZ-2023-0001"])
    assert [one["ref"] for one in partly.json["blocked"]] == ["QZ-2023-0002"]


def test_values_are_set_and_dated_back(duban: Duban, running: Path) -> None:
    words = ("do", "edit", "QZ-2023-0002", "--set", "place=馆内", "--set", "coordinator=chen@example.cn")

    duban(*words, "--at", "2023-08-20 16:00", "--reason", "换地方", at=IN_TIME)
    shown = duban("activity", "show", "QZ-2023-0002", "--json").json

    assert (shown["place"], shown["email"]) == ("馆内", "chen@example.cn")
    assert (shown["history"][-1]["occurred_at"], shown["history"][-1]["reason"]) == (
        "2023-08-20T16:00:00+08:00",
        "换地方",
    )


def test_wrong_values_are_refused(duban: Duban, running: Path) -> None:
    def told(*words: str) -> str:
        said = duban("do", "edit", "QZ-2023-0001", *words)
        assert (said.code, said.out) == (1, "")
        return said.err

    assert told("--set", "ends_on=2023-09-31").startswith("--set ends_on：“2023-09-31”：2023年9月只有30天")
    assert told("--set", "participants=many") == "--set participants：“many”不是人数；请写整数。\n"
    assert told("--set", "colour=red").startswith("“colour=red”不对：应为 字段=值")
    assert told("--material", "photo").startswith("材料“photo”不对：应为 种类=文件或链接")
    assert told("--material", "photo=none.jpg").startswith("找不到材料文件 none.jpg")
    assert told("--at", "2099-01-01").startswith("发生时间 2099-01-01T00:00+08:00 还没有到")
    assert told("--set", "coordinator=nobody@example.cn").startswith("没有邮箱为 nobody@example.cn 的人员")


def test_an_unknown_case_or_step_is_refused(duban: Duban, running: Path) -> None:
    assert duban("do", "register", "QZ-2023-9999").err.startswith("没有编号为 QZ-2023-9999 的事项")
    assert duban("activity", "show", "QZ-2023-9999").code == 1
    assert duban("do", "frob", "QZ-2023-0001").err.startswith("没有“frob”这一步；可选：register 登记")
    assert duban("activity", "list", "--state", "frob").err.startswith("没有状态“frob”；可选：planned 已策划")
    assert duban("activity", "list", "--kind", "frob").code == 1


def test_a_person_may_do_what_is_theirs_only(duban: Duban, running: Path, tmp_path: Path) -> None:
    _form(tmp_path)

    stranger = duban(*REGISTER, "--as", "zhao@example.cn", at=IN_TIME)
    owner = duban(*REGISTER, "--as", "chen@example.cn", at=IN_TIME)
    last = duban("history", "list", "QZ-2023-0001", "--json", at=IN_TIME).json[-1]

    assert (stranger.code, owner.code, last["who"]) == (3, 0, "陈静")
    assert duban(*REGISTER, "--as", "nobody@example.cn", at=IN_TIME).code == 1


def test_the_same_key_does_it_once(duban: Duban, running: Path) -> None:
    note = ("do", "note", "QZ-2023-0001", "--reason", "已电话联系", "--key", "k1", "--json")

    assert duban(*note).json == duban(*note).json
    assert len(duban("history", "list", "QZ-2023-0001", "--json").json) == 2


def test_an_old_version_is_not_overwritten(duban: Duban, running: Path) -> None:
    duban("do", "note", "QZ-2023-0001", "--reason", "一")

    said = duban("do", "note", "QZ-2023-0001", "--reason", "二", "--expect-version", "1")

    assert said.code == 3
    assert "第 2 版" in said.out


def test_blockers_name_every_step_from_here(duban: Duban, running: Path) -> None:
    steps = {
        one["trigger"]: one["possible"] for one in duban("blockers", "QZ-2023-0001", "--json").json["steps"]
    }
    early = duban("blockers", "QZ-2023-0001", "register", "--lang", "en")

    assert steps == {"register": False, "cancel": False}
    assert "21 August" in early.out


def test_people_and_units_are_listed_with_their_rights_and_cases(duban: Duban, running: Path) -> None:
    people = {one["name"]: one["rights"] for one in duban("person", "list", "--json").json["items"]}
    units = {
        one["name"]: one["cases"]
        for one in duban("unit", "list", "--region", "鲤城区", "--json").json["items"]
    }

    assert people["林悦"] == [{"role": "admin", "region": "350500", "unit": None}]
    assert units == {"鲤城区科学技术协会": 3, "鲤城区实验小学": 1}
    assert [one["name"] for one in duban("person", "list", "--role", "lead", "--json").json["items"]] == [
        "王敏"
    ]


@pytest.mark.parametrize("kind", ["登记表", "application_form", "Application form"])
def test_a_material_is_named_by_its_key_or_in_words(
    duban: Duban, running: Path, tmp_path: Path, kind: str
) -> None:
    _form(tmp_path)

    duban("do", "note", "QZ-2023-0001", "--reason", "x", "--material", f"{kind}=form.txt", at=IN_TIME)

    shown = duban("activity", "show", "QZ-2023-0001", "--json", at=IN_TIME).json
    assert [one["kind"] for one in shown["materials"]] == ["application_form"]


def test_a_material_of_no_known_kind_is_refused_with_the_kinds_there_are(duban: Duban, running: Path) -> None:
    said = duban("do", "note", "QZ-2023-0001", "--reason", "x", "--material", "foto=a.jpg", at=IN_TIME)

    assert (said.code, "照片 photo、视频 video" in said.err) == (1, True)


@pytest.mark.parametrize("field", ["participants", "参与人数", "人数"])
def test_a_value_is_set_by_its_key_or_in_words(duban: Duban, running: Path, field: str) -> None:
    duban("do", "edit", "QZ-2023-0001", "--set", f"{field}=120", at=IN_TIME)

    assert duban("activity", "show", "QZ-2023-0001", "--json", at=IN_TIME).json["participants"] == 120


def test_history_shows_people_by_name_and_never_holds_it(duban: Duban, running: Path) -> None:
    edit = ("do", "edit", "QZ-2023-0001", "--set", "联系人=zhao@example.cn", "--as", "chen@example.cn")
    duban(*edit, at=IN_TIME)

    told = duban("history", "list", "QZ-2023-0001", at=IN_TIME).out
    held = duban("history", "list", "QZ-2023-0001", "--json", at=IN_TIME).json[-1]
    standing = duban("history", "as-of", "2023-12-31", "--ref", "QZ-2023-0001", at=IN_TIME).out

    assert ("陈静" in told, "联系人 = 赵磊" in told, "陈静" in standing) == (True, True, True)
    assert held["actor"].startswith("person:")
    assert isinstance(held["details"]["set"]["coordinator_id"], int)


def test_a_steps_own_name_is_not_said_twice(duban: Duban, running: Path) -> None:
    assert "register register" not in duban("blockers", "QZ-2023-0001", "--lang", "en", at=IN_TIME).out


@pytest.mark.parametrize("kind", ["unit", "person", "activity"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_sheet_can_be_imported_and_is_never_written_over_another(
    *, duban: Duban, running: Path, kind: str, lang: str, ending: str
) -> None:
    duban("notice", "apply", str(EXAMPLE))
    kinds = ("unit", "person", "activity")
    for needed in kinds[: kinds.index(kind) + 1]:
        duban(needed, "template", f"{needed}.{ending}", "--lang", lang)
        which = ("--notice", "zhangzhou-2027") if needed == "activity" else ()
        said = duban(needed, "import", f"{needed}.{ending}", *which, "--json")

    again = duban(kind, "template", f"{kind}.{ending}")

    assert (said.code, len(said.json["created"])) == (0, 1)
    assert again.err == f"已经有文件 {kind}.{ending}，没有写入；请换一个文件名。\n"


def test_a_sheet_of_another_kind_is_told_which_headings_are_wanted(
    duban: Duban, running: Path, tmp_path: Path
) -> None:
    (tmp_path / "p.csv").write_text("姓名,邮箱,角色\n甲,a@example.cn,联系人\n", "utf-8")

    said = duban("unit", "import", "p.csv")

    assert "必须有的列：单位名称、地区、类型；可以有的列：级别。" in said.err
    assert "duban unit template 文件名.xlsx" in said.err
