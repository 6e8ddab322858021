"""The figures of a package, as page, command and report show them. Pure: of what was gathered."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from config.form import form_of
from config.regions import NATION, region
from config.schedule import Name
from engine.rollup.coverage import OwedReport, SilentHost, below, places_without
from engine.rollup.gathering import FORM, Activity, Gathered, Item
from engine.rollup.lateness import Punctual, punctuality
from engine.rollup.links import links_of
from workflows.registry import lifecycle

TOP_LINKS = 20
_HELD = frozenset({"held", "info_completed", "summarized", "commended", "closed"})


class Count(NamedTuple):
    """How many of what."""

    name: Name
    number: int


class Place(NamedTuple):
    """One division, or one unit of the smallest: its activities, those held, and who took part.

    ``whole``: what the region itself did (省本级), which is no division of it.
    """

    name: str
    activities: int
    held: int
    participants: int
    whole: bool = False


class Press(NamedTuple):
    """One link of the media, with the activity it is about."""

    ref: str
    title: str
    unit: str
    uri: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All numbers of a package.

    ``told`` is of how many activities the participants are known, ``forms`` of how many the application
    form is there: kinds and audiences are counted in those, and one may be of several.
    """

    activities: int
    held: int
    cancelled: int
    units: int
    participants: int
    told: int
    forms: int
    photos: int
    videos: int
    news: int
    states: tuple[Count, ...]
    kinds: tuple[Count, ...]
    audiences: tuple[Count, ...]
    places: tuple[Place, ...]
    by_unit: bool
    punctual: tuple[Punctual, ...]
    hosts: tuple[Count, ...]
    press: tuple[Press, ...]
    owing: tuple[OwedReport, ...]
    filed: tuple[OwedReport, ...]
    silent: tuple[SilentHost, ...]
    without: tuple[str, ...]


def figures_of(gathered: Gathered, *, now: datetime) -> Figures:
    """Count what was gathered."""
    subject, counted = gathered.subject, gathered.counted
    news = [one for activity in counted for one in _press(activity)]
    with_form = [one for one in counted if one.answers]
    places = _places(gathered)
    return Figures(
        activities=len(counted),
        held=sum(one.row.state in _HELD for one in counted),
        cancelled=len(gathered.activities) - len(counted),
        units=len({one.row.unit_id for one in counted}),
        participants=sum(one.row.participants or 0 for one in counted),
        told=sum(one.row.participants is not None for one in counted),
        forms=len(with_form),
        photos=sum(len(one.of_kind("photo")) for one in counted),
        videos=sum(len(one.of_kind("video")) for one in counted),
        news=len(news),
        states=_states(gathered.activities),
        kinds=_chosen(with_form, "kind"),
        audiences=_chosen(with_form, "audience"),
        places=places,
        by_unit=_by_unit(gathered),
        punctual=punctuality(subject, counted, now=now),
        hosts=tuple(Count(Name(zh=h, en=h), n) for h, n in _ranked(Counter(one.host for one in news))),
        press=tuple(_link(one.activity, one.item) for one in links_of(counted, gathered.links) if one.chosen),
        owing=tuple(one for one in gathered.reports if not one.filed),
        filed=tuple(one for one in gathered.reports if one.filed),
        silent=gathered.silent,
        without=places_without(subject, sorted({one.row.region for one in counted})),
    )


def _states(activities: Iterable[Activity]) -> tuple[Count, ...]:
    """Return the states there are activities in, in the order of the path."""
    found = Counter(one.row.state for one in activities)
    labels = lifecycle("activity").labels
    return tuple(Count(name, found[state]) for state, name in labels.items() if found[state])


def _chosen(activities: Iterable[Activity], key: str) -> tuple[Count, ...]:
    """Return how often each choice of a question was made, in the order of the form."""
    question = form_of(FORM).field(key)
    choices: Mapping[str, Name] = question.choices if question else {}
    found: Counter[str] = Counter()
    for activity in activities:
        given = activity.answers.get(key) or []
        found.update({one for one in (given if isinstance(given, list) else [given]) if one in choices})
    return tuple(Count(name, found[one]) for one, name in choices.items() if found[one])


def _by_unit(gathered: Gathered) -> bool:
    """Return whether places are units: nothing is below a county, and a unit's own report is of one."""
    return gathered.subject.level == "county" or gathered.subject.own is not None


def _places(gathered: Gathered) -> tuple[Place, ...]:
    by_unit, top = _by_unit(gathered), gathered.subject.region
    found: dict[str, list[Activity]] = {}
    for one in gathered.counted:
        found.setdefault(one.row.unit_name if by_unit else below(one.row.region, top), []).append(one)
    places = (_place(key if by_unit else _called(key, top), several) for key, several in found.items())
    told = (one._replace(whole=not by_unit and one.name == own_level(top)) for one in places)
    return tuple(sorted(told, key=lambda one: (-one.activities, one.name)))


def _called(code: str, top: str) -> str:
    return own_level(top) if code == top else region(code).name


def own_level(code: str) -> str:
    """Return what a region itself is called beside its divisions: 省本级, 市本级."""
    return "全国性单位" if code == NATION else f"{region(code).name[-1]}本级"


def _place(name: str, several: list[Activity]) -> Place:
    held = sum(one.row.state in _HELD for one in several)
    return Place(name, len(several), held, sum(one.row.participants or 0 for one in several))


def _press(activity: Activity) -> Iterator[Press]:
    for item in activity.of_kind("news_link"):
        if item.sha256 is None:
            yield _link(activity, item)


def _link(activity: Activity, item: Item) -> Press:
    host = (urlsplit(item.uri).hostname or "").removeprefix("www.")
    return Press(activity.ref, activity.row.title, activity.row.unit_name, item.uri, host)


def _ranked(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP_LINKS]
