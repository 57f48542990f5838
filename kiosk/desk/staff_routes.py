"""What the front desk's browser asks of the desk: login, board, actions, passes, kiosks."""

import asyncio
import logging
from datetime import datetime
from functools import partial
from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.engine import Connection

from kiosk.backend.wire import Problem
from kiosk.desk import auth, book, counters, devices, ledger, receive, staff
from kiosk.desk.boardmodels import BoardState
from kiosk.desk.book import PassRow
from kiosk.desk.desk import Desk, the_desk
from kiosk.desk.guesses import Locked
from kiosk.desk.problems import ApiError
from kiosk.desk.staff import Member
from kiosk.domain.event import (
    MODELS,
    ArrivalVoided,
    Data,
    HelpAcknowledged,
    MatchMade,
    NeedMet,
    Reply,
    StatusChanged,
)
from kiosk.domain.passcode import EnrolmentCode
from kiosk.errors import Busy
from kiosk.log import fact
from kiosk.passes import draw

_log = logging.getLogger(__name__)
ROUTES = APIRouter(
    prefix="/api/v1",
    tags=["staff"],
    responses={code: {"model": Problem} for code in (400, 401, 403, 404, 413, 422, 429, 503)},
)
TheDesk = Annotated[Desk, Depends(the_desk)]
LoggedIn = Annotated[Member, Depends(auth.member)]
Acting = Annotated[Member, Depends(auth.acting)]


class Body(BaseModel):
    """A closed request body."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Credentials(Body):
    """A login."""

    user: Annotated[str, Field(max_length=64)]
    password: Annotated[str, Field(max_length=1000, repr=False)]


class Me(BaseModel):
    """Who is logged in; `csrf` goes into the header X-CSRF-Token of every change."""

    user: str
    roles: list[str]
    csrf: str


class Action(Body):
    """One thing a member of staff does; `data` is the event's data."""

    type: Literal["status.changed", "arrival.voided", "help.acknowledged", "match.made", "need.met"]
    data: dict[str, object] = Field(repr=False)


class PassRequest(Body):
    """Ask for the pass of an appointment; `replace` makes a new one and the old one worthless."""

    appointment: Annotated[str, Field(max_length=200)]
    replace: bool = False


class PassIssued(BaseModel):
    """A pass: its text, its picture, and whether kiosks take it no more."""

    pass_code: str = Field(serialization_alias="pass", repr=False)
    revoked: bool
    png_url: str
    svg: str = Field(repr=False)


class PassRevoked(Body):
    """Make every pass of an appointment worthless."""

    appointment: Annotated[str, Field(max_length=200)]


class CodeRequest(Body):
    """A one-time code for a new kiosk."""

    label: Annotated[str, Field(min_length=1, max_length=80)]
    site: Annotated[str, Field(max_length=2)] = ""


class CodeIssued(BaseModel):
    """What a new kiosk scans; it lives ten minutes and works once."""

    code: str
    text: str
    svg: str
    expires: datetime


@ROUTES.post("/login")
async def login(
    credentials: Credentials, request: Request, response: Response, desk: TheDesk
) -> Me:
    """Log in; the answer sets the session cookie, and comes later when many have guessed."""
    user, database = credentials.user, desk.database
    address = request.client.host if request.client else ""
    wait = await run_in_threadpool(staff.knock, database, user, address, desk.clock.now())
    if isinstance(wait, Locked):
        raise Busy(wait.seconds)
    await asyncio.sleep(wait)  # here and not in a thread, of which there are few
    found = await run_in_threadpool(
        staff.login, database, user, credentials.password, address, desk.clock.now()
    )
    if isinstance(found, Locked):
        raise Busy(found.seconds)
    if found is None:
        raise ApiError(401, "wrong-login", "name or password is wrong")
    auth.remember(request, response, found)
    return _me(found.member)


@ROUTES.post("/logout", status_code=204)
def logout(request: Request, response: Response, _acting: Acting) -> None:
    """Log out."""
    auth.forget(request, response)


@ROUTES.get("/me")
def me(member: LoggedIn) -> Me:
    """Say who is logged in."""
    return _me(member)


@ROUTES.get("/board")
def board(desk: TheDesk, _member: LoggedIn) -> BoardState:
    """Return the live board as it stands."""
    return desk.view.board(desk.clock.now())


@ROUTES.get("/board/stream", response_class=StreamingResponse)
async def stream(
    request: Request,
    desk: TheDesk,
    _member: LoggedIn,
    last: Annotated[str, Header(alias="Last-Event-ID")] = "",
) -> StreamingResponse:
    """Send the board, and again after every change, as server-sent events named "board"."""
    version = int(last[:18]) if last.isascii() and last.isdigit() else -1
    alive = partial(_still_logged_in, request)
    return StreamingResponse(
        desk.feed.stream(version, alive),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@ROUTES.post("/staff/events")
def act(action: Action, desk: TheDesk, member: Acting) -> Reply:
    """Keep what a member of staff did; the board follows."""
    try:
        body = MODELS[action.type].model_validate(action.data)
    except ValidationError:
        raise ApiError(422, "invalid", f"this is no {action.type}") from None
    return desk.database.write(lambda conn: _act(conn, body, member.user, desk))


@ROUTES.post("/passes", response_model=PassIssued)
def issue(request: PassRequest, desk: TheDesk, _member: Acting) -> PassIssued:
    """Return the pass of an appointment, to be printed or sent."""

    def issuing(conn: Connection) -> PassRow:
        booked = _booked(conn, request.appointment)
        if request.replace:
            book.revoke(conn, request.appointment)
            book.issue(conn, booked, desk.policy.key)
        return book.newest_pass(conn, request.appointment)

    row = desk.database.write(issuing)
    code = book.text_of(desk.policy.key, row)
    url = f"/api/v1/passes/{quote(request.appointment, safe='')}.png"
    return PassIssued(pass_code=code, revoked=row.revoked, png_url=url, svg=draw.svg(code))


@ROUTES.get("/passes/{appointment:path}.png", response_class=Response)
def picture(appointment: str, desk: TheDesk, _member: LoggedIn) -> Response:
    """Return the picture of an appointment's pass, 40 mm wide at 300 dpi; not of a revoked one."""
    with desk.database.read() as conn:
        _booked(conn, appointment)
        row = book.newest_pass(conn, appointment)
    if row.revoked:
        raise ApiError(409, "revoked", "this pass was revoked; make a new one")
    return Response(draw.png(book.text_of(desk.policy.key, row)), media_type="image/png")


@ROUTES.post("/passes/revoke", status_code=204)
def revoke(request: PassRevoked, desk: TheDesk, _member: Acting) -> None:
    """Make every pass of an appointment worthless."""

    def revoking(conn: Connection) -> None:
        _booked(conn, request.appointment)
        book.revoke(conn, request.appointment)

    desk.database.write(revoking)


@ROUTES.post("/enrolment-codes", status_code=201)
def enrolment_code(request: CodeRequest, desk: TheDesk, member: Acting) -> CodeIssued:
    """Make a one-time code for a new kiosk; roles it and manager."""
    auth.allow(member, "it", "manager")
    site = request.site or desk.site
    if desk.policy.site(site) is None:
        raise ApiError(422, "unknown-site", "this is no site of the practice")
    now = desk.clock.now()
    code = desk.database.write(lambda conn: devices.new_code(conn, request.label, site, now))
    text = enrolment_text(desk, code)
    expires = now + devices.CODE_LIVES
    return CodeIssued(code=code, text=text, svg=draw.svg(text), expires=expires)


@ROUTES.post("/devices/{device}/revoke", status_code=204)
def revoke_device(device: str, desk: TheDesk, member: Acting) -> None:
    """Trust a kiosk no more, from its next request on; roles it and manager."""
    auth.allow(member, "it", "manager")
    if not desk.database.write(lambda conn: devices.revoke(conn, device[:64])):
        raise ApiError(404, "no-device", "there is no such kiosk")
    _log.info(fact("desk.device-revoked", device=device[:64], by=member.user))


def enrolment_text(desk: Desk, code: str) -> str:
    """Return what a new kiosk scans: address, CA and code."""
    pin = desk.certificates.pin if desk.certificates else ""
    return EnrolmentCode(desk.settings.url, pin, code).text


def _me(member: Member) -> Me:
    return Me(user=member.user, roles=sorted(member.roles), csrf=member.csrf)


def _still_logged_in(request: Request) -> bool:
    return auth.current(request) is not None


def _booked(conn: Connection, appointment: str) -> book.Booked:
    found = book.one(conn, appointment)
    if found is None:
        raise ApiError(404, "no-appointment", "there is no such appointment")
    return found


def _act(conn: Connection, body: Data, user: str, desk: Desk) -> Reply:
    now = desk.clock.now()
    subject = _subject(conn, body, now)
    entry = receive.by_staff(body, user, subject, now, counters.next_change(conn))
    _log.info(fact("desk.staff", type=entry.event.type, id=entry.event.id, by=user))
    return receive.keep(conn, [entry], now=now, policy=desk.policy)[0]


def _subject(conn: Connection, body: Data, now: datetime) -> UUID:
    """The session an action belongs to; what it is about must be there."""
    match body:
        case ArrivalVoided(session=session) | MatchMade(session=session):
            if isinstance(body, MatchMade):
                _booked(conn, body.appointment)
            if not ledger.has_session(conn, session):
                raise ApiError(404, "no-session", "there is no such session")
            return session
        case HelpAcknowledged(event=event):
            found = ledger.session_of(conn, event)
            if found is None:
                raise ApiError(404, "no-help", "there is no such call for help")
            return found
        case StatusChanged(appointment=appointment) | NeedMet(appointment=appointment):
            _booked(conn, appointment)
            return receive.new_id(now)
        case _:
            raise ApiError(422, "invalid", "this is nothing staff do")
