"""History as the API tells it."""

from typing import Any

from pydantic import Field, model_validator

from web.api.models import Both, Given, Some, Told
from web.api.types import Instant


class Difference(Told):
    """One value before and after."""

    field: str = Field(examples=["place"])
    before: Any = Field(examples=["文化广场"])
    after: Any = Field(examples=["科技馆"])


class ToldChange(Told):
    """One change with what it is about, in words and in values."""

    id: int = Field(examples=[17])
    subject: str = Field(examples=["case:QZ-2023-0001"])
    version: int = Field(examples=[2])
    trigger: str = Field(examples=["register"])
    source: str
    dest: str
    who: str = Field(examples=["王敏"])
    reason: str | None
    occurred_at: Instant
    recorded_at: Instant
    schedule: str | None
    forced: bool
    hash: str
    sentence: Both
    differences: list[Difference]

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        change = value.line.change
        names = ("id", "version", "trigger", "source", "dest", "who", "reason", "occurred_at", "recorded_at")
        told = {name: getattr(change, name) for name in (*names, "schedule", "forced", "hash")}
        said = {lang: value.sentence.in_(lang) for lang in ("zh", "en")}
        return told | {"subject": value.line.subject, "sentence": said, "differences": value.differences}


class ToldChanges(Some[ToldChange]):
    """Part of the changes, the newest first."""


class Standing(Told):
    """One subject as it stood."""

    state: str = Field(examples=["registered"])
    version: int = Field(examples=[3])
    trigger: str
    actor: str
    occurred_at: Instant
    recorded_at: Instant
    schedule: str | None
    values: dict[str, Any] = Field(examples=[{"title": "科学课"}])
    materials: dict[str, int] = Field(examples=[{"photo": 1}])


class Stood(Told):
    """One subject as it stood at a moment (``then`` null: it was not there) and as it stands now."""

    subject: str = Field(examples=["case:QZ-2023-0001"])
    at: Instant
    then: Standing | None
    now: Standing
    differences: list[Difference]


class CaseThen(Told):
    """One case as it stood."""

    ref: str = Field(examples=["QZ-2023-0001"])
    kind: str
    title: str
    unit: str | None
    region: str
    coordinator: str | None
    state_now: str
    standing: Standing


class CasesThen(Some[CaseThen]):
    """Part of the cases of a moment."""

    at: Instant
    total: int = Field(examples=[371])


class LongStay(Told):
    """One of the longest stays in a state."""

    ref: str = Field(examples=["QZ-2023-0001"])
    since: Instant
    until: Instant | None = Field(description="Null: it is there still.")
    seconds: float
    title: str
    unit: str
    region: str
    coordinator: str | None

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        stay = value.stay
        told = {name: getattr(value, name) for name in ("title", "unit", "region", "coordinator")}
        times = {"since": stay.since, "until": stay.until, "seconds": stay.length.total_seconds()}
        return told | times | {"ref": stay.ref}


class StateDurations(Told):
    """All stays in one state of one kind of case, in seconds."""

    kind: str = Field(examples=["activity"])
    state: str = Field(examples=["held"])
    count: int
    ongoing: int = Field(description="Those that have not ended.")
    median: float
    ninetieth: float
    longest: float
    slowest: list[LongStay]

    @model_validator(mode="before")
    @classmethod
    def _in_seconds(cls, value: Any) -> Any:
        told = {name: getattr(value, name) for name in ("kind", "state", "count", "ongoing", "slowest")}
        spans = ("median", "ninetieth", "longest")
        return told | {name: getattr(value, name).total_seconds() for name in spans}


class Durations(Some[StateDurations]):
    """How long cases stayed in each state."""


class IrregularStep(Told):
    """One step out of the ordinary."""

    ref: str = Field(examples=["QZ-2023-0001"])
    title: str
    unit: str
    region: str
    notice: str
    trigger: str
    source: str
    dest: str
    who: str
    occurred_at: Instant
    reason: str | None


class LateStep(Told):
    """A step done after its milestone's last day."""

    step: IrregularStep
    milestone: str
    name: Both
    due: Any = Field(examples=["2023-09-30"])
    days: int


class Irregular(Told):
    """Late, forced and undone steps: the first of them, and how many there are."""

    late: list[LateStep]
    forced: list[IrregularStep]
    undone: list[IrregularStep]
    late_count: int
    forced_count: int
    undone_count: int


class Verification(Told):
    """How far a verification has come, and its verdict."""

    id: str = Field(examples=["9f86d081884c7d65"])
    started_at: Instant
    ended_at: Instant | None
    fraction: float = Field(examples=[1.0])
    outcome: str = Field(description="running, sound, altered or unsure.", examples=["sound"])
    words: Both
    row: int | None = Field(description="The first row that does not fit.")
    subject: str | None
    version: int | None


class KeptCheckpoint(Given):
    """A checkpoint that was kept, as it came: a signed note."""

    note: str = Field(
        min_length=1,
        max_length=4_000,
        pattern=r"^[^\x00]*$",
        examples=["duban/quanzhou\n120\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— duban/quanzhou …"],
    )


class Mismatch(Told):
    """Where history is not what a checkpoint saw."""

    row_id: int | None = Field(examples=[17])
    subject: str | None = Field(examples=["case:QZ-2023-0001"])
    version: int | None
    zh: str
    en: str


class Compared(Told):
    """What a kept checkpoint says of history; without a ``problem`` all its rows are as it saw them."""

    rows: int = Field(description="So many rows it covers.", examples=[120])
    root: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    ours: bool | None = Field(description="Whether this service signed it; null: that cannot be told.")
    problem: Mismatch | None
    pubkey: str | None = Field(None, description="The key of this service's checkpoints.")


class Verifications(Some[Verification]):
    """The verification that was begun last, if there was one since the service was started."""
