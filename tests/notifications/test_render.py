"""What a mail says, in every kind and both languages."""

from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import UserError
from notifications.letter import Item, Letter, Person
from notifications.render import Rendered, Templates, check_templates
from notifications.samples import KINDS, sample_digest, sample_letter

HOSTILE = '<script>alert("1")</script>\r\nBcc: x@example.cn & “引号”'
DAY = date(2023, 9, 25)
WORDS = st.text(max_size=60)
ITEMS = st.builds(
    Item,
    ref=WORDS,
    title=WORDS,
    unit=WORDS,
    notice_title=WORDS,
    milestone=WORDS,
    due=st.none() | st.dates(DAY - timedelta(40), DAY + timedelta(400)),
    act_by=st.none() | st.dates(DAY - timedelta(40), DAY + timedelta(400)),
    days_left=st.integers(-3, 250),
    days_late=st.integers(0, 400),
    approximate=st.booleans(),
    missing=st.lists(WORDS, max_size=3).map(tuple),
    clause=st.none() | WORDS,
    cite=st.none() | WORDS,
    url=st.just("https://duban.example.cn/cases/1"),
    held_on=st.none() | st.just(DAY),
    also_told=st.lists(WORDS, max_size=2).map(tuple),
    role=st.sampled_from(("coordinator", "lead", "admin")),
    reason=st.none() | WORDS,
    award=st.none() | WORDS,
    kind=st.sampled_from(("", "activity", "report")),
)
CASES = list(product(KINDS, ("zh", "en")))


class _Words(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Words:
    words = _Words()
    words.feed(html)
    return words


def hostile(kind: str, lang: str) -> Letter:
    letter = sample_letter(kind, lang)
    evil = {"title": HOSTILE, "unit": HOSTILE, "missing": (HOSTILE,), "reason": HOSTILE, "cite": HOSTILE}
    person = Person(name=HOSTILE, email="a@example.cn", lang=lang)
    return replace(letter, to=person, items=tuple(replace(item, **evil) for item in letter.items))


def test_every_shipped_template_renders_in_both_languages(templates: Templates) -> None:
    assert check_templates(templates) == ()


def test_a_reminder_says_who_what_by_when_and_why(templates: Templates) -> None:
    assert templates.render(sample_letter("reminder")).text == (
        "陈静，您好：\n\n"
        "请在 9月28日 周四 前提交总结，还有 3 个工作日。\n\n"
        "【还有 3 个工作日】提交总结 · 9月28日 周四 前\n"
        "· 食品安全在身边：社区科普讲堂（鲤城区科普志愿者协会，9月17日 结束）\n"
        "  缺：总结材料、参加人数\n\n"
        "去办理：\nhttps://duban.example.cn/my\n\n"
        "依据：《2023年全国科普日活动通知》六（二）：“9月30日前”；9月30日 休息，"
        "最后一个工作日是 9月28日 周四。\n"
        "已经在平台办理的，打开该项补上平台链接再提交；不由您经办的，点“转给同事”。办好后不再提醒。\n"
        "联系人：市科协普及部 林悦 0595-00000000 kepu@example.cn\n"
    )


@pytest.mark.parametrize(
    ("letter", "subject"),
    [
        (
            sample_letter("reminder"),
            "【督办】9月28日 前提交总结（还有 3 个工作日）：食品安全在身边：社区科普…",
        ),
        (sample_digest(count=9), "【督办】9 项要办，4 项已逾期；最近 9月28日（还有 3 个工作日）"),
        (
            sample_letter("overdue"),
            "【督办】已逾期 9 天：提交总结（9月30日 截止），食品安全在身边：社区科普…",
        ),
        (sample_letter("returned"), "【督办】材料被退回，请修改后重新提交：食品安全在身边：社区科普讲堂"),
        (sample_letter("closing"), "【督办】提醒已全部发完，仍有 2 项活动未办：提交总结"),
        (sample_letter("daily"), "【督办】9月25日 日报：逾期 3 项，将到期 8 项，未报送 12 项"),
        (sample_letter("checkpoint"), "【督办】历史检查点：20,448 行，根 68df77882ba752ba"),
        (sample_letter("checkpoint", "en"), "Sealed 20,448 rows: 68df77882ba752ba"),
        (sample_letter("reminder", "en"), "Due 28 Sep: Hand in the summary"),
    ],
)
def test_a_subject_says_the_point_the_number_and_the_day(
    letter: Letter, subject: str, templates: Templates
) -> None:
    assert templates.render(letter).subject == subject


def alike(letter: Letter, count: int) -> tuple[Item, ...]:
    """Return as many cases that differ in their numbers alone."""
    return tuple(replace(letter.items[0], ref=f"QZ-2023-{number:04d}") for number in range(count))


def test_three_activities_with_one_date_share_one_subject(templates: Templates) -> None:
    letter = sample_letter("reminder")

    rendered = templates.render(replace(letter, items=alike(letter, 3)))

    assert rendered.subject == "【督办】3 项活动 9月28日 前提交总结（还有 3 个工作日）"


@pytest.mark.parametrize(
    ("lang", "milestone", "headline"),
    [
        ("zh", "活动总结", "请在 9月28日 周四 前完成“活动总结”，还有 3 个工作日。"),
        ("zh", "报送资料", "请在 9月28日 周四 前报送资料，还有 3 个工作日。"),
        ("en", "Activity summary", 'Please see to "Activity summary" by Thu 28 Sep: 3 working days left.'),
    ],
)
def test_a_milestone_named_by_a_noun_reads_as_well(
    lang: str, milestone: str, headline: str, templates: Templates
) -> None:
    letter = sample_letter("reminder", lang)

    rendered = templates.render(replace(letter, items=(replace(letter.items[0], milestone=milestone),)))

    assert rendered.text.split("\n")[2] == headline


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((25, 28, 28, 3), "还有 3 个工作日"),
        ((27, 28, 28, 1), "还有 1 个工作日"),
        ((28, 28, 28, 0), "今天截止"),
        ((29, 30, 28, 0), "假期中截止"),
    ],
)
def test_the_time_left_is_said_as_people_say_it(
    days: tuple[int, int, int, int], words: str, templates: Templates
) -> None:
    at, due, act_by, left = days
    letter = sample_letter("reminder")
    item = replace(letter.items[0], due=date(2023, 9, due), act_by=date(2023, 9, act_by), days_left=left)

    rendered = templates.render(replace(letter, at=letter.at.replace(day=at), items=(item,)))

    assert f"【{words}】" in rendered.text


def test_an_overdue_mail_says_who_else_was_told(templates: Templates) -> None:
    rendered = templates.render(sample_letter("overdue"))

    assert "\n已同时告知：王敏（鲤城区科协 负责人）。\n" in rendered.text
    assert "已同时告知：王敏（鲤城区科协 负责人）。" in read(rendered.html).text


def test_a_lead_sees_the_coordinator_and_the_phone(templates: Templates) -> None:
    letter = sample_letter("overdue")

    rendered = templates.render(replace(letter, items=(replace(letter.items[0], role="lead"),)))

    assert "您负责的范围内有 1 项活动已逾期，最久 9 天，请督促办理。" in rendered.text
    assert "  联系人：陈静 138-0000-0000\n" in rendered.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_checkpoint_is_in_the_mail_as_it_was_signed(lang: str, templates: Templates) -> None:
    letter = sample_letter("checkpoint", lang)
    note = letter.note or ""

    rendered = templates.render(letter)

    assert f"\n\n{note}\n" in rendered.text
    assert f">{note}</pre>" in rendered.html
    assert "duban history verify --checkpoint" in rendered.text
    assert "kepu@example.cn" in rendered.text


def test_one_clause_is_cited_once_however_many_cases(templates: Templates) -> None:
    rendered = templates.render(sample_digest(count=60))

    assert (rendered.text.count("依据："), rendered.html.count("依据：")) == (2, 2)


def test_a_long_digest_counts_what_it_does_not_list(templates: Templates) -> None:
    letter = sample_letter("reminder")

    rendered = templates.render(replace(letter, items=alike(letter, 130)))

    assert "您有 130 项活动" in rendered.text
    assert "本组另有 30 项，请在清单中查看。" in rendered.text
    assert rendered.text.count("\n· ") == 100


def test_a_digest_of_a_hundred_cases_stays_below_what_mail_readers_cut(templates: Templates) -> None:
    assert len(templates.render(sample_digest(count=100)).html.encode()) < 100_000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(KINDS),
    lang=st.sampled_from(("zh", "en")),
    items=st.lists(ITEMS, min_size=1, max_size=4),
)
def test_any_letter_renders_with_a_short_subject_on_one_line(
    kind: str, lang: str, items: list[Item], templates: Templates
) -> None:
    letter = sample_letter(kind, lang)

    rendered = templates.render(replace(letter, items=tuple(items)))

    assert 0 < len(rendered.subject) <= 40
    assert rendered.subject.isprintable()


@pytest.mark.parametrize(("kind", "lang"), CASES)
def test_a_hostile_title_is_text_and_nothing_else(kind: str, lang: str, templates: Templates) -> None:
    safe, evil = templates.render(sample_letter(kind, lang)), templates.render(hostile(kind, lang))

    assert "script" not in read(evil.html).tags
    assert read(evil.html).tags - {"div"} <= read(safe.html).tags
    assert evil.subject.isprintable()


@pytest.mark.parametrize(("kind", "lang"), CASES)
def test_plain_text_has_no_markup_and_html_one_button_and_no_picture(
    kind: str, lang: str, templates: Templates
) -> None:
    rendered = templates.render(sample_letter(kind, lang))

    assert not set(rendered.text) & set("<>{}&")
    assert rendered.html.count('class="button"') == 1
    assert "img" not in read(rendered.html).tags
    assert ("{{" in rendered.html, "{%" in rendered.html, "held0" in rendered.html) == (False, False, False)


def test_styles_are_written_into_the_tags(templates: Templates) -> None:
    html = templates.render(sample_letter("overdue")).html

    assert 'class="tag tag-late" style="' in html
    assert '<meta name="color-scheme" content="light dark">' in html


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("好\n{{ lettre.to }}", 2, "'lettre' is undefined"),
        ("{{ letter.to.nmae }}", 1, "has no attribute 'nmae'"),
        ("\n\n{{ ''.__class__ }}", 3, "access to attribute '__class__' of 'str' object is unsafe."),
        ("{% if %}", 1, "Expected an expression"),
        ("{% for i in range(10**9) %}x{% endfor %}", 1, "range of more than 1000 steps"),
        ("{{ 'a' * 10**8 }}", 1, "'*' is for numbers"),
        ("{{ 2 ** 100 }}", 1, "exponent above 64"),
        ("{{ 1 // 0 }}", 1, "integer division or modulo by zero"),
        ("{{ '%999999999d' % 1 }}", 1, "'%' is for numbers"),
        ("{{ letter.to.name | center(1000) }}", 1, "No filter named 'center'"),
        ("{{ letter.to.name.format() }}", 1, "unsafe"),
        ("{{ letter.to.name | safe }}", 1, "No filter named 'safe'"),
        ("{% for a in range(1000) %}{% for b in range(1000) %}xyz{% endfor %}{% endfor %}", None, "2000000"),
    ],
)
def test_a_faulty_template_is_told_by_name_and_line(text: str, line: int | None, words: str) -> None:
    templates = Templates({"zh/test/body.txt": text})

    with pytest.raises(UserError) as refused:
        templates.render(sample_letter("test"))

    place = "zh/test/body.txt" + (f", line {line}" if line else "")
    assert refused.value.code == "mail.template"
    assert refused.value.in_("en").startswith(f"Mail template {place}: ")
    assert words in refused.value.in_("en")
    assert refused.value.in_("zh").startswith("邮件模板 zh/test/body.txt")


def test_an_html_template_is_told_by_the_line_as_written() -> None:
    text = (
        '{% extends "zh/mail.html" %}\n{% block howto %}\n<p\n class="small">{{ nobody }}</p>\n{% endblock %}'
    )

    [fault] = check_templates(Templates({"zh/test/body.html": text.replace("<p\n class", "<p class")}))

    assert "zh/test/body.html, line 3: the mail cannot be made ('nobody' is undefined)" in fault.in_("en")


def test_an_unknown_kind_of_mail_names_the_kinds_there_are(templates: Templates) -> None:
    with pytest.raises(UserError) as refused:
        templates.render(replace(sample_letter("test"), template="birthday"))

    assert refused.value.in_("zh") == (
        "邮件模板 zh/birthday/subject.txt：没有 “zh/birthday/subject.txt” 这个文件；"
        "请补上它，或改用已有的邮件种类"
        "（opening、reminder、overdue、already_due、returned、closing、commendation、"
        "commended、thanked、daily、checkpoint、sign_in、invitation、test）。"
    )


def test_an_admins_text_lies_over_the_shipped_one() -> None:
    templates = Templates({"zh/test/subject.txt": "测试 {{ letter.to.name }}\n{{ letter.at.date() | date }}"})

    assert templates.render(sample_letter("test")).subject == "测试 陈静 9月25日 周一"


def test_the_same_letter_gives_the_same_mail(templates: Templates) -> None:
    first: Rendered = templates.render(sample_digest())

    assert Templates().render(sample_digest()) == first
