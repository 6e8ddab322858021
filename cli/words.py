"""What a command says, in the language of whoever runs it."""

from collections.abc import Sequence
from contextvars import ContextVar

from cli.names import HEADINGS, LABELS
from cli.refusals import REFUSALS
from cli.texts import TEXTS
from config.errors import UserError

__all__ = ["HEADINGS", "LABELS", "LANG", "heading", "lang", "language_of", "refusal", "say"]

LANG: ContextVar[str] = ContextVar("lang", default="zh")


def lang() -> str:
    """Return the language of the command being run: zh or en."""
    return LANG.get()


def say(key: str, **values: object) -> str:
    """Return a sentence of the catalogue, its gaps filled."""
    return (TEXTS.get(key) or REFUSALS[key]).in_(lang()).format(**values)


def heading(name: str) -> str:
    """Return what a column is called."""
    return HEADINGS[name].in_(lang())


def refusal(code: str, **values: object) -> UserError:
    """Return the refusal of that code: what, where, the way out."""
    text = REFUSALS.get(code) or TEXTS[code]
    return UserError(zh=text.zh.format(**values), en=text.en.format(**values), code=code)


def language_of(argv: Sequence[str], default: str) -> tuple[str, list[str]]:
    """Return the language asked for and the other words.

    ``--lang en`` may stand anywhere; without it ``default`` counts where it is a language, else zh.
    """
    found, rest = default if default in ("zh", "en") else "zh", []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang" or word.startswith("--lang="):
            found = word.partition("=")[2] or next(words, "")
            if found not in ("zh", "en"):
                raise refusal("usage.lang", given=found)
        else:
            rest.append(word)
    return found, rest
