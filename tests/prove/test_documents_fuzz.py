"""Documents of broken bytes, many of them, and a few read as a user would have them read."""

from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings

from config.errors import UserError
from engine.documents.reading import read_document
from tests.engine.documents.test_fuzz import assert_read_or_refused, broken, broken_word
from tests.prove.conftest import Report

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
FEW, MANY = 300, 200_000
LONGEST = 10.0


def tries(count: int) -> settings:
    return settings(max_examples=count, deadline=timedelta(seconds=LONGEST), suppress_health_check=QUIET)


@pytest.mark.timeout(7200)
def test_no_bytes_break_a_reader(full: bool, report: Report) -> None:
    began = perf_counter()

    @tries(MANY if full else FEW)
    @given(data=broken() | broken_word())
    def holds(data: bytes) -> None:
        assert_read_or_refused(data)

    holds()
    report(f"{MANY if full else FEW} documents in {perf_counter() - began:.0f} s")


@pytest.mark.timeout(7200)
def test_no_bytes_break_the_program(full: bool, tmp_path: Path) -> None:
    @tries(2_000 if full else 10)
    @given(data=broken() | broken_word())
    def holds(data: bytes) -> None:
        (tmp_path / "notice").write_bytes(data)
        try:
            read_document(tmp_path / "notice")
        except UserError as refusal:
            assert refusal.code.startswith("document.")

    holds()
