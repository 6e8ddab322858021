"""The order in which a person reads what is due."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.digest import SHOWN, Clause, Urgency, digest
from notifications.render import Templates
from notifications.samples import sample_digest, sample_letter


def test_cases_are_grouped_by_urgency_and_then_by_milestone() -> None:
    groups = digest(sample_digest(count=7)).groups

    assert [(group.urgency, group.milestone, group.count) for group in groups] == [
        (Urgency.LATE, "登记活动", 2),
        (Urgency.SOON, "完善信息", 3),
        (Urgency.SOON, "提交总结", 2),
    ]


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("zh", "【督办】1 项要办，1 项已逾期；最近 9月28日（还有 3 个工作日）"),
        ("en", "1 to do, 1 late; next 28 Sep"),
    ],
)
def test_a_case_that_owes_two_things_is_one_case(lang: str, subject: str) -> None:
    letter = sample_letter("reminder", lang)
    late = replace(letter.items[0], milestone="登记活动", key="registration", days_left=0, days_late=3)
    both = replace(letter, items=(late, *letter.items))

    found = digest(both)

    assert (found.count, found.late, found.lines, len(found.groups)) == (1, 1, 2, 2)
    assert Templates().render(both).subject == subject


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("already_due", "Newly entered and due: 1 activity, 1 past the date."),
        ("overdue", "You have 1 activity to see to, 1 late by up to 9 days."),
    ],
)
def test_a_case_late_twice_is_told_as_one_in_plain_english(kind: str, words: str) -> None:
    letter = sample_letter(kind, "en")
    again = replace(letter.items[0], milestone="Register the activity", key="registration")

    text = Templates().render(replace(letter, items=(again, *letter.items))).text

    assert words in text.splitlines()


def test_milestones_of_one_clause_share_it() -> None:
    assert digest(sample_digest(count=7)).clauses == (
        Clause(
            notice="2023年全国科普日活动通知",
            clause="三（一）",
            cite=None,
            milestones=("登记活动",),
            moved=(),
        ),
        Clause(
            notice="2023年全国科普日活动通知",
            clause="六（二）",
            cite="9月30日前",
            milestones=("完善信息", "提交总结"),
            moved=((date(2023, 9, 30), date(2023, 9, 28)),),
        ),
    )


def test_people_told_are_named_once_if_they_are_the_same_for_all() -> None:
    letter = sample_letter("overdue")
    other = replace(letter.items[0], ref="QZ-2023-0099", also_told=("赵磊（负责人）",))

    same, apart = digest(letter), digest(replace(letter, items=(*letter.items, other)))

    assert (same.told, same.told_apart) == (("王敏（鲤城区科协 负责人）",), False)
    assert (apart.told, apart.told_apart) == ((), True)


@given(count=st.integers(1, 250))
def test_every_case_is_counted_and_at_most_a_hundred_are_listed(count: int) -> None:
    result = digest(sample_digest(count=count))

    assert result.count == count == sum(group.count for group in result.groups)
    assert sum(len(group.items) for group in result.groups) == min(count, SHOWN)
