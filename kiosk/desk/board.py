"""The front desk's pages: login, the live board, passes, kiosks.

A page is a frame with the state in it; what changes later comes from the API (`boardmodels`).
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kiosk.desk import auth, book
from kiosk.desk.boardcards import listed
from kiosk.desk.desk import Desk, desk_of
from kiosk.desk.problems import ApiError
from kiosk.desk.staff import Member
from kiosk.intake.words import Words
from kiosk.passes.sheet import SheetItem, sheet

HOME = "/board"
PAGES = (HOME, "/passes", "/devices")
_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
)
_PRIVATE = {"Cache-Control": "no-store"}

Values = Mapping[str, object]


class _Static(StaticFiles):
    """Files of the pages; a browser asks each time whether they changed, so updates arrive."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        found = await super().get_response(path, scope)
        found.headers["Cache-Control"] = "no-cache"
        return found


def routes(app: FastAPI, words: Words | None = None) -> None:
    """Add the pages to the desk; with `words` passes can be printed as sheets."""
    app.mount("/static", _Static(directory=_HERE / "static"), name="static")
    app.include_router(_router(words))


def _router(words: Words | None) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def home() -> Response:
        return RedirectResponse(HOME, 303)

    @router.get("/login")
    def login(request: Request, next: str = HOME) -> Response:
        target = next if next in PAGES else HOME
        if auth.current(request):
            return RedirectResponse(target, 303)
        return _html("login.html", {"practice": _practice(request), "next": target})

    @router.get(HOME)
    def board(request: Request) -> Response:
        return _page(request, "board.html", _board)

    @router.get("/passes")
    def passes(request: Request) -> Response:
        return _page(request, "passes.html", lambda desk: _passes(desk, printable=bool(words)))

    @router.get("/devices")
    def devices(request: Request) -> Response:
        return _page(request, "devices.html", _board)

    if words is not None:

        @router.get("/passes/sheet.pdf")
        def printed(request: Request, appointment: str = "") -> Response:
            auth.member(request)
            pdf = _sheet(desk_of(request), words, appointment)
            return Response(pdf, media_type="application/pdf", headers=_PRIVATE)

    return router


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


def _sheet(desk: Desk, words: Words, appointment: str) -> bytes:
    """Print one appointment's page, or today's. Raises ApiError when there is nobody."""
    now = desk.clock.now()
    with desk.database.read() as conn:
        today = book.on_days(conn, [desk.policy.today(now)])
    chosen = [one for one in today if appointment in {"", one.appointment.id}]
    if not chosen:
        raise ApiError(404, "nobody", "there is nobody to print a sheet for")
    key = desk.policy.key
    codes = desk.database.write(lambda conn: [book.issue(conn, one, key) for one in chosen])
    return sheet([_item(desk, one, code) for one, code in zip(chosen, codes, strict=True)], words)


def _item(desk: Desk, one: book.Booked, code: str) -> SheetItem:
    appointment, practice = one.appointment, desk.policy.practice
    return SheetItem(
        practice=practice.name,
        start=appointment.start.astimezone(ZoneInfo(desk.policy.zone)),
        language=appointment.patient.language or practice.language,
        practitioner=appointment.practitioner,
        called=appointment.patient.called,
        code=code,
    )
