"""Read the text of a notice: the one entry of this folder."""

from collections.abc import Iterator
from dataclasses import replace

from config.reading.contacts import contacts
from config.reading.dated import MOST_DATES, Found, dated
from config.reading.doubts import contradictions, doubted, of_the_whole
from config.reading.heads import read_head
from config.reading.merging import merged
from config.reading.naming import window_name
from config.reading.normal import Plain, plain
from config.reading.openings import paired
from config.reading.parties import channel, materials, parties
from config.reading.reading import Clause, Reading, Sort, YearFrom
from config.reading.sentences import outline
from config.reading.superseding import superseded
from config.reading.theme import themes
from config.reading.undated import MOST_REQUESTS, Undated, undated
from config.schedule import Name

MOST = 200_000  # characters: some 200 pages; no notice is longer


def read_notice(text: str, *, year: int | None = None) -> Reading:
    """Return what the text of a notice says; ``year`` stands in where the text gives no date of issue."""
    flat = plain(text[:MOST])
    order = outline(flat.text)
    head = read_head(flat, order)
    if year is not None and head.issued is None:
        head = replace(head, year=year, year_from=YearFrom.NOWHERE)
    told, more = dated(flat, order, head)
    found = contradictions(
        [doubted(one, head) for one in merged(_dressed(flat, one) for one in superseded(paired(told)))]
    )
    taken: dict[int, list[int]] = {}
    for one in found:
        if one.clause.sort in (Sort.DEADLINE, Sort.WINDOW):
            taken.setdefault(one.scene.start, []).append(one.scene.phrase.start)
    issued = head.issued.day if head.issued else None
    asked, more_asked = undated(flat, order, issued=issued, taken=taken)
    theme, subtheme = themes(flat, order)
    return Reading(
        text=text,
        title=head.title,
        issuer=head.issuer,
        number=head.number,
        issued=head.issued,
        theme=theme,
        subtheme=subtheme,
        parent=head.parent,
        year=head.year,
        clauses=_keyed([*(one.clause for one in found), *(_with_ways(flat, one) for one in asked)]),
        contacts=contacts(flat),
        doubts=(*_cut_off(text), *_too_many(more, more_asked), *of_the_whole(flat, head, found)),
    )


def _cut_off(text: str) -> tuple[Name, ...]:
    if len(text) <= MOST:
        return ()
    return (
        Name(
            zh=f"文本过长，只读了前 {MOST} 个字",
            en=f"the text is too long; only its first {MOST} characters were read",
        ),
    )


def _too_many(dates: bool, requests: bool) -> Iterator[Name]:
    if dates:
        yield Name(
            zh=f"日期过多，只读了前 {MOST_DATES} 个",
            en=f"too many dates; only the first {MOST_DATES} were read",
        )
    if requests:
        yield Name(
            zh=f"没有日期的要求过多，只读了前 {MOST_REQUESTS} 处",
            en=f"too many requests without a date; only the first {MOST_REQUESTS} were read",
        )


def _with_ways(flat: Plain, one: Undated) -> Clause:
    cite = flat.text[one.start : one.end]
    return replace(one.clause, action=cite.strip()[:120], channel=channel(cite), materials=materials(cite))


def _dressed(flat: Plain, found: Found) -> Found:
    """Give a clause its name, or its who, what and how."""
    if found.clause.sort is Sort.WINDOW:
        return replace(found, clause=replace(found.clause, name=window_name(found.scene)))
    if found.clause.sort is not Sort.DEADLINE:
        return found
    said = parties(flat, found.scene, flat.text[found.start : found.end])
    clause = replace(
        found.clause, who=said.who, action=said.action, channel=said.channel, materials=said.materials
    )
    return replace(found, clause=clause)


def _keyed(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Return the clauses in the order of the text, each sort numbered."""
    counts: dict[Sort, int] = {}
    keyed = []
    for one in sorted(clauses, key=lambda clause: (clause.cite.start, clause.when.words.start)):
        counts[one.sort] = counts.get(one.sort, 0) + 1
        keyed.append(replace(one, key=f"{_LETTERS[one.sort]}{counts[one.sort]}"))
    return tuple(keyed)


_LETTERS = {Sort.WINDOW: "w", Sort.DEADLINE: "d", Sort.ORGANISER: "o", Sort.DISTRACTOR: "x"}
