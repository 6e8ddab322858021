"""The long campaigns: ``pytest tests/prove --prove``; without it each is run for a few seconds."""

import pytest

from tests.engine.conftest import database, postgres, postgresql, sqlite, sqlite_template, world

__all__ = ["database", "postgres", "postgresql", "sqlite", "sqlite_template", "world"]

FIGURES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--prove``."""
    parser.addoption("--prove", action="store_true", help="run the long campaigns in full")


def pytest_configure(config: pytest.Config) -> None:
    """Make room for the figures."""
    config.stash[FIGURES] = []


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Return whether the campaigns are to be run in full."""
    # the option is not there where this folder was only found on the way
    return bool(request.config.getoption("prove", default=False))


@pytest.fixture
def report(request: pytest.FixtureRequest) -> "Report":
    """Return what takes the figures of a campaign, to be shown at the end."""
    return Report(request)


class Report:
    """Takes figures under the name of the test."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._lines = request.config.stash.setdefault(FIGURES, [])
        self._name = request.node.name

    def __call__(self, figures: object) -> None:
        """Keep the figures for the end of the run."""
        self._lines.append(f"{self._name}: {figures}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the figures of every campaign."""
    lines = config.stash.get(FIGURES, [])
    if lines:
        terminalreporter.section("campaigns")
        for line in lines:
            terminalreporter.line(line)
