from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.dayrow import DayRow, lookup, open_row, seal_row
from kiosk.domain import passcode
from kiosk.domain.appointment import AppointmentStatus
from kiosk.errors import Corrupt

START = datetime(2031, 5, 6, 12, tzinfo=UTC)
CODE = passcode.build("H1", "7" * 20)
OTHER = passcode.build("H1", "8" * 20)
ROW = DayRow(
    appointment="appt-1",
    birth_date=date(1961, 2, 3),
    start=START,
    minutes=10,
    site="H1",
    status=AppointmentStatus.BOOKED,
    language="ar",
    modes=("large",),
    practitioner="Dr Example",
    location="Room 4",
)

rows = st.builds(
    DayRow,
    appointment=st.text(max_size=30),
    birth_date=st.none() | st.dates(),
    start=st.datetimes(timezones=st.just(UTC)),
    minutes=st.integers(0, 600),
    site=st.text(max_size=2),
    status=st.sampled_from(AppointmentStatus),
    revoked=st.booleans(),
    location=st.text(max_size=40),
)


@given(rows)
def test_a_row_comes_back_with_its_pass_and_with_no_other(row: DayRow) -> None:
    sealed = seal_row(row, CODE)
    assert open_row(sealed, CODE) == row
    with pytest.raises(Corrupt):
        open_row(sealed, OTHER)


@given(st.binary(max_size=200))
def test_anything_else_is_corrupt_not_a_crash(sealed: bytes) -> None:
    with pytest.raises(Corrupt):
        open_row(sealed, CODE)


def test_the_format_is_final() -> None:
    """Rows sealed by an earlier version must open for ever."""
    sealed = seal_row(ROW, CODE, entropy=lambda count: b"\x07" * count)
    assert sealed[:12] == b"\x07" * 12
    assert lookup(CODE) == passcode.row_key(CODE).hex()
    assert set(DayRow.model_fields) == {
        *("v", "appointment", "birth_date", "start", "minutes", "site", "status", "revoked"),
        *("language", "modes", "practitioner", "location"),
    }


def test_the_name_of_a_row_and_the_row_say_nothing_without_the_pass() -> None:
    sealed = seal_row(ROW, CODE)
    assert CODE not in lookup(CODE)
    assert b"1961" not in sealed
    assert b"Example" not in sealed
    assert "1961" not in repr(ROW)


def test_the_same_row_is_sealed_differently_each_time() -> None:
    assert seal_row(ROW, CODE) != seal_row(ROW, CODE)
