"""Mistakes that a person can mend, told in the reader's language."""

from config.schedule import Name


class UserError(Exception):
    """Something was refused: the text says what, where, and the way out.

    ``code`` is stable (``notice.unknown_key``); ``exit_code`` is what a command ends with.
    """

    exit_code = 1

    def __init__(self, *, zh: str, en: str, code: str) -> None:
        super().__init__(en)
        self.text = Name(zh=zh, en=en)
        self.code = code

    def in_(self, lang: str) -> str:
        """Return the text in ``lang`` (zh or en)."""
        return self.text.in_(lang)
