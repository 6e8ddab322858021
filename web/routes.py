"""Every router of the application."""

from fastapi import APIRouter

from web.api import reference as api_reference
from web.api.rooms import ROOMS as API_ROOMS
from web.desks import help as help_guide
from web.desks.account import calendar as account_calendar
from web.desks.account import devices as account_devices
from web.desks.account import mine as account_mine
from web.desks.account import session as account_session
from web.desks.account import sso as account_sso
from web.desks.account import tokens as account_tokens
from web.desks.admin import imports as admin_imports
from web.desks.admin import mails as admin_mails
from web.desks.admin import mails_doing as admin_mails_doing
from web.desks.admin import official as admin_official
from web.desks.admin import overview as admin_overview
from web.desks.admin import people as admin_people
from web.desks.admin import reminders as admin_reminders
from web.desks.admin import reminders_day as admin_reminders_day
from web.desks.admin import rights as admin_rights
from web.desks.admin import season as admin_season
from web.desks.admin import settings as admin_settings
from web.desks.admin import settings_hooks as admin_settings_hooks
from web.desks.admin import settings_trial as admin_settings_trial
from web.desks.admin import templates as admin_templates
from web.desks.admin import templates_try as admin_templates_try
from web.desks.admin import units as admin_units
from web.desks.admin import why as admin_why
from web.desks.auditor import durations as auditor_durations
from web.desks.auditor import export as auditor_export
from web.desks.auditor import history as auditor_history
from web.desks.auditor import then as auditor_then
from web.desks.auditor import verify as auditor_verify
from web.desks.case import application as case_application
from web.desks.case import handing as case_handing
from web.desks.case import materials as case_materials
from web.desks.case import page as case_page
from web.desks.case import rollup as case_rollup
from web.desks.case import steps as case_steps
from web.desks.commendation import page as commendation_page
from web.desks.commendation import signing as commendation_signing
from web.desks.coordinator import my as coordinator_my
from web.desks.coordinator import new as coordinator_new
from web.desks.lists import bulk as lists_bulk
from web.desks.lists import cases as lists_cases
from web.desks.lists import official as lists_official
from web.desks.notices import edit as notices_edit
from web.desks.notices import fresh as notices_fresh
from web.desks.notices import listed as notices_listed
from web.desks.notices import plan as notices_plan
from web.desks.notices import rollover as notices_rollover
from web.desks.notices import shown as notices_shown
from web.desks.notices import versions as notices_versions
from web.desks.notices.reading import begin as reading_begin
from web.desks.notices.reading import deciding as reading_deciding
from web.desks.notices.reading import page as reading_page
from web.desks.notices.reading import planning as reading_planning

ROUTERS: tuple[APIRouter, ...] = (
    # what is asked for most comes first: routes are tried one after the other
    lists_cases.router,
    lists_bulk.router,
    lists_official.router,
    coordinator_my.router,
    coordinator_new.router,
    case_page.router,
    case_steps.router,
    case_materials.router,
    case_handing.router,
    case_application.router,
    case_rollup.router,
    admin_overview.router,
    *API_ROOMS,
    account_session.router,
    account_sso.router,
    account_mine.router,
    account_devices.router,
    account_calendar.router,
    account_tokens.router,
    admin_official.router,  # before the sheets of lists: its address would be one of theirs
    admin_imports.router,
    admin_templates_try.router,
    admin_templates.router,
    admin_units.router,
    admin_rights.router,
    admin_people.router,
    admin_season.router,
    admin_mails.router,
    admin_mails_doing.router,
    admin_reminders.router,
    admin_reminders_day.router,
    admin_settings.router,
    admin_settings_hooks.router,
    admin_settings_trial.router,
    admin_why.router,
    help_guide.router,
    auditor_then.router,
    auditor_durations.router,
    auditor_export.router,
    auditor_history.router,
    auditor_verify.router,
    notices_fresh.router,
    reading_begin.router,
    reading_deciding.router,
    reading_page.router,
    reading_planning.router,
    notices_listed.router,
    notices_shown.router,
    notices_edit.router,
    notices_plan.router,
    notices_rollover.router,
    notices_versions.router,
    commendation_page.router,
    commendation_signing.router,
    api_reference.router,
    api_reference.page,
)
