"""Charts as Word keeps them: drawn by whoever opens the file, in their own fonts, with their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from engine.rollup.archive import settled
from engine.sheets.cells import without_controls

if TYPE_CHECKING:
    from openpyxl.chart.bar_chart import BarChart

_SHEET = "Sheet1"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EXTERNAL = b'<externalData xmlns:r="' + _RELATIONS + b'" r:id="rId1">'
"""How a chart refers to its workbook; openpyxl leaves the namespace out."""

_INK = ("1F5F8B", "9A6700", "B3341F", "B9B6AE")
"""As on the pages: main, soon, late, and what is still open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Numbers of one sort, one for each category."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Level bars, or bars upright; several series are stacked."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    level: bool = True


def chart_xml(bars: Bars) -> bytes:
    """Return the chart part of bars: their numbers are in it, the workbook beside it is only for editing."""
    from openpyxl.chart.chartspace import ChartSpace, ExternalData  # noqa: PLC0415  slow, few need it
    from openpyxl.xml.functions import tostring  # noqa: PLC0415

    made = _chart(bars)
    space: Any = ChartSpace(chart=_container(made))
    space.roundedCorners = False
    space.externalData = ExternalData(id="rId1", autoUpdate=False)
    drawn = bytes(tostring(space.to_tree())).replace(b'<externalData id="rId1">', _EXTERNAL)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + drawn


def chart_book(bars: Bars, at: datetime) -> bytes:
    """Return the workbook that a chart is edited with."""
    from openpyxl import Workbook  # noqa: PLC0415  as above

    book = Workbook()
    sheet = book.active
    sheet.title = _SHEET
    columns: list[tuple[str | int, ...]] = [("", *bars.categories)]
    columns += [(one.name, *one.numbers) for one in bars.series]
    for column, values in enumerate(columns, start=1):
        for row, value in enumerate(values, start=1):
            text = isinstance(value, str)
            cell = sheet.cell(row, column, without_controls(str(value)) if text else value)
            cell.data_type = "s" if text else "n"  # no name is a formula
    made = BytesIO()
    book.save(made)
    return settled(made.getvalue(), at)


def _chart(bars: Bars) -> "BarChart":
    from openpyxl.chart import BarChart  # noqa: PLC0415  as above

    made = BarChart()
    made.type = "bar" if bars.level else "col"
    stacked = len(bars.series) > 1
    made.grouping = "stacked" if stacked else "clustered"
    made.overlap = 100 if stacked else None
    made.gapWidth = 60
    made.legend = made.legend if stacked else None
    if made.legend is not None:
        made.legend.position = "b"
    made.x_axis.delete = made.y_axis.delete = False
    made.x_axis.scaling.orientation = "maxMin" if bars.level else "minMax"
    made.y_axis.crosses = "max" if bars.level else None  # turned round, its numbers stay below
    made.y_axis.majorGridlines = None
    made.y_axis.numFmt = "0"
    made.y_axis.scaling.min = 0  # a bar that does not begin at nothing misleads
    made.series = [_series(bars, at) for at in range(len(bars.series))]
    return made


def _series(bars: Bars, at: int) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef  # noqa: PLC0415
    from openpyxl.chart.label import DataLabelList  # noqa: PLC0415
    from openpyxl.chart.series import Series as Drawn  # noqa: PLC0415
    from openpyxl.chart.series import SeriesLabel  # noqa: PLC0415

    column, last = chr(ord("B") + at), len(bars.categories) + 1
    one = bars.series[at]
    names = StrRef(f=f"{_SHEET}!$A$2:$A${last}", strCache=_texts(bars.categories))
    numbers = NumRef(f=f"{_SHEET}!${column}$2:${column}${last}", numCache=_numbers(one.numbers))
    label = SeriesLabel(strRef=StrRef(f=f"{_SHEET}!${column}$1", strCache=_texts([one.name])))
    drawn = Drawn(idx=at, order=at, tx=label)
    drawn.cat, drawn.val = AxDataSource(strRef=names), NumDataSource(numRef=numbers)
    drawn.graphicalProperties.solidFill = _INK[at % len(_INK)]
    if len(bars.series) == 1:
        drawn.dLbls = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
        )
    return drawn


def _texts(values: Sequence[str]) -> Any:
    from openpyxl.chart.data_source import StrData, StrVal  # noqa: PLC0415

    points = [StrVal(idx=at, v=without_controls(value)) for at, value in enumerate(values)]
    return StrData(ptCount=len(values), pt=points)


def _numbers(values: Sequence[int]) -> Any:
    from openpyxl.chart.data_source import NumData, NumVal  # noqa: PLC0415

    points = [NumVal(idx=at, v=str(value)) for at, value in enumerate(values)]
    return NumData(formatCode="General", ptCount=len(values), pt=points)


def _container(made: "BarChart") -> Any:
    from openpyxl.chart.chartspace import ChartContainer, PlotArea  # noqa: PLC0415

    area: Any = PlotArea()
    area._charts = [made]
    return ChartContainer(plotArea=area, legend=made.legend, autoTitleDeleted=True, plotVisOnly=True)
