"""The report as a Word file: what a secretary would write of the figures, with tables and charts to edit."""

from collections.abc import Iterator, Sequence

from engine.rollup import sentences
from engine.rollup.charts import Bars, Series
from engine.rollup.figures import Count, Figures
from engine.rollup.gathering import Gathered
from engine.rollup.lateness import Punctual
from engine.rollup.paper import Column, Paper

_MOST_BARS, _MOST_ROWS = 16, 200


def report_file(gathered: Gathered, figures: Figures, *, enclosed: Sequence[str]) -> bytes:
    """Return the report; ``enclosed`` names what goes with it."""
    subject = gathered.subject
    changed = gathered.changed_at.astimezone(subject.family[subject.notice].zone).date()
    paper = Paper(sentences.heading(subject), at=gathered.changed_at)
    if subject.ref is not None:
        paper.line(f"{subject.schedule.issuer}：")
    paper.say(sentences.opening(subject, changed))
    _overall(paper, gathered, figures)
    _forms(paper, figures)
    _places(paper, gathered, figures)
    _punctual(paper, figures)
    _media(paper, figures)
    _coverage(paper, gathered, figures)
    for text in _enclosed(enclosed):
        paper.line(text, indent=True, keep=True)
    paper.line("", keep=True)
    paper.line(subject.unit, right=True, keep=True)
    paper.line("　　　　年　　月　　日", right=True)
    return paper.bytes()


def _enclosed(names: Sequence[str]) -> Iterator[str]:
    """Yield the lines that name what goes along; a single one has no number."""
    if len(names) == 1:
        yield f"附件：{names[0]}"
        return
    for number, name in enumerate(names, 1):
        yield f"{'附件：' if number == 1 else '　　　'}{number}．{name}"


def _overall(paper: Paper, gathered: Gathered, figures: Figures) -> None:
    paper.section("一、总体情况")
    paper.say(sentences.overall(gathered.subject, figures))
    _counted(paper, "活动进展情况", figures.states)


def _forms(paper: Paper, figures: Figures) -> None:
    paper.section("二、活动形式和面向人群")
    paper.say(sentences.forms(figures))
    _counted(paper, "活动形式", figures.kinds)
    _counted(paper, "面向人群", figures.audiences)


def _places(paper: Paper, gathered: Gathered, figures: Figures) -> None:
    paper.section("三、各地各单位开展情况")
    paper.say(sentences.places(gathered.subject, figures))
    shown = figures.places[:_MOST_BARS]
    bars = Bars(
        title="" + ("各单位活动数量" if figures.by_unit else "各地活动数量"),
        categories=tuple(one.name for one in shown),
        series=(Series(name="活动（项）", numbers=tuple(one.activities for one in shown)),),
    )
    if not shown:
        return
    paper.chart(bars)
    rows = [(one.name, one.activities, one.held, one.participants) for one in figures.places[:_MOST_ROWS]]
    first = "单位" if figures.by_unit else "地区"
    paper.table("开展情况", (first, "活动（项）", "已开展（项）", "参与（人次）"), rows)


def _punctual(paper: Paper, figures: Figures) -> None:
    paper.section("四、按时完成情况")
    paper.say(sentences.punctual(figures.punctual))
    if not any(one.decided for one in figures.punctual):
        return
    paper.chart(timely(figures.punctual))
    rows = [(one.name.zh, one.on_time, one.after, one.late, one.open) for one in figures.punctual]
    paper.table("各节点完成情况（项）", (Column("节点", 52), "按时", "逾期补办", "逾期未办", "未到期"), rows)


def timely(found: Sequence[Punctual]) -> Bars:
    """Return the chart of what was on time and what was late."""
    return Bars(
        title="按时完成情况",
        categories=tuple(one.name.zh for one in found),
        series=(
            Series(name="按时", numbers=tuple(one.on_time for one in found)),
            Series(name="逾期补办", numbers=tuple(one.after for one in found)),
            Series(name="逾期未办", numbers=tuple(one.late for one in found)),
            Series(name="未到期", numbers=tuple(one.open for one in found)),
        ),
    )


def _media(paper: Paper, figures: Figures) -> None:
    paper.section("五、宣传报道情况")
    paper.say(sentences.media(figures))
    if figures.press:
        rows = [(f"{one.title}（{one.unit}）", one.uri) for one in figures.press]
        paper.table("新闻报道选登", (Column("活动", 66), "链接"), rows)


def _coverage(paper: Paper, gathered: Gathered, figures: Figures) -> None:
    if gathered.subject.own is not None:
        return
    paper.section("六、报送情况")
    paper.say(sentences.coverage(figures))
    if figures.owing:
        rows = [
            (one.unit, one.name.zh, sentences.day(one.due) if one.due else "", "逾期" if one.late else "")
            for one in figures.owing[:_MOST_ROWS]
        ]
        paper.table("未报送情况", ("单位", "应报送", "截止日期", "备注"), rows)


def _counted(paper: Paper, title: str, counts: Sequence[Count]) -> None:
    if not counts:
        return
    names, numbers = tuple(one.name.zh for one in counts), tuple(one.number for one in counts)
    paper.chart(Bars(title=title, categories=names, series=(Series(name="活动（项）", numbers=numbers),)))
