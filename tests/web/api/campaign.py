"""schemathesis let loose on the API of a real home: what it found wrong, and in how many requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import Interaction
from schemathesis.python import asgi
from starlette.types import Receive, Scope, Send

from web.pace import Pace

JUDGED = ["2xx", "401", "403", "404", "409", "412", "422", "429"]
"""Answers to a request that is well formed where more than its form is judged.

The document says how a value is written, the engine whether it fits: a day within the season, an address
that may be called, a text that can make its mails, a cursor of this very list.
"""

REFUSED = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429", "5xx"]
"""Answers to a request that breaks its schema: what schemathesis holds them to be, and a body too large."""

ASKED_TO_JUDGE = "|".join(
    (
        "^(open_case|do_step|do_steps|copy_case|list_cases|hand_in|hand_case_over|add_material)$",
        "^(plan_schedule|apply_schedule|write_template|restore_template|try_template|drop_mail)$",
        "^(enter_person|change_person|silence_person|give_right|take_right|invite_people)$",
        "^(enter_unit|change_unit|import_sheet|make_webhook|change_me|remove_material)$",
        "^(read_material|read_thumb|read_day)$",
        "^(begin_reading|decide_date|place_reading|forget_reading)$",
        "^(compare_reading|plan_reading|put_reading_in_force)$",
        "^(read_rollup|read_package|list_package_files|read_package_file|list_photos|list_rollup_links)$",
        "^(choose_rollup_photos|choose_rollup_links|read_rollup_thumb|hand_rollup_in)$",
        "^(release_mail|retry_mail|hold_mail|move_mails|export_case_list|why_of_person)$",
        "^(adjust_commendation|put_commendation_forward|approve_commendation|send_commendation_back)$",
        "^(read_commendation_mail|import_official_sheet|mark_official_sheet|mark_sheet)$",
        "^(export_official_sheet|read_blank_sheet|read_official_form|read_coming_mail)$",
        "^(send_test_mail|mail_template_to_me|plan_new_notice|apply_new_notice)$",
        "^(draft_later_notice|carry_activities_over|compare_kept_checkpoint)$",
    )
)


def settings(*, examples: int, phases: tuple[str, ...], seed: int | None = None) -> dict[str, Any]:
    """Return what schemathesis is to do, with every check; without a seed always the same."""
    stateful = "stateful" in phases
    return {
        "seed": seed or 0,
        "continue-on-failure": True,
        "suppress-health-check": ["all"],
        "generation": {
            "max-examples": examples,
            "deterministic": seed is None,
            "database": "none",
            "no-shrink": True,
        },
        "phases": {name: {"enabled": name in phases} for name in PHASES},
        # what was only tried is not there afterwards: where things are looked for again, nothing is tried
        "parameters": {"query.dry_run": False} if stateful else {},
        "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
        "operations": [
            {
                "include-operation-id-regex": ASKED_TO_JUDGE,
                "checks": {"positive_data_acceptance": {"expected-statuses": JUDGED}},
            },
            {  # nothing runs in this home, and that is what a red answer says
                "include-path": "/healthz",
                "checks": {
                    "not_a_server_error": {"expected-statuses": ["2xx", "4xx", "503"]},
                    "positive_data_acceptance": {"expected-statuses": ["200", "503"]},
                },
            },
        ],
    }


PHASES = ("examples", "coverage", "fuzzing", "stateful")
SHORT = settings(examples=4, phases=("examples", "fuzzing"))


@dataclass(slots=True)
class Found:
    """What a campaign found: complaints by operation and check, each with the request that shows it."""

    requests: int = 0
    complaints: dict[str, str] = field(default_factory=dict)
    answers: dict[str, set[int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, other: "Found") -> None:
        """Take over what another campaign found."""
        self.requests += other.requests
        self.complaints |= other.complaints
        self.errors += other.errors
        for name, told in other.answers.items():
            self.answers.setdefault(name, set()).update(told)

    def never_done(self) -> set[str]:
        """Return the operations that were refused every time."""
        return {name for name, told in self.answers.items() if not any(200 <= one < 300 for one in told)}

    def take(self, event: events.EngineEvent) -> None:
        """Take over what an event tells."""
        if isinstance(event, events.ScenarioFinished):
            for given in event.recorder.interactions.values():
                self._note(event.recorder.label or "", given)
            for one in (one for checks in event.recorder.checks.values() for one in checks):
                if one.failure_info is not None:
                    said = one.failure_info.failure
                    name = f"{event.recorder.label}: {one.name}: {said.title}"
                    self.complaints.setdefault(name, f"{said.message}\n{one.failure_info.code_sample}")
        elif isinstance(event, events.NonFatalError):
            self.errors.append(f"{event.label}: {event.value}")
        elif isinstance(event, events.FatalError):
            self.errors.append(repr(event.exception))

    def _note(self, label: str, given: Interaction) -> None:
        """Note an answer to the operation itself, not to another method at its address."""
        if given.response is not None and label.startswith(f"{given.request.method} "):
            self.answers.setdefault(label, set()).add(given.response.status_code)


class Counted:
    """An application that counts what it is asked."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.requests = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        self.requests += scope["type"] == "http"
        await self.app(scope, receive, send)


def campaign(app: FastAPI, token: str, config: Mapping[str, Any], *, most: int) -> Found:
    """Let schemathesis ask until it is through, or has asked ``most`` times."""
    app.state.office.parts["api_pace"] = Pace(burst=10_000_000)
    counted = Counted(app)
    wanted = {"headers": {"Authorization": f"Bearer {token}"}, **config}
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", counted, config=SchemathesisConfig.from_dict(wanted)
    )
    found = Found()
    stream = from_schema(schema).execute()
    for event in stream:
        found.take(event)
        if counted.requests >= most and not isinstance(event, events.EngineFinished):
            stream.finish()
            break
    found.requests = counted.requests
    asgi.get_client(counted).close()
    return found
