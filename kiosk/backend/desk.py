"""The desk's API from the device's side; it fails as Unreachable, RefusedError or NotEnrolled."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from pydantic import BaseModel, TypeAdapter, ValidationError
from urllib3.exceptions import HTTPError

from kiosk.backend import answers
from kiosk.backend.credential import Credential
from kiosk.backend.wire import (
    Config,
    Enrolled,
    EnrolmentRequest,
    Heartbeat,
    HeartbeatReply,
    Schedule,
)
from kiosk.domain.event import BATCH_TYPE, Reply
from kiosk.domain.identify import Answer, Query
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigError, Unreachable

CONNECT = 1.0
QUICK, PATIENT = 1.5, 10.0
"""Seconds to wait for an answer: while a person waits, and when nobody does."""
_SKEW = timedelta(seconds=30)
_LOCAL = {"127.0.0.1", "localhost", "::1"}
_REPLIES: TypeAdapter[list[Reply]] = TypeAdapter(list[Reply])
Model = TypeVar("Model", bound=BaseModel)


def checked(address: str) -> str:
    """Return a desk's address without a trailing slash.

    Raises ConfigError unless it is https, or plain http to this very machine.
    """
    parts = urlsplit(address)
    local = parts.scheme == "http" and parts.hostname in _LOCAL
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise ConfigError(f"the desk's address must begin with https://: {address}")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


class Desk:
    """One connection to the desk, for one thread at a time.

    `ca` names the only certificates (PEM) trusted; None trusts the system's. The clock is checked
    against the Date of each answer, so that a device that woke up in 1970 can still sign.
    """

    def __init__(
        self,
        address: str,
        credential: Credential | None,
        clock: Clock,
        *,
        ca: Path | None = None,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._base = f"{checked(address)}/api/v1"
        self._credential, self._clock, self._entropy = credential, clock, entropy
        self._ahead = timedelta()  # what the desk's clock shows beyond ours, when that is much
        self._http = requests.Session()
        self._http.trust_env = False  # no proxy, .netrc or CA bundle of the environment
        self._http.verify = True if ca is None else str(ca)

    def enrol(self, request: EnrolmentRequest) -> Enrolled:
        """Swap a one-time code for a place at the desk; NotEnrolled when the code is not taken."""
        return _parsed(Enrolled, self._call("POST", "/enrolments", request))

    def schedule(self, since: str, etag: str) -> tuple[Schedule, str] | None:
        """Return the day cache's changes since a cursor, and their ETag; None for no change."""
        found = self._call("GET", "/schedule", params={"since": since}, etag=etag)
        return self._tagged(Schedule, found)

    def config(self, etag: str) -> tuple[Config, str] | None:
        """Return the settings and their ETag; None when they are unchanged."""
        return self._tagged(Config, self._call("GET", "/config", etag=etag))

    def identify(self, query: Query) -> Answer:
        """Ask who this is and whether they may check in."""
        return _parsed(Answer, self._call("POST", "/identify", query, wait=QUICK))

    def events(self, batch: Sequence[bytes]) -> list[Reply]:
        """Hand over events, each one CloudEvent as JSON; returns the desk's answer for each."""
        body = b"[" + b",".join(batch) + b"]"
        answer = self._call("POST", "/events", body, media=BATCH_TYPE)
        try:
            return _REPLIES.validate_json(answer.content)
        except ValidationError:
            raise Unreachable("not an answer of the desk") from None

    def heartbeat(self, beat: Heartbeat) -> int:
        """Tell how the device is; returns the ms to add to its clock, half the way allowed for."""
        sent = self._clock.monotonic()
        reply = _parsed(HeartbeatReply, self._call("POST", "/heartbeats", beat, wait=QUICK))
        took = self._clock.monotonic() - sent
        return reply.clock_ms - beat.clock_ms - round(took * 500)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _call(
        self,
        method: str,
        path: str,
        body: BaseModel | bytes | None = None,
        *,
        params: dict[str, str] | None = None,
        etag: str = "",
        media: str = "application/json",
        wait: float = PATIENT,
    ) -> requests.Response:
        data = body.model_dump_json().encode() if isinstance(body, BaseModel) else body
        headers = {"Accept": "application/json"}
        headers |= {"Content-Type": media} if data is not None else {}
        headers |= {"If-None-Match": etag} if etag else {}
        request = requests.Request(method, self._base + path, headers, data=data, params=params)
        answer = self._send(request, wait)
        if answer.status_code == 401 and self._credential and self._corrected(answer):
            answer = self._send(request, wait)
        asked = answer.headers.get("Retry-After", "")
        answers.check(answer.status_code, answer.content, asked, self._now())
        return answer

    def _send(self, request: requests.Request, wait: float) -> requests.Response:
        if self._credential:
            token = self._credential.bearer(self._base, self._now(), self._entropy(16).hex())
            request.headers["Authorization"] = f"Bearer {token}"
        prepared = self._http.prepare_request(request)
        try:
            return self._http.send(
                prepared,
                timeout=(CONNECT, wait),
                allow_redirects=False,  # a token is for one address
                verify=self._http.verify,
            )
        except (OSError, HTTPError) as fault:  # requests' own faults are OSErrors
            raise Unreachable(type(fault).__name__) from None

    def _now(self) -> datetime:
        return self._clock.now() + self._ahead

    def _corrected(self, answer: requests.Response) -> bool:
        """Take the desk's time for tokens when ours is far off; whether it was."""
        theirs = answers.moment(answer.headers.get("Date", ""))
        if theirs is None or abs(theirs - self._now()) < _SKEW:
            return False
        self._ahead = theirs - self._clock.now()
        return True

    def _tagged(self, model: type[Model], answer: requests.Response) -> tuple[Model, str] | None:
        if answer.status_code == 304:
            return None
        return _parsed(model, answer), answer.headers.get("ETag", "")


def _parsed(model: type[Model], answer: requests.Response) -> Model:
    try:
        return model.model_validate_json(answer.content)
    except ValidationError:  # its text would quote the answer
        raise Unreachable("not an answer of the desk") from None
