"""The walls round a template that an admin wrote: how long it may work, how much it may make.

Nothing can interrupt a template from outside, so its own loops, macros and filters look at the time and count
what they make. What the count would not see (text glued in loops, lists in lists) is not in its language.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import wraps
from time import thread_time
from typing import Any, cast  # jinja2's own signatures say Any for what a template holds

from jinja2 import BaseLoader, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context, markup_join, str_join

from config.schedule import Name
from notifications.sandbox import LIMIT, MailEnvironment

SECONDS = 1.0
"""So much of the processor's time one mail may take."""

LENGTH = 32_000
"""A template has at most so many characters, and so many of ``<`` and of ``{`` as follows."""

MARKS = 1500

_MADE = 2 * LIMIT  # all texts on the way to a mail together
_ITEMS = 1000
_LOOK = 64

_STEPS, _CHARGE, _PLAIN, _GLUED, _COUNTED, _FLAT = (
    # names that no template can say
    "steps of a loop",
    "start of a part",
    "plain value",
    "glued texts",
    "counted text",
    "list of plain values",
)
_ALLOWED: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr),
    *(nodes.Getitem, nodes.Slice, nodes.Call, nodes.Keyword, nodes.Filter, nodes.Test, nodes.Compare),
    *(nodes.Operand, nodes.BinExpr, nodes.UnaryExpr, nodes.Concat, nodes.CondExpr, nodes.If, nodes.For),
    *(nodes.Assign, nodes.AssignBlock, nodes.With, nodes.Macro, nodes.Block, nodes.Extends, nodes.Import),
    *(nodes.FromImport, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.Scope),
)
_WORDS: dict[type[nodes.Node], str] = {
    nodes.ScopedEvalContextModifier: "autoescape",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
}


class LimitReached(SecurityError):
    """A template worked too long or made too much; ``text`` says which."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Name(zh=zh, en=en)


@dataclass(slots=True)
class Budget:
    """What one mail may still use."""

    until: float
    made: int = 0
    looks: int = 0

    def step(self, size: int = 0) -> None:
        """Count one step that makes so many characters; every so often look at the clock."""
        self.made += size
        if self.made > _MADE:
            raise _too_much()
        self.looks += 1
        if self.looks % _LOOK == 0 and thread_time() > self.until:
            raise _too_long()

    def look(self, size: int) -> None:
        """Count what a filter made, and look at the clock."""
        self.looks = -1
        self.step(size)


_budget: ContextVar[Budget] = ContextVar("budget")


@contextmanager
def budget() -> Iterator[None]:
    """Give the block the budget of one mail."""
    token = _budget.set(Budget(thread_time() + SECONDS))
    try:
        yield
    finally:
        _budget.reset(token)


def _current() -> Budget:
    return _budget.get(None) or Budget(thread_time() + SECONDS)


class LimitedEnvironment(MailEnvironment):
    """Jinja2 for texts that an admin wrote: a smaller language, in which all work is counted."""

    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(loader)
        self.finalize = _plain
        kept = {name: _looking(function) for name, function in self.filters.items()}
        own = {"batch": _batch, "sum": _sum, "round": _round, "join": _join(self.filters["join"])}
        counting = {_STEPS: _steps, _CHARGE: _charge, _PLAIN: _plain, _GLUED: _glued}
        self.filters = {**kept, **own, **counting, _COUNTED: _counted, _FLAT: _flat}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        for mark in "<{":
            if source.count(mark) > MARKS:
                raise TemplateSyntaxError(f"more than {MARKS} of '{mark}'", 1, name, filename)
        return super()._parse(source, name, filename)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_counting(source, name), name, filename, defer_init=defer_init)

    def call(self, context: Context, obj: Any, *arguments: Any, **named: Any) -> Any:
        """Call, and count what is given back."""
        made = super().call(context, obj, *arguments, **named)
        _current().step(_size(made))
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate with numbers; ``+`` also joins two texts."""
        if operator != "+":
            return super().call_binop(context, operator, left, right)
        if isinstance(left, str) and isinstance(right, str):
            _current().step(len(left) + len(right))
        elif not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError("'+' is for two numbers or two texts")
        return left + right


def _counting(tree: nodes.Template, name: str | None) -> nodes.Template:
    """Return a template's tree with the counting written in; refuse what cannot be counted."""
    found = list(tree.find_all(nodes.Node))
    for node in found:
        _refuse_unknown(node, name)
    for node in reversed(found):
        _count(node)
    tree.body.insert(0, _start(tree))
    return tree


def _refuse_unknown(node: nodes.Node, name: str | None) -> None:
    word = _WORDS.get(type(node), type(node).__name__.lower())
    refused = not isinstance(node, _ALLOWED)
    if isinstance(node, nodes.For) and node.recursive:
        refused, word = True, "recursive"
    if isinstance(node, nodes.Name) and node.name in ("varargs", "kwargs"):
        refused, word = True, node.name
    if isinstance(node, nodes.Call | nodes.Filter | nodes.Test) and (node.dyn_args or node.dyn_kwargs):
        refused, word = True, "*"
    if refused:
        raise TemplateSyntaxError(f"'{word}' is not available in mail templates", node.lineno, name, name)


def _count(node: nodes.Node) -> None:
    """Write the counting into one node, in place."""
    if isinstance(node, nodes.For):
        weight = nodes.Const(_weight(node), lineno=node.lineno)
        values = cast("nodes.Expr", node.iter)  # what jinja2 calls any node
        node.iter = _filtered(values, _STEPS, [weight])
    elif isinstance(node, nodes.Macro | nodes.Block):
        node.body.insert(0, _start(node))
    for field, value in node.iter_fields():
        if isinstance(value, nodes.Expr):
            setattr(node, field, _counted_expression(value))
        elif isinstance(value, list):
            value[:] = [_counted_expression(one) if isinstance(one, nodes.Expr) else one for one in value]


def _counted_expression(node: nodes.Expr) -> nodes.Expr:
    if isinstance(node, nodes.Concat):
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), _GLUED)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        return _filtered(node, _COUNTED)
    is_new = isinstance(node, nodes.List | nodes.Dict) or (
        isinstance(node, nodes.Tuple) and node.ctx == "load"
    )
    return _filtered(node, _FLAT) if is_new else node


def _filtered(node: nodes.Expr, name: str, arguments: list[nodes.Expr] | None = None) -> nodes.Filter:
    return nodes.Filter(node, name, arguments or [], [], None, None, lineno=node.lineno)


def _start(node: nodes.Node) -> nodes.Stmt:
    """Return what counts one run of a part."""
    weight = nodes.Const(_weight(node), lineno=node.lineno)
    return nodes.ExprStmt(_filtered(weight, _CHARGE), lineno=node.lineno)


def _weight(node: nodes.Node) -> int:
    """Return how much text one run of a part writes by itself."""
    return sum(len(data.data) for data in node.find_all(nodes.TemplateData))


@pass_context
def _charge(_context: Context, weight: int) -> None:
    _current().step(weight)


@pass_context
def _steps(_context: Context, values: Iterable[Any], weight: int) -> Iterator[Any]:
    used = _current()
    for value in values:
        used.step(weight)
        yield value


@pass_context
def _plain(_context: Context, value: Any) -> Any:
    """Let a text, a number or a day through: writing out a list of lists has no end."""
    if not (value is None or isinstance(value, str | int | float | date | Undefined)):
        raise SecurityError(f"a {type(value).__name__} cannot be written out; name one of its parts")
    _current().step(len(value) if isinstance(value, str) else 0)
    return value


@pass_context
def _glued(context: Context, parts: list[Any]) -> str:
    texts = [_plain(context, part) for part in parts]
    return markup_join(texts) if context.eval_ctx.autoescape else str_join(texts)


@pass_context
def _counted(_context: Context, value: Any) -> Any:
    _current().step(_size(value))
    return value


@pass_context
def _flat(_context: Context, values: Any) -> Any:
    for value in values.values() if isinstance(values, dict) else values:
        if isinstance(value, list | tuple | dict):
            raise SecurityError("no list within a list")
    return values


def _looking(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that looks at the clock and counts what it made."""

    @wraps(function)
    def looking(*arguments: Any, **named: Any) -> Any:
        made = function(*arguments, **named)
        _current().look(_size(made))
        return made

    return looking


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    return 8 * len(value) if isinstance(value, list | tuple) else 0


def _join(join: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(join)
    def joined(eval_ctx: Any, value: Any, d: str = "", attribute: str | int | None = None) -> Any:
        if attribute is not None:
            raise SecurityError("join has no attribute here; use map(attribute=…) before it")
        parts = list(value)
        for part in parts:
            if not isinstance(part, str | int | float):
                raise SecurityError("join is for texts and numbers")
            _current().step(len(str(part)) + len(d))
        return join(eval_ctx, parts, d)

    return joined


def _batch(value: Iterable[Any], linecount: int, fill_with: str | None = None) -> Iterator[list[Any]]:
    if not 1 <= linecount <= _ITEMS or not isinstance(fill_with, str | None):
        raise SecurityError(f"batch makes rows of 1 to {_ITEMS}, filled with a text")
    row: list[Any] = []
    for one in value:
        row.append(one)
        if len(row) == linecount:
            yield row
            row = []
    if row:
        yield row + [fill_with] * (linecount - len(row) if fill_with is not None else 0)


def _sum(values: Iterable[float]) -> float:
    parts = list(values)
    if not all(isinstance(part, int | float) for part in parts):
        raise SecurityError("sum is for numbers; use map(attribute=…) before it")
    return sum(parts)


def _round(value: float, precision: int = 0) -> float:
    if abs(precision) > 20:
        raise SecurityError("round to at most 20 digits")
    return round(value, precision)


def _too_long() -> LimitReached:
    return LimitReached(zh=f"运行超过 {SECONDS:g} 秒，已停止", en=f"it worked for more than {SECONDS:g} s")


def _too_much() -> LimitReached:
    return LimitReached(
        zh=f"内容超过 {_MADE} 个字符，已停止", en=f"it made more than {_MADE} characters on the way"
    )
