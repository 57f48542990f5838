"""Passing on: nothing lost, nothing invented, nobody held up; the other system can be broken."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from kiosk.desk import book, outgoing, receive, sample
from kiosk.desk.app import assemble
from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_habits import GOOD, Fault
from kiosk.desk.connectors.fake_seed import SITE_SYSTEM
from kiosk.desk.connectors.fhir import FhirConnector
from kiosk.desk.connectors.settings import ConnectorSettings
from kiosk.desk.desk import Desk
from kiosk.desk.ledger import Entry
from kiosk.desk.passing_on import PassingOn
from kiosk.domain.appointment import Appointment, AppointmentStatus, VisitStatus
from kiosk.domain.event import ArrivalRecorded, ArrivalVoided, Data, StatusChanged, make
from kiosk.domain.outcome import Outcome
from kiosk.errors import Busy, RefusedError, Unreachable

from .facts import session
from .support import NOON, HandClock, settings_in

FHIR = {"kind": "fhir-r4", "base_url": "http://127.0.0.1:1/fhir"}
MARIA = sample.appointment_id("maria", NOON.date())
WAIT_S = 600  # for which the server of these tests asks to be left alone
INES = sample.appointment_id("ines", NOON.date())


@dataclass
class System:
    """A practice's system in memory that can be silent or refuse."""

    rows: Sequence[Appointment] = ()
    fault: Exception | None = None
    refuses: frozenset[str] = frozenset()
    written: list[tuple[str, AppointmentStatus]] = field(default_factory=list)

    def appointments(self, day: date) -> Sequence[Appointment]:
        """Return the day's rows."""
        if self.fault:
            raise self.fault
        return [row for row in self.rows if row.start.date() == day]

    def write_status(self, appointment: str, status: AppointmentStatus) -> None:
        """Take a status, or do not."""
        if self.fault:
            raise self.fault
        if appointment in self.refuses:
            raise RefusedError("status-cancelled")
        self.written.append((appointment, status))


@dataclass
class Linked:
    """A desk that is linked to a system, without its threads."""

    desk: Desk
    system: System
    passing: PassingOn
    clock: HandClock
    number: int = 0

    def happen(self, body: Data, of: int = 1) -> None:
        """Let a fact be received."""
        self.number += 1
        self.clock.move(seconds=1)
        staff = isinstance(body, ArrivalVoided | StatusChanged)
        event = make(
            body,
            id=receive.new_id(self.clock.now()),
            source="/staff/maya" if staff else "/kiosks/k-1",
            subject=session(of),
            time=self.clock.now(),
            sequence=self.number,
        )
        entry = Entry(event, body)
        self.desk.database.write(
            lambda conn: receive.keep(conn, [entry], now=self.clock.now(), policy=self.desk.policy)
        )

    def arrive(self, appointment: str = MARIA, of: int = 1) -> None:
        """Let somebody arrive."""
        self.happen(ArrivalRecorded(appointment=appointment, outcome=Outcome.IN_TIME), of)

    def kinds(self) -> list[str]:
        """What the board asks people to look at."""
        return [one.kind for one in self.desk.view.board(self.clock.now()).attention]


@contextmanager
def linked(folder: Path) -> Iterator[Linked]:
    clock = HandClock()
    desk = assemble(settings_in(folder, connector=FHIR), clock)
    system = System(sample.day(desk.policy.practice, "01", NOON))
    passing = PassingOn(desk.database, system, desk.policy, desk.view, clock)
    passing.pull()
    yield Linked(desk, system, passing, clock)
    desk.database.close()


@pytest.fixture
def link(tmp_path: Path) -> Iterator[Linked]:
    with linked(tmp_path) as found:
        yield found


def test_an_arrival_is_told_to_the_practices_system_once(link: Linked) -> None:
    link.arrive()
    link.arrive(of=2)
    assert link.passing.push() == 1
    assert link.passing.push() == 0
    assert link.system.written == [(MARIA, AppointmentStatus.ARRIVED)]


def test_the_wish_is_in_the_transaction_of_the_arrival(link: Linked) -> None:
    link.arrive()
    with link.desk.database.read() as conn:
        assert [wish.appointment for wish in outgoing.due(conn, link.clock.now())] == [MARIA]


def test_a_silent_system_is_asked_again_and_the_board_says_so(link: Linked) -> None:
    link.arrive()
    link.system.fault = Unreachable("no answer")
    assert link.passing.push() == 0
    assert "system-offline" in link.kinds()
    assert link.passing.push() == 0  # not due yet
    link.system.fault = None
    assert link.passing.push() == 0
    link.clock.move(seconds=3)
    assert link.passing.push() == 1
    link.passing.pull()
    assert link.kinds() == []
    assert link.system.written == [(MARIA, AppointmentStatus.ARRIVED)]


def test_the_pauses_grow_and_stay_under_five_minutes(link: Linked) -> None:
    link.arrive()
    link.system.fault = Unreachable("no answer")
    pauses = []
    for _ in range(12):
        link.passing.push()
        with link.desk.database.read() as conn:
            (wish,) = outgoing.due(conn, link.clock.now().replace(year=2031))
        assert wish.next_try
        pauses.append((wish.next_try - link.clock.now()).total_seconds())
        link.clock.at = wish.next_try
    assert 1 <= pauses[0] <= 2
    assert 150 <= pauses[-1] <= 300


def test_a_system_that_wants_to_be_left_alone_is_left_alone_by_everything(link: Linked) -> None:
    link.arrive()
    link.arrive(INES, of=2)
    link.system.fault = Busy(120)
    assert link.passing.push() == 0
    link.system.fault = None
    link.clock.move(seconds=118)
    link.arrive(sample.appointment_id("walter", NOON.date()), of=3)
    link.passing.pull()
    assert link.passing.push() == 0
    assert "system-offline" in link.kinds()
    link.clock.move(seconds=1)
    link.passing.pull()
    assert link.passing.push() == 3
    assert link.kinds() == []


def test_no_wish_to_be_left_alone_is_honoured_for_more_than_an_hour(link: Linked) -> None:
    link.arrive()
    link.system.fault = Busy(1e9)
    link.passing.push()
    link.system.fault = None
    link.clock.move(seconds=3599)
    assert link.passing.push() == 0
    link.clock.move(seconds=1)
    assert link.passing.push() == 1


@pytest.mark.parametrize("fault", [Fault.BUSY_429, Fault.DOWN_503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_fhir_servers_retry_after_is_honoured(link: Linked, fault: Fault, form: str) -> None:
    wish = str(WAIT_S)
    if form == "date":
        wish = format_datetime(datetime.now(UTC) + timedelta(seconds=WAIT_S), usegmt=True)
    with fhir(link, wish) as (server, passing):
        link.arrive()
        server.script("PUT", fault)
        assert passing.push() == 0
        asked = len(server.asked)
        for _ in range(10):
            link.clock.move(seconds=(WAIT_S - 30) / 10)
            passing.push()
            passing.pull()
        assert len(server.asked) == asked
        link.clock.move(seconds=31)
        assert passing.push() == 1
        stored = server.store.get(f"Appointment/{MARIA}")
        assert stored
        assert stored.resource["status"] == "arrived"


@contextmanager
def fhir(link: Linked, retry_after: str) -> Iterator[tuple[FakeFhir, PassingOn]]:
    """Serve the day by strict FHIR, and carry to it what the desk wishes."""
    with FakeFhir("tests", habits=replace(GOOD, retry_after=retry_after)) as server:
        server.book(*link.system.rows)
        settings = ConnectorSettings(
            kind="fhir-r4", base_url=server.base_url, sites={f"{SITE_SYSTEM}|01": "01"}
        )
        desk = link.desk
        connector = FhirConnector(settings, zone=desk.policy.zone)
        yield server, PassingOn(desk.database, connector, desk.policy, desk.view, link.clock)
        connector.close()


def test_a_refusal_is_parked_on_the_board_and_holds_up_nobody(link: Linked) -> None:
    link.system.refuses = frozenset({MARIA})
    link.arrive()
    link.arrive(INES, of=2)
    assert link.passing.push() == 2
    assert link.system.written == [(INES, AppointmentStatus.ARRIVED)]
    (parked,) = link.desk.view.board(link.clock.now()).attention
    assert (parked.kind, parked.detail) == ("parked", "arrived: status-cancelled")
    assert parked.title.startswith("Sample, Maria")


def test_undo_and_moves_are_passed_on_and_the_newest_wish_wins(link: Linked) -> None:
    link.arrive()
    link.happen(ArrivalVoided(session=session(1), reason="wrong person"))
    link.passing.push()
    assert link.system.written == [(MARIA, AppointmentStatus.BOOKED)]
    for status in (VisitStatus.READY, VisitStatus.IN_PROGRESS, VisitStatus.DONE):
        link.happen(StatusChanged(appointment=MARIA, status=status))
    link.passing.push()
    assert link.system.written[1:] == [(MARIA, AppointmentStatus.FULFILLED)]


def test_an_answer_to_an_old_wish_settles_nothing_newer(link: Linked) -> None:
    link.arrive()
    with link.desk.database.read() as conn:
        (old,) = outgoing.due(conn, link.clock.now())
    link.happen(ArrivalVoided(session=session(1), reason="wrong person"))
    link.desk.database.write(lambda conn: outgoing.done(conn, old))
    assert link.passing.push() == 1
    assert link.system.written == [(MARIA, AppointmentStatus.BOOKED)]


def test_what_the_system_moves_or_cancels_follows_here(link: Linked) -> None:
    rows = list(link.system.rows)
    moved = replace(rows[0], start=rows[0].start.replace(hour=15), location="Room 9")
    link.system.rows = [moved, *rows[1:]]
    link.passing.pull()
    with link.desk.database.read() as conn:
        found = book.one(conn, MARIA)
    assert found
    assert found.appointment.location == "Room 9"


def test_what_the_system_lists_no_more_is_gone_unless_somebody_is_here(link: Linked) -> None:
    link.arrive(INES)
    link.system.rows = [row for row in link.system.rows if row.id not in {MARIA, INES}]
    link.passing.pull()
    board = link.desk.view.board(link.clock.now())
    left = {one.appointment for column in board.columns for one in column.cards}
    assert MARIA not in left
    assert INES in left
    link.system.rows = sample.day(link.desk.policy.practice, "01", NOON)
    link.passing.pull()
    board = link.desk.view.board(link.clock.now())
    assert MARIA in {one.appointment for column in board.columns for one in column.cards}


def test_a_system_that_refuses_to_list_is_shown_as_silent(link: Linked) -> None:
    link.system.fault = RefusedError("forbidden")
    link.passing.pull()
    assert link.kinds() == ["system-offline"]


def test_what_came_from_a_file_is_not_told_to_the_system(link: Linked) -> None:
    rows, policy = [replace(link.system.rows[0], id="own")], link.desk.policy
    link.desk.database.write(
        lambda conn: book.put(conn, rows, origin="file", zone=policy.zone, key=policy.key)
    )
    link.arrive("own")
    assert link.passing.push() == 0
