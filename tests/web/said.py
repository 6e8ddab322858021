"""Which keys of messages the pages use, read off the code and the templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from web.templating import FILTERS, FUNCTIONS, HERE
from web.words import TEXTS

KEYED = {"say", "said", "said_in_markup", "wrong"}
"""Functions one of whose first arguments is a key; ``told=`` and ``TEXTS[…]`` take keys too."""

KEY = re.compile(r"[a-z][a-z_]*\.[A-Za-z0-9_.*]+")
CODE = sorted(path for path in HERE.rglob("*.py") if "words" not in path.parts)
TEMPLATES = sorted((HERE / "templates").rglob("*.html"))


def rooms() -> set[str]:
    """Return what keys begin with."""
    return {key.partition(".")[0] for key in TEXTS}


def in_python(path: Path) -> Iterator[str]:
    """Give the keys that a module uses; ``*`` stands for what is filled in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _called(node) in KEYED:
            yield from (key for one in node.args[:2] for key in _in_expression(one))
        if isinstance(node, ast.keyword) and node.arg == "told":
            yield from _in_expression(node.value)
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "TEXTS":
            yield from _in_expression(node.slice)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _in_expression(node: ast.expr) -> Iterator[str]:
    """Give the keys of an expression: a text, one of two, or one with gaps."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _key(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield from _key("".join(map(_constant, node.values)))
    elif isinstance(node, ast.IfExp):
        yield from (*_in_expression(node.body), *_in_expression(node.orelse))


def in_template(path: Path) -> Iterator[str]:
    """Give the keys that a template says."""
    for call in _says(path):
        yield from _said(call.args[0])


def _says(path: Path) -> Iterator[nodes.Call]:
    environment = Environment(autoescape=True)
    environment.filters |= FILTERS
    environment.globals |= FUNCTIONS
    for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if getattr(call.node, "name", "") == "say" and call.args:
            yield call


def _said(node: nodes.Expr) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        yield from _key(str(node.value))
    elif isinstance(node, nodes.Concat):
        yield from _key("".join(map(_constant, node.nodes)))
    elif isinstance(node, nodes.CondExpr):
        yield from (*_said(node.expr1), *(_said(node.expr2) if node.expr2 else ()))


def _constant(part: ast.expr | nodes.Expr) -> str:
    return str(part.value) if isinstance(part, (ast.Constant, nodes.Const)) else "*"


def _key(text: str) -> Iterator[str]:
    if KEY.fullmatch(text):
        yield text


def given_in_python(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Give each key that a module says outright, with the gaps that it fills."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and all(one.arg for one in node.keywords):
            told = [one.value for one in node.keywords if one.arg == "told"]
            keyed = told or (node.args[:2] if _called(node) in KEYED else [])
            filled = {str(one.arg) for one in node.keywords}
            yield from ((key, filled) for one in keyed for key in _in_expression(one) if "*" not in key)


def given_in_template(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Give each key that a template says outright, with the gaps that it fills."""
    for call in _says(path):
        if call.dyn_kwargs is None:
            filled = {one.key for one in call.kwargs}
            yield from ((key, filled) for key in _said(call.args[0]) if "*" not in key)


def quoted() -> set[str]:
    """Return everything in code and templates that looks like a key, however it gets to be said."""
    found: set[str] = set()
    for path in (*CODE, *TEMPLATES):
        source = path.read_text(encoding="utf-8")
        source = re.sub(r"\{[^{}\"']*\}|\" ~ [^\"]*? ~ \"|\" ~ [^\"~}]*", "*", source)
        found.update(re.findall(r"[\"'*]((?:" + "|".join(rooms()) + r")\.[A-Za-z0-9_.*]+)", source))
    return found
