"""What every connector must do, whatever its practice system speaks.

A new connector (HL7 v2, say) gets this suite by one class:

    class TestHl7v2(ConnectorContract):
        @pytest.fixture
        def practice(self) -> Iterator[PracticeSystem]: ...
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.appointment import Appointment, AppointmentStatus, Patient
from kiosk.domain.ports import Connector
from kiosk.errors import RefusedError, Unreachable

ZONE = "Europe/Berlin"
DAY = date(2026, 11, 23)
LANGUAGES = ("en", "es", "ar", "hi", "zh-Hans")
CANARY = "Canary"


class Trouble(StrEnum):
    """What can go wrong between us and a practice system."""

    AWAY = "away"  # nobody answers the next request
    BUSY = "busy"  # it asks to come back in 7 s
    LOST_REPLY = "lost-reply"  # it does the next write, but its answer is lost
    REFUSES = "refuses"  # it refuses the next write, quoting the patient
    CHANGED = "changed"  # somebody else changes the appointment just before the next write


class PracticeSystem(Protocol):
    """One practice system under test. What a system can't do, it answers with pytest.skip."""

    def connector(self) -> Connector:
        """Return a new connector to it, for ZONE and LANGUAGES, sites AB and CD."""
        ...

    def book(self, *booked: Appointment) -> None:
        """Make appointments as the practice's own staff would."""
        ...

    def status(self, appointment: str) -> AppointmentStatus:
        """Return a status as the practice's own staff see it."""
        ...

    def set_status(self, appointment: str, status: AppointmentStatus) -> None:
        """Change a status as the practice's own staff would."""
        ...

    def changes(self, appointment: str) -> int:
        """Return how many times an appointment was written since it was booked."""
        ...

    def meet(self, trouble: Trouble) -> None:
        """Let trouble happen once."""
        ...


def booked(own_id: str = "A-1", *, at: str = "09:00", **changes: object) -> Appointment:
    """Return an appointment of DAY with an obviously invented patient."""
    hour, minute = map(int, at.split(":"))
    start = datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=ZoneInfo(ZONE))
    person = Patient(
        id=f"P-{own_id}",
        family=f"{CANARY}-Sample",
        given="Zoë",
        birth_date=date(1980, 2, 29),
        phone="+44 1632 960000",
        language="es",
    )
    whole = Appointment(
        id=own_id,
        patient=person,
        start=start,
        minutes=15,
        site="AB",
        practitioner="Dr. Test Example",
        location="Blue chairs",
        service="Check-up",
    )
    return replace(whole, **changes)  # type: ignore[arg-type] # a test names its fields


def like(rows: Sequence[Appointment]) -> list[Appointment]:
    """Make rows comparable: times in UTC, and no patient id, which some systems give themselves."""
    return [
        replace(row, patient=replace(row.patient, id=""), start=row.start.astimezone(UTC))
        for row in sorted(rows, key=lambda row: row.id)
    ]


class ConnectorContract:
    """The shared tests; a subclass gives the `practice` fixture."""

    def test_a_booked_day_comes_back_whole(self, practice: PracticeSystem) -> None:
        day = [
            booked("A-1"),
            booked("A-2", at="09:15", site="CD", location="Red chairs"),
            booked("A-3", at="09:30", patient=Patient("P3", "样本", "张", language="zh-Hans")),
            booked("A-4", at="09:45", patient=Patient("P4", "نموذج", "مثال", language="ar")),
            booked("A-5", at="10:00", patient=Patient("P5", "", "Mononym", needs=("interpreter",))),
            booked(
                "A-6",
                at="10:15",
                patient=Patient("P6", "Smith-Test", "Alexandra", name_to_use="Alex"),
            ),
            booked("A-7", at="10:30", practitioner="", service="", minutes=0),
        ]
        practice.book(*day)
        assert like(practice.connector().appointments(DAY)) == like(day)

    def test_a_long_day_comes_back_without_gaps_or_doubles(self, practice: PracticeSystem) -> None:
        day = [booked(f"A-{n:03}", at=f"{8 + n // 6}:{n % 6 * 10:02}") for n in range(53)]
        practice.book(*day)
        rows = practice.connector().appointments(DAY)
        assert sorted(row.id for row in rows) == [row.id for row in day]

    def test_many_at_the_same_minute_all_come(self, practice: PracticeSystem) -> None:
        day = [booked(f"A-{n:03}", at=f"{9 + n % 2}:00") for n in range(35)]
        practice.book(*day)
        rows = practice.connector().appointments(DAY)
        assert sorted(row.id for row in rows) == [row.id for row in day]

    def test_a_day_ends_at_midnight_of_the_practice(self, practice: PracticeSystem) -> None:
        midnight = booked().start.replace(hour=0)
        practice.book(
            booked("before", start=midnight - timedelta(minutes=15)),
            booked("first", start=midnight),
            booked("last", start=midnight + timedelta(hours=23, minutes=45)),
            booked("after", start=midnight + timedelta(days=1)),
        )
        rows = practice.connector().appointments(DAY)
        assert sorted(row.id for row in rows) == ["first", "last"]

    def test_a_day_of_25_hours_is_whole(self, practice: PracticeSystem) -> None:
        longest = date(2026, 10, 25)
        start = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
        practice.book(
            booked("first", start=start), booked("last", start=start + timedelta(hours=24.5))
        )
        rows = practice.connector().appointments(longest)
        assert sorted(row.id for row in rows) == ["first", "last"]

    def test_an_empty_day_is_empty(self, practice: PracticeSystem) -> None:
        assert list(practice.connector().appointments(DAY)) == []

    def test_a_cancelled_appointment_comes_as_cancelled(self, practice: PracticeSystem) -> None:
        practice.book(booked("A-1", status=AppointmentStatus.CANCELLED))
        (row,) = practice.connector().appointments(DAY)
        assert row.status is AppointmentStatus.CANCELLED

    def test_an_arrival_is_written_and_seen(self, practice: PracticeSystem) -> None:
        practice.book(booked("A-1"), booked("A-2"))
        connector = practice.connector()
        connector.write_status("A-1", AppointmentStatus.ARRIVED)
        assert practice.status("A-1") is AppointmentStatus.ARRIVED
        assert practice.status("A-2") is AppointmentStatus.BOOKED
        rows = {row.id: row for row in connector.appointments(DAY)}
        expected = [booked("A-1", status=AppointmentStatus.ARRIVED)]
        assert like([rows["A-1"]]) == like(expected)

    def test_an_arrival_sent_twice_is_written_once(self, practice: PracticeSystem) -> None:
        practice.book(booked())
        practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
        practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
        assert practice.changes("A-1") == 1

    @pytest.mark.parametrize("later", ["checked-in", "fulfilled"])
    def test_an_arrival_never_takes_a_later_status_back(
        self, practice: PracticeSystem, later: str
    ) -> None:
        practice.book(booked(status=AppointmentStatus(later)))
        practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
        assert practice.status("A-1") == later

    @pytest.mark.parametrize("over", ["cancelled", "noshow", "entered-in-error"])
    def test_an_arrival_for_an_appointment_that_is_over_is_refused(
        self, practice: PracticeSystem, over: str
    ) -> None:
        practice.book(booked(status=AppointmentStatus(over)))
        with pytest.raises(RefusedError) as refusal:
            practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
        assert refusal.value.code == f"status-{over}"
        assert practice.status("A-1") == over

    def test_a_day_goes_from_arrived_to_done(self, practice: PracticeSystem) -> None:
        practice.book(booked())
        for status in ("arrived", "checked-in", "fulfilled"):
            practice.connector().write_status("A-1", AppointmentStatus(status))
            assert practice.status("A-1") == status

    def test_an_arrival_can_be_undone_and_made_again(self, practice: PracticeSystem) -> None:
        practice.book(booked())
        for status in ("arrived", "booked", "arrived"):
            practice.connector().write_status("A-1", AppointmentStatus(status))
            assert practice.status("A-1") == status

    @pytest.mark.parametrize(
        "own_id", ["nobody", "", "..", "../Patient/P-A-1", "A-1?x=1", "A-1/_history/1", "\x00", "é"]
    )
    def test_an_unknown_or_hostile_id_is_refused(
        self, practice: PracticeSystem, own_id: str
    ) -> None:
        practice.book(booked())
        with pytest.raises(RefusedError) as refusal:
            practice.connector().write_status(own_id, AppointmentStatus.ARRIVED)
        assert refusal.value.code == "not-found"
        assert practice.status("A-1") is AppointmentStatus.BOOKED

    def test_an_absent_system_may_be_tried_again(self, practice: PracticeSystem) -> None:
        practice.book(booked())
        connector = practice.connector()
        practice.meet(Trouble.AWAY)
        with pytest.raises(Unreachable):
            connector.appointments(DAY)
        practice.meet(Trouble.AWAY)
        with pytest.raises(Unreachable):
            connector.write_status("A-1", AppointmentStatus.ARRIVED)
        connector.write_status("A-1", AppointmentStatus.ARRIVED)
        assert practice.status("A-1") is AppointmentStatus.ARRIVED

    def test_a_busy_system_says_when_to_come_back(self, practice: PracticeSystem) -> None:
        practice.book(booked())
        practice.meet(Trouble.BUSY)
        with pytest.raises(Unreachable) as later:
            practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
        assert getattr(later.value, "retry_after_s", None) == 7.0

    def test_a_lost_answer_leads_to_no_second_write(self, practice: PracticeSystem) -> None:
        practice.book(booked())
        connector = practice.connector()
        practice.meet(Trouble.LOST_REPLY)
        with pytest.raises(Unreachable):
            connector.write_status("A-1", AppointmentStatus.ARRIVED)
        connector.write_status("A-1", AppointmentStatus.ARRIVED)
        assert practice.status("A-1") is AppointmentStatus.ARRIVED
        assert practice.changes("A-1") == 1

    def test_a_change_by_somebody_else_is_kept(self, practice: PracticeSystem) -> None:
        practice.book(booked())
        practice.meet(Trouble.CHANGED)
        practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
        assert practice.status("A-1") is AppointmentStatus.ARRIVED
        assert practice.changes("A-1") == 2

    def test_a_refusal_names_nobody(
        self, practice: PracticeSystem, caplog: pytest.LogCaptureFixture
    ) -> None:
        practice.book(booked())
        practice.meet(Trouble.REFUSES)
        with pytest.raises(RefusedError) as refusal:
            practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
        assert CANARY not in f"{refusal.value!r} {refusal.value.code} {caplog.text}"
        assert len(str(refusal.value)) <= 200

    def test_eight_at_once_write_one_arrival(self, practice: PracticeSystem) -> None:
        practice.book(booked())
        results: list[str] = []

        def write() -> None:
            try:
                practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
                results.append("written")
            except Unreachable:
                results.append("later")

        threads = [threading.Thread(target=write) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert "written" in results
        assert practice.changes("A-1") == 1
