"""The long campaigns: ``pytest tests/prove --prove``; without it each is run for a few seconds."""

from collections.abc import Callable

import pytest

Report = Callable[[object], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--prove``."""
    parser.addoption("--prove", action="store_true", help="run the long campaigns in full")


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Return whether the campaigns are to be run in full."""
    # the option is not there where this folder was only found on the way
    return bool(request.config.getoption("prove", default=False))


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Return what takes the figures of a campaign, to be shown at the end."""
    return lambda figures: request.node.user_properties.append(("figures", str(figures)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the figures of every campaign."""
    found = [
        f"{one.head_line}: {value}"
        for outcome in ("passed", "failed")
        for one in terminalreporter.getreports(outcome)
        for name, value in one.user_properties
        if name == "figures"
    ]
    if found:
        terminalreporter.section("campaigns")
        for line in found:
            terminalreporter.line(line)
