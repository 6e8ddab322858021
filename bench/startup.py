"""How long ``duban --help`` takes beyond a bare Python."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence

from bench.measure import Cost, Figure, Scale, in_turn, timed

GOAL = 80.0
"""Milliseconds over bare Python."""

HEAVY = (
    *(
        "alembic",
        "apscheduler",
        "chinese_calendar",
        "cryptography",
        "css_inline",
        "fastapi",
        "icalendar",
        "jinja2",
    ),
    *("openpyxl", "psycopg", "pydantic", "pydantic_settings", "rich", "ruamel", "sqlalchemy", "structlog"),
    *("transitions", "typer", "uvicorn", "yagmail"),
)
_IMPORTED = re.compile(r"^import time:.*\|\s*(\w+)", re.MULTILINE)
_HELP = ("-m", "cli", "--help")


def run(scale: Scale) -> Iterator[Figure]:
    """Measure the first page of the command line."""
    times = in_turn(
        scale.pick(15, 2), {"floor": lambda _: _python("-c", "pass"), "ours": lambda _: _python(*_HELP)}
    )
    over = (times.of("ours") - times.of("floor")) * 1e3
    best = (times.best("ours") - times.best("floor")) * 1e3
    heavy = heavy_imports(_HELP)
    yield Figure(
        name="duban --help",
        measures="the first page of the command line, over a bare Python that does nothing",
        floor=f"{times.of('floor') * 1e3:.0f} ms",
        ours=f"{times.of('ours') * 1e3:.0f} ms",
        ratio=times.ratio("floor", "ours"),
        goal=f"≤ {GOAL:.0f} ms over",
        met=over <= GOAL and not heavy,
        notes=(
            f"{over:.0f} ms over bare Python ({best:.0f} in the best runs)."
            f" Heavy packages imported: {', '.join(heavy) or 'none'}"
            f" (of {', '.join(HEAVY)}).",
        ),
        values=times.values()
        | {"over_ms": round(over, 1), "best_over_ms": round(best, 1), "heavy": len(heavy)},
    )


def heavy_imports(arguments: Sequence[str]) -> list[str]:
    """Return which heavy packages Python imports for these arguments."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True
    ).stderr
    return sorted(set(_IMPORTED.findall(told)) & set(HEAVY))


def _python(*arguments: str) -> Cost:
    command = [sys.executable, *arguments]
    return Cost(timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True), 1).seconds)
