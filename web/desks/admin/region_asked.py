"""A region that a list of people or units is narrowed to: chosen, or typed by name where there are many."""

from collections.abc import Mapping

from config.errors import UserError
from config.regions import find
from config.schedule import Name


def region_asked(asked: Mapping[str, str]) -> tuple[str | None, Name | None]:
    """Return the code of the region that is asked for, or what is wrong with its name."""
    if "region" not in asked:
        return None, None
    try:
        return find(asked["region"]).code, None
    except UserError as error:
        return None, error.text
