"""The mail server of the tests does what it is told."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from notifications.outcome import Answer
from notifications.transport import open_transport
from tests.notifications.conftest import MakeMail
from tests.notifications.sink import Plan, shares


def test_chance_is_the_same_for_the_same_seed() -> None:
    faults = {"451": 0.3, "drop_after": 0.2}

    first, second = ([Plan(["421"], faults, seed=7)] for _ in range(2))

    assert [first[0].draw() for _ in range(50)] == [second[0].draw() for _ in range(50)]
    assert shares("451=0.3, drop_after=0.2") == faults


def test_as_a_process_it_logs_each_mail_as_a_line(tmp_path: Path, make_mail: MakeMail) -> None:
    log = tmp_path / "sink.jsonl"
    command = [
        sys.executable,
        "-m",
        "tests.notifications.sink",
        "--log",
        str(log),
        "--script",
        "451,drop_after",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().split()[1]
        with closing(open_transport(f"smtp://127.0.0.1:{port}")) as transport:
            answers = [transport.send(make_mail(number=number)).answer for number in range(3)]
        process.terminate()

    assert answers == [Answer.NOT_ACCEPTED, Answer.UNKNOWN, Answer.ACCEPTED]
    assert [json.loads(line) for line in log.read_text().splitlines()] == [
        {"id": f"<{number}@duban.example.cn>", "to": ["reader@example.cn"], "fault": fault, "accepted": taken}
        for number, fault, taken in ((0, "451", False), (1, "drop_after", True), (2, "ok", True))
    ]
