"""YAML 1.2 as plain texts, lists and mappings, with the line and column of every value.

Every scalar stays a text (``18:00``, ``000000`` and ``0371`` are what was typed; what a value means
is for its model to say), but a bare ``null``, ``~`` or nothing is None. Refused: duplicate keys,
anchors and aliases (a few lines of them can unfold to gigabytes), tags, several documents, more
than ``MOST_BYTES``, more than ``DEEPEST`` levels.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from config.errors import UserError

MOST_BYTES = 1024 * 1024
DEEPEST = 12

Tree = None | str | list["Tree"] | dict[str, "Tree"]
Path_ = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A read file: its content, and where (line, column, from 1) each value and each key stands."""

    file: str
    tree: dict[str, Tree]
    values: Mapping[Path_, Place]
    keys: Mapping[Path_, Place]

    def value(self, path: tuple[object, ...]) -> Tree:
        """Return what stands at ``path``, or at what comes nearest to it."""
        here: Tree = self.tree
        for part in path:
            if isinstance(here, dict) and part in here:
                here = here[str(part)]
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                here = here[part]
        return here

    def at(self, path: tuple[object, ...], *, key: bool = False) -> Place:
        """Return line and column of the value (or key) at ``path``, or of what comes nearest to it."""
        known: Path_ = ()
        for part in path:
            if (further := (*known, cast("str | int", part))) in self.values:
                known = further
        return (self.keys if key else self.values).get(known) or self.values[known]

    def place(self, path: tuple[object, ...], *, key: bool = False) -> str:
        """Return ``file:line:column`` of that place."""
        line, column = self.at(path, key=key)
        return f"{self.file}:{line}:{column}"


def read_text(path: Path) -> str:
    """Return the text of a notice file. Raises ``UserError``: not there, too large, not UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _error(
            str(path),
            zh=f"读不到这个文件（{error.strerror}）；请检查路径和权限",
            en=f"cannot read this file ({error.strerror}); check its path and rights",
            code="notice.unreadable",
        ) from None
    _refuse_large(str(path), len(data))
    return decode(data, str(path))


def decode(data: bytes, file: str) -> str:
    """Return UTF-8 bytes as text, a byte order mark left out. Raises ``UserError`` with the line."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(
            f"{file}:{line}:1",
            zh=f"不是 UTF-8 编码（字节 0x{data[error.start]:02x}）；请在编辑器中另存为 UTF-8",
            en=f"not UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8",
            code="notice.not_utf8",
        ) from None


def read_tree(text: str, file: str) -> Document:
    """Read one YAML document that is a mapping. Raises ``UserError`` with file, line and column."""
    _refuse_large(file, len(text.encode("utf-8", "replace")))
    reader = _Reader(file=file, events=_events(text, file))
    tree = reader.document()
    return Document(file=file, tree=tree, values=reader.values, keys=reader.keys)


def _events(text: str, file: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _error(
            f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file,
            zh=f"YAML 写法有误：{error.problem}；请检查缩进、引号和冒号",
            en=f"this is not YAML: {error.problem}; check indents, quotes and colons",
            code="notice.yaml",
        ) from None
    except YAMLError as error:
        at = getattr(error, "position", 0)
        raise _error(
            f"{file}:{text.count(chr(10), 0, at) + 1}:1",
            zh="含有 YAML 不允许的控制字符；请删除它",
            en="holds a control character that YAML does not allow; remove it",
            code="notice.yaml",
        ) from None


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Builds the tree from the parser's events, one level of recursion a level of nesting."""

    file: str
    events: Iterator[Event]
    values: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)

    def document(self) -> dict[str, Tree]:
        """Read the one document of the stream."""
        first = next(event for event in self.events if isinstance(event, NodeEvent | StreamEndEvent))
        tree = self.node(first, ()) if isinstance(first, NodeEvent) else None
        if not isinstance(tree, dict):
            raise self.refuse(
                first,
                zh="应是“键: 值”的形式，第一行例如 id: quanzhou-2023",
                en="must be a mapping; begin with a line such as id: quanzhou-2023",
                code="notice.not_a_mapping",
            )
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                raise self.refuse(
                    event,
                    zh="一个文件只能有一份通知；请把 --- 之后的部分另存为一个文件",
                    en="one file holds one notice; move what follows --- to a file of its own",
                    code="notice.several_documents",
                )
        return tree

    def node(self, event: Event, path: Path_) -> Tree:
        """Read the node that begins with ``event``."""
        self.check(event, path)
        self.values[path] = _place(event)
        if isinstance(event, MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, SequenceStartEvent):
            items = self.until(SequenceEndEvent)
            return [self.node(item, (*path, n)) for n, item in enumerate(items)]
        return _scalar(cast("ScalarEvent", event))

    def mapping(self, path: Path_) -> dict[str, Tree]:
        """Read the keys and values of a mapping that has begun."""
        found: dict[str, Tree] = {}
        for event in self.until(MappingEndEvent):
            key = self.key(event, path, found)
            self.keys[(*path, key)] = _place(event)
            found[key] = self.node(next(self.events), (*path, key))
        return found

    def key(self, event: Event, path: Path_, found: Mapping[str, Tree]) -> str:
        """Read one key; it is a text and new in its mapping."""
        self.check(event, path)
        if not isinstance(event, ScalarEvent):
            raise self.refuse(
                event, zh="键应是文字，不能是列表或映射", en="a key must be a text", code="notice.key"
            )
        key = str(event.value)
        if key in found:
            line, _ = self.keys[(*path, key)]
            raise self.refuse(
                event,
                zh=f"“{key}”重复了（第 {line} 行已有）；请只保留一个",
                en=f"'{key}' is there twice (first in line {line}); keep one",
                code="notice.duplicate_key",
            )
        return key

    def until(self, end: type[Event]) -> Iterator[Event]:
        """Give the events that begin a node, up to the end of the collection."""
        while not isinstance(event := next(self.events), end):
            yield event

    def check(self, event: Event, path: Path_) -> None:
        """Refuse what a notice has no use for and what could harm."""
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self.refuse(
                event,
                zh="不支持锚点（&）和引用（*）；请直接写出内容，若本意是文字请加引号",
                en="anchors (&) and aliases (*) are not supported; write the content out, or quote the text",
                code="notice.alias",
            )
        if getattr(event, "ctag", None) is not None:
            raise self.refuse(
                event,
                zh="不支持标签（!）；若本意是文字请加引号",
                en="tags (!) are not supported; quote the text",
                code="notice.tag",
            )
        if len(path) > DEEPEST:
            raise self.refuse(
                event,
                zh=f"嵌套超过 {DEEPEST} 层；请检查括号和缩进",
                en=f"nested deeper than {DEEPEST} levels; check brackets and indents",
                code="notice.too_deep",
            )

    def refuse(self, event: Event, *, zh: str, en: str, code: str) -> UserError:
        """Return the error at the place of ``event``."""
        line, column = _place(event)
        return _error(f"{self.file}:{line}:{column}", zh=zh, en=en, code=code)


def _scalar(event: ScalarEvent) -> str | None:
    text = str(event.value)
    plain = event.style is None or event.style == ""
    return None if plain and text in ("", "~", "null", "Null", "NULL") else text


def _place(event: Event) -> Place:
    mark: StringMark | Any = event.start_mark  # untyped in ruamel; it always has line and column
    return mark.line + 1, mark.column + 1


def _refuse_large(file: str, size: int) -> None:
    if size > MOST_BYTES:
        raise _error(
            file,
            zh="文件超过 1 MiB；一份通知只需几千字节，请检查是否选错了文件",
            en="larger than 1 MiB; a notice needs a few kilobytes: is this the right file?",
            code="notice.too_large",
        )


def _error(place: str, *, zh: str, en: str, code: str) -> UserError:
    return UserError(zh=f"{place}：{zh}", en=f"{place}: {en}", code=code)
