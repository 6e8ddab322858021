"""People, rights and units as the API tells them."""

from enum import StrEnum

from pydantic import Field

from config.regions import Level
from config.schedule import Role
from web.api.models import Given, Some, Told
from web.api.types import Address, Instant, Line, Moment, Number, RegionCode, Text


class UnitKind(StrEnum):
    """What a unit is."""

    ASSOCIATION = "association"
    SOCIETY = "society"
    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    DEPARTMENT = "department"
    VENUE = "venue"
    COMMUNITY = "community"
    OTHER = "other"


class Lang(StrEnum):
    """A language of ours."""

    ZH = "zh"
    EN = "en"


class Right(Told):
    """A right that somebody holds now."""

    id: int = Field(examples=[3])
    role: str = Field(examples=["coordinator"])
    region: str = Field(examples=["350502"])
    unit_id: int | None = Field(examples=[1])
    unit: str | None = Field(examples=["鲤城区科协"])
    until: Instant | None
    mine: bool = Field(description="Whether you may take it away.")


class Person(Told):
    """One person in a list."""

    id: int = Field(examples=[1])
    name: str = Field(examples=["王敏"])
    email: str | None = Field(examples=["wang@example.cn"])
    phone: str | None
    active: bool
    address_bad: bool = Field(description="A mail server refused the address for good.")
    rights: list[Right]


class People(Some[Person]):
    """Part of the people whom you watch over."""


class FullPerson(Person):
    """One person."""

    lang: str = Field(examples=["zh"])
    muted_until: Instant | None
    elsewhere: int = Field(description="Rights beyond your reach.", examples=[0])
    managed: bool = Field(description="Whether you may change this person.")
    cases: int = Field(description="Cases that they answer for.", examples=[3])


class NewRight(Given):
    """A right to be given; one with an end needs a reason."""

    role: Role
    region: RegionCode
    unit_id: Number | None = None
    until: Moment | None = Field(None, description="Left out: it stays.")
    reason: Text | None = None


class RightGiven(Told):
    """A right that was given."""

    right: int = Field(examples=[9])
    person: int = Field(examples=[1])


class NewPerson(Given):
    """Somebody new with a first right."""

    name: Line = Field(examples=["陈新"])
    email: Address = Field(examples=["chen@example.cn"])
    phone: Line | None = Field(None, examples=["0595-0000000"])
    lang: Lang = Lang.ZH
    right: NewRight
    invite: bool = Field(False, strict=True, description="Whether to mail an invitation.")


class NewPersonValues(Given):
    """New values of a person; what is left out stays."""

    name: Line | None = Field(None, examples=["陈新"])
    email: Address | None = Field(None, examples=["chen@example.cn"])
    phone: Line | None = Field(None, examples=["0595-0000000"])
    lang: Lang | None = None
    active: bool | None = Field(None, strict=True, description="Whether they may come in and get mails.")
    reason: Text | None = Field(None, description="Of a change of active.")


class Silence(Given):
    """Until when somebody gets no reminders; null: send them again."""

    until: Moment | None


class NewInvitations(Given):
    """Whom to invite by mail."""

    people: list[Number] = Field(min_length=1, max_length=500, examples=[[1]])


class Invited(Told):
    """How many invitations were queued."""

    invited: int = Field(examples=[1])


class Unit(Told):
    """One unit in a list."""

    id: int = Field(examples=[1])
    name: str = Field(examples=["鲤城区科协"])
    region: str = Field(examples=["350502"])
    level: str = Field(examples=["county"])
    kind: str = Field(examples=["association"])
    activities: int = Field(description="Activities that it has filed.", examples=[3])
    owed: int = Field(description="Reports that it owes.", examples=[1])


class Units(Some[Unit]):
    """Part of the units that you may see."""


class UnitPerson(Told):
    """Somebody who has a right for a unit."""

    id: int = Field(examples=[1])
    name: str = Field(examples=["王敏"])
    role: str = Field(examples=["coordinator"])
    email: str | None
    phone: str | None
    address_bad: bool
    active: bool


class FullUnit(Told):
    """One unit with its people."""

    line: Unit
    people: list[UnitPerson]
    managed: bool = Field(description="Whether you may change this unit.")


class NewUnit(Given):
    """A unit to be entered."""

    name: Line = Field(examples=["洛江区科协"])
    region: RegionCode = Field(examples=["350504"])
    level: Level
    kind: UnitKind


class NewUnitValues(Given):
    """New values of a unit; its region stays."""

    name: Line | None = Field(None, examples=["洛江区科协"])
    level: Level | None = None
    kind: UnitKind | None = None
