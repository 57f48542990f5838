"""A kiosk without a screen in front of a real desk: check-in, day cache, outbox, board."""

import json
import os
import resource
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from outbox.hands import HandClock

from kiosk.backend import folder
from kiosk.backend.daycache import DayCache
from kiosk.backend.folder import Folder
from kiosk.backend.offline import OfflineDesk
from kiosk.backend.wire import Config, Schedule
from kiosk.checkin import CheckIn, Identify, Moment, Record, Request, Update
from kiosk.checkin.state import Practice
from kiosk.config import KioskPolicy
from kiosk.desk import app, book, daylist, receive, sample
from kiosk.desk.boardmodels import BoardState
from kiosk.desk.desk import Desk
from kiosk.desk.settings import DeskSettings
from kiosk.domain.event import Data, Event
from kiosk.domain.ident import uuid7
from kiosk.domain.identify import Answer, Query
from kiosk.domain.needs import read_table
from kiosk.errors import StorageError
from kiosk.i18n.catalog import Catalogue
from kiosk.intake.flows import check_in
from kiosk.intake.view import StepView
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox
from kiosk.resources import shipped

DEVICE = "k-journeys"
LABEL = "Kiosk 1 (door)"
DAY = (2030, 5, 14)
MOST = 1000


def clock_at(time: str, zone: str) -> HandClock:
    """Return a clock that shows a time of day of the practice."""
    hour, minute = map(int, time.split(":"))
    local = datetime(*DAY, hour, minute, tzinfo=ZoneInfo(zone))
    return HandClock(local.astimezone(UTC))


def prepared(data: Path, clock: HandClock) -> None:
    """Make a desk with the sample day around the clock's time in its book."""
    desk = app.assemble(DeskSettings(data=data), clock)
    rows = sample.day(desk.policy.practice, desk.site, clock.now())
    zone, key = desk.policy.zone, desk.policy.key
    desk.database.write(lambda conn: book.put(conn, rows, origin="sample", zone=zone, key=key))
    closed(desk)


def closed(desk: Desk) -> None:
    """End a desk."""
    desk.feed.close()
    desk.database.close()


class Line:
    """What the courier does for the kiosk: asks the desk, or the day cache (`ports.Identifier`)."""

    def __init__(self, desk: Desk, offline: OfflineDesk, clock: HandClock) -> None:
        self._desk, self._offline, self._clock = desk, offline, clock
        self.online = True

    def identify(self, query: Query) -> Answer:
        if not self.online:
            return self._offline.identify(query)
        now, site = self._clock.now(), self._desk.site
        answer = self._desk.identification.answer(query, now=now, site=site, device=DEVICE)
        self._offline.learn(query, answer)
        return answer


class Disk:
    """The real outbox, on a disk that may be full (`ports.Recorder`)."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.full = False

    def record(self, session: UUID, bodies: Sequence[Data]) -> list[UUID]:
        if not self.full:
            return self.outbox.record(session, bodies)
        with _no_file_grows():
            return self.outbox.record(session, bodies)


@contextmanager
def _no_file_grows() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@dataclass(frozen=True)
class End:
    """A last screen, and the types of all that was on the kiosk's disk when it showed."""

    view: StepView
    on_disk: frozenset[str]


@dataclass
class Lobby:
    """One kiosk, one desk, and a person's hands."""

    desk: Desk
    clock: HandClock
    line: Line
    disk: Disk
    checkin: CheckIn
    ends: list[End] = field(default_factory=list)
    sent: list[Event] = field(default_factory=list)

    @property
    def view(self) -> StepView:
        return self.checkin.view

    def press(self, node: str) -> None:
        self._carry_out(self.checkin.press(node, self._now()))

    def scan(self, text: str) -> None:
        self._carry_out(self.checkin.scanned(text, self._now()))

    def wait(self, seconds: float) -> None:
        self.clock.pass_by(seconds)
        self._carry_out(self.checkin.tick(self._now()))

    def link(self, online: bool) -> None:
        self.line.online = online
        self._carry_out(self.checkin.device(self._now(), online=online))
        self._deliver()

    def pass_of(self, patient: str) -> str:
        """Return the text of a patient's code, as the desk prints it."""
        id_ = self.appointment(patient)
        with self.desk.database.read() as conn:
            rows = book.passes_of(conn, [id_])
        return book.text_of(self.desk.policy.key, rows[-1])

    def appointment(self, patient: str) -> str:
        """Return the id of a patient's appointment."""
        zone = ZoneInfo(self.desk.policy.zone)
        return sample.appointment_id(patient, self.clock.now().astimezone(zone).date())

    def recorded(self) -> list[Event]:
        """Return everything that is on the kiosk's disk, delivered or not, in order."""
        due = self.disk.outbox.due(self.clock.now(), MOST)
        return [*self.sent, *(Event.model_validate_json(one.body) for one in due)]

    def board(self) -> BoardState:
        """Return the board after the link is back and everything has been delivered."""
        self.line.online = True
        self._deliver()
        return self.desk.view.board(self.clock.now())

    def _now(self) -> Moment:
        return Moment(self.clock.now(), self.clock.monotonic())

    def _carry_out(self, update: Update) -> None:
        """Do what was asked for, one thing after the other, as the kiosk's threads do."""
        if update.view.step in {"done", "outcome"}:
            types = frozenset(event.type for event in self.recorded())
            self.ends.append(End(update.view, types))
        for request in update.requests:
            self._carry_out(self.checkin.outcome(request.id, self._done(request), self._now()))

    def _done(self, request: Request) -> object:
        if isinstance(request, Identify):
            return self.line.identify(request.query)
        return self._kept(request)

    def _kept(self, record: Record) -> bool:
        try:
            self.disk.record(record.session, record.bodies)
        except StorageError:
            return False
        self._deliver()
        return True

    def _deliver(self) -> None:
        due = self.disk.outbox.due(self.clock.now(), MOST) if self.line.online else []
        if not due:
            return
        now, source = self.clock.now(), f"/kiosks/{DEVICE}"
        checked = [receive.check(json.loads(one.body), source) for one in due]
        replies = self.desk.database.write(
            lambda conn: receive.keep(
                conn,
                checked,
                now=now,
                policy=self.desk.policy,
                device=DEVICE,
                site=self.desk.site,
            )
        )
        assert {reply.outcome for reply in replies} == {"accepted"}
        self.sent += [Event.model_validate_json(one.body) for one in due]
        self.disk.outbox.mark(replies, now)


@contextmanager
def lobby(template: Path, place: Path, clock: HandClock, link: str) -> Iterator[Lobby]:
    """Open a lobby with a copy of a prepared desk; `link` is as in a journey."""
    shutil.copytree(template, place / "desk")
    desk = app.assemble(DeskSettings(data=place / "desk"), clock)
    try:
        made = _made(desk, place / "device", clock, listed=link != "cut-off")
        if link != "online":
            made.link(False)
        yield made
        made.disk.outbox.close()
    finally:
        closed(desk)


def _made(desk: Desk, place: Path, clock: HandClock, *, listed: bool) -> Lobby:
    place.mkdir()
    files = Folder(place)
    practice = desk.policy.practice
    config = Config(practice=practice, site=desk.site, device=DEVICE, label=LABEL, demo=True)
    folder.write(files.policy, config.model_dump_json().encode())
    DayCache(files.daycache).apply(_schedule(desk, clock, listed=listed), "")
    policy = KioskPolicy.model_validate(config.model_dump())
    words = Catalogue(shipped("assets", "locale"), practice.timezone, practice.territory)
    table = read_table(shipped("assets", "needs.toml"))
    flow = check_in(practice.parts)
    fixed = Practice(policy, words, table, flow, _mint, speaks=frozenset(practice.languages))
    line = Line(desk, OfflineDesk(files, clock), clock)
    sealer = KeyFileSealer.at(files.outbox_key)
    disk = Disk(Outbox(files.outbox, sealer, f"/kiosks/{DEVICE}", clock))
    checkin = CheckIn(fixed, Moment(clock.now(), clock.monotonic()))
    return Lobby(desk, clock, line, disk, checkin)


def _mint(at: datetime) -> UUID:
    return uuid7(at, os.urandom(10))


def _schedule(desk: Desk, clock: HandClock, *, listed: bool) -> Schedule:
    if not listed:
        return Schedule(cursor="", full=True)
    with desk.database.read() as conn:
        return daylist.since(conn, desk.policy, clock.now(), "")
