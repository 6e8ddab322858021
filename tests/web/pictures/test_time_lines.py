"""Season line, ladder and time slider: each day stands where it belongs."""

from datetime import date

from config.workdays import WorkCalendar
from tests.web.pictures.reading import SVG, drawing, drawings, of_kind, texts
from tests.web.pictures.samples import PICTURES, firings, ladder, season, slider
from web.pictures.days import Axis, days_off
from web.pictures.ladder import ladder_table, rung_name
from web.pictures.season import Flag, Season, WindowBar, season_picture, season_table
from web.pictures.sparkslider import Slider, SliderDay, slider_picture, slider_table

GOLDEN_WEEK = days_off(date(2023, 9, 28), date(2023, 10, 9), WorkCalendar())


def test_days_off_are_holidays_and_not_the_days_that_make_up_for_them() -> None:
    assert sorted(GOLDEN_WEEK) == [
        *(date(2023, 9, day) for day in (29, 30)),
        *(date(2023, 10, d) for d in range(1, 7)),
    ]


def test_days_off_in_a_row_are_shaded_as_one() -> None:
    picture = Season(windows=(), flags=(Flag(name="总结", due=date(2023, 10, 3)),), off=GOLDEN_WEEK)

    (shade,) = of_kind(drawing(season_picture(picture, key="s", lang="zh")), "off")

    assert shade.attrib["d"].count("M") == 1


def test_the_season_line_has_every_date_of_its_table() -> None:
    wide = texts(drawing(PICTURES["season"]("zh")), "date")
    table = season_table(season("zh"), "zh")

    assert wide[0:2] == ["8月21日–9月30日", "9月17日–23日"]
    assert [row[2].split(" ")[0] for row in table.rows[2:-1]] == wide[2:-1]
    assert table.rows[-1] == ("补充材料", "", "办完后 5 天", "")


def test_both_layouts_of_the_season_line_say_the_same_dates() -> None:
    wide, narrow = drawings(PICTURES["season"]("en"))

    assert texts(wide, "date") == texts(narrow, "date")


def test_the_season_line_has_a_tick_for_each_day_with_a_reminder() -> None:
    wide = drawing(PICTURES["season"]("zh"))
    legend = 2

    assert len(of_kind(wide, "tick")) - legend == len({(each.milestone, each.day) for each in firings()})


def test_today_has_its_line_only_where_it_is_shown() -> None:
    window = WindowBar(name="集中开展", start=date(2023, 9, 17), end=date(2023, 9, 23))

    def lines(today: date) -> int:
        picture = season_picture(Season(windows=(window,), flags=(), today=today), key="s", lang="zh")
        return len(of_kind(drawing(picture), "today"))

    assert (lines(date(2023, 9, 20)), lines(date(2024, 1, 1))) == (1, 0)


def test_a_day_is_as_wide_as_any_other() -> None:
    axis = Axis(first=date(2023, 9, 1), last=date(2023, 9, 10), left=100, right=200)

    assert [axis.start(day) for day in axis.days()] == [100.0 + 10 * n for n in range(10)]
    assert axis.middle(axis.last) == 195


def test_the_ladder_fills_what_has_been_sent() -> None:
    wide = drawing(PICTURES["ladder"]("zh"))
    rows = ladder_table(ladder("zh"), "zh").rows
    legend = 1

    assert [row[3] for row in rows].count("已发") == len(of_kind(wide, "rung sent")) - legend == 1
    assert texts(wide, "name") == [row[0] for row in rows]
    assert texts(wide, "date") == [row[1] for row in rows]
    assert texts(wide, "who") == [row[2] for row in rows]


def test_a_reminder_stands_on_its_day() -> None:
    wide = drawing(PICTURES["ladder"]("zh"))
    places = [float(each.attrib["cx"]) for each in of_kind(wide, "rung")][:-2]
    days = [step.day for step in ladder("zh").steps]
    step = (places[-1] - places[0]) / (days[-1] - days[0]).days

    expected = [places[0] + step * (day - days[0]).days for day in days]
    assert max(abs(a - b) for a, b in zip(places, expected, strict=True)) < 0.2


def test_a_rung_is_named_by_its_working_days() -> None:
    rungs = [("opens", 0), ("due", -7), ("due", -1), ("due", 0), ("due", 1), ("due", 23), ("opens", 3)]

    assert [rung_name(on, offset, "zh") for on, offset in rungs] == [
        "开始当天",
        "提前 7 个工作日",
        "提前 1 个工作日",
        "截止当天",
        "逾期 1 个工作日",
        "逾期 23 个工作日",
        "开始后 3 个工作日",
    ]
    assert rung_name("due", -1, "en") == "1 working day before"


def test_the_slider_marks_the_days_of_its_table() -> None:
    marks = drawings(PICTURES["slider"]("zh"))[0]
    rows = slider_table(slider("zh"), "zh").rows

    assert len(of_kind(marks, "pole")) == sum(bool(row[1]) for row in rows)
    assert len(of_kind(marks, "reminders")) == sum(bool(row[2]) for row in rows)
    assert {each.text for each in marks.iter(f"{SVG}title")} >= {"10月10日 周二：省级科协、全国学会报送总结"}


def test_the_slider_marks_a_day_where_its_thumb_will_stand() -> None:
    days = tuple(SliderDay(day=date(2023, 9, day), reminders=1) for day in (1, 6, 11))
    picture = slider_picture(Slider(first=days[0].day, last=days[-1].day, days=days), key="d", lang="zh")

    assert [each.get("x1") for each in of_kind(drawings(picture)[0], "reminders")] == [
        "0.00%",
        "50.00%",
        "100.00%",
    ]


def test_days_beyond_the_slider_are_left_out() -> None:
    outside = Slider(
        first=date(2023, 9, 1), last=date(2023, 9, 2), days=(SliderDay(day=date(2023, 9, 3), reminders=2),)
    )

    assert slider_table(outside, "zh").rows == ()
    assert not of_kind(drawings(slider_picture(outside, key="d", lang="zh"))[0], "reminders")
