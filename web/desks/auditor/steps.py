"""The steps that a list of changes can be narrowed to."""

from collections.abc import Iterator
from functools import cache

from config.schedule import Name
from engine.audit.messages import SENTENCES
from engine.audit.subjects import Kind
from web.words import TEXTS
from workflows.registry import LIFECYCLES

_LIVES = {
    Kind.CASE: ("activity", "report"),
    Kind.NOTICE: ("notice",),
    Kind.MAIL: ("message",),
    Kind.COMMENDATION: ("commendation",),
}


@cache
def steps_of(kind: Kind | None) -> tuple[tuple[str, Name], ...]:
    """Return the steps of a kind of subject, or of all, each with its name."""
    found: dict[str, Name] = {}
    for one in (kind,) if kind else Kind:
        for trigger, name in _named(one):
            found.setdefault(trigger, name)
    return tuple(found.items())


def _named(kind: Kind) -> Iterator[tuple[str, Name]]:
    """Yield the steps of a kind: those of its lifecycles, then those that only history tells of."""
    for life in LIFECYCLES:
        if life.name in _LIVES.get(kind, ()):
            yield from life.triggers.items()
    for key in SENTENCES:
        family, _, trigger = key.partition(".")
        words = TEXTS.get(f"history.step_{trigger.rstrip('+')}")
        if family == kind and words:
            yield trigger, Name(zh=words[0], en=words[1])
