"""What kiosks ask of the desk: /api/v1 for devices."""

import hashlib
import logging
import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse

from kiosk.backend.wire import (
    Config,
    Enrolled,
    EnrolmentRequest,
    Heartbeat,
    HeartbeatReply,
    Problem,
    Schedule,
)
from kiosk.desk import auth, daylist, devices, receive
from kiosk.desk.boardstate import Device
from kiosk.desk.desk import Desk, the_desk
from kiosk.desk.problems import ApiError
from kiosk.desk.receive import Batch
from kiosk.domain.event import BATCH_TYPE, Event, Reply
from kiosk.domain.identify import Answer, Query
from kiosk.errors import RefusedError
from kiosk.log import fact

_log = logging.getLogger(__name__)
ROUTES = APIRouter(
    prefix="/api/v1",
    tags=["kiosks"],
    responses={code: {"model": Problem} for code in (400, 401, 413, 422, 429, 503)},
)
TheDesk = Annotated[Desk, Depends(the_desk)]
TheDevice = Annotated[Device, Depends(auth.device)]
Signer = Annotated[Device, Depends(auth.signer)]
IfNoneMatch = Annotated[str, Header(alias="If-None-Match")]


_BATCH = {
    "requestBody": {
        "required": True,
        "content": {
            BATCH_TYPE: {
                "schema": {
                    "type": "array",
                    "maxItems": receive.MOST_EVENTS,
                    "items": Event.model_json_schema(),
                }
            }
        },
    }
}


# The first route, because routes are tried in this order and this one is asked most.
@ROUTES.post(
    "/events", response_model=list[Reply], openapi_extra=_BATCH, responses={415: {"model": Problem}}
)
async def events(request: Request, desk: TheDesk, device: Signer) -> Response:
    """Keep a batch of facts; answers for each one, after the commit."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != BATCH_TYPE:
        raise ApiError(415, "wrong-type", f"send {BATCH_TYPE}")
    items = receive.unpack(await request.body())
    checked = [receive.check(item, device.source) for item in items]
    replies = await desk.inbox.keep(Batch(checked, device.id, device.site))
    _refused(device, replies)
    return JSONResponse([reply.model_dump(mode="json") for reply in replies])


@ROUTES.post("/enrolments", status_code=201, responses={403: {"model": Problem}})
def enrol(request: EnrolmentRequest, desk: TheDesk) -> Enrolled:
    """Swap a one-time code and a public key for a place at the desk."""
    now = desk.clock.now()
    found = desk.database.write(lambda conn: devices.enrol(conn, request, now))
    if isinstance(found, str):
        _log.warning(fact("desk.enrolment-refused", code=found))
        raise ApiError(403, found, "this code is not taken")
    _log.info(fact("desk.enrolled", device=found.id))
    return Enrolled(
        device=found.id,
        site=found.site,
        label=found.label,
        ca_pem=desk.certificates.ca_pem if desk.certificates else "",
        config=_config(desk, found),
    )


@ROUTES.get("/schedule", response_model=Schedule, responses={304: {"description": "No change"}})
def schedule(
    desk: TheDesk, device: TheDevice, since: str = "", if_none_match: IfNoneMatch = ""
) -> Response:
    """Return the sealed day list, or what changed in it since a cursor."""
    now = desk.clock.now()
    with desk.database.read() as conn:
        etag = _etag(daylist.current(conn, desk.policy, now).text)
        if if_none_match == etag:
            return Response(status_code=304, headers={"ETag": etag})
        found = daylist.since(conn, desk.policy, now, since[:100])
    _log.info(fact("desk.schedule", device=device.id, rows=len(found.rows), full=found.full))
    body = found.model_dump_json()
    return Response(body, media_type="application/json", headers={"ETag": _etag(found.cursor)})


@ROUTES.post("/identify")
def identify(query: Query, desk: TheDesk, device: TheDevice) -> Answer:
    """Say who this is and whether they may check in; never more than one person."""
    now = desk.clock.now()
    return desk.identification.answer(query, now=now, site=device.site, device=device.id)


@ROUTES.post("/heartbeats")
def heartbeat(beat: Heartbeat, desk: TheDesk, device: TheDevice) -> HeartbeatReply:
    """Keep how a kiosk is; tell it the time."""
    now = desk.clock.now()
    if beat.device != device.id:
        raise RefusedError("wrong-device")
    desk.database.write(lambda conn: devices.heard(conn, device.id, beat, now))
    return HeartbeatReply(clock_ms=int(desk.clock.now().timestamp() * 1000))


@ROUTES.get("/config", response_model=Config, responses={304: {"description": "No change"}})
def config(desk: TheDesk, device: TheDevice, if_none_match: IfNoneMatch = "") -> Response:
    """Return the practice's policy and who this kiosk is."""
    body = _config(desk, device).model_dump_json()
    etag = _etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    if secrets.compare_digest(if_none_match.encode(), etag.encode()):
        return Response(status_code=304, headers={"ETag": etag})
    return Response(body, media_type="application/json", headers={"ETag": etag})


def _config(desk: Desk, device: Device) -> Config:
    return Config(
        practice=desk.policy.practice,
        site=device.site,
        device=device.id,
        label=device.label,
        demo=desk.settings.demo,
    )


def _etag(text: str) -> str:
    return f'"{text}"'


def _refused(device: Device, replies: list[Reply]) -> None:
    for reply in replies:
        if reply.outcome == "refused":
            _log.warning(fact("desk.event-refused", device=device.id, id=reply.id, code=reply.code))
