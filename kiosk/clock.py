"""The product's clock: the machine's own, moved in demonstrations only."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


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
