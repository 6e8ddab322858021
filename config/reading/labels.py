"""A reading in the field names of the labelled notices: what ``duban notice read --json`` prints."""

from datetime import date

from config.reading.reading import Certainty, Clause, ReadContact, ReadDate, Reading, Sort

Value = str | int | bool | float | None | list["Value"] | dict[str, "Value"]


def as_labels(reading: Reading) -> dict[str, Value]:
    """Return the reading as plain values, dates as YYYY-MM-DD and quotes as exact parts of the text."""
    return {
        "title": reading.title.text if reading.title else None,
        "issuer": reading.issuer.text if reading.issuer else None,
        "number": reading.number.text if reading.number else None,
        "year": reading.year,
        "doc_date": _day(reading.issued.day) if reading.issued else None,
        "parent": reading.parent.text if reading.parent else None,
        "theme": reading.theme.text if reading.theme else None,
        "subtheme": reading.subtheme.text if reading.subtheme else None,
        "windows": [_window(one, reading.text) for one in reading.of_sort(Sort.WINDOW) if one.when.day],
        "deadlines": [_deadline(one, reading.text) for one in reading.of_sort(Sort.DEADLINE)],
        "other_dates": [
            _other(one, reading.text)
            for one in reading.clauses
            if one.sort in (Sort.ORGANISER, Sort.DISTRACTOR)
        ],
        "contacts": [_contact(one) for one in reading.contacts],
        "doubts": [one.zh for one in reading.doubts],
    }


def _window(clause: Clause, text: str) -> dict[str, Value]:
    return {
        "name": clause.name,
        "start": _day(clause.when.start or clause.when.day),
        "end": _day(clause.when.day),
        "quote": clause.cite.of(text),
        **_exactness(clause.when),
        "confidence": clause.confidence,
    }


def _deadline(clause: Clause, text: str) -> dict[str, Value]:
    when = clause.when
    return {
        "key": clause.key,
        "date": _day(when.day),
        "start": _day(when.start),
        "who": clause.who,
        "action": clause.action,
        "channel": clause.channel,
        "materials": list(clause.materials),
        "quote": clause.cite.of(text),
        "also": [one.of(text) for one in clause.also],
        **({"time": f"{when.until:%H:%M}"} if when.until else {}),
        **_exactness(when),
        **({} if when.day else {"vague": when.words.of(text)}),
        **({"relative": when.relative} if when.relative else {}),
        **({"wrong": when.wrong.zh} if when.wrong else {}),
        "place": clause.place,
        "year_from": str(when.year_from),
        "confidence": clause.confidence,
        "doubts": [one.zh for one in clause.doubts],
    }


def _exactness(when: ReadDate) -> dict[str, Value]:
    approx: dict[str, Value] = {"approx": True} if when.approximate else {}
    return {**approx, **({"granularity": "month"} if when.certainty is Certainty.MONTH else {})}


def _other(clause: Clause, text: str) -> dict[str, Value]:
    return {
        "kind": str(clause.sort),
        "date": _day(clause.when.day),
        "start": _day(clause.when.start),
        "quote": clause.cite.of(text),
    }


def _contact(one: ReadContact) -> dict[str, Value]:
    return {"name": one.name, "phone": one.phone, "email": one.email}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
