import pytest

from kiosk.desk.connectors.fhir_status import Move, judge
from kiosk.domain.appointment import AppointmentStatus as Status


@pytest.mark.parametrize("wanted", Status)
def test_a_status_unknown_to_us_is_never_written_over(wanted: Status) -> None:
    assert judge(None, wanted) is Move.REFUSED


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("wanted", Status)
def test_a_status_that_is_written_is_then_done(current: Status, wanted: Status) -> None:
    if judge(current, wanted) is Move.WRITE:
        assert judge(wanted, wanted) is Move.DONE


@pytest.mark.parametrize("current", ["cancelled", "noshow", "entered-in-error"])
@pytest.mark.parametrize("wanted", ["arrived", "checked-in", "fulfilled", "booked"])
def test_what_is_over_is_not_brought_back(current: str, wanted: str) -> None:
    assert judge(Status(current), Status(wanted)) is Move.REFUSED


@pytest.mark.parametrize("wanted", ["proposed", "pending", "waitlist", "entered-in-error"])
def test_some_statuses_are_never_ours_to_write(wanted: str) -> None:
    assert judge(Status.BOOKED, Status(wanted)) is Move.REFUSED
