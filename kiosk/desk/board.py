"""The front desk's pages: login, the live board, passes, kiosks.

A page is a frame with the state in it; what changes later comes from the API (`boardmodels`).
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kiosk.desk import auth, book, printing
from kiosk.desk.boardcards import listed
from kiosk.desk.desk import Desk, desk_of
from kiosk.desk.problems import ApiError
from kiosk.desk.staff import Member
from kiosk.intake.words import Words

HOME = "/board"
PAGES = (HOME, "/passes", "/devices")
_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
)
_PRIVATE = {"Cache-Control": "no-store"}
_ROUTES = APIRouter(include_in_schema=False)

Values = Mapping[str, object]


class _Static(StaticFiles):
    """Files of the pages; a browser asks each time whether they changed, so updates arrive."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        found = await super().get_response(path, scope)
        found.headers["Cache-Control"] = "no-cache"
        return found


def routes(app: FastAPI, words: Words | None = None) -> None:
    """Add the pages to the desk; with `words` passes can be printed as sheets."""
    app.state.words = words
    app.mount("/static", _Static(directory=_HERE / "static"), name="static")
    app.include_router(_ROUTES)


@_ROUTES.get("/")
def home() -> Response:
    """Lead to the board."""
    return RedirectResponse(HOME, 303)


@_ROUTES.get("/login")
def login(request: Request, target: Annotated[str, Query(alias="next")] = HOME) -> Response:
    """Ask for name and password; afterwards the browser goes to one of our own pages."""
    safe = target if target in PAGES else HOME
    if auth.current(request):
        return RedirectResponse(safe, 303)
    return _html("login.html", {"practice": _practice(request), "next": safe})


@_ROUTES.get(HOME)
def board(request: Request) -> Response:
    """Show the live board."""
    return _page(request, "board.html", _board)


@_ROUTES.get("/passes")
def passes(request: Request) -> Response:
    """Show today's appointments and what can be done with their passes."""
    return _page(
        request, "passes.html", lambda desk: _passes(desk, printable=bool(_words(request)))
    )


@_ROUTES.get("/devices")
def devices(request: Request) -> Response:
    """Show the kiosks, and enrol a new one."""
    return _page(request, "devices.html", _board)


@_ROUTES.get("/passes/sheet.pdf")
def printed(request: Request, appointment: str = "") -> Response:
    """Print one appointment's pass, or all of today. Raises ApiError."""
    auth.member(request)
    words = _words(request)
    if words is None:
        raise ApiError(404, "not-found")
    desk = desk_of(request)
    day = desk.policy.today(desk.clock.now())
    pdf = printing.sheet_of(desk, words, day, appointment)
    if pdf is None:
        raise ApiError(404, "nobody", "there is nobody to print a sheet for")
    return Response(pdf, media_type="application/pdf", headers=_PRIVATE)


def _words(request: Request) -> Words | None:
    words: Words | None = request.app.state.words
    return words


def _page(request: Request, template: str, fill: Callable[[Desk], Values]) -> Response:
    """Draw a page for whoever is logged in; anybody else is asked to log in first."""
    member = auth.current(request)
    if member is None:
        return RedirectResponse(f"/login?next={request.url.path}", 303)
    values = fill(desk_of(request))
    return _html(template, {**values, **_frame(request, member)})


def _frame(request: Request, member: Member) -> Values:
    return {
        "practice": _practice(request),
        "here": request.url.path,
        "user": member.user,
        "csrf": member.csrf,
        "may_enrol": bool(member.roles & {"it", "manager"}),
    }


def _practice(request: Request) -> str:
    return desk_of(request).policy.practice.name


def _html(template: str, values: Values) -> Response:
    return HTMLResponse(_TEMPLATES.get_template(template).render(values), headers=_PRIVATE)


def _board(desk: Desk) -> Values:
    state = desk.view.board(desk.clock.now())
    return {"state": state.model_dump(mode="json")}


def _passes(desk: Desk, *, printable: bool) -> Values:
    now = desk.clock.now()
    with desk.database.read() as conn:
        today = book.on_days(conn, [desk.policy.today(now)])
        known = book.passes_of(conn, [one.appointment.id for one in today])
    newest = {row.appointment: row for row in sorted(known, key=lambda row: row.generation)}
    rows = [
        {
            "appointment": one.appointment.id,
            "name": listed(one.appointment),
            "time": f"{one.appointment.start.astimezone(ZoneInfo(desk.policy.zone)):%H:%M}",
            "practitioner": one.appointment.practitioner,
            "revoked": one.appointment.id in newest and newest[one.appointment.id].revoked,
        }
        for one in today
    ]
    return {"rows": rows, "printable": printable}
