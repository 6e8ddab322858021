"""The walls round a mail template: what it may call, how much it may make."""

from collections.abc import Callable
from datetime import date
from typing import Any  # jinja2's own signatures say Any for what a template holds

from jinja2 import BaseLoader, StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notifications import words
from notifications.compiled import CodeKept
from notifications.digest import Clause, Digest, Group
from notifications.letter import Figure, Item, Letter, Person, Sealed, Sender

LIMIT = 2_000_000
"""A rendered part of a mail has at most this many characters."""

# TemplateModule: the macros that one of our templates imports from another
_VALUES = frozenset((Letter, Person, Item, Sender, Figure, Sealed, Digest, Group, Clause, TemplateModule))
_CODE = CodeKept()
_RANGE = 1000
_BITS = 256
_FILTERS = frozenset(
    (
        *(
            "abs",
            "batch",
            "capitalize",
            "count",
            "d",
            "default",
            "e",
            "escape",
            "first",
            "float",
            "forceescape",
        ),
        *(
            "groupby",
            "int",
            "join",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
        ),
        *("reverse", "round", "select", "selectattr", "sort", "string", "sum", "trim", "truncate"),
        *("unique", "upper", "urlencode"),
    )
)
_TEXT_METHODS = frozenset(
    ("startswith", "endswith", "strip", "lstrip", "rstrip", "upper", "lower", "split", "splitlines")
)
_DATE_PARTS = frozenset(
    ("date", "day", "hour", "isoformat", "isoweekday", "minute", "month", "strftime", "weekday", "year")
)
# what they can do makes much of little: (5).to_bytes(10**9)
_PLAIN = (int, float, complex, bytes, list, tuple, set, frozenset, range)


def bounded_range(*bounds: int) -> range:
    """Count like ``range``, but at most a thousand steps."""
    steps = range(*bounds)
    if steps.stop - steps.start > _RANGE * abs(steps.step):
        raise SecurityError(f"range of more than {_RANGE} steps")
    return steps


class MailEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 for texts that an admin may write: no attribute of Python's own, no great amounts.

    Only names that end in ``.html`` are escaped.
    """

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=_is_html,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            auto_reload=False,
            bytecode_cache=_CODE,
        )
        # the filters left out can make any amount of text from little, or mark a title as safe HTML
        self.filters = {
            name: value for name, value in self.filters.items() if name in _FILTERS
        } | _own_filters()
        self.globals = {"range": bounded_range}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read a field of the letter's own values at once; the long way round costs half the rendering."""
        if type(obj) in _VALUES and attribute[:1] != "_":
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        if _is_closed(obj, attribute):
            return self.unsafe_undefined(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Read an item; a name in brackets opens no more than a name after a dot."""
        if isinstance(argument, str) and not isinstance(obj, dict):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def join_path(self, template: str, parent: str) -> str:
        """Give an HTML template the escaped form of a text it imports.

        A macro's result counts as safe where it is called: one that does not escape would let a
        title through as HTML.
        """
        if _is_html(parent) and template.endswith(".txt"):
            return template.removesuffix(".txt") + ".html"
        return template

    def call(self, context: Context, obj: Any, *arguments: Any, **named: Any) -> Any:
        """Call a template's own macro at once, anything else after the sandbox's checks."""
        if type(obj) is Macro:
            named.pop("_block_vars", None)  # jinja2 keeps its loops' variables there
            named.pop("_loop_vars", None)
            return obj(context.eval_ctx, *arguments, **named)
        return super().call(context, obj, *arguments, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate with numbers only: a text times a number is how memory is filled."""
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"'{operator}' is for numbers")
        if operator == "**" and abs(right) > 64:
            raise SecurityError("exponent above 64")
        if operator != "%" and _bits(operator, left, right) > _BITS:
            raise SecurityError(f"a number of more than {_BITS} bits")
        return super().call_binop(context, operator, left, right)


def _is_html(name: str | None) -> bool:
    return name is None or name.endswith(".html")


def _is_closed(obj: object, attribute: str) -> bool:
    """Tell whether a value keeps an attribute to itself."""
    if isinstance(obj, str):
        return attribute not in _TEXT_METHODS
    if isinstance(obj, date):
        return attribute not in _DATE_PARTS
    return isinstance(obj, _PLAIN)


def _bits(operator: str, left: float, right: float) -> int:
    """Return how long at most the result of two whole numbers is; 0 for others, which cannot grow."""
    if not (isinstance(left, int) and isinstance(right, int)):
        return 0
    if operator == "**":
        return left.bit_length() * max(0, right)
    return left.bit_length() + right.bit_length()


def _own_filters() -> dict[str, Callable[..., str]]:
    return {
        "day": words.day,
        "date": words.weekday,
        "plural": words.plural,
        "grouped": words.grouped,
        "task": words.task,
        "capital": words.capital,
        "small": words.small,
        "clip": words.clip,
        "listed": words.listed,
        "one_line": words.one_line,
    }
