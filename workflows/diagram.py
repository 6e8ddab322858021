"""Pictures of a lifecycle: Mermaid text to export, and an SVG for pages and print."""

from collections.abc import Iterable, Mapping
from html import escape

from config.schedule import Name
from workflows.drawing import FONT, arrow, blank, dot, frame, rule, text, tips
from workflows.layout import MARGIN, lay_out
from workflows.lifecycle import Lifecycle
from workflows.stations import LABEL, Box, Link, text_width

FOOT = 22
START = 26

TITLES: Mapping[str, Name] = {
    "activity": Name(zh="活动的流程", en="Lifecycle of an activity"),
    "report": Name(zh="报送的流程", en="Lifecycle of a report"),
    "notice": Name(zh="通知的流程", en="Lifecycle of a notice"),
    "message": Name(zh="邮件的流程", en="Lifecycle of a mail"),
}
KEEPING = Name(zh="不改变状态的操作", en="Steps that keep the state")
FRAME = Name(zh="双线框", en="Double frame")
END = Name(zh="终点", en="an end")
ANY = Name(zh="任何状态", en="Any state")
EXCEPT = Name(zh="除{states}外", en="Any but {states}")
RANGE = Name(zh="{first}至{last}", en="{first} to {last}")
STORY = Name(
    zh="主线：{path}。终点：{final}。其他状态：{beside}。",
    en="Main path: {path}. Ends: {final}. Beside it: {beside}.",
)
COUNTED = Name(zh="各状态数量：{counts}。", en=" Cases by state: {counts}.")


def mermaid(lifecycle: Lifecycle, lang: str) -> str:
    """Return the lifecycle as Mermaid text, without front matter, which some versions reject."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{_plain(name.in_(lang))}" as {state}' for state, name in lifecycle.labels.items()]
    lines += [f"    [*] --> {state}" for state in (lifecycle.initial, *lifecycle.also_initial)]
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in lifecycle.steps:
        arrows.setdefault((step.source, step.dest), []).append(lifecycle.triggers[step.trigger].in_(lang))
    lines += [f"    {a} --> {b} : {_plain(_list(names, lang))}" for (a, b), names in arrows.items()]
    lines += [f"    {state} --> [*]" for state in lifecycle.final]
    return "\n".join(lines) + "\n"


def svg(lifecycle: Lifecycle, lang: str, counts: Mapping[str, int] | None = None) -> str:
    """Return the lifecycle as an SVG element; ``counts`` puts the number of cases into each state.

    Its size is in pixels; a page lets it shrink with ``max-width: 100%; height: auto``.
    """
    layout = lay_out(lifecycle, lang, tall=counts is not None)
    notes = _notes(lifecycle, lang)
    tab = MARGIN + 20 + max(text_width(where, LABEL) for where, _ in notes)
    wide = max([layout.width, *(tab + text_width(what, LABEL) + MARGIN for _, what in notes)])
    below = layout.height + MARGIN
    key = f"duban-{lifecycle.name}-{lang}"
    parts = [
        _opening(key, lang, (wide, below + MARGIN + len(notes) * FOOT)),
        f'<title id="{key}-title">{escape(_title(lifecycle, lang))}</title>',
        f'<desc id="{key}-desc">{escape(_story(lifecycle, lang, counts))}</desc>',
        tips(key),
        *(arrow(corners, key, main=link.main) for link in layout.links for corners in link.lines),
        *(_beginning(lifecycle, box, key) for box in layout.boxes),
        *(_state(lifecycle, box, lang, counts=counts) for box in layout.boxes),
        *(_verb(link) for link in layout.links),
        rule(MARGIN, wide - MARGIN, below),
        *_foot(notes, tab, below + FOOT),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _opening(key: str, lang: str, size: tuple[float, float]) -> str:
    wide, high = (f"{length:.0f}" for length in size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lifecycle" viewBox="0 0 {wide} {high}"'
        f' width="{wide}" height="{high}" role="img" aria-labelledby="{key}-title {key}-desc"'
        f' lang="{"en" if lang == "en" else "zh-CN"}" font-family="{FONT}">'
    )


def _title(lifecycle: Lifecycle, lang: str) -> str:
    name = lifecycle.name
    return TITLES.get(name, Name(zh=f"{name} 的流程", en=f"Lifecycle {name}")).in_(lang)


def _story(lifecycle: Lifecycle, lang: str, counts: Mapping[str, int] | None) -> str:
    labels = {state: name.in_(lang) for state, name in lifecycle.labels.items()}
    beside = [labels[state] for state in labels if state not in lifecycle.path]
    story = STORY.in_(lang).format(
        path=" → ".join(labels[state] for state in lifecycle.path),
        final=_list((labels[state] for state in lifecycle.final), lang),
        beside=_list(beside, lang) or "–",
    )
    if counts is None:
        return story
    numbers = (f"{label} {counts.get(state, 0)}" for state, label in labels.items())
    return story + COUNTED.in_(lang).format(counts=_list(numbers, lang))


def _beginning(lifecycle: Lifecycle, box: Box, key: str) -> str:
    if box.state == lifecycle.initial:
        edge = box.x - box.width / 2
        start = (edge - START, box.y)
        return arrow((start, (edge, box.y)), key) + dot(start)
    if box.state in lifecycle.also_initial:
        start = (box.x - START / 2, box.top - START)
        return arrow((start, (start[0], box.top)), key) + dot(start)
    return ""


def _state(lifecycle: Lifecycle, box: Box, lang: str, *, counts: Mapping[str, int] | None) -> str:
    kind = "station" if box.state in lifecycle.path else "beside"
    middle, size = (box.x, box.y), (box.width, box.height)
    inner = frame(middle, size, kind, inset=3.5) if box.state in lifecycle.final else ""
    label = lifecycle.labels[box.state].in_(lang)
    if counts is None:
        words = text(label, (box.x, box.y + 5.5), "state")
    else:
        count = text(str(counts.get(box.state, 0)), (box.x, box.y + 17), "count")
        words = text(label, (box.x, box.y - 4), "state") + count
    return frame(middle, size, kind) + inner + words


def _verb(link: Link) -> str:
    foot = (link.at[0], link.at[1] + 4.5)
    if link.main:
        return text(link.bundle.words, foot, "verb")
    return blank(link.at, link.bundle.width + 10) + text(link.bundle.words, foot, "side-verb")


def _notes(lifecycle: Lifecycle, lang: str) -> list[tuple[str, str]]:
    """Return what the picture does not draw: in which states which steps keep the state."""
    where: dict[str, list[str]] = {}
    for step in lifecycle.steps:
        if step.source == step.dest:
            where.setdefault(step.trigger, []).append(step.source)
    lines: dict[tuple[str, ...], list[str]] = {}
    for trigger, states in where.items():
        lines.setdefault(tuple(states), []).append(lifecycle.triggers[trigger].in_(lang))
    notes = [(_states(lifecycle, states, lang), _list(steps, lang)) for states, steps in lines.items()]
    heading = [(KEEPING.in_(lang), "")] if notes else []
    return [*heading, *notes, (FRAME.in_(lang), END.in_(lang))]


def _states(lifecycle: Lifecycle, states: tuple[str, ...], lang: str) -> str:
    others = [state for state in lifecycle.labels if state not in states]
    if not others:
        return ANY.in_(lang)
    if len(others) == 1 and len(states) > 2:
        return EXCEPT.in_(lang).format(states=lifecycle.labels[others[0]].in_(lang))
    names = [lifecycle.labels[state].in_(lang) for state in states]
    start = lifecycle.path.index(states[0]) if states[0] in lifecycle.path else 0
    if len(states) > 2 and lifecycle.path[start : start + len(states)] == states:
        return RANGE.in_(lang).format(first=names[0], last=names[-1])
    return _list(names, lang)


def _foot(notes: list[tuple[str, str]], tab: float, top: float) -> list[str]:
    lines = []
    for index, (where, what) in enumerate(notes):
        y = top + index * FOOT
        heading = not what
        lines.append(text(where, (MARGIN, y), "what" if heading else "where"))
        lines.append("" if heading else text(what, (tab, y), "what"))
    return lines


def _list(words: Iterable[str], lang: str) -> str:
    return (", " if lang == "en" else "、").join(words)


def _plain(words: str) -> str:
    """Return a label without the signs that Mermaid reads as its own."""
    return words.replace('"', "'").replace(":", "：").replace(";", "，").replace("\n", " ")
