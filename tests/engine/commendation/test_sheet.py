"""The recommendation sheet: a Word file with every list, its reasons and the lines to sign."""

import re
from io import BytesIO
from typing import Any

import pytest

from engine.commendation.adjusting import Wish
from engine.commendation.proposal import proposal_of
from engine.commendation.sheet import write_sheet
from engine.commendation.upward import upward_of
from tests.engine.commendation.conftest import OVER, Office
from tests.engine.world import NOTICE

docx = pytest.importorskip("docx")

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document_of(office: Office) -> Any:
    with office.world.database.read() as conn:
        found = proposal_of(conn, NOTICE, now=OVER)
        names = {office.first.name: "周管理员", office.second.name: "吴主任"}
        data = write_sheet(found, names, upward_of(conn, found.schedule))
    return docx.Document(BytesIO(data))


def text_of(office: Office) -> str:
    document = document_of(office)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_sheet_names_the_chosen_with_their_reasons_and_who_signed(office: Office) -> None:
    office.propose()
    office.adjust(Wish(award="activity", key=office.refs[2], act="move", place=1, reason="示范性强"))
    office.put_forward()
    office.approve()

    text = text_of(office)

    assert "泉州市2023年全国科普日活动\n表扬推荐表\n" in text
    assert "参与公众300人次，获媒体报道3条，各环节均按时完成。示范性强。" in text
    assert "拟定人：周管理员" in text
    assert "审定人：吴主任" in text


def test_a_sheet_says_who_was_taken_off_and_why(office: Office) -> None:
    office.propose()
    office.adjust(Wish(award="activity", key=office.refs[2], act="remove", reason="材料不实"))

    assert "优秀活动：“校园开放日”（丰泽实验小学）不列入推荐，理由：材料不实。" in text_of(office)


def test_points_stand_under_one_another(office: Office) -> None:
    office.propose()

    points = [row.cells[3].text for table in document_of(office).tables for row in table.rows[1:]]

    assert [one for one in points if not re.fullmatch(r"[0-9]+\.[0-9]{2}", one)] == []


def test_no_row_is_split_between_pages(office: Office) -> None:
    office.propose()

    rows = [row._tr for table in document_of(office).tables for row in table.rows]

    assert [row for row in rows if row.find(f"{WORD}trPr/{WORD}cantSplit") is None] == []


def test_the_number_of_the_list_is_at_the_foot_of_every_page(office: Office) -> None:
    office.propose()
    signed = office.put_forward()

    foot = document_of(office).sections[0].footer

    assert [one.text for one in foot.paragraphs][1:] == [f"名单编号：{signed.hash[:16]}"]


def test_a_list_that_is_not_decided_says_so(office: Office) -> None:
    office.propose()

    assert "泉州市2023年全国科普日活动\n表扬推荐表（送审稿）" in text_of(office)


def test_a_sheet_carries_what_the_notices_above_ask(office: Office) -> None:
    office.propose()

    assert "向上推荐：市科协推荐单位和活动参评中国科协和省科协" in text_of(office)


def test_a_title_with_control_characters_makes_a_file_all_the_same(office: Office) -> None:
    office.world.do("edit", office.refs[2], now=OVER, changes={"title": "星空\x0b下的课"})

    assert "星空下的课" in text_of(office)
