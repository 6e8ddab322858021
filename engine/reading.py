"""Values read back from the JSON in which the database keeps them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from notifications.letter import Letter
from workflows.blockers import Blocker


def blocker_from(data: Mapping[str, Any]) -> Blocker:
    """Return the blocker of its JSON: code, params, ``clears_on`` as an ISO day or null, fix."""
    clears_on = data.get("clears_on")
    return Blocker(
        code=data["code"],
        params=dict(data.get("params", {})),
        clears_on=date.fromisoformat(clears_on) if clears_on else None,
        fix=data.get("fix"),
    )


def letter_from(content: bytes) -> Letter:
    """Return the letter that a sent mail was made from."""
    from pydantic import TypeAdapter  # noqa: PLC0415  its import is slower than most commands

    return TypeAdapter(Letter).validate_json(content)
