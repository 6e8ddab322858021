"""A package: the same bytes for the same state, its papers readable, nothing in it named by a stranger."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from engine.material_rows import Material, keep_bytes
from engine.rollup.index import NAME as INDEX
from engine.rollup.package import REPORT, SHEET
from tests.engine.rollup.season import END, given, held, photo
from tests.engine.world import World, at, link

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture
def done(world: World, tmp_path: Path) -> str:
    """Give the number of an activity that took place."""
    [ref] = world.enter()
    held(world, ref, tmp_path, people=120)
    return ref


def packed(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_it_holds_report_sheet_photos_and_an_index(world: World, done: str, tmp_path: Path) -> None:
    given(world, tmp_path, tmp_path / "a.zip")

    assert sorted(packed(tmp_path / "a.zip")) == sorted([INDEX, REPORT, SHEET, f"照片/{done}/01.jpg"])


def test_the_same_state_gives_the_same_bytes(world: World, done: str, tmp_path: Path) -> None:
    first = given(world, tmp_path, tmp_path / "a.zip")
    again = given(world, tmp_path, tmp_path / "b.zip", now=at(10, 9, 17))
    world.do("note", done, reason="补记", now=at(10, 10))
    other = given(world, tmp_path, tmp_path / "c.zip")

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert first.sha256 == again.sha256 != other.sha256


def test_the_index_tells_the_hash_of_every_other_file(world: World, done: str, tmp_path: Path) -> None:
    given(world, tmp_path, tmp_path / "a.zip")
    files = packed(tmp_path / "a.zip")

    page = files.pop(INDEX).decode()

    assert [name for name, data in files.items() if sha256(data).hexdigest() not in page] == []
    assert (done in page, "科学课 1" in page, f"https://news.example.cn/{done}" in page) == (True, True, True)


def test_the_report_says_it_in_words_with_charts_that_can_be_edited(
    world: World, done: str, tmp_path: Path
) -> None:
    given(world, tmp_path, tmp_path / "a.zip")
    data = packed(tmp_path / "a.zip")[REPORT]

    text = "\n".join(one.text for one in Document(BytesIO(data)).paragraphs)
    parts = packed_bytes(data)

    assert "泉州市2023年全国科普日活动情况报告" in text
    assert "全市共开展活动1项，由1个单位主办。参与公众120人次。" in text
    charts = [name for name in parts if name.startswith("word/charts/chart")]
    assert len(charts) == len([name for name in parts if name.startswith("word/embeddings/")]) == 5
    assert all("numCache" in parts[name].decode() for name in charts)
    book = load_workbook(BytesIO(parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]))
    assert [cell.value for cell in book.active[2]] == ["已总结", 1]


def packed_bytes(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith(".rels")}


def test_the_sheet_is_the_citys_own(world: World, done: str, tmp_path: Path) -> None:
    given(world, tmp_path, tmp_path / "a.zip")

    sheet = load_workbook(BytesIO(packed(tmp_path / "a.zip")[SHEET])).active
    texts = {str(cell.value) for row in sheet for cell in row if cell.value}

    assert {"2023年泉州市全国科普日重点活动汇总表", "科学课 1"} <= texts


def test_what_somebody_calls_a_file_is_never_a_path(world: World, done: str, tmp_path: Path) -> None:
    real = photo(tmp_path, "green")
    world.do(
        "attach", done, materials=(Material(**(real.told() | {"name": "../../<b>etc/passwd.exe"})),), now=END
    )

    given(world, tmp_path, tmp_path / "a.zip")

    names = [name for name in packed(tmp_path / "a.zip") if name.startswith("照片")]
    assert len(names) == 2
    assert all(".." not in name and "passwd" not in name for name in names)


def test_a_title_that_looks_like_markup_or_a_formula_stays_a_text(
    world: World, done: str, tmp_path: Path
) -> None:
    title = "=HYPERLINK(1)<script>\x0b&"
    world.do("edit", done, changes={"title": title}, now=END)

    given(world, tmp_path, tmp_path / "a.zip")

    files = packed(tmp_path / "a.zip")
    assert b"<script>" not in files[INDEX]
    assert Document(BytesIO(files[REPORT])) is not None
    cells = [cell for row in load_workbook(BytesIO(files[SHEET])).active for cell in row]
    assert [cell.data_type for cell in cells if "HYPERLINK" in str(cell.value)] == ["s"]


@pytest.mark.parametrize("harm", ["gone", "altered", "no picture"])
def test_a_photo_that_cannot_go_along_is_named(world: World, done: str, tmp_path: Path, harm: str) -> None:
    bad = keep_bytes("photo", "夜景.jpg", b"no picture at all", store=tmp_path)
    world.do("attach", done, materials=(bad,), now=END)
    place = tmp_path / str(bad.sha256)
    if harm == "gone":
        place.unlink()
    elif harm == "altered":
        place.write_bytes(b"something else")

    found = given(world, tmp_path, tmp_path / "a.zip")

    assert [(one.ref, one.name) for one in found.left] == [(done, "夜景.jpg")]
    assert "夜景.jpg" in packed(tmp_path / "a.zip")[INDEX].decode()


def test_a_photo_kept_as_it_came_is_made_anew(world: World, done: str, tmp_path: Path) -> None:
    raw = (tmp_path / str(photo(tmp_path, "black").sha256)).read_bytes() + b"GPS 24.87N 118.67E"
    world.do("attach", done, materials=(keep_bytes("photo", "raw.jpg", raw, store=tmp_path),), now=END)

    given(world, tmp_path, tmp_path / "a.zip")

    photos = [data for name, data in packed(tmp_path / "a.zip").items() if name.startswith("照片")]
    assert (len(photos), any(b"GPS" in one for one in photos)) == (2, False)


def test_a_region_without_activities_has_a_report_too(world: World, tmp_path: Path) -> None:
    given(world, tmp_path, tmp_path / "a.zip")

    data = packed(tmp_path / "a.zip")[REPORT]

    assert "全市尚未申报活动。" in "\n".join(one.text for one in Document(BytesIO(data)).paragraphs)


def test_a_link_is_no_photo(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    world.do("attach", ref, materials=(link("photo"),), now=END)

    given(world, tmp_path, tmp_path / "a.zip")

    assert [name for name in packed(tmp_path / "a.zip") if name.startswith("照片")] == []


def test_photos_are_enclosed_only_where_there_are_some(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    world.do("attach", ref, materials=(link("photo"),), now=END)
    given(world, tmp_path, tmp_path / "a.zip")
    held(world, ref, tmp_path)
    given(world, tmp_path, tmp_path / "b.zip")

    found = [enclosed(packed(tmp_path / name)[REPORT]) for name in ("a.zip", "b.zip")]

    assert found == [["附件：活动汇总表"], ["附件：1．活动汇总表", "　　　2．活动照片"]]


def enclosed(data: bytes) -> list[str]:
    texts = [one.text for one in Document(BytesIO(data)).paragraphs]
    return [one for one in texts if "活动汇总表" in one or "活动照片" in one]
