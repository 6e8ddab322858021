"""Which desk a path belongs to."""

from collections.abc import Mapping

from web.viewer import Desk

DESKS: Mapping[str, Desk] = {
    "/my": Desk.COORDINATOR,
    "/overview": Desk.ADMIN,
    "/reminders": Desk.ADMIN,
    "/mails": Desk.ADMIN,
    "/why": Desk.ADMIN,
    "/templates": Desk.ADMIN,
    "/people": Desk.ADMIN,
    "/units": Desk.ADMIN,
    "/imports": Desk.ADMIN,
    "/settings": Desk.ADMIN,
    "/history": Desk.AUDITOR,
    "/verify": Desk.AUDITOR,
}
"""The first word of a path; a path of several desks is shown at the viewer's own."""
