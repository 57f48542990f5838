"""Tries at a kiosk that nobody can be named for: how they are counted and told. A table."""

from dataclasses import dataclass

from kiosk.domain.outcome import Outcome

MANY = 3  # codes one kiosk could not read before somebody should look at it


@dataclass(frozen=True, slots=True)
class Count:
    """Tries without a name, told together for each kiosk once there are `least` of them."""

    codes: frozenset[str]
    least: int
    title: str
    detail: str


COUNTS = {
    "unread": Count(
        frozenset({"unreadable", "foreign"}),
        MANY,
        "{kiosk} could not read {n} codes",
        "in the last hour: is the camera clean, is the light good?",
    ),
    "hostile": Count(
        frozenset({"hostile"}),
        1,
        "{kiosk} was shown {n} codes made to do harm",
        "in the last hour: they did nothing; look who is there",
    ),
    "not-found": Count(
        frozenset({Outcome.NOT_FOUND.value}),
        1,
        "{kiosk} could not find {n} of the people who typed their name",
        "in the last hour: they were asked to come to the desk",
    ),
}
