"""A notice that was read, as a page for a person and as JSON."""

from collections.abc import Iterator, Sequence

from cli.labels import label
from cli.moments import day_shown
from cli.show import Cell, Column, line, plain, table, tell
from cli.words import lang, say
from config.reading.drafting.decisions import LIKELY, SURE
from config.reading.labels import as_labels
from config.reading.reading import Certainty, Clause, ReadContact, ReadDate, Reading, Sort, Span, YearFrom
from config.schedule import Name
from engine.documents.document import Document
from engine.sheets.problems import shown

_LONG = 300
_UNSURE = frozenset((YearFrom.TITLE, YearFrom.ISSUED, YearFrom.NOWHERE))
_DATELESS = frozenset((Certainty.OPEN, Certainty.RECURRING))


def reading_form(document: Document, reading: Reading) -> dict[str, object]:
    """Return the reading in the fields of the labels, and what is to be said of the document."""
    form = dict(as_labels(reading))
    doubts = [one.zh for one in (*document.doubts, *reading.doubts)]
    about = {"name": document.name, "kind": plain(document.kind), "pages": document.pages}
    return {**form, "doubts": doubts, "document": about}


def show_reading(document: Document, reading: Reading, *, cites: bool) -> None:
    """Print what a notice says: its head, windows, deadlines, then what has no date or was not understood."""
    _show_head(reading)
    windows = reading.of_sort(Sort.WINDOW)
    deadlines = [one for one in reading.of_sort(Sort.DEADLINE) if _is_dated(one)]
    _show_windows(windows, reading)
    _show_deadlines(deadlines, reading)
    _show_undated(reading)
    if cites:
        _show_cites([*windows, *deadlines], reading)
    _show_rest(document, reading)


def _is_dated(clause: Clause) -> bool:
    return clause.when.start is not None or clause.when.certainty not in _DATELESS


def _show_head(reading: Reading) -> None:
    title = reading.title.text if reading.title else say("read.no_title")
    line(_on_one_line(title))
    parts = {
        "issuer": reading.issuer.text if reading.issuer else None,
        "number": reading.number.text if reading.number else None,
        "issued": _issued(reading.issued, reading.text) if reading.issued else None,
        "theme": reading.theme.text if reading.theme else None,
        "subtheme": reading.subtheme.text if reading.subtheme else None,
        "parent": reading.parent.text if reading.parent else None,
    }
    for key, text in parts.items():
        if text:
            tell(f"read.{key}", text=_on_one_line(text))
    for contact in reading.contacts:
        tell("notice.contact", contact=_contact(contact))


def _issued(when: ReadDate, text: str) -> str:
    return _day(when) if when.day else when.words.of(text)


def _contact(contact: ReadContact) -> str:
    return "  ".join(_on_one_line(part) for part in (contact.name, contact.phone, contact.email) if part)


def _show_windows(windows: Sequence[Clause], reading: Reading) -> None:
    if not windows:
        return
    line()
    columns = (Column("window", wraps=True), Column("first_day"), Column("last_day"), Column("from"))
    table(columns, [_window_row(one, reading) for one in windows])


def _window_row(clause: Clause, reading: Reading) -> Sequence[str | Cell]:
    name = Cell(_on_one_line(clause.name or clause.when.words.of(reading.text)), small=_notes(clause))
    first = day_shown(clause.when.start or clause.when.day)
    return name, first, _date(clause, reading), clause.place or ""


def _show_deadlines(deadlines: Sequence[Clause], reading: Reading) -> None:
    line()
    if not deadlines:
        tell("read.no_deadline")
        return
    columns = (
        Column("due"),
        Column("who", wraps=True),
        Column("asks", wraps=True),
        Column("channel", wraps=True),
        Column("from"),
    )
    table(columns, [_deadline_row(one, reading) for one in deadlines])


def _deadline_row(clause: Clause, reading: Reading) -> Sequence[str | Cell]:
    asks = Cell(_on_one_line(clause.action or clause.cite.of(reading.text)), small=_notes(clause))
    when = _date(clause, reading)
    if clause.when.start and clause.when.start != clause.when.day:
        when = when._replace(text=f"{when.text}\n{say('when.opens', day=day_shown(clause.when.start))}")
    return when, _on_one_line(clause.who or ""), asks, _channel(clause.channel or ""), clause.place or ""


def _date(clause: Clause, reading: Reading) -> Cell:
    """Return a date as it was read; its colour says whether a person should look at it."""
    when = clause.when
    if when.day is None and when.start is not None and not when.wrong:
        return Cell(say("when.unsaid"), "quiet")
    if when.day is None:
        return Cell(_on_one_line(when.words.of(reading.text)), "late" if when.wrong else "quiet")
    doubtful = clause.confidence < SURE or when.year_from is YearFrom.NOWHERE
    return Cell(_day(when), "soon" if doubtful else "")


def _day(when: ReadDate) -> str:
    day = day_shown(when.day) + (f" {when.until:%H:%M}" if when.until else "")
    return say("when.about", day=day) if when.approximate else day


def _notes(clause: Clause) -> str:
    """Return what a person should know of a date."""
    when, notes = clause.when, []
    if when.wrong:
        return say("read.notes", notes=when.wrong.in_(lang()))
    if when.day and when.year_from in _UNSURE:
        notes.append(say(f"read.year.{when.year_from}"))
    if clause.confidence < SURE:
        notes.append(say("read.doubtful" if clause.confidence >= LIKELY else "read.guess"))
    return say("read.notes", notes=say("list.comma").join(notes)) if notes else ""


def _channel(words: str) -> str:
    """Return the channels in the reader's words; the names in them stay as they are."""
    channels = [part.partition(":") for part in _on_one_line(words).split("; ")]
    return say("list.semicolon").join(
        f"{label('channel', way)}{colon}{name}" for way, colon, name in channels
    )


def _show_undated(reading: Reading) -> None:
    """Print what has no date of its own: open ones, recurring ones, and dates that ask for nothing."""
    for one in reading.of_sort(Sort.DEADLINE):
        if not _is_dated(one):
            tell(f"read.{one.when.certainty}", cite=_cited(one.cite, reading))
    others = sum(len(reading.of_sort(sort)) for sort in (Sort.ORGANISER, Sort.DISTRACTOR))
    if others:
        tell("read.others", count=others)


def _show_cites(clauses: Sequence[Clause], reading: Reading) -> None:
    line()
    for one in clauses:
        for span in (one.cite, *one.also):
            tell("read.cite", date=_date(one, reading).text, cite=_cited(span, reading))
        for doubt in one.doubts:
            line(f"  {doubt.in_(lang())}")


def _show_rest(document: Document, reading: Reading) -> None:
    doubts = list(_doubts(document, reading))
    if doubts:
        line()
    for doubt in doubts:
        tell("read.doubt", text=doubt.in_(lang()))
    line()


def _doubts(document: Document, reading: Reading) -> Iterator[Name]:
    yield from document.doubts
    yield from reading.doubts


def _cited(span: Span, reading: Reading) -> str:
    return shown(span.of(reading.text), _LONG)


def _on_one_line(text: str) -> str:
    return shown(text, _LONG)
