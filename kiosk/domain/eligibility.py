"""May this appointment be checked in now and here? Pure: everything is an argument."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.appointment import AppointmentStatus
from kiosk.domain.outcome import Outcome

_HERE = {AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN, AppointmentStatus.FULFILLED}
_OVER = {
    AppointmentStatus.CANCELLED,
    AppointmentStatus.NOSHOW,
    AppointmentStatus.ENTERED_IN_ERROR,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """What eligibility needs to know; also held, without a name, in the day cache."""

    start: datetime
    site: str
    status: AppointmentStatus
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Minutes before and after the start in which a check-in counts (peers.md §2, 27 and 28)."""

    early: int
    grace: int
    late: int

    def opens(self, start: datetime) -> datetime:
        """When check-in opens for a slot that starts at `start`."""
        return start.astimezone(UTC) - timedelta(minutes=self.early)


def judge(slot: Slot, *, now: datetime, site: str, zone: str, window: Window) -> Outcome:
    """Return the outcome for a person standing at `site` at the aware time `now`.

    The order is by what helps most: a revoked or cancelled code first, then the day, the place,
    and the minutes. `zone` is the practice's IANA time zone, which decides what "today" is.
    """
    if slot.revoked:
        return Outcome.REVOKED
    if slot.status in _OVER:
        return Outcome.CANCELLED if slot.status is not AppointmentStatus.NOSHOW else Outcome.LATE
    local = ZoneInfo(zone)
    if slot.start.astimezone(local).date() != now.astimezone(local).date():
        return Outcome.WRONG_DAY
    if slot.site != site:
        return Outcome.WRONG_SITE
    if slot.status in _HERE:
        return Outcome.ALREADY_IN
    # Through UTC: Python subtracts two times of one zone as the clock on the wall shows them.
    return _by_minutes(
        (now.astimezone(UTC) - slot.start.astimezone(UTC)) / timedelta(minutes=1), window
    )


def _by_minutes(minutes: float, window: Window) -> Outcome:
    if minutes < -window.early:
        return Outcome.TOO_EARLY
    if minutes <= window.grace:
        return Outcome.IN_TIME
    return Outcome.LATE_WITHIN_GRACE if minutes <= window.late else Outcome.LATE
