"""Asked by machines that watch over this one: is it well, and in what numbers."""

from fastapi import APIRouter
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from pydantic import Field
from starlette.responses import JSONResponse, PlainTextResponse, Response

from config.schedule import Role
from engine.health import health
from engine.metrics import metrics
from web.access import Door, allow, allow_anyone
from web.api.gauges import Gauges
from web.api.models import Both, Told
from web.api.route import ApiRoute
from web.visit import VisitDep

router = APIRouter(
    tags=["probes"], route_class=ApiRoute, generate_unique_id_function=lambda route: route.name
)


class Sign(Told):
    """One thing looked at."""

    name: str = Field(examples=["heartbeat"])
    is_well: bool = Field(examples=[True])
    text: Both


class Healthy(Told):
    """Whether the service is well: if every sign is."""

    status: str = Field(description="green or red.", examples=["green"])
    signs: list[Sign]


@router.get("/healthz", response_model=Healthy, responses={503: {"model": Healthy}})
@allow_anyone(door=Door.API)
def healthz(visit: VisitDep) -> Response:
    """Tell whether the service is well; 503 where it is not. No personal data."""
    found = health(visit.home.database, visit.home.settings, now=visit.now)
    body = Healthy.of({"status": "green" if found.is_well else "red", "signs": found.signs})
    return JSONResponse(body.model_dump(mode="json"), status_code=200 if found.is_well else 503)


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
@allow(Role.ADMIN, door=Door.API)
def read_metrics(visit: VisitDep) -> Response:
    """Tell the numbers of the running service to Prometheus."""
    with visit.read() as conn:
        found = metrics(conn, now=visit.now)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Gauges(found))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
