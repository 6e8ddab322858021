"""What pages say: whole messages in both languages, one module a room, joined here."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from markupsafe import Markup, escape

Texts = Mapping[str, tuple[str, str]]


def _joined() -> dict[str, tuple[str, str]]:
    joined: dict[str, tuple[str, str]] = {}
    for module in iter_modules(__path__):
        texts: Texts = import_module(f"{__name__}.{module.name}").TEXTS
        twice = joined.keys() & texts.keys()
        if twice:
            raise RuntimeError(f"said twice in {module.name}: {', '.join(sorted(twice))}")
        joined |= texts
    return joined


TEXTS: Texts = _joined()


class Count(int):
    """A number that brings its English word along: ``{n:case|cases}`` says ``1 case`` or ``3 cases``."""

    def __format__(self, spec: str) -> str:
        """Return the number, with the fitting word where two are given."""
        if "|" not in spec:
            return super().__format__(spec)
        one, many = spec.split("|")
        return f"{int(self):,} {one if self == 1 else many}"


def _gap(value: object) -> object:
    return Count(value) if isinstance(value, int) and not isinstance(value, bool) else value


def said(key: str, lang: str, **values: object) -> str:
    """Return a message as plain text, its gaps filled."""
    zh, en = TEXTS[key]
    return (en if lang == "en" else zh).format(**{name: _gap(value) for name, value in values.items()})


def said_in_markup(key: str, lang: str, **values: object) -> Markup:
    """Return a message for a page: its gaps are escaped unless they are markup."""
    text = _in_markup(key, lang)
    # what Markup's own format does, in a third of the time: a page says some hundred messages
    return Markup(text.format(**{name: _gap_in_markup(value) for name, value in values.items()}))  # noqa: S704  escaped


@cache
def _in_markup(key: str, lang: str) -> str:
    zh, en = TEXTS[key]
    return str(escape(en if lang == "en" else zh))


def _gap_in_markup(value: object) -> object:
    return value if isinstance(value, float) else _gap(value) if isinstance(value, int) else escape(value)
