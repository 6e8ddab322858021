"""The five notices of National Science Popularization Day, read and drafted: their dates are those known."""

from collections.abc import Mapping
from datetime import date

import pytest

from config.catalogue import catalogue
from config.findings import Severity
from config.lint import lint_source
from config.reading.drafting.decisions import Decision, Verdict, undecided
from config.reading.drafting.draft import draft_yaml
from config.reading.drafting.heading import Heading, propose_heading
from config.reading.drafting.identity import propose_region
from config.reading.reading import Reading
from config.resolve import resolve
from config.schedule import Schedule
from tests.config.reading.drafting.labelled import NOTICES, reading_of

pytestmark = pytest.mark.skipif(not NOTICES.is_dir(), reason="the real notices are not beside the project")

NAMES = ("national-2023", "chengdu-2023", "xinxiang-2023", "quanzhou-2023", "jiangmen-2021")
DATES: Mapping[str, set[str]] = {
    "national-2023": {"opens 2023-08-21", "due 2023-10-10", "2023-09-17 – 2023-09-23"},
    "chengdu-2023": {"due 2023-08-15", "2023-08-15 – 2023-10-15", "2023-09-11 – 2023-09-28"},
    "xinxiang-2023": {"opens 2023-08-21", "due 2023-09-28", "2023-09-17 – 2023-09-23"},
    "quanzhou-2023": {
        "opens 2023-08-21",
        "due late 2023-09",
        "due 2023-08-30",
        "due 2023-09-30",
        "2023-09-17 – 2023-09-23",
    },
    "jiangmen-2021": {
        "due 2021-09-24",
        "due 2021-10-22",
        "due 2021-12-10",
        "2021-09-11 – 2021-12-10",
        "2021-09-17 – 2021-09-17",
    },
}


def drafted(name: str) -> tuple[Reading, Heading, Schedule, list[str]]:
    """Return a labelled notice, its heading, its schedule, and the codes of the errors that lint finds."""
    reading = reading_of(name)
    decisions = {one.key: Decision(verdict=Verdict.ACCEPT) for one in undecided(reading, {})}
    others = () if name == "national-2023" else catalogue()  # without it the others have no parent
    sources = {one: catalogue()[one] for one in others if one != name}
    known = tuple(resolve(one, sources) for one in sources)
    region = propose_region(reading) or "000000"
    heading = propose_heading(reading, decisions, known, region=region, year=2020)
    sources[heading.id] = draft_yaml(reading, decisions, heading)
    day = date(2021 if name == "jiangmen-2021" else 2023, 8, 1)
    schedule, findings = lint_source(heading.id, sources, today=day, text=reading.text)
    return reading, heading, schedule, [one.code for one in findings if one.level is Severity.ERROR]


@pytest.mark.parametrize("name", NAMES)
def test_a_real_notice_becomes_a_schedule_with_its_dates_and_no_error(name: str) -> None:
    _, _, schedule, errors = drafted(name)

    dates = {f"due {one.due.text}" for one in schedule.milestones}
    dates |= {f"opens {one.opens.text}" for one in schedule.milestones if one.opens}
    dates |= {f"{one.start.text} – {one.end.text}" for one in schedule.windows}
    assert (DATES[name] - dates, errors) == (set(), [])


@pytest.mark.parametrize("name", NAMES)
def test_every_cite_of_a_draft_stands_in_the_notice(name: str) -> None:
    reading, heading, schedule, _ = drafted(name)

    own = {
        source.cite
        for one in schedule.milestones
        for source in one.sources.values()
        if source.notice == heading.id
    }
    assert [cite for cite in own if cite and cite not in reading.text] == []


@pytest.mark.parametrize(
    ("name", "region", "parent"),
    [
        ("national-2023", "000000", None),
        ("chengdu-2023", "510100", "national-2023"),
        ("xinxiang-2023", "410700", "national-2023"),
        ("quanzhou-2023", "350500", "national-2023"),
        ("jiangmen-2021", "440700", None),
    ],
)
def test_region_and_parent_are_proposed(name: str, region: str, parent: str | None) -> None:
    _, heading, _, _ = drafted(name)

    assert (heading.region, heading.parent.id if heading.parent else None) == (region, parent)
