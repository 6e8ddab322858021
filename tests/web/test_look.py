"""The look: every part of the kit, the frame of a page, the pages of refusal, and the files they load."""

import re
from datetime import UTC, date, datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment, nodes

from config.schedule import Name
from web.templating import HERE, STATIC, Pages
from web.told import Told
from web.viewer import Desk
from web.words import TEXTS

NOW = datetime(2023, 9, 27, 2, 6, tzinfo=UTC)
TEMPLATES = sorted((HERE / "templates").rglob("*.html"))
NASTY = '<script>"x"</script>'
WRONG = Name(zh="没有这一天", en="no such day")


def visit(*desks: Desk, **changed: Any) -> SimpleNamespace:
    """Return a visit of somebody with those desks; a stranger's without any."""
    viewer = SimpleNamespace(name="王敏", desks=desks, roles=[str(one) for one in desks]) if desks else None
    office = SimpleNamespace(zone=ZoneInfo("Asia/Shanghai"))
    usual = {"viewer": viewer, "lang": "zh", "now": NOW, "path": "/my", "demo": False, "told": None}
    return SimpleNamespace(**{**usual, "desk": next(iter(desks), None), "office": office, **changed})


def kit(source: str, **values: Any) -> str:
    """Return what a piece of a template gives, with the kit at hand, without the room between the parts."""
    pages = Pages()
    head = '{% import "kit.html" as kit with context %}'
    page = pages._environment.from_string(head + source)  # the environment is what the pages are made with
    html = page.render({"visit": visit(Desk.ADMIN), "csrf": "tok", **values})
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html)).strip()


def frame(seen: SimpleNamespace, template: str = "error.html", **values: Any) -> str:
    """Return a whole page."""
    known = {"title": "题目", "text": WRONG, "status": 422, "request_id": "7f3a"}
    return Pages().whole(template, {"visit": seen, "csrf": "tok", **known, **values})


def links(html: str) -> list[str]:
    """Return where the first navigation of a page leads."""
    navigation = html.partition("<nav")[2].partition("</nav>")[0]
    return re.findall(r'href="(/[^"]*)"', navigation)


def macros(source: str) -> dict[str, list[str]]:
    """Return every public macro of a template with its parameters."""
    found = Environment().parse(source).find_all(nodes.Macro)
    return {one.name: [arg.name for arg in one.args] for one in found if not one.name.startswith("_")}


def test_the_head_of_the_kit_names_every_part() -> None:
    source = (HERE / "templates" / "kit.html").read_text(encoding="utf-8")
    head = source.partition("-#}")[0]

    documented = set(re.findall(r"(?<![\w.])([a-z_]+)\((?!s\b)", head))

    assert {name for name in macros(source) if name not in documented} == set()


def test_a_field_says_its_label_its_help_and_its_problem_to_everybody() -> None:
    html = kit('{{ kit.field("day", "日期", "31", problem=p, help="到 30 日", required=true) }}', p=WRONG)

    assert html == (
        '<div class="field wrong"><label for="f-day">日期</label><p class="help" id="f-day-help">到 30 日</p>'
        '<input type="text" value="31" name="day" id="f-day" required="" aria-invalid="true" '
        'aria-describedby="f-day-help f-day-problem">'
        '<p class="problem" id="f-day-problem">没有这一天</p></div>'
    )


@pytest.mark.parametrize(
    "part",
    [
        "kit.answer(x, below=x)",
        "kit.badge(x, 'late', x)",
        "kit.note(x, 'late', x)",
        "kit.empty(x, x, x)",
        "kit.facts([(x, x, x)])",
        "kit.crumb(x, x)",
        "kit.th(x, x, x)",
        "kit.cell(x, x)",
        "kit.sort(x, x)",
        "kit.pick(x, x, x)",
        "kit.figures([(x, x, x, 'late')])",
        "kit.tabs([(x, x, x)], x)",
        "kit.steps([(x, 'done', x)])",
        "kit.diff([('+', x), ('-', x), ('@', x), (' ', x)], x)",
        "kit.picture('', [x, (x, 'num')], [(x, x)], x)",
        "kit.mail(x, x, x)",
        "kit.field(x, x, x, problem=x, help=x, attrs={'title': x})",
        "kit.area(x, x, x, problem=x, help=x)",
        "kit.code(x, x, x)",
        "kit.choice(x, x, [(x, x)], x)",
        "kit.choices(x, x, [(x, x, x)], x)",
        "kit.check(x, x, help=x, value=x)",
        "kit.file(x, x, accept=x)",
        "kit.search(x, x, x)",
        "kit.hidden(x, x)",
        "kit.slider(x, x, [x, x], 0, [(0, x)])",
        "kit.problems([x])",
        "kit.button(x, 'main', x, x, {'data-confirm': x})",
        "kit.link_button(x, x)",
        "kit.post_button(x, x, confirm=x)",
        "kit.copy(x, x)",
        "kit.more(x, x)",
    ],
)
def test_what_a_person_typed_stays_text(part: str) -> None:
    html = kit("{{ " + part + " }}", x=NASTY)

    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert '"x"' not in html


def test_a_form_carries_its_token_and_a_search_does_not() -> None:
    sent = kit('{% call kit.form("/x", files=true) %}{{ kit.button("存", "main") }}{% endcall %}')
    asked = kit('{% call kit.filters("/x") %}{{ kit.search("q", "名称") }}{% endcall %}')

    assert sent == (
        '<form action="/x" method="post" class="stack" enctype="multipart/form-data">'
        '<input type="hidden" name="csrf" value="tok">'
        '<button type="submit" class="button main">存</button></form>'
    )
    assert "csrf" not in asked


def test_a_row_of_a_table_says_its_headings_where_they_are_out_of_sight() -> None:
    html = kit(
        '{% set activity = kit.sort("活动", "?s=1", "asc") %}'
        '{% call kit.table("活动", [(kit.pick_all(), "pick"), (activity, none, "asc"), "人数"]) %}'
        '<tr>{{ kit.pick("A", "选 A", "bar") }}{{ kit.th("讲堂", "/a") }}'
        '{{ kit.cell(3, "人数", "num") }}</tr>{% endcall %}'
    )

    assert '<table class="picks"><caption class="visually-hidden">活动</caption>' in html
    assert '<th scope="col" aria-sort="ascending">' in html
    assert 'name="refs" value="A" form="bar"' in html
    assert '<th scope="row"><a href="/a">讲堂</a></th><td class="num" data-label="人数">3</td>' in html


def test_dates_numbers_and_choices_show_what_was_given() -> None:
    day = kit('{{ kit.date("on", "日期", d) }}', d=date(2023, 9, 28))
    choice = kit('{{ kit.choice("s", "状态", [("", "全部"), (2, "二")], "2") }}')
    boxes = kit('{{ kit.choices("k", "人群", [("a", "甲"), ("b", "乙")], ["b"], many=true) }}')

    assert 'type="date" value="2023-09-28"' in day
    assert '<option value="2" selected>' in choice
    assert 'value="b" checked' in boxes
    assert boxes.count("checked") == 1


def test_pages_are_turned_only_where_there_are_several() -> None:
    first = kit('{{ kit.pager(p, "/c?page=") }}', p={"number": 1, "pages": 3, "total": 120})
    only = kit('{{ kit.pager(p, "/c?page=") }}', p={"number": 1, "pages": 1, "total": 2})

    assert ('href="/c?page=2"' in first, "prev" in first) == (True, False)
    assert only == ""


@pytest.mark.parametrize(
    ("desks", "expected"),
    [
        ((Desk.COORDINATOR,), ["/my", "/cases", "/notices"]),
        ((Desk.ADMIN,), ["/overview", "/cases", "/notices", "/reminders", "/people", "/settings"]),
        ((Desk.AUDITOR,), ["/history", "/verify"]),
    ],
)
def test_a_desk_has_its_rooms(desks: tuple[Desk, ...], expected: list[str]) -> None:
    assert links(frame(visit(*desks))) == expected


def test_three_desks_are_three_groups_with_each_room_once_and_the_current_one_open() -> None:
    html = frame(visit(*Desk, desk=Desk.ADMIN, path="/cases/QZ-2023-0042"))

    rooms = links(html)
    assert len(rooms) == len(set(rooms)) == 9
    assert re.findall(r'<details class="menu desk"( open)?>', html)[:3] == ["", " open", ""]
    assert 'href="/cases" aria-current="true"' in html


def test_a_stranger_finds_the_language_and_no_rooms() -> None:
    html = frame(visit())

    assert "<nav" not in html
    assert 'action="/language"' in html
    assert "/sign-out" not in html


@pytest.mark.parametrize(("lang", "tag", "other"), [("zh", "zh-CN", "English"), ("en", "en", "中文")])
def test_a_page_says_its_language_and_offers_the_other(lang: str, tag: str, other: str) -> None:
    html = frame(visit(Desk.ADMIN, lang=lang))

    assert f'<html lang="{tag}">' in html
    assert f">{other}</button>" in html


def test_only_a_demonstration_says_what_time_it_goes_by() -> None:
    assert "演示：现在按 2023年9月27日 周三 10:06 计" in frame(visit(Desk.ADMIN, demo=True))
    assert "演示" not in frame(visit(Desk.ADMIN))


def test_what_was_done_is_told_in_a_live_region() -> None:
    html = frame(visit(Desk.ADMIN, told=Told(text="已保存 <b>", tone="done")))

    region = html.partition('<div id="told" role="status"')[2]
    assert region.partition("<p>")[2].startswith("已保存 &lt;b&gt;</p>")


@pytest.mark.parametrize("status", [403, 404, 409, 422, 429, 500, 503])
def test_a_refusal_says_what_why_and_the_way_on(status: int) -> None:
    title, _ = TEXTS[f"error.{status}.title"]
    html = frame(visit(Desk.ADMIN), title=title, status=status)

    assert f"<h1>{title}</h1>" in html
    assert "没有这一天" in html
    assert '<a class="button main" href="/">' in html
    assert "7f3a" in html


def test_a_refusal_within_a_page_is_read_out() -> None:
    values = {"visit": visit(Desk.ADMIN), "csrf": "tok", "title": "没有办成", "text": WRONG, "status": 422}

    html = Pages().block("error.html", "told", values)

    assert html.startswith('<div class="note late" role="alert"')
    assert "没有这一天" in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HERE)))
def test_no_template_holds_script_or_style_of_its_own(path: Any) -> None:
    source = path.read_text(encoding="utf-8")

    forbidden = r"""<style|<script(?! src)|\sstyle=|\son[a-z]+=|hx-on|["']js:|https?://"""
    assert re.findall(forbidden, source) == []


def test_nothing_is_fetched_from_elsewhere_and_all_of_it_is_small() -> None:
    style = (STATIC / "duban.css").read_text(encoding="utf-8")
    script = (STATIC / "duban.js").read_text(encoding="utf-8")

    assert "url(" not in style
    assert "//" not in re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE)
    assert (len(style.encode()) <= 25 * 1024, len(script.encode()) <= 6 * 1024) == (True, True)


def test_the_part_by_others_is_the_one_that_was_looked_at() -> None:
    found = sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest()

    assert found in (STATIC / "LICENCES.md").read_text(encoding="utf-8")


def schemes() -> dict[str, dict[str, str]]:
    """Return the colours of the light and of the dark scheme."""
    style = (STATIC / "duban.css").read_text(encoding="utf-8")
    light, dark = (style.split(":root")[n].split("}")[0] for n in (1, 2))
    colour = re.compile(r"--([\w-]+): (#\w+)")
    return {"light": dict(colour.findall(light)), "dark": dict(colour.findall(dark))}


def luminance(colour: str) -> float:
    """Return how bright a colour is, as WCAG reckons."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


INKS = ("ink", "quiet", "main", "late", "soon", "done")
PAIRS = [
    *((front, behind) for front in INKS for behind in ("paper", "surface")),
    *((tone, f"{tone}-soft") for tone in ("main", "late", "soon", "done", "quiet")),
    *(("ink", "late-soft"), ("ink", "soon-soft"), ("on-fill", "fill"), ("on-fill", "fill-over")),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "behind"), PAIRS)
def test_every_word_can_be_read_on_what_is_behind_it(scheme: str, front: str, behind: str) -> None:
    colours = schemes()[scheme]
    light, dark = sorted((luminance(colours[front]), luminance(colours[behind])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5
