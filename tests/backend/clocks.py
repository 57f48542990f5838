"""The machine's clock, put forward or back by hand."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class RealClock:
    """Real seconds; `wrong` is what a badly set clock shows beyond the right time."""

    wrong: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.wrong

    def monotonic(self) -> float:
        return time.monotonic()
