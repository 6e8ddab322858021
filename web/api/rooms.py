"""Every router of the API, in the order of its document."""

from fastapi import APIRouter

from web.api import (
    case_parts,
    cases,
    commendations,
    commending,
    history,
    mails,
    materials,
    me,
    notices,
    official,
    people,
    probes,
    season,
    settings,
    sheets,
    templates,
    trials,
    units,
    verifications,
    webhooks,
)

ROOMS: tuple[APIRouter, ...] = (
    me.router,
    cases.router,
    case_parts.router,
    materials.router,
    season.router,
    notices.router,
    commendations.router,
    commending.router,
    mails.router,
    templates.router,
    trials.router,
    people.router,
    units.router,
    sheets.router,
    official.router,
    history.router,
    verifications.router,
    settings.router,
    webhooks.router,
    probes.router,
)
