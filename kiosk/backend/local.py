"""The kiosk's side of the courier's door, a UNIX socket (`domain.ports.Identifier`)."""

import logging
import socket
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from kiosk.backend.lines import (
    MOST_BYTES,
    AnyRequest,
    AskStatus,
    Enrol,
    EnrolResult,
    Identify,
    Status,
    Tell,
    Wake,
)
from kiosk.domain.identify import Answer, Query
from kiosk.domain.ports import Clock, Identifier
from kiosk.errors import Unreachable
from kiosk.log import fact

log = logging.getLogger(__name__)
DEADLINE = 1.5
"""Seconds from question to answer, whatever happens (architecture, "Three processes")."""
_QUICK = 0.5
_ENROL = 30.0


@dataclass(frozen=True, slots=True)
class CourierClient:
    """Asks the courier, and the day cache itself when the courier is gone. Only `enrol` waits."""

    path: Path
    clock: Clock
    offline: Identifier

    def identify(self, query: Query) -> Answer:
        """Answer within 1.5 s; when nobody can be asked the outcome is TO_BE_MATCHED."""
        try:
            found = self._ask(Identify(query=query), DEADLINE - 0.1)
            return Answer.model_validate_json(found)
        except (Unreachable, ValidationError):
            log.warning(fact("courier.gone"))
            return self.offline.identify(query)

    def status(self) -> Status | None:
        """Return how the courier is; None when it does not answer."""
        try:
            return Status.model_validate_json(self._ask(AskStatus(), _QUICK))
        except (Unreachable, ValidationError):
            return None

    def wake(self) -> None:
        """Say that there is something to deliver; it would be found within a second anyway."""
        self._say(Wake())

    def tell(self, camera: str, screen: dict[str, object] | None = None) -> None:
        """Say how camera and screen are, for the next heartbeat."""
        self._say(Tell(camera=camera, screen=screen))

    def enrol(self, address: str, ca_pin: str, code: str, label: str) -> str:
        """Have the courier enrol this device; returns "" or the reason why not. Takes seconds."""
        line = Enrol(address=address, ca_pin=ca_pin, code=code, label=label)
        try:
            found = self._ask(line, _ENROL)
            return EnrolResult.model_validate_json(found).code
        except (Unreachable, ValidationError):
            return "no-courier"

    def _say(self, request: AnyRequest) -> None:
        try:
            self._ask(request, _QUICK)
        except Unreachable:
            log.debug(fact("courier.gone"))

    def _ask(self, request: AnyRequest, seconds: float) -> bytes:
        until = self.clock.monotonic() + seconds
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(seconds)
                line.connect(str(self.path))
                line.sendall(request.model_dump_json().encode() + b"\n")
                return self._line(line, until)
        except OSError as fault:
            raise Unreachable(type(fault).__name__) from None

    def _line(self, line: socket.socket, until: float) -> bytes:
        found = b""
        while not found.endswith(b"\n") and len(found) < MOST_BYTES:
            line.settimeout(max(0.001, until - self.clock.monotonic()))
            piece = line.recv(MOST_BYTES)
            if not piece:
                raise Unreachable("the courier hung up")
            found += piece
        return found
