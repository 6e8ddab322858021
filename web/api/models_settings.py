"""Settings as the API tells them."""

from pydantic import Field

from web.api.models import Both, Some, Told


class Setting(Told):
    """One setting; ``is_set`` is false where it is left to its default."""

    variable: str = Field(examples=["DUBAN_BASE_URL"])
    meaning: Both
    value: str = Field(description="Without passwords.", examples=["https://duban.example.cn"])
    is_set: bool


class Check(Told):
    """One thing looked at: ok, warn or fail, and what to do unless it is well."""

    name: str = Field(examples=["mail"])
    level: str = Field(examples=["ok"])
    text: Both
    fix: Both | None


class Checks(Some[Check]):
    """Everything looked at."""


class Settings(Some[Setting]):
    """All settings."""
