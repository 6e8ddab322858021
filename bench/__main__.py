"""``python -m bench [NAME…] [--json FILE] [--quick] [--large]``: measures and prints, always ends with 0."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import orjson

from bench.measure import Figure, Scale
from bench.table import told, whole

NAMES = ("transitions", "decision", "sweep", "mail", "verify", "startup", "pages", "people", "reading")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is named, or everything."""
    asked = _parser().parse_args(arguments)
    figures = []
    for figure in measured(asked.names or NAMES, Scale(quick=asked.quick, large=asked.large)):
        print(told(figure), flush=True)
        figures.append(figure)
    print(whole(figures))
    if asked.json:
        asked.json.write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2))
    return 0


def measured(names: Sequence[str], scale: Scale) -> Iterator[Figure]:
    """Yield the figures of some benchmarks as they come."""
    for name in names:
        yield from import_module(f"bench.{name}").run(scale)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON too")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows only that everything runs")
    parser.add_argument("--large", action="store_true", help="also the sweep of a million activities")
    return parser


if __name__ == "__main__":
    sys.exit(main())
