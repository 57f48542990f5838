"""When a quiet session is warned and closed (WCAG 2.2.1: warn, at least 20 s, may be extended)."""

import math
from dataclasses import dataclass, replace

from kiosk.config import Idle

_DONE_ASSISTED = 3  # times longer for people who read or listen slowly


@dataclass(frozen=True, slots=True)
class Quiet:
    """Seconds on the monotonic clock: of the last sign of life, and of the warning if it shows."""

    last: float = 0.0
    warned: float | None = None

    def active(self, mono: float) -> "Quiet":
        """Return the state after a sign of life."""
        return replace(self, last=mono, warned=None)

    def warn_due(self, mono: float, idle: Idle, *, assisted: bool) -> bool:
        """Tell whether the warning is due."""
        limit = idle.after_assisted if assisted else idle.after
        return self.warned is None and mono - self.last >= limit

    def warn(self, mono: float) -> "Quiet":
        """Return the state once the warning shows."""
        return replace(self, warned=mono)

    def left(self, mono: float, idle: Idle) -> int:
        """Return whole seconds until a warned session closes; 0 means close now."""
        since = mono if self.warned is None else self.warned
        return max(0, math.ceil(since + idle.warning - mono))

    def done_due(self, mono: float, idle: Idle, *, assisted: bool) -> bool:
        """Tell whether a finished session's last screen has stood long enough."""
        return mono - self.last >= idle.done * (_DONE_ASSISTED if assisted else 1)
