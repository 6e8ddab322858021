"""Readings made from the labels of real notices, for tests of what is drafted from a reading."""

from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from config.reading.reading import Certainty, Clause, ReadContact, ReadDate, Reading, Sort, Span, Told

NOTICES = Path(__file__).parents[5] / "shared" / "notices" / "train"


def reading_of(name: str) -> Reading:
    """Return what a person labelled in a notice, as if it had been read."""
    text = (NOTICES / f"{name}.txt").read_text("utf-8")
    label: dict[str, Any] = YAML(typ="safe").load(NOTICES / f"{name}.yaml")
    issued = _day(label["doc_date"])
    windows = [_clause(f"w{n}", Sort.WINDOW, one, text) for n, one in enumerate(label["windows"], 1)]
    deadlines = [_clause(f"d{n}", Sort.DEADLINE, one, text) for n, one in enumerate(label["deadlines"], 1)]
    return Reading(
        text=text,
        title=_told(label["title"], text),
        issuer=_told(label["issuer"], text),
        theme=_told(label["theme"], text),
        subtheme=_told(label.get("subtheme"), text),
        issued=ReadDate(words=Span(0, 0), day=issued) if issued else None,
        year=label["year"],
        clauses=(*windows, *deadlines),
        contacts=tuple(ReadContact(**_contact(one), span=Span(0, 0)) for one in label["contacts"]),
    )


def _clause(key: str, sort: Sort, label: dict[str, Any], text: str) -> Clause:
    start = text.index(label["quote"])
    span = Span(start, start + len(label["quote"]))
    day, first = _day(label.get("date", label.get("end"))), _day(label.get("start"))
    certainty = Certainty.DAY if day or first else Certainty.OPEN
    approximate = bool(label.get("approx"))
    when = ReadDate(words=span, day=day, start=first, certainty=certainty, approximate=approximate)
    told = {name: label.get(name) for name in ("name", "who", "action", "channel")}
    return Clause(key=key, sort=sort, when=when, cite=span, **told)


def _told(words: str | None, text: str) -> Told | None:
    if words is None:
        return None
    at = max(text.find(words), 0)
    return Told(text=words, span=Span(at, at + len(words)) if words in text else Span(0, 0))


def _contact(label: dict[str, Any]) -> dict[str, str | None]:
    return {key: label[key] for key in ("name", "phone", "email")}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
