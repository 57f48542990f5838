"""A real desk behind a real port, and a kiosk that is really enrolled at it."""

import secrets
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import uvicorn

from kiosk.backend import credential
from kiosk.backend.desk import Desk as Client
from kiosk.backend.wire import EnrolmentRequest, Heartbeat
from kiosk.clock import SystemClock
from kiosk.desk import book, devices, staff
from kiosk.desk.app import build
from kiosk.desk.desk import Desk
from kiosk.desk.settings import DeskSettings
from kiosk.domain.appointment import Appointment, Patient
from kiosk.domain.event import (
    ArrivalRecorded,
    Data,
    HelpRequested,
    IntakeCompleted,
    NeedStated,
    SessionAbandoned,
    SessionStarted,
    make,
)
from kiosk.domain.ident import uuid7
from kiosk.domain.outcome import Outcome

USER, PASSWORD = "front-desk", "a-password-for-tests"
ZONE = "Europe/London"
PRACTICE = f"""
name = "Main Street Practice"
timezone = "{ZONE}"
sites = [{{ code = "01", name = "Main Street" }}, {{ code = "02", name = "Riverside" }}]
"""


def morning(hour: int = 10, minute: int = 12) -> SystemClock:
    """A running clock that shows this time of a Monday now."""
    wanted = datetime(2026, 11, 23, hour, minute, tzinfo=ZoneInfo(ZONE))
    return SystemClock(wanted.astimezone(UTC) - datetime.now(UTC))


def booked(number: int, name: str, time: str, practitioner: str = "Dr. Chen") -> Appointment:
    """An appointment of that Monday for "Family, Given"."""
    family, _, given = name.partition(", ")
    start = datetime.fromisoformat(f"2026-11-23T{time}").replace(tzinfo=ZoneInfo(ZONE))
    patient = Patient(f"p{number}", family, given, date(1980, 1, 1))
    return Appointment(f"a{number}", patient, start, 15, "01", practitioner=practitioner)


class RunningDesk:
    """Starts, stops and starts again on the same port and data."""

    def __init__(self, folder: Path, clock: SystemClock) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "practice.toml").write_text(PRACTICE, encoding="utf-8")
        self.clock = clock
        self._settings = DeskSettings(
            data=folder / "data", practice=folder / "practice.toml", port=_free_port()
        )
        self.start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return self._settings.url

    def start(self) -> None:
        """Serve in a thread of its own."""
        app = build(self._settings, self.clock)
        self.desk: Desk = app.state.desk
        config = uvicorn.Config(
            app, port=self._settings.port, log_config=None, ws="none", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="desk-http")
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def first_login(self) -> None:
        """Make a login that may do everything."""
        self.desk.database.write(lambda conn: staff.put(conn, USER, PASSWORD, staff.ROLES))

    def stop(self) -> None:
        """End all streams and the server."""
        self.desk.feed.close()
        self._server.should_exit = True
        self._thread.join()

    def book(self, *rows: Appointment) -> None:
        """Take appointments into the schedule."""
        key = self.desk.policy.key
        self.desk.database.write(
            lambda conn: book.put(conn, rows, origin="file", zone=ZONE, key=key)
        )

    def kiosk(self, label: str = "Kiosk 1 (window)") -> "Lobby":
        """Enrol a kiosk with a one-time code."""
        now = self.clock.now()
        code = self.desk.database.write(lambda conn: devices.new_code(conn, label, "01", now))
        return Lobby(self.url, self.clock, code, label)


class Lobby:
    """A kiosk as the desk sees it: it signs and delivers over HTTP."""

    def __init__(self, url: str, clock: SystemClock, code: str, label: str) -> None:
        key, self._clock, self._sequence = credential.fresh(), clock, 0
        request = EnrolmentRequest(
            code=code, public_key=credential.public(key), label=label, hardware="", version="0"
        )
        with closing(Client(url, None, clock)) as client:
            self.device = client.enrol(request).device
        self._client = Client(url, credential.Credential(self.device, key), clock)

    def arrive(self, appointment: str, *needs: str, stopped: str = "", ago: int = 0) -> UUID:
        """Check somebody in, `ago` minutes ago; return the session."""
        rest = [NeedStated(need=need, appointment=appointment) for need in needs]
        ended = (
            SessionAbandoned(step=stopped, reason="idle", appointment=appointment)
            if stopped
            else IntakeCompleted(appointment=appointment)
        )
        arrival = ArrivalRecorded(appointment=appointment, outcome=Outcome.IN_TIME)
        return self.tell(SessionStarted(language="en"), arrival, *rest, ended, ago=ago)

    def ask_for_help(self, language: str = "en") -> UUID:
        """Press "Get help"."""
        return self.tell(HelpRequested(step="welcome", language=language))

    def beat(self) -> None:
        """Say how the kiosk is."""
        beat = Heartbeat(
            device=self.device,
            version="0",
            queue=0,
            oldest_s=0,
            parked=0,
            camera="ok",
            clock_ms=int(self._clock.now().timestamp() * 1000),
        )
        self._client.heartbeat(beat)

    def tell(self, *bodies: Data, ago: int = 0) -> UUID:
        """Deliver the events of one session."""
        now = self._clock.now() - timedelta(minutes=ago)
        session = _id(now)
        replies = self._client.events(self._batch(bodies, session, now))
        assert {reply.outcome for reply in replies} == {"accepted"}
        return session

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _batch(self, bodies: Sequence[Data], session: UUID, now: datetime) -> list[bytes]:
        batch = []
        for body in bodies:
            self._sequence += 1
            event = make(
                body,
                id=_id(now),
                source=f"/kiosks/{self.device}",
                subject=session,
                time=now,
                sequence=self._sequence,
            )
            batch.append(event.model_dump_json().encode())
        return batch


def _id(now: datetime) -> UUID:
    return uuid7(now, secrets.token_bytes(10))


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
