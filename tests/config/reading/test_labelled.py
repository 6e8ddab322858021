"""The labelled notices, where they are at hand: every date found, none too many."""

from collections import Counter
from typing import Any

import pytest

from config.reading.labels import as_labels
from config.reading.read import read_notice
from tests.config.reading.texts import LABELLED, label_of, labelled, text_of

CAMPAIGNS = ("chengdu-2023", "jiangmen-2021", "national-2023", "quanzhou-2023", "xinxiang-2023")


def exact(entries: Any) -> Counter[tuple[str, ...]]:
    """Return the days of the entries that are exact and dated."""
    kept = [one for one in entries if not (one.get("approx") or one.get("date", "") is None)]
    return Counter(
        tuple(
            str(one[key])
            for key in ("start", "end", "date")
            if key in one and (key != "start" or "end" in one)
        )
        for one in kept
    )


@pytest.mark.parametrize("name", [name for name in labelled() if name in CAMPAIGNS])
def test_a_campaign_is_read_as_labelled(name: str) -> None:
    label, read = label_of(LABELLED, name), as_labels(read_notice(text_of(LABELLED, name)))

    assert exact(read["deadlines"]) == exact(label["deadlines"])
    assert exact(read["windows"]) == exact(label["windows"])
    assert [_key(read[key]) for key in ("theme", "subtheme")] == [
        _key(label.get(key)) for key in ("theme", "subtheme")
    ]
    assert read["doc_date"] == label["doc_date"]


@pytest.mark.parametrize("name", labelled())
def test_every_labelled_day_is_found_and_every_quote_is_exact(name: str) -> None:
    label, text = label_of(LABELLED, name), text_of(LABELLED, name)
    read: Any = as_labels(read_notice(text))

    missing = exact(label["deadlines"]) - exact(read["deadlines"])

    assert not missing
    assert all(one["quote"] in text for key in ("deadlines", "windows", "other_dates") for one in read[key])


def _key(said: Any) -> str:
    return "".join(char for char in str(said) if char.isalnum())
