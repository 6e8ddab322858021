"""Pictures show everything, and nothing lies on anything else."""

from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from config.schedule import Name
from workflows.activity import ACTIVITY
from workflows.diagram import mermaid, svg
from workflows.layout import Layout, lay_out
from workflows.lifecycle import Lifecycle, Step
from workflows.notice import NOTICE
from workflows.registry import LIFECYCLES
from workflows.report import REPORT
from workflows.stations import Box, Link

SVG = "{http://www.w3.org/2000/svg}"
Area = tuple[float, float, float, float]

each_lifecycle = pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda each: each.name)
each_language = pytest.mark.parametrize("lang", ["zh", "en"])


@each_language
@each_lifecycle
def test_mermaid_has_every_state_and_every_step(lifecycle: Lifecycle, lang: str) -> None:
    lines = mermaid(lifecycle, lang).splitlines()
    arrows = dict(line.strip().split(" : ") for line in lines if " : " in line)

    assert lines[0] == "stateDiagram-v2"
    assert [line for line in lines if line.startswith("    state ")] == [
        f'    state "{name.in_(lang)}" as {state}' for state, name in lifecycle.labels.items()
    ]
    for step in lifecycle.steps:
        verbs = arrows[f"{step.source} --> {step.dest}"].replace("、", ", ").split(", ")
        assert lifecycle.triggers[step.trigger].in_(lang) in verbs


@each_lifecycle
def test_mermaid_marks_where_a_case_begins_and_ends(lifecycle: Lifecycle) -> None:
    lines = mermaid(lifecycle, "zh").splitlines()

    begins = [line.split()[-1] for line in lines if line.startswith("    [*] -->")]
    ends = [line.split()[0] for line in lines if line.endswith("--> [*]")]

    assert begins == [lifecycle.initial, *lifecycle.also_initial]
    assert ends == list(lifecycle.final)


def test_mermaid_takes_no_sign_of_its_own_from_a_label() -> None:
    odd = replace(REPORT, labels={**REPORT.labels, "due": Name(zh='"待:报\n送"', en="Due")})

    assert """    state "'待：报 送'" as due""" in mermaid(odd, "zh").splitlines()


@each_language
@each_lifecycle
def test_the_picture_names_every_state_and_every_step(lifecycle: Lifecycle, lang: str) -> None:
    words = " ".join(
        text.text or "" for text in ElementTree.fromstring(svg(lifecycle, lang)).iter(f"{SVG}text")
    )

    names = [*lifecycle.labels.values(), *lifecycle.triggers.values()]

    assert [name.in_(lang) for name in names if name.in_(lang) not in words] == []


@each_language
@each_lifecycle
def test_every_step_that_moves_is_drawn_once(lifecycle: Lifecycle, lang: str) -> None:
    drawn = [step for link in lay_out(lifecycle, lang).links for step in link.bundle.steps]
    moving = [step for step in lifecycle.steps if step.source != step.dest]

    assert sorted(map(str, drawn)) == sorted(map(str, moving))


def test_the_picture_tells_those_who_cannot_see_it_what_it_shows() -> None:
    root = ElementTree.fromstring(svg(REPORT, "zh", {"due": 3, "submitted": 12}))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert title is not None
    assert desc is not None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "报送的流程"
    assert desc.text == (
        "主线：待报送 → 已报送 → 已接收。终点：已接收、已免报。其他状态：已免报。"
        "各状态数量：待报送 3、已报送 12、已接收 0、已免报 0。"
    )


def test_a_count_stands_in_each_state() -> None:
    counts = {state: 100 + index for index, state in enumerate(REPORT.labels)}
    root = ElementTree.fromstring(svg(REPORT, "zh", counts))

    found = {text.text for text in root.iter(f"{SVG}text") if text.get("class") == "count"}

    assert found == {"100", "101", "102", "103"}


@pytest.mark.parametrize("tall", [False, True])
@each_language
@each_lifecycle
def test_no_label_and_no_state_lies_on_another(lifecycle: Lifecycle, lang: str, tall: bool) -> None:
    layout = lay_out(lifecycle, lang, tall=tall)
    areas = [*(_box_area(box) for box in layout.boxes), *(_label_area(link) for link in layout.links)]

    assert [pair for pair in combinations(areas, 2) if _overlap(*pair)] == []


@pytest.mark.parametrize("tall", [False, True])
@each_language
@each_lifecycle
def test_no_line_runs_through_a_state_or_a_foreign_label(lifecycle: Lifecycle, lang: str, tall: bool) -> None:
    layout = lay_out(lifecycle, lang, tall=tall)

    hits = [
        (link.bundle.words, area)
        for link in layout.links
        for side in _sides(link)
        for area in _foreign(layout, link)
        if _overlap(side, area)
    ]

    assert hits == []


@each_language
@each_lifecycle
def test_no_two_lines_lie_on_each_other(lifecycle: Lifecycle, lang: str) -> None:
    links = lay_out(lifecycle, lang).links

    hits = [
        (one.bundle.words, other.bundle.words)
        for one, other in combinations(links, 2)
        for a in _sides(one)
        for b in _sides(other)
        if _same_direction(a, b) and _overlap(_grown(a), _grown(b))
    ]

    assert hits == []


@each_language
@pytest.mark.parametrize("lifecycle", [ACTIVITY, REPORT, NOTICE], ids=lambda each: each.name)
def test_in_the_pictures_for_everybody_no_two_lines_cross(lifecycle: Lifecycle, lang: str) -> None:
    links = lay_out(lifecycle, lang).links

    hits = [
        (one.bundle.words, other.bundle.words)
        for one, other in combinations(links, 2)
        for a in _sides(one)
        for b in _sides(other)
        if _overlap(_grown(a), _grown(b))
    ]

    assert hits == []


@each_lifecycle
def test_everything_stands_within_the_picture(lifecycle: Lifecycle) -> None:
    layout = lay_out(lifecycle, "zh")
    areas = [*(_box_area(box) for box in layout.boxes), *(_label_area(link) for link in layout.links)]

    assert min(min(left, top) for left, top, _, _ in areas) > 0
    assert max(right for _, _, right, _ in areas) < layout.width
    assert max(bottom for _, _, _, bottom in areas) <= layout.height + 9


def test_a_lifecycle_that_nobody_laid_by_hand_can_be_drawn() -> None:
    steps = (
        Step("skip", "due", "accepted"),
        Step("drop", "due", "lost"),
        Step("find", "lost", "due"),
        *(step for step in REPORT.steps if step.trigger != "note"),
    )
    new = replace(
        REPORT,
        name="new",
        steps=steps,
        labels={**REPORT.labels, "lost": Name(zh="<遗失>", en="Lost & gone")},
        triggers={step.trigger: Name(zh=f"“{step.trigger}”", en=step.trigger) for step in steps},
    )

    words = {text.text for text in ElementTree.fromstring(svg(new, "zh")).iter(f"{SVG}text")}

    assert {"<遗失>", "“skip”", "“find”"} <= words


def test_the_picture_needs_no_style_sheet_and_no_script() -> None:
    picture = svg(ACTIVITY, "zh")

    assert [word for word in ("style=", "<style", "<script", "href") if word in picture] == []


def _box_area(box: Box) -> Area:
    return (box.x - box.width / 2, box.top, box.x + box.width / 2, box.bottom)


def _label_area(link: Link) -> Area:
    (x, y), half = link.at, link.bundle.width / 2
    return (x - half, y - 6, x + half, y + 6)


def _sides(link: Link) -> list[Area]:
    return [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for line in link.lines
        for a, b in pairwise(line)
    ]


def _foreign(layout: Layout, link: Link) -> list[Area]:
    labels = [_label_area(other) for other in layout.links if other is not link]
    return [*(_box_area(box) for box in layout.boxes), *labels]


def _same_direction(a: Area, b: Area) -> bool:
    return (a[0] == a[2]) == (b[0] == b[2])


def _grown(area: Area) -> Area:
    return (area[0] - 2, area[1] - 2, area[2] + 2, area[3] + 2)


def _overlap(a: Area, b: Area) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
