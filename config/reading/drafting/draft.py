"""The YAML draft of a notice: what was read and decided, each value with its clause and its exact words."""

import re
from collections.abc import Iterator

from config.reading.drafting.channels import channel_name
from config.reading.drafting.decisions import Decisions, Verdict, is_undated, settled
from config.reading.drafting.expressions import TBD
from config.reading.drafting.heading import Heading
from config.reading.drafting.tasks import Dated, Period, Task, periods_of, tasks_of
from config.reading.drafting.yaml_text import Node, listed, mapping, remark
from config.reading.reading import Certainty, Clause, ReadContact, ReadDate, Reading, Span, Told
from config.regions import full_name
from config.schedule import Name, Schedule

_LONGEST = 300  # characters of a cite; a longer sentence is cut round its date
_HAN = "\u3400-\u9fff\uff00-\uffef“”《》"
_BROKEN = re.compile(rf"(?<=[{_HAN}])[^\S\n]*\n\s*|[^\S\n]*\n\s*(?=[{_HAN}])")


def draft_yaml(reading: Reading, decisions: Decisions, heading: Heading) -> str:
    """Return the notice file that a reading asks for; what it does not say is left to the parent.

    Every guess stands as a remark (``# 请核对``) and as the ``note`` of its milestone.
    """
    tasks = tasks_of(reading, decisions, region=heading.region, parent=heading.parent)
    periods = periods_of(reading, decisions, parent=heading.parent)
    tree = dict(_head(reading, heading))
    windows = {one.key: _window(one, reading.text) for one in periods}
    milestones = {one.key: _milestone(one, reading.text) for one in tasks}
    tree |= {"windows": windows} if windows else {}
    tree |= {"milestones": milestones} if milestones else {}
    lines = [*_remarks(reading, decisions), *mapping(tree), *_contacts(reading)]
    return "\n".join(lines) + "\n"


def _head(reading: Reading, heading: Heading) -> Iterator[tuple[str, Node]]:
    if heading.like:
        yield remark(_asked(heading.like)), ""
    yield "id", heading.id
    yield "code", heading.code
    if heading.parent:
        yield "extends", heading.parent.id
    title = _line(reading.title.text if reading.title else "")[:1000]
    if not title:
        yield remark("请核对：没有读出标题"), ""
    yield "title", title or heading.id
    yield from _told("number", reading.number, reading.text)
    if not reading.issuer:
        yield remark("请核对：没有读出发文单位，这里写地区名"), ""
        yield "issuer", full_name(heading.region)
    yield from _told("issuer", reading.issuer, reading.text)
    if reading.issued and (issued := _issued(reading.issued)):
        cite = _cite(reading.issued.words, reading.text)
        yield "issued", {"at": issued, "cite": cite} if cite else issued
    yield "region", heading.region
    yield from _told("theme", reading.theme, reading.text)
    yield from _told("subtheme", reading.subtheme, reading.text)


def _asked(like: Schedule) -> str:
    return f"请核对：如果是“{like.title}”的新版本，id 和 code 改为 {like.id}、{like.code}"


def _told(key: str, told: Told | None, text: str) -> Iterator[tuple[str, Node]]:
    if told is None or not (words := _line(told.text)[:1000]):
        return
    cite = _cite(told.span, text)
    yield key, {"text": words, "cite": cite} if cite else words


def _issued(when: ReadDate) -> str | None:
    if when.day is None:
        return None
    if when.certainty is Certainty.MONTH:
        return f"{when.day:%Y-%m}"
    return when.day.isoformat()


def _window(period: Period, text: str) -> dict[str, Node]:
    return {
        "name": _name(period.name),
        "start": period.start.text,
        "end": period.end.text,
        **_stated(period.start.clause, text),
    }


def _milestone(task: Task, text: str) -> dict[str, Node]:
    tree: dict[str, Node] = {remark(f"请核对：{guess.zh}"): "" for guess in task.guesses}
    if task.above is None:
        tree["name"] = _name(task.name)
        tree["for"] = list(task.units) if task.units else "activity"
    first = task.clauses[0]
    for field, dated in (("opens", task.opens), ("due", task.due)):
        if dated:
            tree[field] = dated.text if dated.clause is first else _dated(dated, text)
    if task.above is None:
        tree |= {"reaches": task.reaches} if task.reaches else {}
        tree |= {"needs": dict(task.needs)} if task.needs else {}
    if first.channel:
        tree["send_to"] = _line(channel_name(first.channel).zh)[:1000]
    tree |= _stated(first, text)
    note = _note(task)
    return tree | {"note": _name(note)} if note else tree


def _dated(dated: Dated, text: str) -> dict[str, Node]:
    return {"at": dated.text, **_stated(dated.clause, text)}


def _stated(clause: Clause, text: str) -> dict[str, Node]:
    place = {"clause": _line(clause.place)[:1000]} if clause.place else {}
    cite = _cite(clause.cite, text, around=clause.when.words)
    return {**place, **({"cite": cite} if cite else {})}


def _note(task: Task) -> Name | None:
    guesses = list(task.guesses)
    if task.due and task.due.text == TBD and not guesses:
        guesses.append(Name(zh="通知没有给出日期，另行通知后请填写。", en="The notice gives no date yet."))
    if not guesses:
        return None
    return Name(zh="".join(one.zh for one in guesses)[:1000], en=" ".join(one.en for one in guesses)[:1000])


def _cite(span: Span, text: str, *, around: Span | None = None) -> str:
    """Return the exact words of a place, no more than ``_LONGEST`` of them, with those of ``around``."""
    if span.end - span.start <= _LONGEST:
        return span.of(text)
    centre = around.start if around else span.start
    start = max(span.start, min(centre - 40, span.end - _LONGEST))
    return text[start : start + _LONGEST].strip()


def _name(name: Name) -> dict[str, Node]:
    return {"zh": name.zh, "en": name.en}


def _contacts(reading: Reading) -> Iterator[str]:
    found = [dict(_contact(one)) for one in reading.contacts]
    if found:
        yield "contacts:"
        yield from listed(found)


def _contact(contact: ReadContact) -> Iterator[tuple[str, Node]]:
    yield "name", _line(contact.name or contact.phone or contact.email or "联系人")[:1000]
    if contact.phone:
        yield "phone", _line(contact.phone)[:1000]
    if contact.email:
        yield "email", _line(contact.email)[:1000]


def _remarks(reading: Reading, decisions: Decisions) -> Iterator[str]:
    yield "# 由通知文件读出的草稿，请核对后再生效。"
    for doubt in reading.doubts:
        yield remark(f"请核对：{doubt.zh}")
    verdicts = settled(reading, decisions)
    for clause in reading.clauses:
        if verdicts[clause.key].verdict is Verdict.DROP and is_undated(clause):
            yield remark(f"没有具体日期，没有列入：{clause.cite.of(reading.text)[:_LONGEST]}")


def _line(words: str) -> str:
    """Return words as one line, without the breaks that a page put between characters."""
    return " ".join(_BROKEN.sub("", words).split())
