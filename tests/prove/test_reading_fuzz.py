"""The reader under fire: notices torn and put together anew, for ``DUBAN_FUZZ_SECONDS``."""

import os
import random
import time
from collections.abc import Iterator

import pytest

from tests.config.reading.test_properties import HOSTILE, WORDS, assert_sound
from tests.config.reading.texts import INVENTED, LABELLED, invented, labelled, text_of
from tests.prove.conftest import Report

SHORT = 3.0  # seconds, where the campaign is not run in full
LONGEST = 60_000
RATE, FLOOR = 20e-6, 1.5  # seconds a character, and for the most dates that are read of any text


def seconds(full: bool) -> float:
    return float(os.environ.get("DUBAN_FUZZ_SECONDS", "3600")) if full else SHORT


def texts() -> list[str]:
    real = [text_of(LABELLED, name) for name in labelled()]
    return [*real, *(text_of(INVENTED, name) for name in invented())]


def mutants(pool: list[str], dice: random.Random) -> Iterator[str]:
    """Yield texts without end: cut, doubled, mixed, with words put in and characters changed."""
    while True:
        text = dice.choice(pool)
        for _ in range(dice.randint(1, 6)):
            text = dice.choice(CHANGES)(text, pool, dice)[:LONGEST]
        yield text


def cut(text: str, _: list[str], dice: random.Random) -> str:
    start = dice.randint(0, len(text))
    return text[:start] + text[start + dice.randint(0, 400) :]


def mix(text: str, pool: list[str], dice: random.Random) -> str:
    other, at = dice.choice(pool), dice.randint(0, len(text))
    start = dice.randint(0, len(other))
    return text[:at] + other[start : start + dice.randint(0, 1500)] + text[at:]


def put(text: str, _: list[str], dice: random.Random) -> str:
    for _nth in range(dice.randint(1, 20)):
        at = dice.randint(0, len(text))
        text = text[:at] + dice.choice(WORDS) * dice.choice((1, 1, 1, 2, 50)) + text[at:]
    return text


def swap(text: str, _: list[str], dice: random.Random) -> str:
    letters = list(text)
    for _nth in range(dice.randint(1, 40)):
        if letters:
            letters[dice.randrange(len(letters))] = chr(
                dice.choice((dice.randint(0, 0x3FF), dice.randint(0x2000, 0xFFFF)))
            )
    return "".join(letters)


def flood(text: str, _: list[str], dice: random.Random) -> str:
    return text + dice.choice(list(HOSTILE.values())) * dice.randint(1, 3000)


CHANGES = (cut, mix, put, swap, flood)


@pytest.mark.timeout(90_000)
def test_no_text_breaks_the_reader_or_holds_it_up(full: bool, report: Report) -> None:
    end, pool = time.monotonic() + seconds(full), texts()
    tried, slowest = 0, 0.0
    for text in mutants(pool, random.Random(os.environ.get("DUBAN_FUZZ_SEED", "duban"))):
        begun = time.process_time()
        try:
            assert_sound(text)
        except Exception:
            print(f"text {tried} of this seed, {len(text)} characters: {text[:300]!r} …")
            raise
        spent = (time.process_time() - begun) / 2  # it is read twice
        assert spent < FLOOR + RATE * len(text), (tried, spent, len(text))
        tried, slowest = tried + 1, max(slowest, spent)
        if time.monotonic() > end:
            break
    report({"texts": tried, "slowest_ms": round(slowest * 1000)})
