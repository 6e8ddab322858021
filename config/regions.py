"""Administrative divisions by their GB/T 2260 codes; ``data/LICENCE-regions.txt`` names the source."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from unicodedata import normalize

from config.errors import UserError

NATION = "000000"
_GROUPS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_COMMON = frozenset("省市区县州盟旗自治")
_SUFFIX = re.compile(
    r"(?<=..)(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|地区|新区|省|市|盟|区|县|旗)$"
)


class Level(StrEnum):
    """The four levels of divisions, from the top."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One division. ``parent`` is the code above it that is a place, None for the nation.

    A county directly under its province (419001) and a district of a direct city (110101) have
    the province as parent, not the group (419000, 110100) that the code system puts between.
    """

    code: str
    name: str
    level: Level
    parent: str | None


def region(code: str) -> Region:
    """Return the division of that code. Raises ``UserError`` (``region.unknown``), naming the nearest."""
    found = regions().get(code)
    if found is None:
        near = _nearest(code)
        raise UserError(
            zh=f"没有行政区划代码“{_shown(code)}”；最接近的是 {near}（{full_name(near)}）",
            en=f"there is no region code '{_shown(code)}'; the nearest is {near} ({full_name(near)})",
            code="region.unknown",
        )
    return found


def level(code: str) -> Level:
    """Return the level of that code."""
    return region(code).level


def prefix(code: str) -> str:
    """Return what the codes inside ``code`` begin with: ``350500`` → ``3505``, ``000000`` → nothing."""
    return re.sub("(?:00)+$", "", region(code).code) if code != NATION else ""


def is_within(code: str, ancestor: str) -> bool:
    """Tell whether ``code`` is ``ancestor`` or inside it."""
    return region(code).code.startswith(prefix(ancestor))


def shared(codes: Iterable[str]) -> str:
    """Return the smallest division that holds all of some codes; the nation for none."""
    known = list(codes)
    here = known[0] if known else NATION
    while not all(is_within(code, here) for code in known):
        here = region(here).parent or NATION
    return here


def full_name(code: str) -> str:
    """Return the name with all above it, groups left out: ``福建省泉州市鲤城区``."""
    here = region(code)
    above = "" if here.parent in (None, NATION) else full_name(str(here.parent))
    return above + here.name


def find(name: str, *, within: str = NATION) -> Region:
    """Return the one division that a sheet's cell means: a code, a name or a path of names.

    ``鲤城区``, ``泉州市鲤城区``, ``福建泉州鲤城`` and ``350502`` are the same. Raises ``UserError``:
    ``region.unknown`` with the nearest name, ``region.ambiguous`` with the candidates.
    """
    words = _normal(name)
    if re.fullmatch("[0-9]{6}", words):
        return region(words)
    codes = [code for code in _by_name().get(words, ()) if is_within(code, within)]
    exact = [code for code in codes if words in (region(code).name, full_name(code))]
    if len(chosen := exact or codes) == 1:
        return region(chosen[0])
    raise _ambiguous(words, chosen) if chosen else _no_name(words)


@cache
def regions() -> Mapping[str, Region]:
    """Return all divisions by code, in the order of their codes."""
    table = files("config").joinpath("data/regions.csv").read_text("utf-8")
    names: dict[str, str] = dict(csv.reader(table.splitlines()[1:]))
    return {code: _region(code, names) for code in names}


def _region(code: str, names: Mapping[str, str]) -> Region:
    above = next((up for up in _above(code) if names.get(up, "市辖区") not in _GROUPS), None)
    return Region(code=code, name=names[code], level=_level(code), parent=above)


def _above(code: str) -> Iterator[str]:
    for kept in (4, 2, 0):
        if (up := code[:kept].ljust(6, "0")) != code:
            yield up


def _level(code: str) -> Level:
    if code == NATION:
        return Level.NATIONAL
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    names: dict[str, dict[str, None]] = {}
    for code, here in regions().items():
        if here.name not in _GROUPS:
            for alias in _aliases(here):
                names.setdefault(alias, {})[code] = None
    return {alias: tuple(codes) for alias, codes in names.items()}


def _aliases(here: Region) -> Iterator[str]:
    path = [here]
    while (up := path[0].parent) not in (None, NATION):
        path.insert(0, region(str(up)))
    forms = [tuple({one.name: None, _SUFFIX.sub("", one.name): None}) for one in path]
    above = [("", *names) for names in forms[:-1]]
    for parts in product(*above, forms[-1]):
        yield "".join(parts)


def _normal(name: str) -> str:
    return "".join(normalize("NFKC", name).split())


def _shown(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"


def _nearest(code: str) -> str:
    digits = "".join(c for c in code if c in "0123456789")[:6].ljust(6, "0")

    def distance(other: str) -> tuple[int, int]:
        same = next((i for i in range(6) if digits[i] != other[i]), 6)
        return -same, abs(int(digits) - int(other))

    return min(regions(), key=distance)


@cache
def _by_character() -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for code, here in regions().items():
        for name in (here.name, full_name(code)):
            for character in set(name) - _COMMON:
                names.setdefault(character, set()).add(name)
    return {character: frozenset(found) for character, found in names.items()}


@lru_cache(maxsize=1024)  # a sheet may repeat one mistake in thousands of rows
def _nearest_name(words: str) -> str | None:
    alike = frozenset[str]().union(*(_by_character().get(character, ()) for character in words))
    return next(iter(get_close_matches(words, sorted(alike), n=1, cutoff=0.5)), None)


def _no_name(words: str) -> UserError:
    near = _nearest_name(words[:30])
    hint_zh = f"；是否指“{near}”？" if near else "，请写全称或六位代码，如 350502"
    hint_en = f"; did you mean '{near}'?" if near else "; write its full name or its code, such as 350502"
    return UserError(
        zh=f"找不到地区“{_shown(words)}”{hint_zh}",
        en=f"there is no region '{_shown(words)}'{hint_en}",
        code="region.unknown",
    )


def _ambiguous(words: str, codes: list[str]) -> UserError:
    named = [f"{full_name(code)} {code}" for code in codes[:4]] + ["…"] * (len(codes) > 4)
    return UserError(
        zh=f"“{words}”可以指 {len(codes)} 个地区：{'、'.join(named)}；请写全称或代码",
        en=f"'{words}' may be any of {len(codes)} regions: {', '.join(named)}; write its full name or code",
        code="region.ambiguous",
    )
