"""What every test may ask for; where no skip is allowed (``.ci/run``), a skip is a failure."""

import gc
import os

import pytest

pytest_plugins = ["tests.databases", "tests.homes"]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):  # noqa: ANN001, ANN201  pytest's own types are private
    report = (yield).get_result()
    if report.skipped and os.environ.get("DUBAN_TEST_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped where no skip is allowed: {report.longrepr}"


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the thousands of tests: it would stop one for a second at times."""
    gc.collect()
    gc.freeze()
