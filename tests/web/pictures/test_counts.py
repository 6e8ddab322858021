"""Heat map, burn-up, bars, path and code: the picture and its table say the same."""

from xml.etree.ElementTree import Element

import pytest
import segno

from tests.web.pictures.reading import SVG, drawing, drawings, of_kind, texts
from tests.web.pictures.samples import FIRST, PICTURES, bars, burnup, heat, path, qr
from web.pictures.bars import Bar, Bars, bars_picture, bars_table, share_picture
from web.pictures.burnup import Burnup, burnup_picture, burnup_table
from web.pictures.heat import Cell, Column, Heat, Row, heat_picture, heat_table
from web.pictures.path import path_table
from web.pictures.qr import QUIET, qr_table


def hrefs(drawing: Element) -> list[str]:
    return [each.attrib["href"] for each in drawing.iter(f"{SVG}a")]


def test_each_cell_of_the_heat_map_is_that_of_its_table() -> None:
    table = heat_table(heat("zh"), "zh")
    wide = drawing(PICTURES["heat"]("zh"))

    assert texts(wide, "count") == [cell.replace(" ", "") for row in table.rows for cell in row[1:]]
    assert texts(wide, "name") == [row[0] for row in table.rows]


@pytest.mark.parametrize(
    ("late", "total", "step"), [(0, 0, 0), (0, 9, 0), (1, 9, 1), (1, 4, 2), (3, 7, 2), (1, 2, 3), (5, 5, 3)]
)
def test_the_colour_of_a_cell_follows_the_share_that_is_late(late: int, total: int, step: int) -> None:
    assert Cell(late=late, total=total).step == step


def test_the_share_that_is_late_is_also_a_length() -> None:
    cells = (Cell(late=1, total=4), Cell(late=4, total=4), Cell(late=0, total=4))
    row = Row(name="鲤城区", cells=cells)
    columns = tuple(Column(name=name) for name in ("登记", "完善", "总结"))

    wide = drawing(heat_picture(Heat(columns=columns, rows=(row,)), key="h", lang="zh"))

    quarter, whole = (float(each.attrib["width"]) for each in of_kind(wide, "share"))
    assert abs(quarter * 4 - whole) < 0.4


def test_a_narrow_heat_map_numbers_its_milestones_and_names_them_beneath() -> None:
    narrow = drawing(PICTURES["heat"]("zh"), "narrow")

    assert texts(narrow, "column") == texts(narrow, "note-label") == [str(n) for n in range(1, 8)]
    assert texts(narrow, "note")[0] == "登记发布（9月30日）"


def test_counties_and_cells_lead_to_their_lists() -> None:
    found = hrefs(drawing(PICTURES["heat"]("zh")))

    assert {"/cases?county=3", "/cases?county=3&milestone=0"} <= set(found)


def test_an_address_that_is_no_page_leads_nowhere() -> None:
    bad = Bars(
        bars=(Bar(name="逾期", count=2, href="javascript:alert(1)"), Bar(name="按时", count=1, href="/ok"))
    )

    assert hrefs(drawing(bars_picture(bad, key="c", lang="zh"))) == ["/ok"]


def test_the_burnup_names_each_state_with_its_last_count() -> None:
    counted = burnup("zh")
    *_, last = burnup_table(counted, "zh").rows
    labels = texts(drawing(PICTURES["burnup"]("zh")), "area-word")

    assert labels == [
        f"{layer.name} {count}" for layer, count in zip(counted.layers, last[1:-2], strict=True) if int(count)
    ]
    assert last[0] == "9月25日 周一"
    assert int(last[-2]) == sum(layer.counts[-1] for layer in counted.layers)


def test_the_burnup_has_a_line_for_each_day_on_which_milestones_are_due() -> None:
    wide = drawing(PICTURES["burnup"]("zh"))

    assert texts(wide, "due-word") == texts(wide, "note-label") == ["8月30日", "9月30日", "10月10日"]
    assert len(of_kind(wide, "due-line")) == 3


def test_the_table_of_a_burnup_keeps_mondays_milestones_and_the_last_day() -> None:
    days = [row[0] for row in burnup_table(burnup("zh"), "zh").rows]

    assert days[:3] == ["8月1日 周二", "8月7日 周一", "8月14日 周一"]
    assert {"8月30日 周三", "9月25日 周一"} <= set(days)
    assert len(days) == 10


def test_two_hundred_days_of_eight_states_are_a_small_file() -> None:
    large = burnup("zh", days=200)

    assert len(burnup_picture(large, key="b", lang="zh").encode()) < 50_000


def test_a_burnup_without_days_is_still_a_picture() -> None:
    empty = Burnup(first=FIRST, layers=())

    assert "还没有数据" in burnup_picture(empty, key="b", lang="zh")
    assert burnup_table(empty, "zh").rows == ()


def test_bars_are_as_long_as_their_counts() -> None:
    wide = drawing(PICTURES["bars"]("zh"))
    lengths = [float(each.attrib["width"]) for each in of_kind(wide, "bar")]
    counts = [bar.count for bar in bars("zh").bars]

    assert texts(wide, "count") == [row[1] for row in bars_table(bars("zh"), "zh").rows]
    assert abs(lengths[5] / lengths[7] - counts[5] / counts[7]) < 0.01


def test_shares_fill_the_bar_and_are_named_beneath() -> None:
    wide = drawing(PICTURES["shares"]("zh"))
    rows = bars_table(bars("zh"), "zh").rows

    assert texts(wide, "means") == [f"{name} {count}（{share}）" for name, count, share in rows]
    assert "没有事项" in share_picture(Bars(bars=()), key="t", lang="zh")


def test_the_path_says_what_its_table_says() -> None:
    table = path_table(path("zh"), "zh")
    narrow = drawing(PICTURES["path"]("zh"), "narrow")

    assert texts(narrow, "station-name") == [row[0] for row in table.rows]
    assert texts(narrow, "date") == ["8月2日", "8月25日", "9月19日", "9月22日 前", "9月30日 前", "未经过"]
    assert texts(narrow, "late-word") == [row[1] for row in table.rows if "逾期" in row[1]]


def test_each_standing_of_a_station_has_its_own_mark() -> None:
    wide = drawing(PICTURES["path"]("zh"))
    marks = [(each.tag.removeprefix(SVG), each.get("r")) for each in of_kind(wide, "station")]

    assert marks == [("circle", "9")] * 2 + [("circle", "13"), ("path", None)] + [("circle", "7")] * 3


def test_the_path_is_solid_as_far_as_the_case_has_come() -> None:
    rails = [each.attrib["class"] for each in of_kind(drawing(PICTURES["path"]("zh")), "rail")]

    assert rails == ["rail done", "rail done", "rail", "rail", "rail", "rail"]


def test_the_code_holds_its_text() -> None:
    (picture,) = drawings(PICTURES["qr"]("zh"))
    (dark,) = of_kind(picture, "qr-dark")
    drawn = set()
    for run in dark.attrib["d"].removesuffix("z").split("z"):
        start, rest = run.removeprefix("M").split("h", 1)
        x, y = map(int, start.split(" "))
        drawn |= {(x + n - QUIET, y - QUIET) for n in range(int(rest.split("v")[0]))}
    matrix = segno.make(qr("zh"), error="m", micro=False).matrix

    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}
    assert qr_table(qr("zh"), "zh").rows == ((qr("zh"),),)


def test_dates_of_the_picture_and_its_table_are_in_the_same_language() -> None:
    assert path_table(path("en"), "en").rows[0] == ("Planned", "Done", "2 Aug", "")
    assert texts(drawing(PICTURES["path"]("en")), "date")[0] == "2 Aug"
