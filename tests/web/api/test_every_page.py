"""What a page can do, a program can do: every page that changes something has its operation, or a reason.

The pages come from the route table, so that a new one without either fails here.
"""

import pytest
from fastapi.routing import APIRoute

from web.access import SAFE, Door, rule_of
from web.api.reference import the_document
from web.routes import ROUTERS

OPERATIONS = {
    # cases
    "POST /cases/new": "open_case",
    "POST /cases/bulk/plan": "do_steps",  # dry_run, with skip_blocked
    "POST /cases/bulk/do": "do_steps",
    "POST /cases/{ref}/steps/{trigger}": "do_step",
    "POST /cases/{ref}/edit": "do_step",
    "POST /cases/{ref}/postpone": "do_step",
    "POST /cases/{ref}/cancel": "do_step",
    "POST /cases/{ref}/force": "do_step",
    "POST /cases/{ref}/materials": "add_material",
    "POST /cases/{ref}/materials/{material}/remove": "remove_material",
    "POST /cases/{ref}/hand-over": "hand_case_over",
    "POST /cases/{ref}/form/draft": "save_form",
    "POST /cases/{ref}/form": "hand_in",
    # my account
    "POST /me/language": "change_me",
    "POST /me/silence": "change_me",
    "POST /me/silence/end": "change_me",
    "POST /me/sessions/end-others": "end_my_sessions",
    "POST /me/sessions/{number}/end": "end_my_session",
    "POST /me/calendar": "renew_my_calendar",
    "POST /me/calendar/end": "end_my_calendar",
    "POST /me/tokens/{number}/revoke": "revoke_my_token",
    # sheets
    "POST /imports/official": "import_official_sheet",  # dry_run
    "POST /imports/official/{token}/headings": "import_official_sheet",  # map
    "POST /imports/official/{token}": "import_official_sheet",
    "POST /imports/{sheet}": "import_sheet",  # dry_run
    "POST /imports/{sheet}/{token}": "import_sheet",
    # mail templates and settings
    "POST /templates/{template}/{lang}": "write_template",
    "POST /templates/{template}/{lang}/restore": "restore_template",
    "POST /templates/{template}/{lang}/preview": "try_template",
    "POST /templates/{template}/{lang}/try": "mail_template_to_me",
    "POST /settings/test-mail": "send_test_mail",
    "POST /settings/webhooks": "make_webhook",
    "POST /settings/webhooks/stop": "stop_webhook",
    # units and people
    "POST /units/new": "enter_unit",
    "POST /units/{unit}": "change_unit",
    "POST /people/new": "enter_person",
    "POST /people/{person}": "change_person",
    "POST /people/{person}/rights": "give_right",
    "POST /people/{person}/rights/{right}/revoke": "take_right",
    "POST /people/{person}/deactivate": "change_person",
    "POST /people/{person}/reactivate": "change_person",
    "POST /people/{person}/mute": "silence_person",
    "POST /people/{person}/invite": "invite_people",
    # mails
    "POST /mails/release": "move_mails",  # a whole batch: release_mail_batch
    "POST /mails/retry": "move_mails",
    "POST /mails/hold": "move_mails",
    "POST /mails/drop": "move_mails",
    # history
    "POST /verify": "start_verification",
    "POST /verify/checkpoint": "compare_kept_checkpoint",
    # notices
    "POST /notices/new/plan": "plan_new_notice",
    "POST /notices/new/apply": "apply_new_notice",
    "POST /notices/{notice}/plan": "plan_schedule",
    "POST /notices/{notice}/apply": "apply_schedule",
    "POST /notices/{notice}/rollover": "carry_activities_over",
    # notices as documents
    "POST /notices/readings": "begin_reading",
    "POST /notices/readings/{reading}/give-up": "forget_reading",
    "POST /notices/readings/{reading}/clauses/{clause}": "decide_date",
    "POST /notices/readings/{reading}/heading": "place_reading",
    "POST /notices/readings/{reading}/plan": "plan_reading",
    "POST /notices/readings/{reading}/apply": "put_reading_in_force",
    # packages of reports
    "POST /cases/{ref}/rollup": "hand_rollup_in",
    "POST /cases/{ref}/rollup/photos": "choose_rollup_photos",
    "POST /cases/{ref}/rollup/links": "choose_rollup_links",
    # commendations
    "POST /notices/{notice}/commendation": "draw_up_commendation",
    "POST /notices/{notice}/commendation/adjust": "adjust_commendation",
    "POST /notices/{notice}/commendation/put-forward": "put_commendation_forward",
    "POST /notices/{notice}/commendation/approve": "approve_commendation",
    "POST /notices/{notice}/commendation/send-back": "send_commendation_back",
}
"""The operation that does what a page does."""

NEVER = {
    "POST /sign-in": "a program has a token instead of a session",
    "POST /sign-in/link": "a program has a token instead of a session",
    "POST /sign-in/link/{token}": "a program has a token instead of a session",
    "POST /sso/start": "a program has a token instead of a session",
    "POST /sign-out": "a program has a token instead of a session",
    "POST /language": "the language of this browser; programs say Accept-Language",
    "POST /me/password": "a token that was lost must not lock its owner out",
    "POST /me/welcome": "a token that was lost must not lock its owner out",
    "POST /me/tokens": "a token that was lost must not be able to make another",
}
"""Pages that deliberately have no operation, and why."""

PAGES = sorted(
    f"{method} {route.path}"
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and rule_of(route).door is Door.PAGE
    for method in route.methods - SAFE
)
KNOWN = {operation["operationId"] for path in the_document()["paths"].values() for operation in path.values()}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_changes_something_has_its_operation_or_a_reason(page: str) -> None:
    assert [page in table for table in (OPERATIONS, NEVER)].count(True) == 1


@pytest.mark.parametrize("page", [*OPERATIONS, *NEVER])
def test_a_page_that_is_named_here_is_there(page: str) -> None:
    assert page in PAGES


@pytest.mark.parametrize("name", sorted(set(OPERATIONS.values())))
def test_an_operation_that_is_named_here_is_there(name: str) -> None:
    assert name in KNOWN
