"""The answers that the pages of one process keep while nothing changes."""

from engine.recent import Recent
from web.office import Office

_NAME = "recent"


def recent_of(office: Office) -> Recent:
    """Return the answers kept for all visitors; each is kept by who asked."""
    kept = office.parts.setdefault(_NAME, Recent())
    if not isinstance(kept, Recent):
        raise TypeError(f"the office keeps something else as {_NAME}")
    return kept
