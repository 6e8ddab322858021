"""CSS becomes attributes once per template: mail readers drop style sheets."""

import re

_TAG = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
_HELD = re.compile(r"<!--held(\d+)-->|held(\d+)held")
_DOCUMENT = re.compile(r"<html\b", re.IGNORECASE)
_PLAIN = re.compile(r"<(title|style)\b[^>]*>[^<]*\Z", re.IGNORECASE)


def inline_css(source: str, css: str) -> str:
    """Write the rules of ``css`` into the tags of a Jinja2 template; nothing is fetched.

    The HTML parser would move template tags out of tables, so they are held as comments (as
    words inside a tag or a title) and put back.
    """
    import css_inline  # noqa: PLC0415  # only rendering needs it

    held: list[str] = []
    masked = _mask(source, held)
    if _DOCUMENT.search(masked):
        styled = css_inline.CSSInliner(load_remote_stylesheets=False, extra_css=css).inline(masked)
    else:
        styled = css_inline.CSSInliner(load_remote_stylesheets=False).inline_fragment(masked, css)
    return _HELD.sub(lambda match: held[int(match[1] or match[2])], styled)


def _mask(source: str, held: list[str]) -> str:
    masked = ""
    for place, piece in enumerate(_TAG.split(source)):
        if place % 2 == 0:
            masked += piece
            continue
        inside = masked.rfind("<") > masked.rfind(">") or _PLAIN.search(masked) is not None
        masked += f"held{len(held)}held" if inside else f"<!--held{len(held)}-->"
        held.append(piece)
    return masked
