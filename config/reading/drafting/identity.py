"""What a notice is called and where it belongs: id, code, region, parent, an earlier version."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache

from config.reading.drafting.decisions import Decisions, taken
from config.reading.reading import Reading
from config.regions import NATION, Level, is_within, level, regions
from config.schedule import Schedule

_NATIONAL = re.compile(r"^(?:中国|全国|国家|中央|国务院|中共中央)")
_LONGEST = 12
_SHARED = 4  # characters that two titles must have in common to be about one campaign
_ALIKE = 0.75


def propose_region(reading: Reading) -> str | None:
    """Return the region whose name the issuer or the title bears, the narrowest first; None if none does."""
    heads = [told.text for told in (reading.issuer, reading.title, reading.number) if told]
    for head in heads:
        words = "".join(head.split())
        found = [_named()[part] for part in _parts(words) if part in _named()]
        if found:
            return max(found, key=lambda code: list(Level).index(level(code)))
        if _NATIONAL.match(words):
            return NATION
    return None


def year_of(reading: Reading, decisions: Decisions) -> int | None:
    """Return the year that a notice is about: its own, else that of its dates."""
    if reading.year:
        return reading.year
    days = [one.day or clause.when.day or clause.when.start for clause, one in taken(reading, decisions)]
    return next((day.year for day in days if day), None)


def propose_id(region: str, year: int, known: Iterable[Schedule]) -> str:
    """Return an id such as ``quanzhou-2024``: the region's own word where one is known, else its code."""
    word = "national" if region == NATION else region
    return f"{_stem(word, [one.id for one in known if one.region == region])}-{year}"


def propose_code(region: str, year: int, known: Iterable[Schedule]) -> str:
    """Return what the numbers of cases begin with, such as ``QZ-2024``."""
    word = "QG" if region == NATION else region
    return f"{_stem(word, [one.code for one in known if one.region == region])}-{year}"


def propose_parent(reading: Reading, known: Iterable[Schedule], *, region: str, year: int) -> Schedule | None:
    """Return the notice above: of the same year and campaign, in a region around; the nearest, most alike."""
    named = reading.parent.text if reading.parent else ""
    words = named + (reading.title.text if reading.title else "") + reading.text[:4000]
    fits = [one for one in parents_for(known, region) if _is_of(one, year) and _shares(words, one)]
    return max(
        fits, key=lambda one: (_alike(named, one.title) > _ALIKE, *_nearness(one, named)), default=None
    )


def parents_for(known: Iterable[Schedule], region: str) -> tuple[Schedule, ...]:
    """Return the notices of the regions around a region, the nearest first."""
    above = [one for one in known if one.region != region and is_within(region, one.region)]
    return tuple(sorted(above, key=lambda one: (-_depth(one.region), one.id)))


def earlier_version(reading: Reading, known: Iterable[Schedule], *, region: str) -> Schedule | None:
    """Return the schedule of the same notice that is known already: by its number, else by its exact title.

    Another number is another notice, whatever the titles say.
    """
    here = [one for one in known if one.region == region and not _other_number(reading, one)]
    return next(
        (one for one in here if _number(reading) and _number_of(one) == _number(reading)), None
    ) or next((one for one in here if _title(reading) and _squeezed(one.title) == _title(reading)), None)


def like_one(reading: Reading, known: Iterable[Schedule], *, region: str, year: int) -> Schedule | None:
    """Return the schedule that may be of the same notice, for a person to tell: of its year and campaign."""
    campaign = _campaign(_title(reading), region)
    here = [one for one in known if one.region == region and _is_of(one, year)]
    open_ = [one for one in here if campaign and not _other_number(reading, one)]
    alike = {one.id: _ratio(campaign, _campaign(_squeezed(one.title), region)) for one in open_}
    likely = [one for one in open_ if alike[one.id] >= _ALIKE]
    return max(likely, key=lambda one: alike[one.id], default=None)


def _other_number(reading: Reading, schedule: Schedule) -> bool:
    mine, theirs = _number(reading), _number_of(schedule)
    return bool(mine and theirs and mine != theirs)


def _number(reading: Reading) -> str:
    return _bare_number(reading.number.text if reading.number else "")


def _number_of(schedule: Schedule) -> str:
    return _bare_number(schedule.number or "")


def _bare_number(words: str) -> str:
    """Return a document's number without its brackets and 第, which people write in several ways."""
    return re.sub(r"[\s\[\]()（）〔〕【】第]", "", words)


def _title(reading: Reading) -> str:
    return _squeezed(reading.title.text if reading.title else "")


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _campaign(title: str, region: str) -> str:
    """Return what a title is about, without its issuer, place, year and the words that every title has."""
    about = title.partition("关于")[2] or title
    return _EVERY_TITLE.sub("", about.replace(regions()[region].name, ""))


def _stem(word: str, names: Iterable[str]) -> str:
    stems = [re.sub(r"-(?:19|20)\d\d$", "", name) for name in sorted(names)]
    return min(stems, key=len) if stems else word


def _is_of(schedule: Schedule, year: int) -> bool:
    if schedule.issued and schedule.issued.day:
        return schedule.issued.day.year == year
    return str(year) in f"{schedule.id} {schedule.title}"


def _shares(words: str, schedule: Schedule) -> bool:
    title = _bare(schedule.title)
    longest = SequenceMatcher(None, title, _bare(words)[:4000], autojunk=False).find_longest_match()
    return longest.size >= _SHARED


def _nearness(schedule: Schedule, named: str) -> tuple[int, float]:
    return _depth(schedule.region), _alike(named, schedule.title)


def _alike(one: str, other: str) -> float:
    return _ratio(_bare(one), _bare(other))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:200], other[:200], autojunk=False).ratio()


_COMMON = re.compile(r"[\s\d《》〈〉“”()（）,，.。、：:年]|关于|通知|举办|做好|组织|开展|活动|联合|工作|印发")
_EVERY_TITLE = re.compile(_COMMON.pattern + "|全国|全省|全市|主题|系列|的")


def _bare(words: str) -> str:
    return _COMMON.sub("", words)


def _depth(region: str) -> int:
    return list(Level).index(level(region))


def _parts(words: str) -> Iterable[str]:
    return (
        words[at:end] for at in range(len(words)) for end in range(at + 2, min(at + _LONGEST, len(words)) + 1)
    )


@cache
def _named() -> Mapping[str, str]:
    """Return the code of every region whose name only it bears."""
    names: dict[str, list[str]] = {}
    for code, one in regions().items():
        if code != NATION and len(one.name) > 2:
            names.setdefault(one.name, []).append(code)
    return {name: codes[0] for name, codes in names.items() if len(codes) == 1}
