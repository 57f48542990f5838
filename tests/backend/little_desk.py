"""A small desk on a real socket that keeps the contract, and breaks it on request."""

import contextlib
import json
import os
import socket
import ssl
import struct
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from kiosk.domain.identify import Answer
from kiosk.domain.outcome import Outcome

CONFIG = {
    "practice": {"name": "Example Practice", "sites": [{"code": "H1", "name": "High Street"}]},
    "site": "H1",
    "device": "k1",
    "label": "Lobby",
    "demo": True,
}
PROBLEM = {"code": "bad-request", "message": "no"}


class _AnyName(JWSRegistry):
    def get_alg(self, name: str) -> object:  # type: ignore[override]
        return self.algorithms[name]


@dataclass
class LittleDesk:
    """What it was told and what it answers; `modes[path]` is used up one request at a time."""

    port: int = 0
    scheme: str = "http"
    events: dict[str, dict[str, object]] = field(default_factory=dict)
    batches: list[list[str]] = field(default_factory=list)
    beats: list[dict[str, object]] = field(default_factory=list)
    queries: list[dict[str, object]] = field(default_factory=list)
    enrolments: list[dict[str, object]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    modes: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    always: dict[str, str] = field(default_factory=dict)
    refuse: Callable[[dict[str, object]], str] = lambda _event: ""
    reject: Callable[[list[dict[str, object]]], str] = lambda _batch: ""
    answer: Answer = field(default_factory=lambda: Answer(outcome=Outcome.IN_TIME))
    schedule: dict[str, object] = field(
        default_factory=lambda: {"cursor": "c0", "full": True, "rows": [], "gone": []}
    )
    ca_pem: str = ""
    ahead: float = 0.0  # s its clock is ahead of the machine's
    keys: dict[str, OKPKey] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    slow: float = 3.0
    guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def now(self) -> float:
        return time.time() + self.ahead

    def mode(self, path: str) -> str:
        with self.guard:
            left = self.modes[path]
            return left.popleft() if left else self.always.get(path, "")

    def token_fault(self, header: str) -> str:
        """Say what is wrong with a bearer token; nothing while no key is known."""
        if not self.keys:
            return ""
        try:
            key = next(iter(self.keys.values()))
            token = jwt.decode(header.removeprefix("Bearer "), key, registry=_AnyName())
        except Exception as fault:  # noqa: BLE001 - any fault is a refusal
            return type(fault).__name__
        claims = token.claims
        if claims["aud"] != f"{self.address}/api/v1" or claims["iss"] != claims["sub"]:
            return "audience"
        if not (claims["iat"] - 5 <= self.now() <= claims["exp"] <= self.now() + 300):
            return "time"
        if claims["jti"] in self.seen or claims["iss"] not in self.keys:
            return "replayed"
        self.seen.add(claims["jti"])
        return ""

    def reply(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, object]:
        """Answer as the contract says."""
        with self.guard:
            if path == "/enrolments":
                return self._enrol(json.loads(body))
            fault = self.token_fault(headers.get("Authorization", ""))
            if fault:
                return 401, {"code": fault, "message": ""}
            return getattr(self, "_" + path.strip("/"))(body)  # type: ignore[no-any-return]

    def _enrol(self, asked: dict[str, object]) -> tuple[int, object]:
        self.enrolments.append(asked)
        if asked["code"] != "GOODCODE":
            return 403, {"code": "unknown-code", "message": ""}
        public = asked["public_key"]
        assert isinstance(public, dict)
        self.keys = {"k1": OKPKey.import_key(public)}
        told = {"device": "k1", "site": "H1", "label": asked["label"], "ca_pem": self.ca_pem}
        return 201, told | {"config": CONFIG}

    def _events(self, body: bytes) -> tuple[int, object]:
        batch = json.loads(body)
        self.batches.append([event["id"] for event in batch])
        rejected = self.reject(batch)
        if rejected:
            return int(rejected), PROBLEM
        return 200, [self._take(event) for event in batch]

    def _take(self, event: dict[str, object]) -> dict[str, str]:
        id, code = str(event["id"]), self.refuse(event)
        if code:
            return {"id": id, "outcome": "refused", "code": code}
        outcome = "duplicate" if id in self.events else "accepted"
        self.events.setdefault(id, event)
        return {"id": id, "outcome": outcome, "code": ""}

    def _identify(self, body: bytes) -> tuple[int, object]:
        self.queries.append(json.loads(body))
        return 200, self.answer.model_dump(mode="json")

    def _heartbeats(self, body: bytes) -> tuple[int, object]:
        self.beats.append(json.loads(body))
        return 200, {"clock_ms": round(self.now() * 1000)}

    def _schedule(self, _body: bytes) -> tuple[int, object]:
        return 200, self.schedule

    def _config(self, _body: bytes) -> tuple[int, object]:
        return 200, CONFIG


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(timestamp or self.server.desk.now())

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def _answer(self, body: bytes) -> None:
        desk = self.server.desk
        path = urlsplit(self.path).path.removeprefix("/api/v1")
        headers = dict(self.headers)
        desk.asked.append((self.path, headers))
        mode = desk.mode(path)
        if mode in {"lost", ""} or mode.startswith("slow"):
            status, content = desk.reply(path, headers, body)
            if mode == "slow":
                time.sleep(desk.slow)
            if mode != "lost":
                self._send(status, json.dumps(content).encode())
                return
        self._misbehave(mode)

    def _misbehave(self, mode: str) -> None:
        kind, _, more = mode.partition(" ")
        if kind in {"lost", "reset"}:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            os.close(self.connection.detach())  # a reset, though files on the socket are open
        elif kind == "half":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{")
            self.connection.shutdown(socket.SHUT_RDWR)
        elif kind == "html":
            self._send(int(more), b"<html><h1>Proxy</h1></html>", {"Content-Type": "text/html"})
        elif kind == "after":
            status, _, seconds = more.partition(" ")
            self._send(int(status), b"{}", {"Retry-After": seconds})
        elif kind == "garbage":
            self._send(200, b'{"hello": ["' + b"\x00\xff" * 20)
        else:
            self._send(int(kind), json.dumps(PROBLEM).encode())

    def _send(self, status: int, body: bytes, more: dict[str, str] | None = None) -> None:
        tag = f'"{hash(body)}"'
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "ETag": tag, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, desk: LittleDesk, port: int) -> None:
        self.desk = desk
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is part of the test."""


@contextlib.contextmanager
def serving(desk: LittleDesk, tls: Path | None = None) -> Iterator[LittleDesk]:
    """Serve the desk, with the chain and key in one PEM file when `tls` names it."""
    server = _Server(desk, desk.port)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        desk.scheme = "https"
    desk.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
