"""One busy person: changes case after case, on the pages and through the API, over the version they saw."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from secrets import token_hex
from threading import Event
from time import perf_counter

from bench.visitors import Answer, Visitor

_MARK = re.compile(r"mark-[0-9a-f]{16}")
_VERSION = re.compile(r'name="version" value="(\d+)"')
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_STALE = frozenset({409, 412})
_TRIES = 50
_SHARED = 0.3
"""How often a person turns to a case that others change too."""
_HANDS = 0.05
"""Seconds that a change takes whoever makes it, at the least: of fifty threads that wait for nothing, Python
lets a few do nearly all the work, and those would ask more often than a token may (``web/pace.py``)."""


def marks_in(text: str) -> set[str]:
    """Return the marks of changes that stand in a text; every change asked for has its own."""
    return set(_MARK.findall(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Whose work it is, and on which cases: ``held`` are those that can be completed, each of them once."""

    number: int
    address: str
    own: Sequence[str]
    shared: Sequence[str]
    held: Sequence[str] = ()


@dataclass(slots=True, kw_only=True)
class Tries:
    """What became of one person's changes: the marks of those done, those overtaken, and what was odd."""

    done: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    looked: list[float] = field(default_factory=list)
    overtaken: int = 0
    odd: list[str] = field(default_factory=list)


class Busy:
    """One person at work, who thinks so many seconds between two changes, or not at all."""

    def __init__(self, job: Job, visitor: Visitor, *, think: float = 0.0) -> None:
        self.tries = Tries()
        self._job = job
        self._visitor = visitor
        self._think = think
        self._random = Random(job.number)
        self._held = list(job.held)
        self._versions: dict[str, int] = {}
        self._csrf = ""

    def work(self, over: Event) -> None:
        """Change one case after another until it is over; whatever breaks is noted."""
        try:
            begun = 0.0
            for way in cycle(_WAYS):
                left = begun + _HANDS - perf_counter()
                if over.wait(max(self._random.uniform(0.5, 1.5) * self._think, left, 0.0)):
                    return
                begun = perf_counter()
                self._change(*self._chosen(way), f"mark-{token_hex(8)}")
        except Exception as error:  # a broken connection is what is looked for
            self.tries.odd.append(repr(error))
        finally:
            self._visitor.close()

    def _chosen(self, way: "_Way") -> "tuple[_Way, str]":
        if way is _complete and self._held:
            return way, self._held.pop()
        shared = self._job.shared and self._random.random() < _SHARED
        ref = self._random.choice(self._job.shared if shared else self._job.own)
        return (_note if way is _complete else way), ref

    def _change(self, way: "_Way", ref: str, mark: str) -> None:
        """Ask for a change; who was overtaken sees what is different now, and asks again."""
        for _ in range(_TRIES):
            if ref not in self._versions:
                self._look(ref)
            answer = way(self, ref, mark)
            self.tries.seconds.append(answer.seconds)
            if answer.status not in _STALE:
                break
            self.tries.overtaken += 1
            self._see(ref, answer)
        self._settle(ref, mark, answer)

    def _see(self, ref: str, answer: Answer) -> None:
        found = _VERSION.search(answer.text)
        if found:
            self._versions[ref] = int(found[1])
        else:
            del self._versions[ref]

    def _settle(self, ref: str, mark: str, answer: Answer) -> None:
        if answer.status not in (200, 303):
            self.tries.odd.append(f"{mark}: {answer.status} {answer.text[:2000]}")
            return
        self.tries.done.append(mark)
        tag = answer.headers.get("etag")
        self._versions[ref] = int(tag.strip('"')) if tag else self._versions[ref] + 1
        if self._think and answer.status == 303:
            self._look(ref)

    def _look(self, ref: str) -> None:
        """Look at the page of a case."""
        page = self._visitor.get(f"/cases/{ref}")
        self.tries.looked.append(page.seconds)
        self._csrf = _TOKEN.findall(page.text)[0]
        self._versions[ref] = int(_VERSION.findall(page.text)[0])

    def send(self, path: str, ref: str, **fields: str) -> Answer:
        """Send a form of a page that was seen."""
        seen = {"csrf": self._csrf, "version": str(self._versions[ref])}
        return self._visitor.send(f"/cases/{ref}/{path}", [*seen.items(), *fields.items()])

    def call(self, ref: str, mark: str, **body: object) -> Answer:
        """Call the API for a step over the version that was seen."""
        headers = {"if-match": f'"{self._versions[ref]}"', "idempotency-key": mark}
        return self._visitor.call(f"/api/v1/cases/{ref}/steps", body, headers)


_Way = Callable[[Busy, str, str], Answer]


def _note(one: Busy, ref: str, mark: str) -> Answer:
    return one.send("steps/note", ref, reason=f"备注 {mark}", key=mark)


def _edit(one: Busy, ref: str, mark: str) -> Answer:
    return one.send("edit", ref, title=f"科普报告会 {mark}", key=mark)


def _attach(one: Busy, ref: str, mark: str) -> Answer:
    return one.send("materials", ref, key=mark, **{"link.news_link": f"https://example.cn/{mark}"})


def _complete(one: Busy, ref: str, mark: str) -> Answer:
    links = {f"link.{kind}": f"https://example.cn/{kind}/{mark}" for kind in ("photo", "news_link")}
    return one.send("steps/complete_info", ref, key=mark, **links)


def _call_note(one: Busy, ref: str, mark: str) -> Answer:
    return one.call(ref, mark, trigger="note", reason=f"备注 {mark}")


def _call_edit(one: Busy, ref: str, mark: str) -> Answer:
    return one.call(ref, mark, trigger="edit", changes={"title": f"科普报告会 {mark}"})


_WAYS: tuple[_Way, ...] = (_note, _edit, _call_note, _attach, _complete, _call_edit)
