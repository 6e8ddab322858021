"""What is wrong with what somebody typed, field by field, all of it at once."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from config.errors import UserError
from config.schedule import Name

Problem = tuple[str, Name]
"""A field and what is to be mended there."""


class FieldProblems(UserError):
    """Some fields are to be mended; nothing was saved. ``problems`` names them in the order of the form."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        said = [name for _, name in problems]
        super().__init__(
            zh=f"还有 {len(said)} 处要改：{'；'.join(one.zh for one in said)}。",
            en=f"{len(said)} to be mended: {'; '.join(one.en for one in said)}",
            code="fields.wrong",
        )

    @property
    def by_field(self) -> Mapping[str, Name]:
        """Return the first problem of each field."""
        found: dict[str, Name] = {}
        for field, name in self.problems:
            found.setdefault(field, name)
        return MappingProxyType(found)
