"""The recommendation sheet: a Word file as offices print, sign and seal it."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from config.errors import UserError
from config.regions import full_name
from engine.audit.names import Names
from engine.commendation.listed import AwardList, Line
from engine.commendation.proposal import Proposal
from engine.commendation.words import TIE, merits_said, points_said, quota_said

if TYPE_CHECKING:
    from docx.document import Document

_HEADINGS = ("序号", "名称", "单位（地区）", "得分", "推荐理由")
_WIDTHS = (1.4, 3.8, 3.5, 1.5, 5.4)  # centimetres: what A4 leaves between its margins
_TITLE, _BODY, _SMALL = 20, 12, 10.5
_WIDE_SPACE = "\u3000"
_BLANK, _GAP = "＿" * 6, _WIDE_SPACE * 6


class _Look(NamedTuple):
    """How a paragraph looks: sizes in points, its side CENTER or RIGHT (else as usual)."""

    size: float = _BODY
    bold: bool = False
    side: str = ""
    indented: bool = False
    ahead: int = 0


_PLAIN, _INDENTED = _Look(), _Look(indented=True)


def write_sheet(proposal: Proposal, names: Names, upward: Sequence[str] = ()) -> bytes:
    """Return the sheet of a list; ``upward`` are the sentences of the notices above that ask for it.

    A list that is not decided yet says so in its title. UserError where python-docx is not installed.
    """
    document = _blank()
    decided = proposal.chain.second is not None
    region = full_name(proposal.schedule.region) or "全国"
    title = f"{region}表扬推荐表" + ("" if decided else "（送审稿）")
    _line(document, title, _Look(size=_TITLE, bold=True, side="CENTER"))
    _line(document, f"根据《{proposal.schedule.title}》，推荐如下：", _INDENTED)
    for award in proposal.awards:
        _award(document, award)
    for sentence in upward:
        _line(document, f"向上推荐：{sentence}", _INDENTED)
    _line(document, TIE.zh, _Look(size=_SMALL))
    _signatures(document, proposal, names)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def _blank() -> "Document":
    try:
        import docx  # noqa: PLC0415  few commands need it, and not every installation has it
        from docx.shared import Cm  # noqa: PLC0415
    except ImportError:
        raise UserError(
            zh="生成 Word 文件需要 python-docx；请安装 duban[documents]。",
            en="Word files need python-docx; install duban[documents]",
            code="documents.missing",
        ) from None
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.7)
    page.top_margin, page.bottom_margin = Cm(3.0), Cm(2.5)
    return document


def _award(document: "Document", award: AwardList) -> None:
    quota = quota_said(award.rules.quota, len(award.lines)).zh
    _line(
        document, f"{award.rules.title}（推荐 {len(award.chosen)} 个，{quota}）", _Look(bold=True, ahead=12)
    )
    if not award.chosen:
        _line(document, "无。", _INDENTED)
        return
    table = document.add_table(rows=1, cols=len(_HEADINGS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = _centimetres(width)
    _row(table.rows[0], _HEADINGS, bold=True)
    _repeat(table.rows[0])
    for number, line in enumerate(award.chosen, 1):
        _row(table.add_row(), _cells(number, line))


def _cells(number: int, line: Line) -> tuple[str, ...]:
    below = line.below or full_name(line.county)
    return (str(number), line.name, below, points_said(line.points), merits_said(line).zh)


def _signatures(document: "Document", proposal: Proposal, names: Names) -> None:
    first, second = proposal.chain.first, proposal.chain.second
    drawn = names.get(first.actor, _BLANK) if first else _BLANK
    decided = names.get(second.actor, _BLANK) if second else _BLANK
    _line(document, f"拟定人：{drawn}{_GAP}审定人：{decided}", _Look(ahead=24))
    _line(document, f"签\u3000字：{_BLANK}{_GAP}签\u3000字：{_BLANK}", _Look(ahead=12))
    _line(document, f"推荐单位：{proposal.schedule.issuer}（盖章）", _Look(ahead=24, side="RIGHT"))
    _line(document, "\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日", _Look(side="RIGHT"))
    if first:
        _line(document, f"名单编号：{first.hash[:16]}", _Look(size=_SMALL, ahead=12))


def _line(document: "Document", text: str, look: _Look = _PLAIN) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(look.ahead), Pt(6)
    if look.side:
        centred = look.side == "CENTER"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    if look.indented:
        paragraph.paragraph_format.first_line_indent = Pt(2 * look.size)
    _write(paragraph, text, size=look.size, bold=look.bold)


def _row(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = _centimetres(width)
        _write(cell.paragraphs[0], text, size=_SMALL, bold=bold)


def _centimetres(width: float) -> int:
    from docx.shared import Cm  # noqa: PLC0415

    return Cm(width)


def _repeat(row: Any) -> None:
    """Let the headings stand on every page of a long table."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _write(paragraph: Any, text: str, *, size: float, bold: bool) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    run = paragraph.add_run("".join(char for char in text if char.isprintable() or char == _WIDE_SPACE))
    run.bold, run.font.size, run.font.name = bold, Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
