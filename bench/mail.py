"""Rendering, composing and sending over the kept connection, beside yagmail's own ``send``."""

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any  # yagmail is not typed

import yagmail

from bench.measure import Figure, Scale, Times, in_turn, timed
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
                "floor": lambda _: timed(lambda: send_by_yagmail(client, ready), theirs),
                "ours": lambda n: timed(lambda: send(transport, templates, _letters(n, ours)), ours),
                "render": lambda n: timed(
                    lambda: [templates.render(one) for one in _letters(n, theirs)], theirs
                ),
            },
        )
        transport.close()
        client.close()
    _require_all(own, rounds * ours, connections=1)
    _require_all(other, rounds * theirs, connections=rounds * theirs)
    yield _told(times, own, other)


def _told(times: Times, own: Sink, other: Sink) -> Figure:
    ratio = times.ratio("floor", "ours")
    both = (times.of("floor") + times.of("render")) / times.of("ours")
    return Figure(
        name=f"mail, {own.took['mails']:,} sent",
        measures=f"a reminder of {ITEMS} cases (text, HTML, calendar): rendered, composed, sent on loopback",
        floor=times.rate("floor"),
        ours=times.rate("ours"),
        ratio=ratio,
        goal=f"≥ {GOAL}",
        met=ratio >= GOAL,
        notes=(
            "Floor: yagmail's own send with its default settings, of HTML and calendar rendered beforehand:"
            f" it is not charged for rendering, we are ({times.of('render') * 1e3:.2f} ms a mail)."
            f" With rendering on both sides: {both:.2f}."
            f" Processor time alone: {times.cpu_ratio('floor', 'ours'):.2f}.",
            f"{own.took['mails']:,} mails over {own.took['connections']} connection; yagmail"
            f" {other.took['mails']:,} over {other.took['connections']:,}."
            " No TLS, no login, no distance: with them a connection for each mail costs far more.",
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
    logging.getLogger("CSSUTILS").disabled = True  # its style checker would fill the terminal
    return yagmail.SMTP(
        SENDER,
        "",
        host="127.0.0.1",
        port=where.port,
        smtp_starttls=False,
        smtp_ssl=False,
        smtp_skip_login=True,
    )


def send(transport: Transport, templates: Templates, letters: Sequence[Letter]) -> None:
    """Render, compose and send."""
    for letter in letters:
        name = letter.to.email.partition("@")[0]
        envelope = Envelope(message_id=f"<{name}@bench.duban>", date=_DATE, sender=f"督办 <{SENDER}>")
        outcome = transport.send(compose(letter, templates.render(letter), envelope))
        if outcome.answer is not Answer.ACCEPTED:
            raise AssertionError(outcome)


def send_by_yagmail(client: Any, ready: Sequence[tuple[Letter, Rendered]]) -> None:
    """Send what is rendered already by yagmail's ``send``."""
    for letter, content in ready:
        dates = io.BytesIO(content.calendar or b"")
        dates.name = "duban.ics"  # how yagmail is told a file's name
        answer = client.send(letter.to.email, content.subject, contents=[content.html], attachments=[dates])
        if answer != {}:
            raise AssertionError(answer)


def _require_all(where: Sink, mails: int, *, connections: int) -> None:
    if where.took != {"mails": mails, "connections": connections}:
        raise AssertionError(f"{where.took}, expected {mails} mails over {connections} connections")
