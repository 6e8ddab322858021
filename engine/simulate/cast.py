"""Who takes part: invented units, people and rights in the real regions of a year's notices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from random import Random

from config.regions import NATION, Level, is_within, region, regions
from config.schedule import Role, Schedule
from engine.drafts import PersonDraft, RightDraft, UnitDraft
from engine.simulate.invent import Inventor, Somebody
from engine.simulate.words import COMPANIES, DEPARTMENTS, HALLS, NATIONAL_FIELDS, SCHOOLS, SOCIETIES, TRADES

ACTIVITIES_A_UNIT = 5
# No association of these takes part in the mainland's series.
_ABSENT = frozenset({"350527", "710000", "810000", "820000"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """A unit, who answers for it, and a colleague who could take over (None where it has one only)."""

    draft: UnitDraft
    coordinator: Somebody
    colleague: Somebody | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Troupe:
    """Everybody of one notice's region: its units, the leads by region code, its admins and auditor.

    The ``deputy`` is a second admin: what is decided for good takes two.
    """

    notice: str
    units: tuple[Staffed, ...]
    leads: dict[str, Somebody] = field(default_factory=dict)
    admin: Somebody
    deputy: Somebody
    auditor: Somebody

    def unit_drafts(self) -> list[UnitDraft]:
        """Return the units to be saved."""
        return [unit.draft for unit in self.units]

    def person_drafts(self, home: str) -> list[PersonDraft]:
        """Return the people to be saved with their rights; ``home`` is the notice's region."""
        admins = (self.admin, self.deputy)
        drafts = [_person(one, RightDraft(role=Role.ADMIN, region=home)) for one in admins]
        drafts.append(_person(self.auditor, RightDraft(role=Role.AUDITOR, region=home)))
        drafts += [_person(one, RightDraft(role=Role.LEAD, region=code)) for code, one in self.leads.items()]
        for unit in self.units:
            mine = RightDraft(role=Role.COORDINATOR, region=unit.draft.region, unit=unit.draft.name)
            drafts += [_person(one, mine) for one in (unit.coordinator, unit.colleague) if one is not None]
        return drafts


def _person(one: Somebody, right: RightDraft) -> PersonDraft:
    return PersonDraft(name=one.name, email=one.email, phone=one.phone, lang=one.lang, rights=(right,))


def cast(schedule: Schedule, activities: int, inventor: Inventor) -> Troupe:
    """Invent the units and people of one notice, as many as ``activities`` need."""
    random = inventor.random
    drafts = list(
        _national(activities) if schedule.region == NATION else _city(schedule.region, activities, random)
    )
    units = tuple(_staffed(draft, inventor) for draft in drafts)
    return Troupe(
        notice=schedule.id,
        units=units,
        leads={code: inventor.somebody() for code in dict.fromkeys(unit.region for unit in drafts)},
        admin=inventor.somebody(),
        deputy=inventor.somebody(),
        auditor=inventor.somebody(),
    )


def _staffed(draft: UnitDraft, inventor: Inventor) -> Staffed:
    colleague = inventor.somebody() if inventor.random.random() < 0.4 else None
    return Staffed(draft=draft, coordinator=inventor.somebody(), colleague=colleague)


def _national(activities: int) -> Iterator[UnitDraft]:
    provinces = [
        code for code, one in regions().items() if one.level is Level.PROVINCE and code not in _ABSENT
    ]
    for code in provinces[: _some(activities, len(provinces))]:
        yield UnitDraft(
            name=f"{region(code).name}科学技术协会", region=code, level="province", kind="association"
        )
    for name in NATIONAL_FIELDS[: _some(activities, len(NATIONAL_FIELDS))]:
        yield UnitDraft(name=f"全国{name}爱好者学会", region=NATION, level="national", kind="society")


@cache
def counties_of(code: str) -> tuple[str, ...]:
    """Return the codes of the counties of a city that take part."""
    return tuple(one for one in regions() if one != code and is_within(one, code) and one not in _ABSENT)


def _some(activities: int, all_there_are: int) -> int:
    """Return how many of some units a season of that size has: all of them from a hundred activities on."""
    return min(all_there_are, max(3, ceil(activities * all_there_are / 100)))


def _city(code: str, activities: int, random: Random) -> Iterator[UnitDraft]:
    counties = counties_of(code)
    counties = counties[: _some(activities, len(counties))]
    for county in counties:
        name = f"{region(county).name}科学技术协会"
        yield UnitDraft(name=name, region=county, level="county", kind="association")
    town = region(code).name
    for names, kind in ((DEPARTMENTS, "department"), (SOCIETIES, "society"), (HALLS[:3], "venue")):
        for name in names[: _some(activities, len(names))]:
            yield UnitDraft(name=town + name, region=code, level="city", kind=kind)
    for name in COMPANIES[: _some(activities // 2, 6)]:
        full = f"{town}{name}{random.choice(TRADES)}"
        yield UnitDraft(name=full, region=code, level="city", kind="enterprise")
    yield from _hosts(counties, max(0, activities // ACTIVITIES_A_UNIT - len(counties)))


def _hosts(counties: Sequence[str], wanted: int) -> Iterator[UnitDraft]:
    """Give schools and halls of the counties, a round of counties at a time."""
    names = [(name, "school") for name in SCHOOLS] + [(name, "venue") for name in HALLS]
    rounds = ((county, name, kind) for name, kind in names for county in counties)
    for (county, name, kind), _ in zip(rounds, range(wanted), strict=False):
        yield UnitDraft(name=region(county).name + name, region=county, level="county", kind=kind)
