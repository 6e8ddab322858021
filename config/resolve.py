"""The effective schedule of a notice: its own words, and its parents' where it is silent, with sources."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time

from config.commendation import awards_of
from config.lineage import DUBAN, lineage, source_of
from config.merge import Said, Trail
from config.milestones import is_tbd, ladder_of, milestone_of, name_of, window_of
from config.noticefile import NoticeFile, Parsed, StatedText
from config.schedule import Contact, Milestone, Schedule, Window

DEFAULT_ZONE = "Asia/Shanghai"
DEFAULT_SEND_AT = time(9, 0)
DEFAULT_REQUIRES: Mapping[str, Mapping[str, int]] = {
    "register": {"application_form": 1, "platform_listing": 1},
    "complete_info": {"photo": 1, "video|news_link": 1},
    "summarize": {"summary": 1},
}

Line = tuple[Parsed, ...]
Saids = tuple[Said[NoticeFile], ...]


def resolve(notice_id: str, sources: Mapping[str, str]) -> Schedule:
    """Work out what ``notice_id`` asks; ``sources`` has the YAML text of it and its parents by id.

    Value by value the nearest notice that states one wins; a ``tbd`` lets the parent's stand in
    and is listed in ``Schedule.open``. Raises ``UserError`` (see ``lineage``, ``milestones``).
    """
    line = lineage(notice_id, sources)
    said = tuple(Said(parsed=one, part=one.notice) for one in line)
    own, trail = line[0].notice, Trail()
    issued = trail.stated(said[:1], "issued", lambda notice: notice.issued, is_tbd=is_tbd)
    windows, milestones = _windows(line, trail), _milestones(line, trail)
    trail.plain(said[:1], "notice", lambda notice: notice)
    return Schedule(
        id=own.id,
        code=own.code,
        title=own.title,
        region=own.region,
        issuer=_text(said[:1], "issuer", trail) or own.title,
        line=tuple(one.notice.id for one in line),
        number=_text(said[:1], "number", trail),
        issued=issued.at if issued else None,
        theme=_text(said, "theme", trail),
        subtheme=_text(said, "subtheme", trail),
        zone=trail.plain(said, "zone", lambda notice: notice.zone) or DEFAULT_ZONE,
        send_at=trail.plain(said, "send_at", lambda notice: notice.send_at) or DEFAULT_SEND_AT,
        review=trail.plain(said, "review", lambda notice: notice.review) or False,
        daily=trail.plain(said, "daily", lambda notice: notice.daily) or False,
        windows=windows,
        milestones=milestones,
        requires=_requires(line, trail),
        days=_days(line, trail),
        contacts=_contacts(said, trail),
        owns=tuple(own.milestones),
        open=tuple(trail.open),
        then=name_of(trail.plain(said[:1], "then", lambda notice: notice.then)),
        commend=awards_of(tuple(one.notice.commend for one in line)),
        sources=trail.sources,
    )


def _text(said: Saids, name: str, trail: Trail) -> str | None:
    def pick(notice: NoticeFile) -> StatedText | None:
        told: StatedText | None = getattr(notice, name)
        return told

    found = trail.stated(said, name, pick, is_tbd=is_tbd)
    return None if found is None or is_tbd(found) else found.text


def _windows(line: Line, trail: Trail) -> tuple[Window, ...]:
    made = [window_of(key, line) for key in _keys(line, lambda notice: notice.windows)]
    trail.open.extend(place for _, places in made for place in places)
    return tuple(window for window, _ in made)


def _milestones(line: Line, trail: Trail) -> tuple[Milestone, ...]:
    ladder = ladder_of(line, trail)
    made = [milestone_of(key, line, ladder) for key in _keys(line, lambda notice: notice.milestones)]
    trail.open.extend(place for _, places in made for place in places)
    return tuple(milestone for milestone, _ in made)


def _keys(line: Line, pick: Callable[[NoticeFile], Iterable[str]]) -> list[str]:
    """Return the keys of all notices, each once: the notice's own first, in the order written."""
    return list(dict.fromkeys(key for one in line for key in pick(one.notice)))


def _requires(line: Line, trail: Trail) -> Mapping[str, Mapping[str, int]]:
    found = dict(DEFAULT_REQUIRES)
    trail.sources.update({f"requires.{trigger}": DUBAN for trigger in found})
    for one in reversed(line):
        found.update(one.notice.requires)
        trail.sources.update({f"requires.{key}": source_of(one, one.notice) for key in one.notice.requires})
    return found


def _days(line: Line, trail: Trail) -> Mapping[date, bool]:
    found: dict[date, bool] = {}
    for one in reversed(line):
        found.update({day: word == "work" for day, word in one.notice.days.items()})
        trail.sources.update({f"days.{day}": source_of(one) for day in one.notice.days})
    return dict(sorted(found.items()))


def _contacts(said: Saids, trail: Trail) -> tuple[Contact, ...]:
    printed = trail.plain(said, "contacts", lambda notice: notice.contacts or None) or ()
    return tuple(Contact(name=one.name, phone=one.phone, email=one.email) for one in printed)
