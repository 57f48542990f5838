"""What the desk's tests share: a practice, a clock one can set, a served desk, a kiosk."""

import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import requests
import uvicorn
from fastapi import FastAPI
from sqlalchemy.engine import Connection

from kiosk.backend.credential import Credential, fresh, public
from kiosk.backend.wire import EnrolmentRequest
from kiosk.desk import app as desk_app
from kiosk.desk import book, devices, sample, staff
from kiosk.desk.auth import COOKIE
from kiosk.desk.boardstate import Device
from kiosk.desk.desk import Desk
from kiosk.desk.settings import DeskSettings
from kiosk.desk.tables import USERS
from kiosk.domain.event import BATCH_TYPE, Data, Event, make
from kiosk.domain.ident import uuid7

PRACTICE = """
name = "Sample Practice"
timezone = "Europe/London"
languages = ["en", "es", "ar", "hi", "zh-Hans"]

[[sites]]
code = "01"
name = "Main Street"

[[sites]]
code = "02"
name = "Riverside"
directions = "Tram 4 to Riverside, then the red door."
"""
NOON = datetime(2030, 5, 14, 11, 0, tzinfo=UTC)  # 12:00 in London


@dataclass
class HandClock:
    """A clock that stands until it is moved; monotonic time follows it."""

    at: datetime = NOON

    def now(self) -> datetime:
        """Return the time it shows."""
        return self.at

    def monotonic(self) -> float:
        """Return the same time in seconds."""
        return self.at.timestamp()

    def move(self, **by: float) -> None:
        """Move on by a timedelta's parts."""
        self.at += timedelta(**by)


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_in(folder: Path, **more: object) -> DeskSettings:
    """Return settings of a desk that lives in `folder`."""
    practice = folder / "practice.toml"
    practice.write_text(PRACTICE, encoding="utf-8")
    values: dict[str, object] = {"data": folder / "desk", "practice": practice, "demo": True}
    return DeskSettings.model_validate(values | {"port": free_port()} | more)


@contextmanager
def serving(app: FastAPI, settings: DeskSettings) -> Iterator[None]:
    """Serve an application with uvicorn in a thread."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        date_header=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        yield
    finally:
        app.state.desk.feed.close()
        server.should_exit = True
        thread.join()


@contextmanager
def process(words: Sequence[str], port: int) -> Iterator["subprocess.Popen[str]"]:
    """Run `kiosk desk` as a process of its own and wait until it listens."""
    code = "import sys; from kiosk.desk.commands import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *words, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running_desk:
        try:
            while running_desk.poll() is None and not _listens(port):
                time.sleep(0.05)
            yield running_desk
        finally:
            running_desk.kill()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Kiosk:
    """An enrolled kiosk that speaks plain HTTP with the desk."""

    base: str
    credential: Credential
    clock: HandClock
    http: requests.Session = field(default_factory=requests.Session)
    sequence: int = 0

    @property
    def id(self) -> str:
        """Its id at the desk."""
        return self.credential.device

    @property
    def source(self) -> str:
        """The source of its events."""
        return f"/kiosks/{self.id}"

    def headers(self) -> dict[str, str]:
        """Return a fresh token, good for one request."""
        token = self.credential.bearer(self.base, self.clock.now(), secrets.token_hex(16))
        return {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **more: Any) -> requests.Response:
        """GET a path of the API."""
        headers = self.headers() | more.pop("headers", {})
        return self.http.get(self.base + path, headers=headers, timeout=10, **more)

    def post(self, path: str, json: object) -> requests.Response:
        """POST JSON to a path of the API."""
        return self.http.post(self.base + path, json=json, headers=self.headers(), timeout=10)

    def identify(self, **query: object) -> dict[str, Any]:
        """Ask who somebody is."""
        answer = self.post("/identify", query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def event(self, session: UUID, body: Data) -> Event:
        """Make an event that happened now."""
        self.sequence += 1
        now = self.clock.now()
        return make(
            body,
            id=uuid7(now, secrets.token_bytes(10)),
            source=self.source,
            subject=session,
            time=now,
            sequence=self.sequence,
        )

    def send(self, *events: Event | dict[str, Any]) -> list[dict[str, Any]]:
        """Deliver events as one batch; returns the desk's answers."""
        items = [e.model_dump(mode="json") if isinstance(e, Event) else e for e in events]
        answer = self.http.post(
            self.base + "/events",
            json=items,
            headers=self.headers() | {"Content-Type": BATCH_TYPE},
            timeout=10,
        )
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()
        return replies

    def session(self) -> UUID:
        """Mint a session."""
        return uuid7(self.clock.now(), secrets.token_bytes(10))


@dataclass
class Browser:
    """A logged-in member of staff."""

    base: str
    http: requests.Session
    csrf: str

    def board(self) -> dict[str, Any]:
        """Return the board."""
        answer = self.http.get(self.base + "/board", timeout=10)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def post(self, path: str, json: object) -> requests.Response:
        """POST JSON with the CSRF token."""
        headers = {"X-CSRF-Token": self.csrf}
        return self.http.post(self.base + path, json=json, headers=headers, timeout=10)

    def act(self, type_: str, **data: object) -> requests.Response:
        """Do something as staff do."""
        return self.post("/staff/events", {"type": type_, "data": data})


@dataclass
class Served:
    """A desk over real HTTP, with the sample day in its book."""

    settings: DeskSettings
    clock: HandClock
    desk: Desk

    @property
    def base(self) -> str:
        """Where its API is."""
        return f"{self.settings.url}/api/v1"

    def enrol(self, label: str = "Kiosk 1 (door)", site: str = "01") -> Kiosk:
        """Enrol a new kiosk with a one-time code, as a person would."""
        now = self.clock.now()
        code = self.desk.database.write(lambda conn: devices.new_code(conn, label, site, now))
        key = fresh()
        request = EnrolmentRequest(
            code=code, public_key=public(key), label="", hardware="test", version="0"
        )
        url = self.base + "/enrolments"
        answer = requests.post(url, json=request.model_dump(), timeout=10)
        assert answer.status_code == 201, answer.text
        return Kiosk(self.base, Credential(answer.json()["device"], key), self.clock)

    def login(self, user: str = "maya", *roles: str) -> Browser:
        """Make a user and open a session (`test_staff` goes through the login itself)."""
        given = roles or staff.ROLES
        now = self.clock.now()

        def opened(conn: Connection) -> staff.Login:
            conn.execute(USERS.insert().values(name=user, hash="", roles=",".join(given)))
            return staff.open_session(conn, user, frozenset(given), now)

        found = self.desk.database.write(opened)
        http = requests.Session()
        http.headers["Cookie"] = f"{COOKIE}={found.token}"
        return Browser(self.base, http, found.member.csrf)

    def code_of(self, patient: str) -> str:
        """Return the pass of a made-up patient."""
        appointment = self.appointment(patient)
        with self.desk.database.read() as conn:
            rows = book.passes_of(conn, [appointment])
        return book.text_of(self.desk.policy.key, rows[-1])

    def appointment(self, patient: str) -> str:
        """Return the id of a made-up patient's appointment."""
        return sample.appointment_id(patient, NOON.date())


@contextmanager
def running(folder: Path, **more: object) -> Iterator[Served]:
    """Serve a desk with the sample day around noon; `more` are settings."""
    settings, clock = settings_in(folder, **more), HandClock()
    app = desk_app.build(settings, clock)
    desk: Desk = app.state.desk
    load_sample(desk)
    with serving(app, settings):
        yield Served(settings, clock, desk)


def load_sample(desk: Desk, origin: str = "sample") -> None:
    """Put the sample day around noon into a desk's book."""
    policy = desk.policy
    rows = sample.day(policy.practice, desk.site, NOON)
    desk.database.write(
        lambda conn: book.put(conn, rows, origin=origin, zone=policy.zone, key=policy.key)
    )


def cards(board: dict[str, Any], column: str) -> Sequence[dict[str, Any]]:
    """Return the cards of one column."""
    found: Sequence[dict[str, Any]] = next(
        one["cards"] for one in board["columns"] if one["id"] == column
    )
    return found


def card(board: dict[str, Any], appointment: str) -> dict[str, Any]:
    """Return the one card of an appointment."""
    found = [
        one
        for column in board["columns"]
        for one in column["cards"]
        if one["appointment"] == appointment
    ]
    assert len(found) == 1
    return dict(found[0])


def a_device(**more: Any) -> Device:
    """Return a kiosk as the board knows it."""
    values: dict[str, Any] = {"id": "k-1", "label": "Kiosk 1", "site": "01", "enrolled": NOON}
    return Device(**values | more)
