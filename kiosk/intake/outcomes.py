"""The words for every outcome that is not a check-in: each names the reason and a way on."""

from dataclasses import dataclass

from kiosk.domain.outcome import Outcome
from kiosk.intake.words import N_


@dataclass(frozen=True, slots=True)
class Said:
    """What an outcome says: the news, what to do now, and its picture."""

    heading: str
    sentence: str
    icon: str


SAID = {
    Outcome.TOO_EARLY: Said(
        N_("You are early."),
        N_("Your time is {time}. Check-in opens at {opens}. Please come back here then."),
        "clock",
    ),
    Outcome.LATE: Said(
        N_("Please go to the desk."),
        N_("Your time was {time}. The staff will look for the best way to help you today."),
        "clock-alert",
    ),
    Outcome.WRONG_DAY: Said(
        N_("Your visit is on another day."),
        N_("It is on {day} at {time}. If that is a surprise, please ask at the desk."),
        "calendar",
    ),
    Outcome.WRONG_SITE: Said(
        N_("Your visit is at another place."),
        N_("Please go to {site}. The desk here can show you the way."),
        "map-pin",
    ),
    Outcome.CANCELLED: Said(
        N_("This visit was cancelled."),
        N_("Please ask at the desk. They can find a new time with you."),
        "calendar-x",
    ),
    Outcome.REVOKED: Said(
        N_("This code is not in use any more."),
        N_("You may have a newer one. The desk can check you in too."),
        "scan-line",
    ),
    Outcome.NOT_FOUND: Said(
        N_("We could not find your visit."),
        N_("This can happen. Please go to the desk. They will check you in."),
        "search",
    ),
    Outcome.LOCKED: Said(
        N_("Let us get a person to help."),
        N_("We are not sure it is you. Please go to the desk."),
        "users",
    ),
    Outcome.TO_BE_MATCHED: Said(
        N_("The desk will call you."),
        N_("We saved that you are here. Please take a seat."),
        "armchair",
    ),
}
