"""A schedule as text and back."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import catalogue
from config.resolve import resolve
from config.schedule import (
    AfterDue,
    CaseKind,
    Contact,
    Milestone,
    Name,
    Precision,
    Role,
    Rung,
    Schedule,
    Source,
    When,
    Window,
)
from config.stored import dump, load

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MAYBE = st.none() | TEXT
DAYS = st.none() | st.dates()
TIMES = st.times().map(lambda at: at.replace(fold=0))
NAMES = st.builds(Name, zh=TEXT, en=TEXT)
SOURCES = st.builds(Source, notice=TEXT, clause=MAYBE, cite=MAYBE, note=st.none() | NAMES)
WHENS = st.builds(
    When,
    text=TEXT,
    precision=st.sampled_from(Precision),
    start=DAYS,
    day=DAYS,
    until=st.none() | TIMES,
    after=st.integers(0, 400),
    working=st.booleans(),
    approximate=st.booleans(),
)
RUNGS = st.builds(
    Rung,
    key=TEXT,
    on=st.sampled_from(["opens", "due"]),
    offset=st.integers(-60, 60),
    roles=st.lists(st.sampled_from(Role), max_size=3).map(tuple),
    template=TEXT,
)
COUNTS = st.dictionaries(TEXT, st.integers(1, 9), max_size=3)
MILESTONES = st.builds(
    Milestone,
    key=TEXT,
    name=NAMES,
    kind=st.sampled_from(CaseKind),
    due=WHENS,
    opens=st.none() | WHENS,
    units=st.lists(TEXT, max_size=2).map(tuple),
    reaches=MAYBE,
    needs=COUNTS,
    after_due=st.sampled_from(AfterDue),
    send_to=MAYBE,
    ladder=st.lists(RUNGS, max_size=2).map(tuple),
    sources=st.dictionaries(TEXT, SOURCES, max_size=2),
)
WINDOWS = st.builds(Window, key=TEXT, name=NAMES, start=WHENS, end=WHENS, source=SOURCES)
SCHEDULES = st.builds(
    Schedule,
    id=TEXT,
    code=TEXT,
    title=TEXT,
    region=TEXT,
    issuer=TEXT,
    line=st.lists(TEXT, max_size=2).map(tuple),
    number=MAYBE,
    issued=st.none() | WHENS,
    theme=MAYBE,
    subtheme=MAYBE,
    zone=TEXT,
    send_at=TIMES,
    review=st.booleans(),
    windows=st.lists(WINDOWS, max_size=2).map(tuple),
    milestones=st.lists(MILESTONES, max_size=2).map(tuple),
    requires=st.dictionaries(TEXT, COUNTS, max_size=2),
    days=st.dictionaries(st.dates(), st.booleans(), max_size=3),
    contacts=st.lists(st.builds(Contact, name=TEXT, phone=MAYBE, email=MAYBE), max_size=2).map(tuple),
    owns=st.lists(TEXT, max_size=2).map(tuple),
    open=st.lists(TEXT, max_size=2).map(tuple),
    then=st.none() | NAMES,
    sources=st.dictionaries(TEXT, SOURCES, max_size=2),
)


@given(SCHEDULES)
def test_what_is_stored_comes_back_the_same(schedule: Schedule) -> None:
    assert load(dump(schedule)) == schedule


@given(SCHEDULES)
def test_storing_again_gives_the_same_text(schedule: Schedule) -> None:
    text = dump(schedule)

    assert dump(load(text)) == text


@pytest.mark.parametrize("notice_id", sorted(catalogue()))
def test_every_shipped_schedule_comes_back_the_same(notice_id: str) -> None:
    schedule = resolve(notice_id, catalogue())

    assert load(dump(schedule)) == schedule


def test_materials_keep_the_order_in_which_they_are_asked() -> None:
    due = When(text="2023-09-30", precision=Precision.TIME, day=date(2023, 9, 30), until=time(18))
    milestone = Milestone(
        key="m", name=Name(zh="中", en="e"), kind=CaseKind.REPORT, due=due, needs={"video": 1, "photo": 2}
    )
    schedule = Schedule(
        id="a", code="A", title="t", region="350500", issuer="i", line=("a",), milestones=(milestone,)
    )

    assert list(load(dump(schedule)).milestones[0].needs) == ["video", "photo"]
