"""Twenty thousand requests that schemathesis makes from the document: none breaks the API or surprises."""

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.prove.conftest import Report
from tests.web.api.campaign import SHORT, Found, campaign, settings
from tests.web.border import open_border

_ENOUGH = 20_000

OUT_OF_REACH = frozenset(
    (
        "DELETE /api/v1/me/sessions/{number}",
        "DELETE /api/v1/me/tokens/{number}",
        "DELETE /api/v1/readings/{reading}",
        "DELETE /api/v1/webhooks/{hook}",
        "GET /api/v1/cases/{ref}/materials/{material}",
        "GET /api/v1/cases/{ref}/materials/{material}/thumb",
        "GET /api/v1/cases/{ref}/rollup/photos/{material}",
        "GET /api/v1/notices/{notice}/commendation/mail",
        "GET /api/v1/reminders/mail",
        "GET /healthz",
        "POST /api/v1/cases/{ref}/form/hand-in",
        "POST /api/v1/cases/{ref}/hand-over",
        "POST /api/v1/cases/{ref}/rollup/hand-in",
        "POST /api/v1/imports",
        "POST /api/v1/imports/marked",
        "POST /api/v1/imports/official",
        "POST /api/v1/imports/official/marked",
        "POST /api/v1/mails/{mail}/release",
        "POST /api/v1/mails/{mail}/retry",
        "POST /api/v1/new-notices/plan",
        "POST /api/v1/notices",
        "POST /api/v1/notices/{notice}/commendation/adjustments",
        "POST /api/v1/notices/{notice}/commendation/approve",
        "POST /api/v1/notices/{notice}/commendation/put-forward",
        "POST /api/v1/notices/{notice}/commendation/send-back",
        "POST /api/v1/notices/{notice}/rollover",
        "POST /api/v1/readings/{reading}/plan",
        "POST /api/v1/verifications/checkpoint",
        "PUT /api/v1/cases/{ref}/rollup/photos",
        "PUT /api/v1/readings/{reading}/clauses/{clause}",
        "PUT /api/v1/readings/{reading}/heading",
    )
)
"""What takes a sheet, a file, a colleague, a mail, a list of the commended, a kept checkpoint, a whole notice
or an open reading that is not drawn at random.

tests/web/api does these.
"""


@pytest.mark.timeout(7200)
# hypothesis says so of long lists of parameters; nothing is shown that would be too long
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_no_request_breaks_the_api_or_gets_an_answer_that_is_not_documented(
    full: bool, report: Report, tmp_path: Path
) -> None:
    found = Found()
    for number, asked in enumerate(_campaigns() if full else [SHORT]):
        with open_border(tmp_path / str(number)) as border:
            found.add(campaign(border.app, border.token("admin here"), asked, most=_ENOUGH))
        if found.requests >= _ENOUGH:
            break

    report(f"{found.requests} requests, {len(found.answers)} operations")
    assert (found.complaints, found.errors) == ({}, [])
    assert not full or found.never_done() <= OUT_OF_REACH


def _campaigns() -> Iterator[Mapping[str, Any]]:
    """Yield what is asked: what belongs together, then everything in every way, again and again."""
    yield settings(examples=40, phases=("stateful",))
    yield settings(examples=4, phases=("examples", "coverage"))
    yield from (settings(examples=40, phases=("fuzzing",), seed=seed) for seed in count(1))
