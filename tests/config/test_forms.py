"""Forms are data, and a mistake in one is told with its place."""

import pytest

from config.errors import UserError
from config.form import FieldType, form_of, forms
from config.formfile import parse_form

SMALL = """\
key: tiny
material: application_form
name: {zh: 小表, en: Tiny}
sections:
  - name: {zh: 一, en: One}
    fields:
      online: {name: {zh: 线上, en: Online}, type: yes_no, fills: online}
      start: {name: {zh: 始, en: Start}, type: date}
      kind: {name: {zh: 类, en: Kind}, type: choice, choices: {a: {zh: 甲, en: A}}, required_if: online}
"""


def test_the_application_form_asks_what_a_notice_wants() -> None:
    form = form_of("activity_application")

    assert (form.material, form.name.zh, len(form.sections)) == ("application_form", "活动登记表", 4)
    assert {one.key: one.fills for one in form.fields if one.fills} == {
        "title": "title",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
        "online": "online",
        "online_url": "online_url",
        "place": "place",
    }
    content = form.field("content")
    assert content is not None
    assert (content.type, content.max, content.required) == (FieldType.LONG_TEXT, 500, True)
    kind = form.field("kind")
    assert kind is not None
    assert [name.zh for name in kind.choices.values()] == [
        *("展览展示", "互动体验", "现场咨询", "科普宣传", "科普表演", "其他")
    ]


def test_every_text_of_every_form_is_there_in_both_languages() -> None:
    names = [
        name
        for form in forms().values()
        for one in form.fields
        for name in (form.name, one.name, one.help, *one.choices.values())
        if name is not None
    ]

    assert names
    assert [name for name in names if not (name.zh.strip() and name.en.strip())] == []


def test_a_small_form_is_read() -> None:
    form = parse_form(SMALL, "tiny.yaml")

    assert [(one.key, one.required_if) for one in form.fields] == [
        ("online", None),
        ("start", None),
        ("kind", "online"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("type: date", "type: day", "form.value", "tiny.yaml:8:"),
        ("key: tiny", "key: Tiny Form", "form.value", "tiny.yaml:1:6"),
        ("material: application_form\n", "", "form.missing_key", "material"),
        ("type: yes_no", "typ: yes_no, type: yes_no", "form.unknown_key", "'type'"),
        ("required_if: online", "required_if: start", "form.contradiction", "tiny.yaml:9:7"),
        ("required_if: online", "required_if: nothing", "form.contradiction", "'nothing'"),
        ("fills: online", "fills: title", "form.contradiction", "cannot fill"),
        ("fills: online", "fills: state", "form.contradiction", "cannot fill"),
        ("type: date", "type: date, not_before: online", "form.contradiction", "between two dates"),
        ("type: choice, choices: {a: {zh: 甲, en: A}}", "type: choice", "form.contradiction", "need choices"),
        ("sections:", "sections: [", "form.yaml", "tiny.yaml:"),
    ],
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, code: str, told: str) -> None:
    with pytest.raises(UserError, match=told) as refused:
        parse_form(SMALL.replace(old, new), "tiny.yaml")

    assert refused.value.code == code


def test_a_question_asked_twice_is_a_mistake() -> None:
    twice = SMALL + SMALL[SMALL.index("  - name") :]

    with pytest.raises(UserError, match="there twice"):
        parse_form(twice, "tiny.yaml")


def test_a_form_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(UserError, match="activity_application"):
        form_of("nothing")
