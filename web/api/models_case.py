"""Cases as the API tells them."""

from datetime import date
from typing import Any

from pydantic import Field

from web.api.models import Blocker, Both, Some, Told
from web.api.types import Instant


class Late(Told):
    """One milestone that a case missed."""

    milestone: str = Field(examples=["summary"])
    name: Both
    due: date
    days: int = Field(description="Calendar days since.", examples=[2])


class Case(Told):
    """One case in a list. ``late`` names what it missed, the longest ago first."""

    ref: str = Field(examples=["QZ-2023-0001"])
    kind: str = Field(examples=["activity"])
    notice: str = Field(examples=["quanzhou-2023"])
    milestone: str | None = Field(description="Of a report: what it is owed for.")
    title: str = Field(examples=["科学课"])
    unit: str = Field(examples=["鲤城区科协"])
    region: str = Field(examples=["350502"])
    state: str = Field(examples=["registered"])
    starts_on: date | None
    ends_on: date | None
    place: str | None = Field(examples=["文化广场"])
    online: bool
    online_url: str | None
    participants: int | None
    coordinator: str | None = Field(examples=["王敏"])
    email: str | None = Field(examples=["wang@example.cn"])
    version: int = Field(description="The ETag, without its quotes.", examples=[3])
    late: list[Late]


class Cases(Some[Case]):
    """Part of a list of cases."""


class Station(Told):
    """One state of the path: when it was reached, or by when it is due."""

    state: str = Field(examples=["held"])
    reached_at: Instant | None
    due: date | None
    milestone: str | None
    current: bool


class PossibleStep(Told):
    """One step that your rights allow now; without blockers it can be done."""

    trigger: str = Field(examples=["hold"])
    dest: str = Field(examples=["held"])
    main: bool = Field(description="Whether it is the next one of the path.")
    blockers: list[Blocker]


class DueLine(Told):
    """One milestone as it stands to a case."""

    key: str = Field(examples=["summary"])
    name: Both
    mark: str = Field(description="late, soon, open or done.", examples=["soon"])
    opens: date | None
    due: date | None
    act_by: date | None = Field(description="The last working day up to it.")
    days_left: int = Field(description="Working days.", examples=[3])
    days_late: int = Field(description="Calendar days.", examples=[0])
    approximate: bool
    clause: str | None = Field(examples=["六（二）"])
    cite: str | None
    source: str = Field(description="The notice that says so.", examples=["quanzhou-2023"])
    send_to: str | None
    moved: Both | None = Field(
        description="The date first set, where it was changed without words of its own.",
        examples=[
            {
                "zh": "日期已改，原定 9月30日（六（二））",
                "en": "date changed, first set for 30 Sep (六（二）)",
            }
        ],
    )
    missing: list[Blocker]


class AskedFor(Told):
    """A kind of material (``a|b``: either) that is asked for, and how many are there."""

    kinds: str = Field(examples=["video|news_link"])
    needed: int = Field(examples=[1])
    present: int = Field(examples=[0])
    trigger: str | None = Field(examples=["complete_info"])
    milestone: str | None


class Material(Told):
    """One thing handed in: a file or a link."""

    id: int = Field(examples=[7])
    kind: str = Field(examples=["photo"])
    name: str = Field(examples=["合影.jpg"])
    uri: str = Field(description="A web address, or sha256:… of a file.", examples=["https://example.cn/1"])
    sha256: str | None
    size: int | None = Field(description="Bytes, of a file.")
    added_at: Instant


class Change(Told):
    """One change as history keeps it."""

    version: int = Field(examples=[2])
    trigger: str = Field(examples=["register"])
    source: str = Field(examples=["planned"])
    dest: str = Field(examples=["registered"])
    who: str = Field(examples=["王敏"])
    reason: str | None
    details: dict[str, Any] = Field(description="The values it set and the materials it brought.")
    occurred_at: Instant
    recorded_at: Instant
    schedule: str | None = Field(examples=["quanzhou-2023@1"])
    forced: bool
    hash: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])


class Changes(Some[Change]):
    """What happened to one case, the oldest first."""


class MailAbout(Told):
    """One mail that told somebody of the case."""

    id: int = Field(examples=[12])
    template: str = Field(examples=["reminder"])
    subject: str | None = Field(description="Null until it is first sent.")
    to: str = Field(examples=["王敏"])
    date: Instant
    state: str = Field(examples=["sent"])
    sent_at: Instant | None


class MailsAbout(Some[MailAbout]):
    """The mails about one case, the newest first."""


class FullCase(Told):
    """One case with what is possible now, what is missing and what was handed in."""

    case: Case
    unit_id: int = Field(examples=[1])
    coordinator_id: int | None = Field(examples=[1])
    recommended_by: str | None
    award: str | None
    in_force: bool = Field(description="Whether its notice is in force.")
    returned_for: str | None = Field(
        description="Why it was sent back, while it is still as it was then.", examples=["照片不清楚"]
    )
    roles: list[str] = Field(description="Your roles for this case.", examples=[["coordinator"]])
    path: list[Station]
    steps: list[PossibleStep]
    milestones: list[DueLine]
    asked: list[AskedFor]
    materials: list[Material]


class Moved(Told):
    """One case that took a step."""

    ref: str = Field(examples=["QZ-2023-0001"])
    source: str = Field(examples=["registered"])
    dest: str = Field(examples=["held"])
    version: int = Field(examples=[4])


class Untouched(Told):
    """Some cases left out because they are blocked, for the same reasons."""

    blockers: list[Blocker]
    refs: list[str] = Field(examples=[["QZ-2023-0002"]])


class BulkResult(Told):
    """What became of one step for many cases."""

    trigger: str = Field(examples=["register"])
    done: list[str] = Field(examples=[["QZ-2023-0001"]])
    blocked: list[Untouched]


class EarlierCase(Told):
    """One activity of an earlier year."""

    ref: str = Field(examples=["QZ-2022-0042"])
    title: str = Field(examples=["科学课"])
    unit: str = Field(examples=["鲤城区科协"])
    starts_on: date
    ends_on: date | None
    place: str | None
    participants: int | None
    state: str = Field(examples=["summarized"])


class EarlierCases(Some[EarlierCase]):
    """Activities of your units in earlier years, the latest first."""


class Copy(Told):
    """The values of a new activity like an earlier one, to be sent as they are or changed."""

    title: str = Field(examples=["2023年科学课"])
    unit_id: int = Field(examples=[1])
    starts_on: date | None
    ends_on: date | None
    place: str | None
    online: bool
