"""Rendering, composing and sending over the kept connection, beside yagmail's own ``send``."""

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from typing import Any  # yagmail is not typed

import yagmail

from bench.measure import Figure, Scale, in_turn
from bench.sink import Sink, sink
from notifications.compose import compose
from notifications.letter import Envelope, Letter, Person
from notifications.outcome import Answer
from notifications.render import Rendered, Templates
from notifications.samples import sample_digest
from notifications.transport import Transport, open_transport

GOAL = 2.5
ITEMS = 5
SENDER = "duban@example.cn"
_DATE = datetime(2023, 9, 25, 1, tzinfo=UTC)


def run(scale: Scale) -> Iterator[Figure]:
    """Measure five thousand mails, and as many of yagmail's as take about ten seconds."""
    rounds = scale.pick(5, 1)
    ours, theirs = scale.pick(1_000, 10), scale.pick(250, 5)
    templates = Templates()
    ready = [_rendered(templates, letter) for letter in _letters(0, theirs)]
    with sink() as own, sink() as other:
        transport = open_transport(f"smtp://127.0.0.1:{own.port}")
        client = _client(other)
        times = in_turn(
            rounds,
            {
                "floor": lambda _: sent_by_yagmail(client, ready),
                "ours": lambda n: sent(transport, templates, _letters(n, ours)),
                "render": lambda n: rendered(templates, _letters(n, theirs)),
            },
        )
        transport.close()
        client.close()
    _require_all(own, rounds * ours, connections=1)
    _require_all(other, rounds * theirs, connections=rounds * theirs)
    ratio = times.ratio("floor", "ours")
    both = (times.of("floor") + times.of("render")) / times.of("ours")
    yield Figure(
        name=f"mail, {rounds * ours:,} sent",
        measures=f"a reminder of {ITEMS} cases (text, HTML, calendar) rendered, composed and sent to a loopback sink",
        floor=times.rate("floor"),
        ours=times.rate("ours"),
        ratio=ratio,
        goal=f"≥ {GOAL}",
        met=ratio >= GOAL,
        notes=(
            "Floor: yagmail's own send with its default settings, of the HTML and calendar rendered beforehand: it is"
            f" not charged for rendering, we are ({times.of('render') * 1e3:.2f} ms a mail). With rendering on both"
            f" sides: {both:.2f}.",
            f"{own.took['mails']:,} mails over {own.took['connections']} connection; yagmail"
            f" {other.took['mails']:,} over {other.took['connections']:,}. No TLS, no login, no distance: a real"
            " connection for each mail costs more.",
        ),
        values=times.values() | {"both_rendered": round(both, 3)},
    )


def _letters(number: int, count: int) -> list[Letter]:
    letter = sample_digest(count=ITEMS)
    people = range(number * count, (number + 1) * count)
    return [replace(letter, to=Person(name=f"王敏{n}", email=f"wang{n}@example.cn")) for n in people]


def _rendered(templates: Templates, letter: Letter) -> tuple[Letter, Rendered]:
    return letter, templates.render(letter)


def _client(where: Sink) -> Any:
    """Return yagmail's client as it is, but for the login that a sink does not ask for."""
    logging.getLogger("CSSUTILS").setLevel(logging.CRITICAL)  # its style checker would fill the terminal
    return yagmail.SMTP(
        SENDER,
        "",
        host="127.0.0.1",
        port=where.port,
        smtp_starttls=False,
        smtp_ssl=False,
        smtp_skip_login=True,
    )


def sent(transport: Transport, templates: Templates, letters: Sequence[Letter]) -> float:
    """Render, compose and send; return seconds for one mail."""
    begun = perf_counter()
    for letter in letters:
        name = letter.to.email.partition("@")[0]
        envelope = Envelope(message_id=f"<{name}@bench.duban>", date=_DATE, sender=f"督办 <{SENDER}>")
        outcome = transport.send(compose(letter, templates.render(letter), envelope))
        if outcome.answer is not Answer.ACCEPTED:
            raise AssertionError(outcome)
    return (perf_counter() - begun) / len(letters)


def rendered(templates: Templates, letters: Sequence[Letter]) -> float:
    """Render only; return seconds for one mail."""
    begun = perf_counter()
    for letter in letters:
        templates.render(letter)
    return (perf_counter() - begun) / len(letters)


def sent_by_yagmail(client: Any, ready: Sequence[tuple[Letter, Rendered]]) -> float:
    """Send what is rendered already by yagmail's ``send``; return seconds for one mail."""
    begun = perf_counter()
    for letter, content in ready:
        dates = io.BytesIO(content.calendar or b"")
        dates.name = "duban.ics"  # type: ignore[attr-defined]  # how yagmail is told a file's name
        answer = client.send(letter.to.email, content.subject, contents=[content.html], attachments=[dates])
        if answer != {}:
            raise AssertionError(answer)
    return (perf_counter() - begun) / len(ready)


def _require_all(where: Sink, mails: int, *, connections: int) -> None:
    if where.took != {"mails": mails, "connections": connections}:
        raise AssertionError(f"{where.took}, expected {mails} mails over {connections} connections")
