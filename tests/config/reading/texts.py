"""The texts that the reader is tried on: invented ones, and the labelled ones where they are at hand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from config.reading.reading import Clause, Reading, Sort

INVENTED = Path(__file__).parent / "invented"
LABELLED = Path(__file__).parents[4] / "shared" / "notices" / "train"
HEAD, FOOT = "关于开展某项工作的通知\n各单位：\n", "\n青州市科协办公室\n2024年9月2日"
"""What stands around a single sentence: it is issued on 2 September 2024."""
Period = tuple[date | None, date | None]


def invented() -> list[str]:
    """Return the names of the invented notices."""
    return sorted(path.stem for path in INVENTED.glob("*.txt"))


def labelled() -> list[str]:
    """Return the names of the labelled notices, none where they are not at hand."""
    return sorted(path.stem for path in LABELLED.glob("*.txt"))


def text_of(folder: Path, name: str) -> str:
    return (folder / f"{name}.txt").read_text(encoding="utf-8")


def label_of(folder: Path, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True)
class Expected:
    """What an invented notice says; the optional periods may be found or not."""

    issued: date | None
    theme: str | None
    deadlines: Counter[Period]
    windows: set[Period]
    optional: Counter[Period]
    relative: list[str]


def expected(name: str) -> Expected:
    label = label_of(INVENTED, name)
    return Expected(
        issued=label["issued"],
        theme=label["theme"],
        deadlines=Counter(periods(label, "deadlines")),
        windows=set(periods(label, "windows")),
        optional=Counter(periods(label, "optional") + periods(label, "optional_windows")),
        relative=label.get("relative", []),
    )


def periods(label: dict[str, Any], key: str) -> list[Period]:
    return [(start, day) for start, day in label.get(key) or []]


def found(reading: Reading, sort: Sort) -> list[Period]:
    """Return the periods of the dated clauses of one sort."""
    return [period_of(one) for one in reading.of_sort(sort) if one.when.day]


def period_of(clause: Clause) -> Period:
    start = clause.when.start
    return (start or clause.when.day if clause.sort is Sort.WINDOW else start), clause.when.day
