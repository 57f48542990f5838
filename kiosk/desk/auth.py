"""Who asks: a kiosk by its token, a member of staff by the session cookie (and, to change anything,
the CSRF token in X-CSRF-Token). For routes, as FastAPI dependencies; for pages, as functions.
"""

import secrets

from fastapi import Request, Response

from kiosk.desk import staff
from kiosk.desk.boardstate import Device
from kiosk.desk.desk import desk_of
from kiosk.desk.problems import ApiError
from kiosk.desk.staff import LIVES, Login, Member

COOKIE = "desk"
CSRF = "X-CSRF-Token"


async def device(request: Request) -> Device:
    """Return the kiosk that signed this request. Raises NotEnrolled (401).

    Async: one read and one signature take less than handing over to a thread.
    """
    desk = desk_of(request)
    return desk.gate.admit(request.headers.get("Authorization", ""), desk.clock.now())


async def signer(request: Request) -> Device:
    """Return the kiosk that signed, for `Inbox.keep`, which looks whether it is still trusted.

    Raises NotEnrolled (401).
    """
    desk = desk_of(request)
    return desk.gate.signer(request.headers.get("Authorization", ""), desk.clock.now())


def current(request: Request) -> Member | None:
    """Return who is logged in, None for nobody: for pages, which then show the login."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    desk = desk_of(request)
    with desk.database.read() as conn:
        return staff.member(conn, token, desk.clock.now())


def member(request: Request) -> Member:
    """Return who is logged in. Raises ApiError 401 "login"."""
    found = current(request)
    if found is None:
        raise ApiError(401, "login", "log in first")
    return found


def acting(request: Request) -> Member:
    """Return who wants to change something. Raises ApiError 401 "login" or 403 "csrf"."""
    found = member(request)
    if not secrets.compare_digest(request.headers.get(CSRF, "").encode(), found.csrf.encode()):
        raise ApiError(403, "csrf", "load the page again")
    return found


def allow(found: Member, *roles: str) -> None:
    """Let only these roles pass. Raises ApiError 403 "role"."""
    if not found.roles & set(roles):
        raise ApiError(403, "role", f"this needs the role {' or '.join(roles)}")


def remember(request: Request, response: Response, login: Login) -> None:
    """Set the session cookie of a fresh login."""
    response.set_cookie(
        COOKIE,
        login.token,
        max_age=int(LIVES.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=desk_of(request).certificates is not None,
    )


def forget(request: Request, response: Response) -> None:
    """Close the session and drop its cookie."""
    token = request.cookies.get(COOKIE, "")
    if token:
        desk_of(request).database.write(lambda conn: staff.logout(conn, token))
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
