"""What became of an attempt to check in, as named codes; words are attached in `intake.present`."""

from enum import StrEnum


class Outcome(StrEnum):
    """The result of a pass (or typed entry) and a second factor, taken together."""

    IN_TIME = "in-time"
    LATE_WITHIN_GRACE = "late-within-grace"
    ALREADY_IN = "already-in"
    TOO_EARLY = "too-early"
    LATE = "late"
    WRONG_DAY = "wrong-day"
    WRONG_SITE = "wrong-site"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    NOT_FOUND = "not-found"  # unknown, ambiguous or wrong day after typed entry: one neutral answer
    MISMATCH = "mismatch"  # the birth date does not fit the pass; may be tried again
    LOCKED = "locked"  # three mismatches for this pass today, or too many typed tries here
    TO_BE_MATCHED = "to-be-matched"  # nobody could be asked; a person at the desk will match


ARRIVES = frozenset({Outcome.IN_TIME, Outcome.LATE_WITHIN_GRACE, Outcome.ALREADY_IN})
"""Outcomes that record an arrival and go on to intake."""

EXPLAINED = frozenset(
    {
        Outcome.TOO_EARLY,
        Outcome.LATE,
        Outcome.WRONG_DAY,
        Outcome.WRONG_SITE,
        Outcome.CANCELLED,
        Outcome.REVOKED,
    }
)
"""Outcomes with a reason of their own, shown only after the second factor; staff are told."""
