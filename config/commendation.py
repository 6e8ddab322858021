"""The ``commend`` part of a notice file: awards, quotas and criteria; inherited award by award.

::

    commend:
      units:
        quota: {places: 10, each_county: 1}
        criteria:
          participants: {weight: 60, steps: {100: 40, 500: 70, 1000: 100}}
          punctuality: {weight: 40}
      people: off
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from config.criteria import DEFAULT_AWARDS, SHARES, Award, AwardRules, Criterion, Measure, Quota, Scale
from config.noticevalues import Key, Materials, Text, read_off

Percent = Annotated[int, Field(ge=0, le=100)]
Many = Annotated[int, Field(ge=0, le=1_000_000_000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class QuotaFile(_Part):
    """How many may be commended: one of places, percent and per_county."""

    places: int | None = Field(None, ge=1, le=100_000, description="总名额 / How many in all")
    percent: int | None = Field(None, ge=1, le=100, description="占候选的百分比 / Percent of the candidates")
    per_county: int | None = Field(None, ge=1, le=10_000, description="每个县的名额 / So many of each county")
    each_county: int = Field(0, ge=0, le=1000, description="每个县至少几个 / At least so many of each county")

    @model_validator(mode="after")
    def _one_limit(self) -> "QuotaFile":
        if sum(one is not None for one in (self.places, self.percent, self.per_county)) != 1:
            raise _wrong(
                zh="名额请写 places（总数）、percent（百分比）、per_county（每县）三者之一",
                en="give exactly one of places, percent and per_county",
            )
        return self


class CriterionFile(_Part):
    """One criterion: its weight, and how a figure becomes points."""

    weight: int = Field(ge=1, le=1000, description="满分是多少 / The points of the best")
    scale: Literal["best", "median", "share"] | None = Field(
        None, description="best 按最好的折算，median 按中位数折算，share 按比例 / How it becomes points"
    )
    steps: dict[Many, Percent] | None = Field(
        None, min_length=1, description="分档：达到多少得百分之几 / Thresholds and the percent each is worth"
    )
    audience: tuple[Key, ...] | None = Field(
        None, min_length=1, description="覆盖哪些人群 / Audiences of the application form"
    )
    needs: Materials | None = Field(
        None, min_length=1, description="怎样算材料齐全 / What makes the materials complete"
    )

    @model_validator(mode="after")
    def _one_way(self) -> "CriterionFile":
        if self.steps is not None and self.scale is not None:
            raise _wrong(zh="分档（steps）和 scale 只能写一个", en="give either steps or scale, not both")
        shares = [percent for _, percent in sorted((self.steps or {}).items())]
        if shares != sorted(shares):
            raise _wrong(
                zh="分档的百分比要越高越多，不能变少", en="a higher threshold must not be worth less"
            )
        return self


def _criteria(value: dict[Measure, CriterionFile]) -> dict[Measure, CriterionFile]:
    for measure, one in value.items():
        if one.scale == "share" and measure not in SHARES:
            raise _wrong(
                zh=f"“{measure}”是数量，没有比例；请用 median、best 或 steps",
                en=f"'{measure}' is a number, not a share; use median, best or steps",
            )
        if one.audience and measure is not Measure.REACH:
            raise _wrong(zh="只有 reach 可以写 audience", en="only reach takes an audience")
        if one.needs and measure is not Measure.COMPLETENESS:
            raise _wrong(zh="只有 completeness 可以写 needs", en="only completeness takes needs")
    return value


def _wrong(*, zh: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("user", "{en}", {"zh": zh, "en": en, "code": "notice.commend"})


class AwardFile(_Part):
    """One award; what is left out is the parent's, or the default."""

    off: bool = Field(False, description="不评这一项 / Not awarded")
    title: Text | None = Field(None, max_length=40, description="名称，如 优秀组织单位 / Its printed title")
    quota: QuotaFile | None = Field(None, description="名额 / How many")
    criteria: dict[Measure, CriterionFile] | None = Field(
        None, min_length=1, description="条件和分值 / Criteria with their points"
    )

    @model_validator(mode="after")
    def _fitting(self) -> "AwardFile":
        _criteria(self.criteria or {})
        return self


_Award = Annotated[AwardFile, BeforeValidator(read_off, json_schema_input_type=Literal["off"] | AwardFile)]


class CommendFile(_Part):
    """Who is commended when all is over, and by what."""

    units: _Award | None = Field(None, description="优秀组织单位 / Units")
    activities: _Award | None = Field(None, description="优秀活动 / Activities")
    people: _Award | None = Field(None, description="优秀工作者 / People")


WORDS: Mapping[Award, str] = {Award.UNIT: "units", Award.ACTIVITY: "activities", Award.PERSON: "people"}
"""What each award is called in a notice file."""


def awards_of(line: tuple[CommendFile | None, ...]) -> tuple[AwardRules, ...] | None:
    """Return the awards of a notice by what it and its parents say (nearest first).

    None where none of them says anything: then ``DEFAULT_AWARDS`` hold.
    """
    said = [one for one in line if one is not None]
    if not said:
        return None
    made = (_award(rules, [getattr(one, WORDS[rules.award]) for one in said]) for rules in DEFAULT_AWARDS)
    return tuple(one for one in made if one is not None)


def commend_values(awards: Iterable[AwardRules]) -> dict[str, str]:
    """Return the awards of a notice as text, by place, to compare two versions."""
    found: dict[str, str] = {}
    for one in awards:
        place, quota = f"commend.{WORDS[one.award]}", one.quota
        limits = {"places": quota.places, "percent": quota.percent, "per_county": quota.per_county}
        said = [f"{key} {value}" for key, value in limits.items() if value is not None]
        said += [f"each_county {quota.each_county}"] if quota.each_county else []
        found[f"{place}.quota"] = f"{one.title}: {', '.join(said)}"
        for each in one.criteria:
            steps = " ".join(f"{threshold}:{percent}%" for threshold, percent in each.steps)
            more = [steps, " ".join(each.audience), " ".join(f"{k}×{n}" for k, n in each.needs.items())]
            text = " ".join(part for part in (str(each.weight), each.scale, *more) if part)
            found[f"{place}.{each.measure}"] = text
    return found


def model_at(path: tuple[object, ...]) -> type[BaseModel]:
    """Return the model of what stands at a path below ``commend``."""
    match path:
        case ():
            return CommendFile
        case (_, "quota", *_):
            return QuotaFile
        case (_, "criteria", _, *_):
            return CriterionFile
        case _:
            return AwardFile


def _award(default: AwardRules, said: list[AwardFile | None]) -> AwardRules | None:
    words = [one for one in said if one is not None]
    if words and words[0].off:
        return None
    title = next((one.title for one in words if one.title), default.title)
    quota = next((one.quota for one in words if one.quota), None)
    criteria = next((one.criteria for one in words if one.criteria), None)
    return AwardRules(
        award=default.award,
        title=title,
        quota=Quota(**quota.model_dump()) if quota else default.quota,
        criteria=_made(criteria) if criteria else default.criteria,
    )


def _made(criteria: Mapping[Measure, CriterionFile]) -> tuple[Criterion, ...]:
    return tuple(_criterion(measure, one) for measure, one in criteria.items())


def _criterion(measure: Measure, one: CriterionFile) -> Criterion:
    usual = _USUAL.get(measure)
    scale = Scale.SHARE if measure in SHARES else Scale.MEDIAN
    return Criterion(
        measure=measure,
        weight=one.weight,
        scale=Scale.STEPS if one.steps else Scale(one.scale or scale),
        steps=tuple(sorted((one.steps or {}).items())),
        audience=one.audience or (usual.audience if usual else ()),
        needs=one.needs or (usual.needs if usual else {}),
    )


_USUAL: Mapping[Measure, Criterion] = {
    one.measure: one for rules in DEFAULT_AWARDS for one in rules.criteria if one.measure in SHARES
}
