"""Settings as the API tells them."""

from pydantic import Field

from web.api.models import Both, Some, Told


class Setting(Told):
    """One setting; ``is_set`` is false where it is left to its default."""

    variable: str = Field(examples=["DUBAN_BASE_URL"])
    meaning: Both
    value: str = Field(description="Without passwords.", examples=["https://duban.example.cn"])
    is_set: bool


class Settings(Some[Setting]):
    """All settings."""
