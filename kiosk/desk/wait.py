"""How long until called: an honest range from today's own waits, or nothing. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from kiosk.desk.fold import Visit
from kiosk.domain.identify import Wait

ENOUGH = 3  # visits that were seen today before anything is promised
_NEWEST = 5
_STEP = 5  # minutes


def estimate(visits: Iterable[Visit], now: datetime) -> Wait | None:
    """Return the range of the newest waits of one practitioner's visits, None with too few.

    Minutes, rounded outwards to 5.
    """
    seen = sorted(
        (visit.seen_at, visit.seen_at - visit.arrived_at)
        for visit in visits
        if visit.seen_at and visit.arrived_at and visit.seen_at >= visit.arrived_at
    )
    if len(seen) < ENOUGH:
        return None
    minutes = [int(wait / timedelta(minutes=1)) for _, wait in seen[-_NEWEST:]]
    low = min(minutes) // _STEP * _STEP
    high = max(-(-max(minutes) // _STEP) * _STEP, low + _STEP)
    return Wait(low=low, high=high, at=now)
