"""The templates of the pages: everything escaped, nothing undefined passed over in silence."""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from web import labels, links, moments
from web.words import said_in_markup

HERE = Path(__file__).parent
STATIC = HERE / "static"

_MADE = "_made"
_ONCE = frozenset({"kit.html", "parts.html"})
"""Files of macros that read nothing but a page's own values: made once for a page, not at each import."""


class _Macros(Template):
    """A template that can be imported; a page that includes one for each row would make its macros anew."""

    def make_module(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,
    ) -> TemplateModule:
        """Return the macros of this file, as made for the page before if there are such."""
        made = (vars or {}).get(_MADE)
        name = self.name or ""
        if made is None or name.rpartition("/")[2] not in _ONCE:
            return super().make_module(vars, shared, locals)
        if name not in made:
            made[name] = super().make_module(vars, shared, locals)
        found: TemplateModule = made[name]
        return found


@cache
def _environment() -> Environment:
    """Return the templates, each compiled once for a process."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.template_class = _Macros
    made.filters |= FILTERS
    made.globals |= FUNCTIONS
    return made


class Pages:
    """Renders whole pages and single blocks of them."""

    def __init__(self) -> None:
        self._environment = _environment()

    def compile(self) -> None:
        """Compile every template now (takes seconds), so that no visitor waits for it."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def whole(self, template: str, values: Mapping[str, Any]) -> str:
        """Return a whole page."""
        return self._environment.get_template(template).render(values, **{_MADE: {}})

    def block(self, template: str, block: str, values: Mapping[str, Any]) -> str:
        """Return one block of a page."""
        page = self._environment.get_template(template)
        context = page.new_context({**values, _MADE: {}})
        for _ in page.root_render_func(context):  # runs the imports and settings above the blocks
            break
        return "".join(page.blocks[block](context))


@pass_context
def _say(context: Context, key: str, **values: object) -> Markup:
    return said_in_markup(key, str(context["visit"].lang), **values)


def _static_names() -> dict[str, str]:
    """Return the address of every static file, with its content's mark: it may be kept for ever."""
    return {
        path.name: f"/static/{path.name}?v={sha256(path.read_bytes()).hexdigest()[:12]}"
        for path in sorted(STATIC.iterdir())
        if path.is_file()
    }


_NAMES = _static_names()


def static(name: str) -> str:
    """Return the address of a static file."""
    return _NAMES[name]


def is_marked(address: str) -> bool:
    """Return whether an address names a static file by the mark of the content it has now."""
    return address in _NAMES.values()


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": moments.day,
    "shortday": moments.shortday,
    "moment": moments.moment,
    "exact": moments.exact,
    "in_lang": labels.in_lang,
    "region": labels.region_name,
    "whole_region": labels.whole_region,
    "blocker": labels.blocker,
    "web": links.web,
}

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "say": _say,
    "static": static,
    "distance": moments.distance,
    "state_name": labels.state_name,
    "trigger_name": labels.trigger_name,
}
