"""Tables of texts as they are written here: Chinese first, then English."""

from collections.abc import Mapping

from config.schedule import Name


def texts(table: Mapping[str, tuple[str, str]]) -> dict[str, Name]:
    """Return a table of texts in both languages."""
    return {key: Name(zh=zh, en=en) for key, (zh, en) in table.items()}
