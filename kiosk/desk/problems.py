"""Every error of the API has one shape, `{"code", "message"}`, and quotes nothing that was sent."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kiosk.backend.wire import Problem
from kiosk.errors import Busy, NotEnrolled, RefusedError, StorageError
from kiosk.log import fact

_log = logging.getLogger(__name__)
_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "wrong-type",
}


class ApiError(RefusedError):
    """The API says no, with an HTTP status of its own choice."""

    def __init__(self, status: int, code: str, text: str = "") -> None:
        super().__init__(code, text)
        self.status = status


def answer(
    status: int, code: str, message: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Make an error's answer."""
    body = Problem(code=code, message=message or code)
    return JSONResponse(body.model_dump(), status, headers=dict(headers or {}))


def install(app: FastAPI) -> None:
    """Give every fault its answer."""
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(Busy, _busy)
    app.add_exception_handler(StorageError, _storage)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _bug)


async def _refused(_request: Request, fault: Exception) -> JSONResponse:
    if isinstance(fault, NotEnrolled):
        return answer(401, fault.code, headers={"WWW-Authenticate": "Bearer"})
    if isinstance(fault, ApiError):
        return answer(fault.status, fault.code, str(fault))
    return answer(400, getattr(fault, "code", "refused"))


async def _busy(_request: Request, fault: Exception) -> JSONResponse:
    seconds = int(fault.after) if isinstance(fault, Busy) else 1
    return answer(429, "busy", "too many tries, wait", {"Retry-After": str(max(1, seconds))})


async def _storage(request: Request, fault: Exception) -> JSONResponse:
    _log.error(fact("desk.storage", path=request.url.path, fault=fault))
    return answer(503, "storage", "the desk cannot write just now", {"Retry-After": "5"})


async def _invalid(_request: Request, fault: Exception) -> JSONResponse:
    errors = fault.errors() if isinstance(fault, RequestValidationError) else []
    where = sorted({".".join(str(part)[:40] for part in error["loc"]) for error in errors})
    return answer(422, "invalid", f"check {', '.join(where)}"[:500])


async def _http(_request: Request, fault: Exception) -> JSONResponse:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    headers = fault.headers if isinstance(fault, HTTPException) else None
    return answer(status, _CODES.get(status, f"http-{status}"), headers=headers)


async def _bug(request: Request, fault: Exception) -> JSONResponse:
    """One of the product's boundaries that catch everything; the text might name a person."""
    _log.error(fact("desk.bug", path=request.url.path, kind=type(fault).__name__))
    return answer(500, "fault", "the desk has a fault; it was logged")
