"""The API keeps what its document says: schemathesis asks some five hundred times, always the same."""

from pathlib import Path

import pytest

from tests.web.api.campaign import SHORT, campaign
from tests.web.border import open_border


@pytest.mark.timeout(300)
# hypothesis says so of long lists of parameters; nothing is shown that would be too long
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_whatever_is_asked_the_api_answers_as_documented(tmp_path: Path) -> None:
    with open_border(tmp_path) as border:
        found = campaign(border.app, border.token("admin here"), SHORT, most=1_000)

    assert (found.complaints, found.errors) == ({}, [])
    assert found.requests >= 500
