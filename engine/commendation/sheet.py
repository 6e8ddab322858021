"""The recommendation sheet: a Word file as offices print, sign and seal it."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from config.criteria import Award
from config.regions import full_name
from engine.audit.names import Names
from engine.commendation.chain import Signature
from engine.commendation.listed import AwardList, Line
from engine.commendation.merits import merits_said
from engine.commendation.proposal import Proposal
from engine.commendation.words import TIE, criterion_said, quota_said, total_said
from engine.event import headed
from engine.rollup.figures import own_level
from engine.rollup.paper import Column, Paper

_COLUMNS = {
    Award.UNIT: (Column("单位名称", 44), Column("所在地区", 26)),
    Award.ACTIVITY: (Column("活动名称", 40), Column("举办单位", 38)),
    Award.PERSON: (Column("姓名", 22, centred=True), Column("所在单位", 46)),
}
_NUMBER, _POINTS = Column("序号", 14, centred=True), Column("得分", 17, centred=True)
_NUMERALS = "一二三四五六七八九十"
_BLANK, _GAP = "＿" * 6, "\u3000" * 3
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_SPACE = re.compile(r"(?<=[^\x00-\x7f]) (?=[\x00-\x7f])|(?<=[\x00-\x7f]) (?=[^\x00-\x7f])")


def write_sheet(proposal: Proposal, names: Names, upward: Sequence[str] = ()) -> bytes:
    """Return the sheet of a list; ``upward`` are the sentences of the notices above that ask for it.

    A list that is not decided yet says so in its title. UserError where python-docx is not installed.
    """
    schedule, chain = proposal.schedule, proposal.chain
    draft = "" if chain.second is not None else "（送审稿）"
    paper = Paper(f"{headed(schedule, schedule.region)}\n表扬推荐表{draft}", at=_at(proposal))
    paper.say(f"根据《{schedule.title}》，经综合评定，推荐如下：")
    sections = iter(_NUMERALS)
    for award in proposal.awards:
        _award(paper, award, numeral=next(sections), top=schedule.region)
    _off(paper, proposal, sections)
    for sentence in upward:
        paper.say(f"向上推荐：{sentence}")
    _notes(paper, proposal)
    _signatures(paper, proposal, names)
    if chain.first:
        paper.mark(f"名单编号：{chain.first.hash[:16]}")
    return paper.bytes()


def _at(proposal: Proposal) -> datetime:
    """Return when the list last changed by a person's hand: the file bears that date."""
    chain = proposal.chain
    signed = [one.at for one in (chain.first, chain.second) if one]
    return max([_FIRST, *signed, *(one.at for one in chain.adjustments)])


def _award(paper: Paper, award: AwardList, *, numeral: str, top: str) -> None:
    paper.section(f"{numeral}、{award.rules.title}（{len(award.chosen)}个）")
    if not award.chosen:
        paper.say("无。")
        return
    columns = (_NUMBER, *_COLUMNS[award.rules.award], _POINTS, Column("推荐理由"))
    paper.table("", columns, [_cells(number, one, top) for number, one in enumerate(award.chosen, 1)])


def _cells(number: int, line: Line, top: str) -> tuple[str, ...]:
    return (str(number), line.name, _below(line, top), total_said(line.points), merits_said(line).zh)


def _below(line: Line, top: str) -> str:
    """Return whose a candidate is, or where: the region of the list itself goes without saying."""
    below = line.below or full_name(line.county)
    return below.removeprefix(full_name(top)) or own_level(top)


def _off(paper: Paper, proposal: Proposal, sections: Iterator[str]) -> None:
    """Say who was taken off by hand, and why: the reason is part of the recommendation."""
    told = [
        f"{award.rules.title}：“{line.name}”（{_below(line, proposal.schedule.region)}）不列入推荐，理由："
        f"{line.reason.rstrip('。')}。"
        for award in proposal.awards
        for line in award.lines
        if line.reason and line.key in proposal.chain.adjusted(award.rules.award).wishes.removed
    ]
    if told:
        paper.section(f"{next(sections)}、调整说明")
    for one in told:
        paper.say(one)


def _notes(paper: Paper, proposal: Proposal) -> None:
    """Say by what the points came about."""
    notes = [_points_of(award) for award in proposal.awards]
    for number, text in enumerate([*notes, TIE.zh], 1):
        mark = "注：" if number == 1 else "\u3000\u3000"
        paper.note(f"{mark}{number}．{text}", keep=number > len(notes))


def _points_of(award: AwardList) -> str:
    quota = quota_said(award.rules.quota, len(award.lines)).zh
    criteria = "、".join(one.zh for one in criterion_said(award.rules))
    return _SPACE.sub("", f"{award.rules.title}：候选{len(award.lines)}个，{quota}；得分按{criteria}合计。")


def _signatures(paper: Paper, proposal: Proposal, names: Names) -> None:
    first, second = proposal.chain.first, proposal.chain.second
    drawn, decided = _signer(first, names), _signer(second, names)
    paper.line("", keep=True)
    paper.line(f"拟定人：{drawn}{_GAP}签字：{_BLANK}", indent=True, keep=True)
    paper.line(f"审定人：{decided}{_GAP}签字：{_BLANK}", indent=True, keep=True)
    paper.line("", keep=True)
    paper.line(f"推荐单位：{proposal.schedule.issuer}（盖章）", right=True, keep=True)
    paper.line("　　　　年　　月　　日", right=True)


def _signer(signed: Signature | None, names: Names) -> str:
    """Return a name as signatures have it: one of two characters takes the room of three."""
    name = names.get(signed.actor, _BLANK) if signed else _BLANK
    return "\u3000".join(name) if len(name) == 2 else name
