"""What a template that an admin wrote may not do: every attack ends soon, with its line."""

from time import thread_time

import pytest

from config.errors import UserError
from notifications.limits import MARKS, SECONDS
from notifications.render import TemplateFault, Templates, check_templates
from notifications.samples import sample_letter
from notifications.sources import shipped

BODY = "zh/test/body.txt"
LONG = "{% for a in range(1000) %}" * 4 + "{% if a %}{% endif %}" + "{% endfor %}" * 4


def refused(text: str, name: str = BODY) -> TemplateFault:
    """Render a test mail with one text of it replaced; return why it was refused."""
    begun = thread_time()
    with pytest.raises(TemplateFault) as fault:
        Templates({name: text}).render(sample_letter("test"))
    assert thread_time() - begun < 2 * SECONDS
    return fault.value


ATTACKS = {
    "a range without end": "\n{% for a in range(9**9) %}x{% endfor %}",
    "a range of a huge number": "\n{% for a in range(387420489) %}x{% endfor %}",
    "a text times a number": "\n{{ 'a' * 10**9 }}",
    "a power of a power": "\n{{ (2**64)**64 }}",
    "a power by steps": "\n" + "{% set a = 2**32 %}" + "{% set a = a * a %}" * 40,
    "loops in loops that write nothing": "\n" + LONG,
    "a text doubled": "\n{% set a = 'x' %}" + "{% set a = a ~ a %}" * 60,
    "a text added to itself": "\n{% set a = 'x' %}" + "{% set a = a + a %}" * 60,
    "a block doubled": "\n{% set a = 'x' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60,
    "a text joined with itself": "\n{% set a = 'x' %}" + "{% set a = [a, a, a, a] | join %}" * 30,
    "a macro that calls itself twice": "\n{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}",
    "macros that call each other": "\n"
    + "{% macro f0() %}{% endmacro %}"
    + "".join(
        f"{{% macro f{n}() %}}{{{{ f{n - 1}() }}}}{{{{ f{n - 1}() }}}}{{% endmacro %}}" for n in range(1, 60)
    )
    + "{{ f59() }}",
    "a block that shows itself twice": "\n{% block a %}{{ self.a() }}{{ self.a() }}{% endblock %}",
    "lists in lists": "\n{% set a = [1] %}" + "{% set a = [a, a] %}" * 60 + "{{ a }}",
    "pairs in pairs": "\n{% set a = (1, 2) %}" + "{% set a = (a, a) %}" * 60 + "{% if {a: 1} %}{% endif %}",
    "lists added": "\n{% set a = [1] %}" + "{% set a = a + a %}" * 60,
    "lists summed": "\n{% set a = [1] %}{% set a = [1, 2] | sum(start=[]) %}",
    "arguments of arguments": "\n{% macro f() %}{{ f(varargs, varargs) }}{% endmacro %}{{ f(1) }}",
    "arguments from a list": "\n{% macro f() %}{% endmacro %}{{ f(*[1, 2]) }}",
    "a row without end": "\n{{ [1] | batch(10**9, 'x') | first }}",
    "a number of bytes": "\n{{ (5).to_bytes(10**9) }}",
    "a wide text by its name in brackets": "\n{{ 'x'['center'](10**9) }}",
    "a wide text by a filter": "\n{{ 'x' | center(10**9) }}",
    "a format that fills up": "\n{{ '%999999999d' % 1 }}",
    "a number rounded too far": "\n{{ 1 | round(10**9) }}",
    "slices kept": "\n{% set a = 'xxxxxxxx' %}"
    + "{% set a = a ~ a %}" * 16
    + "{% set b = a[1:] ~ a[2:] %}" * 200,
    "the letter written out": "\n{{ letter }}",
    "a loop that goes down into itself": "\n{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "another text taken in": "\n{% include 'zh/test/body.txt' %}",
    "escaping switched off": "\n{% autoescape false %}{% endautoescape %}",
    "Python's own attributes": "\n{{ letter.__class__.__mro__ }}",
    "a way to the program by a map": "\n{{ [letter] | map(attribute='__class__') | first }}",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_ends_soon_and_its_line_is_told(attack: str) -> None:
    fault = refused(attack)

    assert (fault.name, fault.line) == (BODY, 2)


@pytest.mark.parametrize(
    "attack",
    [
        "{% extends 'zh/test/body.txt' %}",
        "{% import 'zh/test/body.txt' as a %}",
        "{% for a in range(1000) %}{% for b in range(1000) %}" + "xyz" * 99 + "{% endfor %}{% endfor %}",
        "(" * 3 + "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{% if 1 %}" * 700,
    ],
)
def test_a_template_without_an_end_ends_all_the_same(attack: str) -> None:
    assert refused(attack).name == BODY


@pytest.mark.parametrize("mark", ["<b>", "{{ 1 }}"])
def test_more_marks_than_a_mail_needs_are_refused_before_they_are_worked_on(mark: str) -> None:
    fault = refused(mark * (MARKS + 1), "zh/test/body.html")

    assert f"more than {MARKS} of '{mark[0]}'" in fault.in_("en")


def test_what_worked_too_long_is_said_in_both_languages() -> None:
    fault = refused(LONG)

    assert (
        fault.in_("zh")
        == "邮件模板 zh/test/body.txt 第 1 行：运行超过 1 秒，已停止；请减少循环和重复的文字。"
    )
    assert "it worked for more than 1 s" in fault.in_("en")


def test_a_templates_faults_are_known_before_it_is_used() -> None:
    faults = check_templates(Templates({"en/daily/body.txt": "{% for a in range(10**6) %}{% endfor %}"}))

    assert [fault.code for fault in faults] == ["mail.template"]


def test_every_shipped_template_stays_within_the_walls_and_reads_the_same() -> None:
    same = Templates({name: text for name, text in shipped().items() if name.endswith((".txt", ".html"))})

    assert check_templates(same) == ()
    assert same.render(sample_letter("overdue")) == Templates().render(sample_letter("overdue"))


def test_what_an_admin_is_likely_to_write_works() -> None:
    text = (
        "{% macro hello(name) %}{{ name ~ '，您好' }}{% endmacro %}"
        "{% set names = ['陈静', '王敏'] %}{{ names | join('、') }} "
        "{{ hello(letter.to.name) }} {{ 2 * 3 + 1 }}"
        "{% for name in names if name != '王敏' %} {{ loop.index }}/{{ loop.length }} {{ name[:1] }}"
        "{% endfor %}"
        " {{ letter.at.year }} {{ [3, 1] | sum }} {{ {'a': '好'}.a }}"
    )

    rendered = Templates({BODY: text}).render(sample_letter("test"))

    assert rendered.text == "陈静、王敏 陈静，您好 7 1/1 陈 2023 4 好\n"


def test_a_title_with_markup_stays_text_when_glued() -> None:
    text = "<p>{{ '<i>' ~ letter.to.name }}</p>"

    assert "&lt;i&gt;陈静" in Templates({"zh/test/body.html": text}).render(sample_letter("test")).html


def test_a_fault_is_an_error_that_a_person_can_mend() -> None:
    assert isinstance(refused("{{ nobody }}"), UserError)
