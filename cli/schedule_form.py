"""A schedule as JSON: every date with the words it was written in and the clause it comes from."""

from collections.abc import Mapping

from cli.labels import place
from cli.notices import Found
from cli.show import plain
from config.schedule import Milestone, Name, Schedule, Source, When, Window

Json = dict[str, object]


def notice_form(found: Found) -> Json:
    """Return all that a notice asks."""
    schedule = found.schedule
    return {
        **notice_head(found),
        "issued": _when(schedule.issued, schedule.sources.get("issued")) if schedule.issued else None,
        "theme": schedule.theme,
        "subtheme": schedule.subtheme,
        "zone": schedule.zone,
        "send_at": schedule.send_at.isoformat(timespec="minutes"),
        "review": schedule.review,
        "windows": [_window(window) for window in schedule.windows],
        "milestones": [_milestone(milestone, schedule) for milestone in schedule.milestones],
        "requires": plain(schedule.requires),
        "days": {day.isoformat(): "work" if working else "off" for day, working in schedule.days.items()},
        "contacts": plain(schedule.contacts),
        "then": _name(schedule.then),
        "open": list(schedule.open),
        "sources": {key: _source(source) for key, source in schedule.sources.items()},
    }


def notice_head(found: Found) -> Json:
    """Return what a list says of a notice."""
    schedule = found.schedule
    return {
        "id": schedule.id,
        "code": schedule.code,
        "title": schedule.title,
        "number": schedule.number,
        "issuer": schedule.issuer,
        "issued": schedule.issued.text if schedule.issued else None,
        "region": schedule.region,
        "region_name": place(schedule.region),
        "extends": list(schedule.line[1:]),
        "origin": found.origin,
        "version": found.version,
        "state": found.state,
    }


def _window(window: Window) -> Json:
    return {
        "key": window.key,
        "name": _name(window.name),
        "start": _when(window.start, window.source),
        "end": _when(window.end, window.source),
        **_source(window.source),
    }


def _milestone(milestone: Milestone, schedule: Schedule) -> Json:
    whole = milestone.sources["milestone"]
    opens = milestone.opens
    return {
        "key": milestone.key,
        "name": _name(milestone.name),
        "kind": str(milestone.kind),
        "own": milestone.key in schedule.owns,
        "opens": _when(opens, milestone.sources.get("opens", whole)) if opens else None,
        "due": _when(milestone.due, milestone.sources.get("due", whole)),
        "reaches": milestone.reaches,
        "needs": dict(milestone.needs),
        "units": list(milestone.units),
        "after_due": str(milestone.after_due),
        "send_to": milestone.send_to,
        "ladder": [plain(rung) for rung in milestone.ladder],
        **_source(whole),
        "sources": {key: _source(source) for key, source in milestone.sources.items()},
    }


def _when(when: When, source: Source | None) -> Json:
    return {
        "day": when.day.isoformat() if when.day else None,
        "start": when.start.isoformat() if when.start else None,
        "until": when.until.isoformat(timespec="minutes") if when.until else None,
        "text": when.text,
        "precision": str(when.precision),
        "approximate": when.approximate,
        **_source(source),
    }


def _source(source: Source | None) -> Json:
    if source is None:
        return {"from": None, "cite": None, "note": None}
    place_of = {"notice": source.notice, "clause": source.clause}
    return {"from": place_of, "cite": source.cite, "note": _name(source.note)}


def _name(name: Name | None) -> Mapping[str, str] | None:
    return {"zh": name.zh, "en": name.en} if name else None
