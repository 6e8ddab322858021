"""Writing a small YAML 1.2 text: mappings of texts, with remarks above what a person should look at."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

Node = str | int | Sequence[str] | Mapping[str, "Node"]

_WORDS = "A-Za-z0-9\u3400-\u9fff“《〔（*"
_PLAIN = re.compile(
    rf"(?!(?:null|true|false|yes|no|on|off|[0-9]+)$)[{_WORDS}][{_WORDS}”》〕），。、；：！？|/.@+_' -]*",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def mapping(tree: Mapping[str, Node], *, depth: int = 0) -> Iterator[str]:
    """Give the lines of a mapping; a key ``# …`` is a remark and has no value."""
    indent = "  " * depth
    for key, node in tree.items():
        if key.startswith("#"):
            yield f"{indent}{key}"
        elif isinstance(node, Mapping) and not _is_flow(node):
            yield f"{indent}{key}:"
            yield from mapping(node, depth=depth + 1)
        else:
            yield f"{indent}{key}: {_value(node)}"


def listed(items: Sequence[Mapping[str, Node]]) -> Iterator[str]:
    """Give the lines of a list of small mappings."""
    return (f"  - {_value(one)}" for one in items)


def remark(text: str) -> str:
    """Return a text as the key of a remark: one line, whatever was in it."""
    return f"# {' '.join(_UNSEEN.sub('', text).split())}"


def _is_flow(node: Mapping[str, Node]) -> bool:
    """Tell whether a mapping fits on one line: few texts, none long."""
    return (
        all(isinstance(one, str | int) for one in node.values())
        and len(_value(node)) <= 90
        and not any(key.startswith("#") for key in node)
    )


def _value(node: Node) -> str:
    if isinstance(node, str):
        return node if _PLAIN.fullmatch(node) and node == node.strip() else _quoted(node)
    if isinstance(node, int):
        return str(node)
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {_flowing(one)}" for key, one in node.items()) + "}"
    return "[" + ", ".join(_flowing(one) for one in node) + "]"


def _flowing(node: Node) -> str:
    """Return a value inside brackets, where commas and colons mean something."""
    text = _value(node)
    return _quoted(node) if isinstance(node, str) and re.search(r"[,:*]", text) and text == node else text


def _quoted(text: str) -> str:
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
