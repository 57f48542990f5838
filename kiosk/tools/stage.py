"""Desk, courier and kiosk as real processes with sample patients, for demo, tour and bench."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import requests

from kiosk.backend.folder import Folder, device
from kiosk.backend.local import CourierClient
from kiosk.backend.offline import OfflineDesk
from kiosk.clock import SystemClock, shift_to
from kiosk.config import PracticeSettings, load
from kiosk.domain.passcode import EnrolmentCode, read_enrolment
from kiosk.errors import Unreachable
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox
from kiosk.resources import shipped
from kiosk.tools.reception import Reception

READY_S = 60.0
_SAMPLE_LASTS = timedelta(minutes=5)
_DAY_FROM, _DAY_TO = 4, 20  # hours between which the sample day fits around the time it is
USER = "front-desk"


class Stage:
    """Starts and ends the processes; their state lies in one folder, their words in its logs."""

    def __init__(
        self, folder: Path, at: str | None = "", port: int = 0, *, sample: bool = True
    ) -> None:
        self.folder, self._sample = folder, sample
        self.port = port or free_port()
        self.practice = load(shipped("config", "practice.toml"), PracticeSettings)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.at, self.shift = ("", timedelta()) if at is None else _time(at, self.practice)
        self.clock = SystemClock(self.shift)
        self.device = folder / "device"
        self.desk = folder / "desk"
        for path in (self.device, self.desk):
            path.mkdir(parents=True, exist_ok=True)

    @property
    def address(self) -> str:
        """Where the board is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pids(self) -> dict[str, int]:
        """The processes' ids by name."""
        return {name: process.pid for name, process in self._processes.items()}

    @property
    def outbox(self) -> Outbox:
        """The device's outbox, opened once more beside the kiosk; close it after use."""
        files = Folder(self.device)
        sealer = KeyFileSealer.at(files.outbox_key)
        return Outbox(files.outbox, sealer, device(files).source, self.clock)

    @property
    def courier(self) -> CourierClient:
        """The door of this stage's courier."""
        files = Folder(self.device)
        return CourierClient(files.socket, self.clock, OfflineDesk(files, self.clock))

    @property
    def today(self) -> date:
        """The practice's day."""
        return self.clock.now().astimezone(ZoneInfo(self.practice.timezone)).date()

    def start(self) -> None:
        """Start desk and courier, load the sample day, enrol the device the first time.

        Raises Unreachable when one of them does not come up; the text names its log.
        """
        if self._sample and not self._sampled():
            self.command(*self._desk_words(), "sample")
            (self.folder / "sampled").write_text(self.clock.now().isoformat(), encoding="ascii")
        self.process("desk", *self._desk_words())
        self.process("courier", "courier", *self._device_words())
        self._wait("desk", self._healthy)
        self._remember_login()
        self._wait("courier", lambda: self.courier.status() is not None)
        if not self.enrolled:
            self._enrol()

    @property
    def enrolled(self) -> bool:
        """Tell whether the device is known to its desk, so that a kiosk can start at once."""
        return Folder(self.device).policy.exists()

    def _sampled(self) -> bool:
        """Tell whether the sample day was made around this time already, minutes ago."""
        try:
            text = (self.folder / "sampled").read_text(encoding="ascii")
            return abs(self.clock.now() - datetime.fromisoformat(text)) < _SAMPLE_LASTS
        except (OSError, ValueError):
            return False

    def start_courier(self) -> None:
        """Start the courier and wait until it answers. Raises Unreachable."""
        self.process("courier", "courier", *self._device_words())
        self._wait("courier", lambda: self.courier.status() is not None)

    def beside(self, folder: Path, copy: Sequence[str] = ()) -> "Stage":
        """Return a stage for a second device of the same practice, with copies of some files."""
        other = Stage(folder, self.at or None, self.port, sample=False)
        for name in copy:
            shutil.copy(self.device / name, other.device / name)
        return other

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Stop desk or courier for a while, and start it again."""
        self._processes[name].kill()
        self._processes[name].wait()
        try:
            yield
        finally:
            self.restart(name)

    def take_in(self, schedule: Path) -> None:
        """Import a schedule (CSV) into the desk. Raises Unreachable naming its bad rows."""
        self.command(*self._desk_words(), "import", str(schedule))

    def restart(self, name: str) -> None:
        """Kill desk or courier without a word, and start it again."""
        self._processes[name].kill()
        self._processes[name].wait()
        words = ("courier", *self._device_words()) if name == "courier" else self._desk_words()
        self.process(name, *words)

    def wait_for_delivery(self, seconds: float = READY_S) -> None:
        """Wait until the courier has delivered all that was recorded. Raises Unreachable."""
        outbox = self.outbox
        try:
            self._until(lambda: outbox.counts(self.clock.now()).pending == 0, seconds)
        finally:
            outbox.close()

    def wait_for_rows(self, least: int) -> None:
        """Wait until the kiosk's day cache holds that many rows. Raises Unreachable."""
        path = Folder(self.device).daycache

        def filled() -> bool:
            with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as cache:
                return int(cache.execute("SELECT count(*) FROM row").fetchone()[0]) >= least
            return False

        self._until(filled, READY_S)

    @staticmethod
    def _until(ready: Callable[[], bool], seconds: float) -> None:
        until = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > until:
                raise Unreachable("it does not come about in time")
            time.sleep(0.1)

    def kiosk(self, *words: str, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start the touchscreen."""
        return self.process("kiosk", "run", *self._device_words(), *words, env=env)

    def _device_words(self) -> tuple[str, ...]:
        shift = f"{self.shift.total_seconds():.3f}"
        return "--data", str(self.device), "--clock-shift", shift

    def _desk_words(self) -> tuple[str, ...]:
        data = ("--data", str(self.desk), "--port", str(self.port), "--demo")
        return "desk", *data, *(("--at", self.at) if self.at else ())

    def command(self, *words: str) -> str:
        """Run one command to its end and return what it printed. Raises Unreachable."""
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *words], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Unreachable(f"kiosk {words[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def process(
        self, name: str, *words: str, env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a command that stays, its words going to NAME.log."""
        with (self.folder / f"{name}.log").open("ab") as file:
            started = subprocess.Popen(
                [sys.executable, "-m", "kiosk", *words],
                stdout=file,
                stderr=file,
                stdin=subprocess.DEVNULL,
                env=os.environ | (env or {}),
            )
        self._processes[name] = started
        return started

    def _wait(self, name: str, ready: Callable[[], bool]) -> None:
        until = time.monotonic() + READY_S
        while time.monotonic() < until and self._processes[name].poll() is None:
            if ready():
                return
            time.sleep(0.05)
        raise Unreachable(f"{name} does not start; see {self.folder / f'{name}.log'}")

    def _healthy(self) -> bool:
        with suppress(requests.RequestException):
            return requests.get(f"{self.address}/healthz", timeout=1).ok
        return False

    def _remember_login(self) -> None:
        """The desk shows its first password once; the demonstration keeps it for every start."""
        path = self.folder / "login"
        if path.exists():
            return
        said = (self.folder / "desk.log").read_text(encoding="utf-8")
        words = next((line for line in said.splitlines() if "First login" in line), "").split()
        path.touch(mode=0o600)
        path.write_text(words[-1] if words else "", encoding="utf-8")

    @property
    def reception(self) -> Reception:
        """The front desk, logged in."""
        return Reception(self.address, *self.login)

    @property
    def login(self) -> tuple[str, str]:
        """The board's user and password."""
        return USER, (self.folder / "login").read_text(encoding="utf-8")

    def enrolment_text(self, label: str) -> str:
        """Return the text of a fresh one-time enrolment code."""
        said = self.command(*self._desk_words(), "enrol", "--label", label)
        lines = (line.strip() for line in said.splitlines())
        return next(line for line in lines if line.startswith("KE1:"))

    def _enrol(self) -> None:
        label = "Kiosk 1 (door)"
        code = read_enrolment(self.enrolment_text(label))
        if not isinstance(code, EnrolmentCode):
            raise Unreachable("the desk makes no enrolment code")
        refused = self.courier.enrol(code.address, code.ca_pin, code.code, label)
        if refused:
            raise Unreachable(f"the device could not be enrolled: {refused}")

    def stop(self) -> None:
        """End every process, the latest first; one that does not listen is killed."""
        ending = list(reversed(self._processes.values()))
        for process in ending:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        for process in ending:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes.clear()


def _time(at: str, practice: PracticeSettings) -> tuple[str, timedelta]:
    """Return the practice's time of day to play and how far that moves the clock.

    The sample day does not fit around a time near midnight: then it plays at ten in the morning.
    """
    now = SystemClock().now()
    if not at and _DAY_FROM <= now.astimezone(ZoneInfo(practice.timezone)).hour < _DAY_TO:
        return "", timedelta()
    at = at or "10:00"
    return at, shift_to(at, practice.timezone, now)


def free_port() -> int:
    """Return a free TCP port on this machine."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def taken(port: int) -> bool:
    """Tell whether somebody listens on a port of this machine."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0
