"""Blockers: why a step is not possible now, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One reason against a step: a stable code and what its sentence needs.

    ``clears_on`` is the first local day on which it clears by itself; ``fix`` is a stable word
    for what a person can do about it (``attach:photo``, ``edit:place``, ``reason``).
    """

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    clears_on: date | None = None
    fix: str | None = None
