"""The benchmarks run, and their tools count rightly. How fast is not tested here: ``make bench`` tells."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from bench.__main__ import NAMES, main
from bench.measure import Cost, Figure, Times, in_turn
from bench.startup import heavy_imports
from bench.table import told, whole

FIGURE = Figure(
    name="walk",
    measures="a walk",
    floor="4/s",
    ours="2/s",
    ratio=0.5,
    goal="≥ 0.75",
    met=False,
    notes=("By day.",),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_gives_figures_of_floor_and_ours_with_a_goal(name: str, tmp_path: Path) -> None:
    written = tmp_path / "figures.json"

    # a process of its own: yagmail, which is measured too, leaves its connections open
    command = [sys.executable, "-m", "bench", name, "--quick", "--json", str(written)]
    shown = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout

    figures = orjson.loads(written.read_bytes())
    assert figures
    assert all(one["floor"] and one["ours"] and one["ratio"] > 0 and one["goal"] for one in figures)
    assert all(one["name"] in shown.splitlines()[-len(figures) + at] for at, one in enumerate(figures))


def test_an_unknown_name_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["tea"])

    assert "transitions" in capsys.readouterr().err


def test_a_ratio_is_the_median_of_the_ratios_of_each_round() -> None:
    floor = [Cost(1.0), Cost(8.0), Cost(1.0)]
    ours = [Cost(2.0), Cost(8.0), Cost(4.0)]

    assert Times({"floor": floor, "ours": ours}).ratio("floor", "ours") == 0.5


def test_cells_take_turns() -> None:
    seen: list[str] = []

    def cell(name: str) -> Cost:
        seen.append(name)
        return Cost(1.0)

    in_turn(2, {"a": lambda number: cell(f"a{number}"), "b": lambda number: cell(f"b{number}")})

    assert seen == ["a0", "b0", "a1", "b1"]


def test_a_figure_says_what_is_measured_and_whether_its_goal_is_met() -> None:
    lines = told(FIGURE).splitlines()

    assert lines == ["walk: a walk", "  floor 4/s, ours 2/s, ratio 0.50; goal ≥ 0.75: NOT MET", "  By day."]


def test_the_table_stands_in_columns() -> None:
    lines = whole([FIGURE]).splitlines()

    assert lines == [
        "name  floor  ours  ratio  goal    met",
        "----  -----  ----  -----  ------  -------",
        "walk  4/s    2/s   0.50   ≥ 0.75  NOT MET",
    ]


def test_heavy_imports_are_named() -> None:
    assert heavy_imports(("-c", "import jinja2")) == ["jinja2"]


def test_growth_of_memory_is_seen() -> None:
    told = subprocess.run([sys.executable, "-c", _GROWING], capture_output=True, text=True, check=True)
    before, now, peak = map(float, told.stdout.split())

    assert now > 0
    assert peak - before > 32


_GROWING = """
from bench.memory import now_mb, peak_mb
before = peak_mb()
grown = bytearray(64 * 2**20)
print(before, now_mb(), peak_mb())
"""
