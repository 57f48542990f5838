"""What surrounds every request: bodies of a size, headers that keep browsers safe, the desk's time.

Pure ASGI, so that streams pass through.
"""

from email.utils import format_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.desk.problems import answer
from kiosk.domain.ports import Clock

MOST_BYTES = 64 * 1024
MOST_EVENT_BYTES = 1024 * 1024
EVENTS = "/api/v1/events"
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, clock: Clock, *, tls: bool) -> None:
        self._app, self._clock, self._tls = app, clock, tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MOST_EVENT_BYTES if scope["path"] == EVENTS else MOST_BYTES
        guarded = self._sending(scope, send)
        length = Headers(scope=scope).get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:12]) > most:
            await answer(413, "too-large")(scope, receive, guarded)
        else:
            await self._app(scope, _counting(receive, most), guarded)

    def _sending(self, scope: Scope, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._tls:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
                headers["Date"] = format_datetime(self._clock.now(), usegmt=True)
            await send(message)

        return sending


def _counting(receive: Receive, most: int) -> Receive:
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413)
        return message

    return counting
