"""Which status may follow which when we write to the practice's system. Pure.

Oracle Health's list (booked→arrived/checked-in, arrived→checked-in, checked-in→fulfilled) is the
core; arrived→booked is our undo, which some systems refuse.
"""

from enum import Enum, auto

from kiosk.domain.appointment import AppointmentStatus as S


class Move(Enum):
    """What to do about a wanted status."""

    WRITE = auto()
    DONE = auto()  # it is so already, or further on
    REFUSED = auto()


# wanted: (may be written over, counts as done)
_RULES: dict[S, tuple[frozenset[S], frozenset[S]]] = {
    S.ARRIVED: (
        frozenset({S.PENDING, S.BOOKED}),
        frozenset({S.ARRIVED, S.CHECKED_IN, S.FULFILLED}),
    ),
    S.CHECKED_IN: (
        frozenset({S.PENDING, S.BOOKED, S.ARRIVED}),
        frozenset({S.CHECKED_IN, S.FULFILLED}),
    ),
    S.FULFILLED: (frozenset({S.BOOKED, S.ARRIVED, S.CHECKED_IN}), frozenset({S.FULFILLED})),
    S.BOOKED: (frozenset({S.ARRIVED, S.CHECKED_IN}), frozenset({S.BOOKED, S.PENDING})),
    S.CANCELLED: (
        frozenset({S.PROPOSED, S.PENDING, S.BOOKED, S.WAITLIST, S.ARRIVED, S.CHECKED_IN}),
        frozenset({S.CANCELLED}),
    ),
    S.NOSHOW: (frozenset({S.PENDING, S.BOOKED, S.ARRIVED}), frozenset({S.NOSHOW})),
}


def judge(current: S | None, wanted: S) -> Move:
    """Say what to do when the practice has `current` (None: a status unknown to us)."""
    over, done = _RULES.get(wanted, (frozenset(), frozenset()))
    if current in done:
        return Move.DONE
    return Move.WRITE if current in over else Move.REFUSED
