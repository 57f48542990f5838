"""Nothing that holds a person's answers shows them when it is printed."""

from uuid import UUID

import pytest
from domain.canary import ANSWER, BORN, GIVEN, PASS, PHONE, shown

from kiosk.domain.outcome import Outcome
from kiosk.intake.entry import Draft, empty_text
from kiosk.intake.session import Given, Session
from kiosk.intake.view import Node, Region, Role

from .screens import identified, start

SESSION = (
    Session(UUID(int=1), "en")
    .answer("welcome", PASS)
    .answer("birth-date", BORN)
    .identified(ANSWER)
    .keep("name-to-use", GIVEN)
    .keep("phone", PHONE)
    .reopen("phone")
)


@pytest.mark.parametrize(
    "thing",
    [
        SESSION,
        Given("name", GIVEN),
        empty_text("latin", f"{GIVEN} "),
        Draft(("day", "month", "year"), ("09", "10", "1911")),
        Node("heading", Role.HEADING, Region.WORDS, GIVEN, PHONE, says=GIVEN),
        identified(start("en").session, Outcome.IN_TIME).answer("name", GIVEN),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_it_shows_nobody(thing: object) -> None:
    assert shown(thing) == set()
