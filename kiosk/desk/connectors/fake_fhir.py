"""A practice system for demonstrations and tests: strict FHIR R4 on this machine, with bad habits.

It keeps everything in memory, insists on what real servers insist on (a version with every write,
a known status, at least one participant), and misbehaves on request as real ones were seen to.
"""

import socket
import threading
from collections import defaultdict, deque
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Literal, Self
from urllib.parse import parse_qsl, urlsplit

from kiosk.desk.connectors.fake_habits import GOOD, Fault, Habits
from kiosk.desk.connectors.fake_oauth import FakeClient, FakeOAuth
from kiosk.desk.connectors.fake_seed import resources_of
from kiosk.desk.connectors.fake_service import Answer, FakeService, outcome
from kiosk.desk.connectors.fake_store import KINDS, FakeStore
from kiosk.desk.connectors.fhir_json import dump, obj, parse
from kiosk.domain.appointment import Appointment
from kiosk.errors import ConfigError

_ROOT = "/fhir/r4"
_TOKEN = "/oauth2/token"  # noqa: S105 - a path
_ELSEWHERE = "https://elsewhere.invalid/fhir/r4"
_HTML = {"Content-Type": "text/html"}
_LETTERS = {"GET": "r", "POST": "c", "PUT": "u"}
_INSTEAD: dict[Fault, Answer] = {
    Fault.CONFLICT_409: outcome(409, "conflict"),
    Fault.STALE_412: outcome(412, "conflict"),
    Fault.LOCKED_423: outcome(423, "lock-error"),
    Fault.BUSY_429: replace(outcome(429, "throttled"), headers={"Retry-After": "7"}),
    Fault.FAILS_500: outcome(500, "exception"),
    Fault.HTML_502: Answer(502, b"<html><h1>Bad gateway</h1>", _HTML),
    Fault.DOWN_503: replace(
        outcome(503, "transient"), headers={"Retry-After": "Mon, 23 Nov 2026 09:01:00 GMT"}
    ),
    Fault.EXPIRED_401: outcome(401, "expired"),
    Fault.FORBIDDEN_403: outcome(403, "forbidden"),
    Fault.REFUSED_422: outcome(
        422, "business-rule", "Appointment.status", "Sample Canary, born 1970-01-01, is not due"
    ),
    Fault.MOVED_301: Answer(301, b"", {"Location": f"{_ELSEWHERE}/Appointment"}),
    Fault.LOGIN_PAGE_200: Answer(200, b"<html><form>Please log in</form>", _HTML),
    Fault.BAD_ASSERTION_400: Answer(400, b'{"error":"invalid_request"}'),
}


class FakeFhir:
    """The server: a context manager that listens on 127.0.0.1 while it is entered.

    `purpose` must say what it is for; ConfigError otherwise, so that it can't slip into a practice.
    `store` holds its resources; `asked` lists the requests it got as `GET Appointment/17`, and
    `queries` what stood behind their question marks.
    """

    def __init__(
        self,
        purpose: Literal["demo", "tests"],
        *,
        habits: Habits = GOOD,
        client: FakeClient | None = None,
        port: int = 0,
    ) -> None:
        if purpose not in ("demo", "tests"):
            raise ConfigError("the fake practice system is for demonstrations and tests only")
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.fake = self
        host = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.base_url = f"{host}{_ROOT}"
        self.token_url = f"{host}{_TOKEN}"
        self.habits = habits
        self.store = FakeStore("uuid" if habits.etags == "uuid" else "integer")
        self.service = FakeService(self.store, habits, self.base_url)
        self.oauth = FakeOAuth(client, self.token_url) if client else None
        self.asked: list[str] = []
        self.queries: list[str] = []
        self.stopping = threading.Event()
        self._script: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def book(self, *booked: Appointment, identifier_system: str = "") -> None:
        """Keep these appointments with their people and places."""
        for one in booked:
            for resource in resources_of(one, identifier_system=identifier_system):
                self.store.put(resource)

    def script(self, method: str, *faults: Fault) -> None:
        """Let the next requests of `method` (GET, PUT, or TOKEN) meet these faults, in order."""
        self._script[method].extend(faults)

    def fault(self, method: str) -> Fault | None:
        """Take the next scripted fault of `method`."""
        waiting = self._script[method]
        return waiting.popleft() if waiting else None

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeFhir

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a client hangs up: that is half of what this server is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: `asked` has it."""

    def _serve(self) -> None:
        fake = self.server.fake
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts = urlsplit(self.path)
        fake.asked.append(f"{self.command} {parts.path.removeprefix(_ROOT + '/')}")
        fake.queries.append(parts.query)
        fault = fake.fault("TOKEN" if parts.path == _TOKEN else self.command)
        if fault in (Fault.EDITED_MEANWHILE, Fault.ARRIVED_MEANWHILE):
            changed = {"status": "arrived"} if fault is Fault.ARRIVED_MEANWHILE else {}
            fake.store.put(dict(obj(parse(body))) | {"status": "booked"} | changed)
        answer = _INSTEAD.get(fault) if fault else None
        if answer and fake.habits.retry_after and "Retry-After" in answer.headers:
            answer = replace(answer, headers={"Retry-After": fake.habits.retry_after})
        self._reply(answer or self._answer(body), fault)

    def _answer(self, body: bytes) -> Answer:
        fake, path = self.server.fake, urlsplit(self.path).path
        if path == _TOKEN:
            return self._token(body)
        if fake.oauth and path == f"{_ROOT}/.well-known/smart-configuration":
            return Answer(200, dump({"token_endpoint": fake.token_url}))
        kind, _, own_id = path.removeprefix(f"{_ROOT}/").partition("/")
        if kind not in KINDS:
            return outcome(404, "not-supported")
        letter = "s" if self.command == "GET" and not own_id else _LETTERS[self.command]
        return self._denied(kind, letter) or self._fhir(kind, own_id, body)

    def _fhir(self, kind: str, own_id: str, body: bytes) -> Answer:
        service = self.server.fake.service
        if self.command == "POST":
            return service.create(kind, body)
        if self.command == "PUT":
            return service.update(kind, own_id, body, self.headers.get("If-Match", ""))
        if own_id:
            return service.read(kind, own_id)
        if kind != "Appointment":
            return outcome(400, "not-supported")
        return service.search(parse_qsl(urlsplit(self.path).query))

    def _denied(self, kind: str, letter: str) -> Answer | None:
        oauth = self.server.fake.oauth
        status = oauth.status(self.headers.get("Authorization", ""), kind, letter) if oauth else 200
        return outcome(status, "forbidden" if status == 403 else "login") if status != 200 else None

    def _token(self, body: bytes) -> Answer:
        fake = self.server.fake
        if fake.oauth is None:
            return outcome(404, "not-supported")
        form = dict(parse_qsl(body.decode("utf-8", "replace")))
        granted = fake.oauth.grant(form, self.headers.get("Authorization", ""))
        if isinstance(granted, str):
            return Answer(fake.habits.bad_client_status, dump({"error": granted}))
        return Answer(200, dump(granted))

    def _reply(self, answer: Answer, fault: Fault | None) -> None:
        body = _misled(answer.body) if fault is Fault.NEXT_ELSEWHERE else answer.body
        if fault is Fault.LOST_REPLY:
            self._drop()
            return
        if fault is Fault.SLOW:
            self.server.fake.stopping.wait(5)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._body(body, fault)

    def _body(self, body: bytes, fault: Fault | None) -> None:
        if fault is Fault.TRICKLE:
            for byte in body:
                self.wfile.write(bytes([byte]))
                if self.server.fake.stopping.wait(0.05):
                    return
        elif fault is Fault.TRUNCATED:
            self.wfile.write(body[: len(body) // 2])
            self._drop()
        else:
            self.wfile.write(body)

    def _drop(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)


def _misled(body: bytes) -> bytes:
    link = {"relation": "next", "url": f"{_ELSEWHERE}/Appointment?page=2"}
    return dump(dict(obj(parse(body))) | {"link": [link]})
