"""May this person be checked in now and here? Every boundary, in every zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.appointment import AppointmentStatus as Status
from kiosk.domain.eligibility import Slot, Window, judge
from kiosk.domain.outcome import ARRIVES, EXPLAINED, Outcome

WINDOW = Window(early=60, grace=15, late=45)
START = datetime(2030, 5, 14, 9, 30, tzinfo=UTC)  # 10:30 in London
SECOND = timedelta(seconds=1)
ZONES = ("Europe/London", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia", "UTC")


def at(
    now: datetime,
    *,
    start: datetime = START,
    status: Status = Status.BOOKED,
    site: str = "M1",
    here: str = "M1",
    zone: str = "Europe/London",
    revoked: bool = False,
) -> Outcome:
    slot = Slot(start, site, status, revoked)
    return judge(slot, now=now, site=here, zone=zone, window=WINDOW)


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (minutes(-60) - SECOND, Outcome.TOO_EARLY),
        (minutes(-60), Outcome.IN_TIME),
        (minutes(0), Outcome.IN_TIME),
        (minutes(15), Outcome.IN_TIME),
        (minutes(15) + SECOND, Outcome.LATE_WITHIN_GRACE),
        (minutes(45), Outcome.LATE_WITHIN_GRACE),
        (minutes(45) + SECOND, Outcome.LATE),
        (minutes(-9.5 * 60), Outcome.TOO_EARLY),  # 01:00 of the same day
        (minutes(13 * 60), Outcome.LATE),  # 23:30 of the same day
    ],
)
def test_the_minutes_around_the_booked_time_decide(now: datetime, outcome: Outcome) -> None:
    assert at(now) is outcome


@pytest.mark.parametrize(
    ("local", "outcome"),
    [
        ("2030-05-13T23:59:59", Outcome.WRONG_DAY),
        ("2030-05-14T00:00:00", Outcome.TOO_EARLY),
        ("2030-05-14T23:59:59", Outcome.LATE),
        ("2030-05-15T00:00:00", Outcome.WRONG_DAY),
        ("2029-05-14T10:30:00", Outcome.WRONG_DAY),
    ],
)
def test_the_practices_own_midnight_decides_what_today_is(local: str, outcome: Outcome) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/London"))
    assert at(now) is outcome


def test_today_is_another_day_on_the_other_side_of_the_world() -> None:
    start = datetime(2030, 5, 14, 21, 0, tzinfo=UTC)  # 09:00 on the 15th in Auckland
    early = datetime(2030, 5, 14, 11, 0, tzinfo=UTC)  # 23:00 on the 14th there
    assert at(early, start=start, zone="Pacific/Auckland") is Outcome.WRONG_DAY
    assert at(early, start=start, zone="UTC") is Outcome.TOO_EARLY


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (Status.PROPOSED, Outcome.IN_TIME),
        (Status.PENDING, Outcome.IN_TIME),
        (Status.BOOKED, Outcome.IN_TIME),
        (Status.WAITLIST, Outcome.IN_TIME),
        (Status.ARRIVED, Outcome.ALREADY_IN),
        (Status.CHECKED_IN, Outcome.ALREADY_IN),
        (Status.FULFILLED, Outcome.ALREADY_IN),
        (Status.CANCELLED, Outcome.CANCELLED),
        (Status.ENTERED_IN_ERROR, Outcome.CANCELLED),
        (Status.NOSHOW, Outcome.LATE),
    ],
)
def test_every_status_has_its_outcome(status: Status, outcome: Outcome) -> None:
    assert at(minutes(0), status=status) is outcome


def test_the_reason_that_helps_most_is_given_first() -> None:
    tomorrow, elsewhere = minutes(24 * 60), "M2"
    every = {"status": Status.CANCELLED, "here": elsewhere, "revoked": True}
    assert at(tomorrow, **every) is Outcome.REVOKED  # type: ignore[arg-type]
    assert at(tomorrow, status=Status.CANCELLED, here=elsewhere) is Outcome.CANCELLED
    assert at(tomorrow, status=Status.ARRIVED, here=elsewhere) is Outcome.WRONG_DAY
    assert at(minutes(-90), status=Status.ARRIVED, here=elsewhere) is Outcome.WRONG_SITE
    assert at(minutes(-90), status=Status.ARRIVED) is Outcome.ALREADY_IN


@pytest.mark.parametrize(
    ("on", "length"), [(date(2030, 3, 31), 23), (date(2030, 10, 27), 25), (date(2030, 5, 14), 24)]
)
def test_a_day_that_the_clocks_change_is_one_day(on: date, length: int) -> None:
    zone = ZoneInfo("Europe/London")
    midnight = datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC)
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=zone)
    hours = [midnight + timedelta(hours=n) for n in range(-1, length + 1)]
    found = [at(hour, start=noon) for hour in hours]
    assert found.count(Outcome.WRONG_DAY) == 2
    assert found[0] is found[-1] is Outcome.WRONG_DAY


@pytest.mark.parametrize(
    ("start", "now"),
    [
        # 01:30 and 02:30 are half an hour apart in spring, and 01:30 comes twice in autumn
        ("2030-03-31T02:30:00+01:00", "2030-03-31T00:29:00+00:00"),
        ("2030-10-27T01:30:00+00:00", "2030-10-27T01:29:00+01:00"),
    ],
)
def test_minutes_are_real_ones_when_the_clocks_change(start: str, now: str) -> None:
    begins, here = datetime.fromisoformat(start), datetime.fromisoformat(now)
    assert timedelta(minutes=60) < begins - here <= timedelta(minutes=61)
    for zone in (UTC, ZoneInfo("Europe/London")):
        local = begins.astimezone(zone), here.astimezone(zone)
        assert at(local[1], start=local[0]) is Outcome.TOO_EARLY
        assert WINDOW.opens(local[0]) - begins == timedelta(minutes=-60)


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda m: START + timedelta(minutes=m)),
    st.integers(-200, 200),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_it_does_not_matter_in_which_zone_a_time_is_written(
    start: datetime, early: int, practice: str, written: str
) -> None:
    now = start + timedelta(minutes=early)
    there = ZoneInfo(written)
    plain = at(now, start=start, zone=practice)
    assert at(now.astimezone(there), start=start.astimezone(there), zone=practice) is plain
    assert plain in ARRIVES | EXPLAINED


@given(st.integers(-3000, 3000))
def test_opens_is_the_first_moment_that_is_not_too_early(minute: int) -> None:
    start = START + timedelta(minutes=minute)
    opens = WINDOW.opens(start)
    if opens.date() == start.date():
        assert at(opens, start=start, zone="UTC") is Outcome.IN_TIME
        assert at(opens - SECOND, start=start, zone="UTC") in {
            Outcome.TOO_EARLY,
            Outcome.WRONG_DAY,
        }
