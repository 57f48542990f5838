"""The product's clock: the machine's own, moved in demonstrations only."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.errors import ConfigError


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, moved by `shift` (zero in a practice)."""

    shift: timedelta = timedelta()

    def now(self) -> datetime:
        """Return the aware wall-clock time in UTC."""
        return datetime.now(UTC) + self.shift

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()


def shift_to(text: str, zone: str, now: datetime) -> timedelta:
    """Return how far to move a clock so that the time of day in a zone (IANA) is HH:MM today.

    Raises ConfigError when the text is no time.
    """
    try:
        wanted = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day only
    except ValueError:
        raise ConfigError(f"--at: {text[:20]} is not a time such as 09:30") from None
    local = now.astimezone(ZoneInfo(zone))
    return local.replace(hour=wanted.hour, minute=wanted.minute, second=0) - local
