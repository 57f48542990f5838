"""The courier's door for `kiosk run`: a UNIX socket that speaks the lines of `backend.lines`."""

import logging
import socketserver
import threading
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ValidationError

from kiosk.backend.lines import (
    MOST_BYTES,
    REQUEST,
    AskStatus,
    Enrol,
    EnrolResult,
    Identify,
    Misunderstood,
    Nothing,
    Status,
    Tell,
    Wake,
)
from kiosk.domain.identify import Answer, Query
from kiosk.errors import ConfigError
from kiosk.log import fact

log = logging.getLogger(__name__)
_SILENT = 30.0  # s after which a caller who says nothing is let go


class Service(Protocol):
    """What can be asked for at the door."""

    def identify(self, query: Query) -> Answer:
        """Answer within 1.5 s."""
        ...

    def status(self) -> Status:
        """Say how the courier is."""
        ...

    def wake(self) -> None:
        """Deliver now."""
        ...

    def tell(self, camera: str, screen: dict[str, object] | None) -> None:
        """Take over how camera and screen are."""
        ...

    def enrol(self, request: Enrol) -> EnrolResult:
        """Enrol this device."""
        ...


def reply(service: Service, line: bytes) -> BaseModel:
    """Return the answer to one line; one that is none of ours is Misunderstood."""
    try:
        request = REQUEST.validate_json(line)
    except ValidationError:  # its text would quote the line
        return Misunderstood()
    match request:
        case Identify(query=query):
            return service.identify(query)
        case AskStatus():
            return service.status()
        case Enrol():
            return service.enrol(request)
        case Tell(camera=camera, screen=screen):
            service.tell(camera, screen)
        case Wake():
            service.wake()
    return Nothing()


class _Caller(socketserver.StreamRequestHandler):
    timeout = _SILENT

    def handle(self) -> None:
        """Answer line after line until the caller hangs up."""
        assert isinstance(self.server, _Server)  # noqa: S101 - made there
        try:
            while (line := self.rfile.readline(MOST_BYTES)).endswith(b"\n"):
                answer = reply(self.server.service, line)
                self.wfile.write(answer.model_dump_json().encode() + b"\n")
        except OSError as fault:
            log.debug(fact("door.hung-up", why=type(fault).__name__))


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 16

    def __init__(self, path: str, service: Service) -> None:
        self.service = service
        super().__init__(path, _Caller)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Log that a call failed; its words may name a person, and a traceback would show them."""
        log.error(fact("door.fault"))


class Door:
    """The open door; `close` takes it down. Raises ConfigError when it cannot be made there."""

    def __init__(self, path: Path, service: Service) -> None:
        self._path = path
        path.unlink(missing_ok=True)  # left by a courier that was killed; we hold its lock
        try:
            self._server = _Server(str(path), service)
        except OSError as fault:
            raise ConfigError(f"data: {path}: no socket can be made here: {fault}") from None
        path.chmod(0o660)
        serve = self._server.serve_forever
        threading.Thread(target=serve, args=(0.1,), name="door", daemon=True).start()

    def close(self) -> None:
        """Take no more calls."""
        self._server.shutdown()
        self._server.server_close()
        self._path.unlink(missing_ok=True)
