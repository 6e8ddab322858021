"""Mail templates as the API tells them."""

from typing import Any

from pydantic import Field, model_validator

from engine.template_versions import TemplateLine
from web.api.models import Both, Given, Some, Told
from web.api.types import Instant, Ref, Word

ID = r"^(zh|en)(\.[a-z_]{1,24}){1,2}\.(txt|html)$"


class Template(Told):
    """One mail template; ``version`` 0: nobody ever wrote another."""

    id: str = Field(examples=["zh.reminder.body.txt"])
    lang: str = Field(examples=["zh"])
    kind: str | None = Field(description="Null: common to all mails.", examples=["reminder"])
    part: str = Field(examples=["body.txt"])
    title: Both
    version: int = Field(examples=[0])
    own: bool = Field(description="Whether a text of your own is in force.")
    at: Instant | None
    who: str | None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        if not isinstance(value, TemplateLine):
            return value
        names = ("lang", "kind", "part", "title", "version", "own", "at", "who")
        return {"id": value.name.replace("/", "."), **{name: getattr(value, name) for name in names}}


class Templates(Some[Template]):
    """Every template that may be written."""


class TextVersion(Told):
    """One version; without ``text`` it restored the shipped one."""

    version: int = Field(examples=[1])
    text: str | None
    at: Instant
    who: str | None


class TemplateText(Told):
    """One template: the text in force, the shipped one, and all versions, the newest first."""

    line: Template
    text: str
    shipped: str
    versions: list[TextVersion]


class NewText(Given):
    """A text to be put in force."""

    text: str = Field(min_length=1, max_length=100_000, examples=["{{ letter.to.name }}，您好。\n"])


class TryOut(Given):
    """A text that is not kept, tried on the letter of a kind about a case."""

    text: str | None = Field(None, min_length=1, max_length=100_000, description="Left out: as in force.")
    ref: Ref
    kind: Word = Field(examples=["reminder"])


class Rendered(Told):
    """A mail as it would be read."""

    subject: str
    text: str
    html: str
