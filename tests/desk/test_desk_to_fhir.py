"""From a kiosk's event to the practice's own system and back, every part over real HTTP."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.desk import app as desk_app
from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_habits import Fault
from kiosk.desk.connectors.fake_seed import SITE_SYSTEM
from kiosk.domain.appointment import Appointment, Patient
from kiosk.domain.event import ArrivalRecorded, SessionStarted
from kiosk.domain.outcome import Outcome

from .support import NOON, Browser, HandClock, Kiosk, Served, cards, serving, settings_in

BOOKED = Appointment(
    id="ehr-7",
    patient=Patient("p7", "Fhirson", "Fiona", birth_date=date(1970, 1, 2), phone="0207"),
    start=NOON + timedelta(minutes=10),
    minutes=15,
    site="01",
    practitioner="Dr. Chen",
)


@pytest.fixture
def practice() -> Iterator[FakeFhir]:
    with FakeFhir("tests") as server:
        server.book(BOOKED)
        yield server


@pytest.fixture
def desk(practice: FakeFhir, tmp_path: Path) -> Iterator[Served]:
    connector = {
        "kind": "fhir-r4",
        "base_url": practice.base_url,
        "sites": {f"{SITE_SYSTEM}|01": "01"},
        "timeout_s": 3,
    }
    settings, clock = settings_in(tmp_path, connector=connector), HandClock()
    app = desk_app.build(settings, clock)
    with serving(app, settings):
        yield Served(settings, clock, app.state.desk)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.05)


def arrive(kiosk: Kiosk) -> None:
    session = kiosk.session()
    arrival = ArrivalRecorded(appointment=BOOKED.id, outcome=Outcome.IN_TIME)
    said = kiosk.send(
        kiosk.event(session, SessionStarted(language="en")), kiosk.event(session, arrival)
    )
    assert [reply["outcome"] for reply in said] == ["accepted", "accepted"]


def status(practice: FakeFhir) -> object:
    stored = practice.store.get(f"Appointment/{BOOKED.id}")
    assert stored is not None
    return stored.resource["status"]


def booked(desk: Served) -> Browser:
    """Wait until the practice's appointment is on the board; return who looks at it."""
    staff = desk.login()
    until(lambda: BOOKED.id in {card["appointment"] for card in cards(staff.board(), "expected")})
    return staff


def test_an_appointment_of_the_practices_system_is_checked_in_there(
    practice: FakeFhir, desk: Served
) -> None:
    booked(desk)
    arrive(desk.enrol())
    until(lambda: status(practice) == "arrived")
    puts = [asked for asked in practice.asked if asked.startswith("PUT")]
    assert puts == [f"PUT Appointment/{BOOKED.id}"]


def test_a_system_that_is_busy_gets_the_arrival_later_and_once(
    practice: FakeFhir, desk: Served
) -> None:
    booked(desk)
    practice.script("PUT", Fault.LOST_REPLY)
    arrive(desk.enrol())
    until(lambda: status(practice) == "arrived")
    time.sleep(1)
    assert practice.store.writes(f"Appointment/{BOOKED.id}") == 2  # booked, arrived


def test_a_refusal_is_shown_to_staff(practice: FakeFhir, desk: Served) -> None:
    staff = booked(desk)
    practice.script("PUT", Fault.REFUSED_422)
    arrive(desk.enrol())
    until(lambda: any(BOOKED.id in str(one) for one in staff.board()["attention"]))
    assert status(practice) == "booked"
