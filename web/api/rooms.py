"""Every router of the API, in the order of its document."""

from fastapi import APIRouter

from web.api import (
    case_parts,
    cases,
    history,
    mails,
    materials,
    me,
    notices,
    people,
    probes,
    readings,
    rollups,
    season,
    settings,
    sheets,
    templates,
    units,
    verifications,
    webhooks,
)

ROOMS: tuple[APIRouter, ...] = (
    me.router,
    cases.router,
    case_parts.router,
    materials.router,
    rollups.router,
    season.router,
    notices.router,
    readings.router,
    mails.router,
    templates.router,
    people.router,
    units.router,
    sheets.router,
    history.router,
    verifications.router,
    settings.router,
    webhooks.router,
    probes.router,
)
