"""When an event is tried again, and what becomes of it after an answer. Pure."""

from enum import StrEnum

from kiosk.domain.event import Reply

LONGEST_WAIT = 600.0
"""Seconds no event waits longer than, whoever asked for it."""
_FIRST, _CAP = 1.0, 60.0  # ops.md R4


class State(StrEnum):
    """Where an event stands."""

    PENDING = "pending"
    DELIVERED = "delivered"
    PARKED = "parked"  # the desk refused it: kept, shown to staff, not tried again


def backoff(tries: int, chance: float) -> float:
    """Return the seconds to wait after `tries` failures in a row (at least 1): full jitter.

    The ceiling doubles from 1 s to 60 s; `chance` in [0, 1) picks a point below it, so that many
    kiosks do not come back in step.
    """
    ceiling = min(_CAP, _FIRST * 2.0 ** min(tries - 1, 10))
    return ceiling * chance


def state_after(reply: Reply) -> State:
    """Return where an event stands after the desk's answer; a duplicate is as good as accepted."""
    return State.PARKED if reply.outcome == "refused" else State.DELIVERED


def shrunk(size: int) -> int:
    """Return the batch size after a failure that may be one event's fault."""
    return max(1, size // 8)


def grown(size: int, most: int) -> int:
    """Return the batch size after a success."""
    return min(most, size * 4)
