"""The YAML text of a rolled-over notice: old words that still hold, new dates, each guess with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from config.dates import parse_when
from config.rollover.moving import Guess, Mover
from config.rollover.seasons import NextSeason, of_year
from config.schedule import Name, Schedule
from config.yamltree import Tree
from config.yamlwrite import yaml_of_texts

_OF_THE_OLD_TEXT = frozenset({"cite", "clause"})
_NEW_EACH_YEAR = frozenset({"theme", "subtheme"})
_LEFT_OUT = frozenset({"number", "text", "days", "note", *_OF_THE_OLD_TEXT})
_DATES = frozenset({"start", "end", "opens", "due"})
_WITH_YEAR = frozenset({"name", "then", "title"})
_WIDE = 90
_GUESSED = "推算，请核对 / a guess: check it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a draft is made from; ``years`` are the old and the new one."""

    old: Schedule
    years: tuple[int, int]
    extends: str | None
    season: NextSeason | None
    mover: Mover
    guesses: list[Guess] = field(default_factory=list)


def written(tree: Mapping[str, Tree], draft: Draft, new_id: str) -> tuple[str, tuple[Guess, ...]]:
    """Return the YAML text of a notice for the new year, and the dates that were worked out."""
    made = CommentedMap()
    for key, value in _top(tree, draft, new_id):
        made[key] = value
    made.yaml_set_start_comment(_head(draft))
    text = StringIO()
    yaml_of_texts().dump(made, text)
    return text.getvalue(), tuple(draft.guesses)


def _top(tree: Mapping[str, Tree], draft: Draft, new_id: str) -> Iterator[tuple[str, object]]:
    old, new = draft.years
    for key, value in tree.items():
        if key in _LEFT_OUT or value is None:
            continue
        if key == "id":
            yield key, new_id
        elif key == "code":
            code = of_year(str(value), old, new)
            yield key, code if code != value else f"{value}-{new}"
        elif key == "extends":
            yield key, draft.extends
        elif key == "issued" or key in _NEW_EACH_YEAR:
            yield key, "tbd"
        elif key in ("windows", "milestones") and isinstance(value, dict):
            yield key, _parts(key, value, draft)
        else:
            yield key, _plain(key, value, draft)
    if "issued" not in tree:
        yield "issued", "tbd"


def _parts(kind: str, parts: Mapping[str, Tree], draft: Draft) -> CommentedMap:
    made = CommentedMap()
    for key, part in parts.items():
        said = _part(f"{kind}.{key}", part, draft) if isinstance(part, dict) else None
        if said:  # what only named its clause is inherited as it is
            made[key] = said
    return made


def _part(place: str, part: Mapping[str, Tree], draft: Draft) -> CommentedMap:
    made = CommentedMap()
    for name, value in part.items():
        if name in _OF_THE_OLD_TEXT or value is None:
            continue
        guess = _guess(f"{place}.{name}", value, draft) if name in _DATES else None
        if guess is None:
            made[name] = _plain(name, value, draft)
        else:
            draft.guesses.append(guess)
            made[name] = _marked(guess, draft.years[0])
    return made


def _guess(place: str, value: Tree, draft: Draft) -> Guess | None:
    """Return where a date goes; the days of the campaign itself keep their number."""
    at = value["at"] if isinstance(value, dict) else value
    when = parse_when(str(at))
    window = place.startswith("windows.")
    guess = draft.mover.moved(place, when, working=not window)
    season = draft.season
    if guess is None or season is None or not season.own or not place.startswith(f"windows.{season.key}."):
        return guess
    days = 0 if place.endswith(".start") else season.days
    day = season.campaign.new + timedelta(days=days)
    zh = season.why.zh if not days else f"共 {days + 1} 天，与往年相同"
    en = season.why.en if not days else f"{days + 1} days, as before"
    after = f"about {day}" if when.approximate else str(day)
    return Guess(place=place, before=when.text, after=after, why=Name(zh=zh, en=en))


def _marked(guess: Guess, old: int) -> CommentedMap:
    """Return a date that was worked out, with its reason in place of how the old words were read."""
    note = CommentedMap(
        zh=f"按{old}年推算：{guess.why.zh}",
        en=f"Worked out from {old}: {guess.why.en}",
    )
    dated = CommentedMap(at=guess.after)
    dated.yaml_add_eol_comment(_GUESSED, "at")
    dated["note"] = note
    return dated


def _plain(key: str, value: Tree, draft: Draft) -> object:
    """Return a value as it was, without where the old text says it; the year in a name is the new one."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if v is not None and k not in _OF_THE_OLD_TEXT}
        if set(kept) in ({"text"}, {"at"}):
            return next(iter(kept.values()))
        return _mapping(
            {k: _plain(key if key in _WITH_YEAR else k, v, draft) for k, v in kept.items()},
        )
    if isinstance(value, list):
        made = CommentedSeq(_plain(key, one, draft) for one in value)
        if all(isinstance(one, str) for one in value):
            made.fa.set_flow_style()
        return made
    text = of_year(str(value), *draft.years) if key in _WITH_YEAR else str(value)
    return DoubleQuotedScalarString(text) if text.isdecimal() and len(text) > 4 else text


def _mapping(values: Mapping[str, object]) -> CommentedMap:
    """Return a mapping, in one line where it is a short one."""
    made = CommentedMap(values)
    flat = all(isinstance(one, str) for one in values.values())
    if flat and sum(len(k) + len(str(v)) for k, v in values.items()) < _WIDE:
        made.fa.set_flow_style()
    return made


def _head(draft: Draft) -> str:
    old, new = draft.years
    return (
        f"{new}年的草稿，由 {draft.old.id} 推算；文号、成文日期和主题待定，标明“推算”的日期请逐一核对。\n"
        f"A draft for {new}, worked out from {draft.old.id} ({old}): check each date marked as a guess.\n"
    )
