"""The recommendation sheet: a Word file with every list, its reasons and the lines to sign."""

from io import BytesIO

import pytest

from engine.commendation.adjusting import Wish
from engine.commendation.proposal import proposal_of
from engine.commendation.sheet import write_sheet
from engine.commendation.upward import upward_of
from tests.engine.commendation.conftest import OVER, Office
from tests.engine.world import NOTICE

docx = pytest.importorskip("docx")


def text_of(office: Office) -> str:
    with office.world.database.read() as conn:
        found = proposal_of(conn, NOTICE, now=OVER)
        names = {office.first.name: "周管理员", office.second.name: "吴主任"}
        data = write_sheet(found, names, upward_of(conn, found.schedule))
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_sheet_names_the_chosen_with_their_reasons_and_who_signed(office: Office) -> None:
    office.propose()
    office.adjust(Wish(award="activity", key=office.refs[2], act="move", place=1, reason="示范性强"))
    office.put_forward()
    office.approve()

    text = text_of(office)

    assert "福建省泉州市表扬推荐表\n" in text
    assert "参与 300 人；媒体报道 3 条；4 个节点中 4 个按时" in text
    assert "示范性强" in text
    assert "拟定人：周管理员" in text
    assert "审定人：吴主任" in text


def test_a_list_that_is_not_decided_says_so(office: Office) -> None:
    office.propose()

    assert "福建省泉州市表扬推荐表（送审稿）" in text_of(office)


def test_a_sheet_carries_what_the_notices_above_ask(office: Office) -> None:
    office.propose()

    assert "向上推荐：市科协推荐单位和活动参评中国科协和省科协" in text_of(office)


def test_a_title_with_control_characters_makes_a_file_all_the_same(office: Office) -> None:
    office.world.do("edit", office.refs[2], now=OVER, changes={"title": "星空\x0b下的课"})

    assert "星空下的课" in text_of(office)
