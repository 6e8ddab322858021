"""What differs between the text of a mail template then and now, line by line."""

from difflib import unified_diff

from engine.audit.then import SubjectThen
from engine.template_names import names

_CONTEXT = 3
_HEAD = 2  # lines that name the files


def text_diff(shown: SubjectThen) -> tuple[tuple[str, str], ...]:
    """Return the lines that differ with their sign, none where nothing does."""
    if shown.template is None:
        return ()
    before, now = shown.template.text.splitlines(), shown.template.text_now.splitlines()
    lines = list(unified_diff(before, now, lineterm="", n=_CONTEXT))[_HEAD:]
    return tuple((line[0], line if line.startswith("@") else line[1:]) for line in lines)


def template_title(shown: SubjectThen, lang: str) -> str:
    """Return what a mail template is called; empty of other subjects."""
    name = shown.template.name if shown.template else ""
    return next((one.title.in_(lang) for one in names() if one.name == name), name)
