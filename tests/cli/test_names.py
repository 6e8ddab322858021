"""What the terminal calls things: nothing is told by its key."""

from cli.words import LABELS
from notifications.samples import KINDS


def test_every_kind_of_mail_has_a_name() -> None:
    assert [kind for kind in KINDS if f"template.{kind}" not in LABELS] == []
