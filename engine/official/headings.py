"""What the headings of a sheet mean: known spellings, and for others the likeliest one, to be confirmed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import normalize

from config.official import Item, OfficialSheet
from engine.official.table_out import REFERENCE

PROBLEMS = "需要修改"
"""The heading of the column in which a refused sheet says what is to be mended; an import passes it over."""

PASSED = ""
"""What a heading is mapped to that is not to be imported."""

_ASIDE = re.compile(r"(?<=.)\([^()]*\)$")
_NOISE = re.compile(r"[\s*:.,、;_\-·/]+")
_LIKE = 0.4
_LONGEST = 40
_IGNORED = ("备注", "说明", "问题", "remarks", "problem", PROBLEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A heading never seen before, and what it may mean (an item's key), None where nothing is like it."""

    heading: str
    item: str | None
    likeness: float


def plain(heading: str) -> str:
    """Return a heading as it is compared: no spaces and line breaks, no marks, no aside at its end."""
    text = normalize("NFKC", heading[: _LONGEST * 4])
    text = "".join(text.split()).rstrip("*:")
    return _NOISE.sub("", _ASIDE.sub("", text) or text).casefold()


def spellings(sheet: OfficialSheet) -> Mapping[str, str]:
    """Return the key of an item by every spelling of its heading; its own name goes before synonyms."""
    also = {plain(word): one.key for one in sheet.columns for word in one.synonyms}
    own = {plain(one.heading): one.key for one in sheet.columns}
    return also | own | {plain(REFERENCE): REFERENCE}


def is_ignored(heading: str) -> bool:
    """Tell whether a column is for the reader, not for the import."""
    return plain(heading) in _PLAIN_IGNORED


_PLAIN_IGNORED = frozenset(map(plain, _IGNORED))


def guesses(unknown: Iterable[str], sheet: OfficialSheet, taken: Iterable[str]) -> tuple[Guess, ...]:
    """Return what unknown headings may mean, each item once, the likeliest first served."""
    open_items = [one for one in sheet.columns if one.key not in set(taken)]
    headings = list(unknown)
    pairs = sorted(
        ((_best(heading, one), heading, one.key) for heading in headings for one in open_items), reverse=True
    )
    found: dict[str, tuple[str, float]] = {}
    for likeness, heading, key in pairs:
        if likeness >= _LIKE and heading not in found and key not in {held for held, _ in found.values()}:
            found[heading] = (key, likeness)
    return tuple(
        Guess(heading=heading, item=found[heading][0], likeness=round(found[heading][1], 2))
        if heading in found
        else Guess(heading=heading, item=None, likeness=0.0)
        for heading in headings
    )


def meant_by(word: str, sheet: OfficialSheet) -> str | None:
    """Return the key of the item that a person names by its heading or key, None if there is none."""
    by_key = {one.key: one.key for one in sheet.columns}
    return by_key.get(word) or spellings(sheet).get(plain(word))


def _best(heading: str, item: Item) -> float:
    return max(likeness(plain(heading), plain(word)) for word in item.spellings)


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """Return how alike two plain headings are, 0 to 1: by pairs of neighbours, and by their order."""
    pairs, others = _pairs(one[:_LONGEST]), _pairs(other[:_LONGEST])
    shared = 2 * len(pairs & others) / max(len(pairs) + len(others), 1)
    ordered = SequenceMatcher(None, one[:_LONGEST], other[:_LONGEST], autojunk=False).ratio()
    return (shared + ordered) / 2


def _pairs(text: str) -> set[str]:
    marked = f"^{text}$"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}


def count_known(texts: Sequence[str], known: Mapping[str, str]) -> int:
    """Return how many different items some texts are headings of."""
    return len({known[word] for text in texts if (word := plain(text)) in known})
