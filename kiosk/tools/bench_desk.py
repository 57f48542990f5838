"""How fast the desk keeps events: durable ones a second, and how soon a watcher sees them.

A real `kiosk desk` process on this machine, SQLite with synchronous=FULL. The clients are threads
of this process: they sign each request as kiosks do, but send it with the standard library, because
`requests` takes as much of a core for a request as the desk does, and they share one.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles

import requests
from sqlalchemy.engine import Connection

from kiosk.backend import credential
from kiosk.backend.credential import Credential
from kiosk.backend.desk import Desk
from kiosk.backend.wire import EnrolmentRequest
from kiosk.clock import SystemClock
from kiosk.desk import devices, staff
from kiosk.desk.auth import COOKIE
from kiosk.desk.database import Database
from kiosk.domain.event import BATCH_TYPE, ArrivalRecorded, make
from kiosk.domain.ident import uuid7
from kiosk.domain.outcome import Outcome
from kiosk.errors import Unreachable

_SECONDS = 4.0
_CASES = ((1, 1), (16, 1), (64, 1), (16, 50))  # clients, events in a request
_WATCHED = 20
_CLOCK = SystemClock()
_START = "import sys; from kiosk.desk.commands import main; sys.exit(main(sys.argv[1:]))"

Row = dict[str, object]


def rows(seconds: float = _SECONDS) -> list[Row]:
    """Measure; each row has what, value and unit. Raises Unreachable when the desk won't start."""
    with tempfile.TemporaryDirectory() as folder, _running(Path(folder)) as running:
        seen = list(_seen(running))
        rates = [row for case in _CASES for row in _rate(running, *case, seconds)]
        return [*rates, *seen]


@dataclass(frozen=True, slots=True)
class _Running:
    address: str
    database: Database
    process: int

    def client(self) -> "_Client":
        """Enrol a kiosk."""
        now = _CLOCK.now()
        code = self.database.write(lambda conn: devices.new_code(conn, "Bench", "01", now))
        key = credential.fresh()
        request = EnrolmentRequest(
            code=code, public_key=credential.public(key), label="", hardware="", version=""
        )
        enrolled = Desk(self.address, None, _CLOCK).enrol(request)
        return _Client(Credential(enrolled.device, key), self.address)

    def cookie(self) -> str:
        """Open a session of a member of staff."""
        now = _CLOCK.now()

        def opened(conn: Connection) -> str:
            staff.put(conn, "bench", secrets.token_urlsafe(16))
            return staff.open_session(conn, "bench", frozenset({"front-desk"}), now).token

        return f"{COOKIE}={self.database.write(opened)}"


@dataclass(slots=True)
class _Client:
    """One kiosk with its own connection."""

    credential: Credential
    address: str
    http: HTTPConnection = field(init=False)
    sent: int = 0

    def __post_init__(self) -> None:
        self.http = HTTPConnection(self.address.removeprefix("http://"), timeout=20)
        self.http.connect()
        self.http.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, number: int) -> None:
        """Hand over so many new events. Raises Unreachable unless each of them is accepted."""
        batch = [self._event() for _ in range(number)]
        token = self.credential.bearer(f"{self.address}/api/v1", _CLOCK.now(), os.urandom(16).hex())
        headers = {"Authorization": f"Bearer {token}", "Content-Type": BATCH_TYPE}
        try:
            self.http.request("POST", "/api/v1/events", b"[" + b",".join(batch) + b"]", headers)
            answer = self.http.getresponse().read()
        except (OSError, HTTPException) as fault:
            raise Unreachable(type(fault).__name__) from None
        if answer.count(b'"accepted"') != number:
            raise Unreachable("the desk did not accept an event")

    def _event(self) -> bytes:
        self.sent += 1
        now = _CLOCK.now()
        session = uuid7(now, os.urandom(10))
        event = make(
            ArrivalRecorded(appointment=f"bench-{session}", outcome=Outcome.IN_TIME),
            id=uuid7(now, os.urandom(10)),
            source=f"/kiosks/{self.credential.device}",
            subject=session,
            time=now,
            sequence=self.sent,
        )
        return event.model_dump_json().encode()


@contextmanager
def _running(folder: Path) -> Iterator[_Running]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    (folder / "practice.toml").write_text(
        'name = "Bench"\nsites = [{ code = "01", name = "Bench" }]\n', encoding="utf-8"
    )
    words = ["--data", str(folder / "data"), "--practice", str(folder / "practice.toml")]
    command = [sys.executable, "-c", _START, *words, "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, address)
            database = Database(f"sqlite:///{folder / 'data' / 'desk.db'}")
            yield _Running(address, database, process.pid)
            database.close()
        finally:
            process.terminate()


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            if requests.get(f"{address}/healthz", timeout=1).ok:
                return
        except requests.RequestException:
            time.sleep(0.05)
    raise Unreachable("the desk does not start")


def _rate(running: _Running, clients: int, batch: int, seconds: float) -> Iterator[Row]:
    """Let each client send for a while, as fast as it is answered."""
    ready = [running.client() for _ in range(clients)]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(clients) as pool:
        parts = pool.map(lambda each: _send(each, batch, until), ready)
        took = [one for part in parts for one in part]
    for client in ready:
        client.http.close()
    name = f"desk, {clients} client{'s' if clients > 1 else ''}, {batch} a request"
    yield {"what": f"{name}: durable events", "value": len(took) * batch / seconds, "unit": "1/s"}
    yield {"what": f"{name}: answered p50", "value": _at(took, 50) * 1000, "unit": "ms"}
    yield {"what": f"{name}: answered p95", "value": _at(took, 95) * 1000, "unit": "ms"}
    yield {"what": f"{name}: answered p99", "value": _at(took, 99) * 1000, "unit": "ms"}


def _send(client: _Client, batch: int, until: float) -> list[float]:
    took: list[float] = []
    while time.monotonic() < until:
        begun = time.monotonic()
        client.send(batch)
        took.append(time.monotonic() - begun)
    return took


def _seen(running: _Running) -> Iterator[Row]:
    """From sending an event to its board on a watcher's stream, one event at a time."""
    client = running.client()
    heard = threading.Semaphore(0)
    headers = {"Cookie": running.cookie()}
    url = f"{running.address}/api/v1/board/stream"
    took = []
    with requests.get(url, headers=headers, stream=True, timeout=20) as stream:
        watcher = threading.Thread(target=_watch, args=(stream, heard), daemon=True)
        watcher.start()
        heard.acquire(timeout=10)
        for _ in range(_WATCHED):
            begun = time.monotonic()
            client.send(1)
            if heard.acquire(timeout=10):
                took.append(time.monotonic() - begun)
    client.http.close()
    yield {"what": "desk: sent to board, p50", "value": _at(took, 50) * 1000, "unit": "ms"}
    yield {"what": "desk: sent to board, p95", "value": _at(took, 95) * 1000, "unit": "ms"}


def _watch(stream: requests.Response, heard: threading.Semaphore) -> None:
    """Count whole boards: an event ends with an empty line."""
    read = b""
    with suppress(requests.RequestException, AttributeError, ValueError):  # closed by the bench
        for chunk in stream.iter_content(chunk_size=None):
            read += chunk
            while b"\n\n" in read:
                event, _, read = read.partition(b"\n\n")
                if b"event: board" in event:
                    heard.release()


def _at(values: list[float], percent: int) -> float:
    if len(values) < 2:
        return values[0] if values else float("nan")
    return quantiles(values, n=100, method="inclusive")[percent - 1]
