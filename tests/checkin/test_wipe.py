"""Nobody leaves a trace: not in what is printed while they are here, nor in memory after."""

import re
from collections.abc import Callable

import pytest
from domain.canary import ANSWER, BORN, FAMILY, GIVEN, PASS, PHONE, shown, traces

from kiosk.checkin import Identify
from kiosk.checkin.state import Turn
from kiosk.domain import passcode
from kiosk.domain.identify import Answer
from kiosk.domain.outcome import Outcome

from .hands import CUT_OFF, MISMATCH, Hands
from .traces import texts

CODE = passcode.build("MA", "CANARY7QX11FEATHER7Q")
DIGITS = f"{BORN:%d%m%Y}"


def known(hands: Hands) -> Hands:
    return hands.scan(CODE).answer(Answer(language="ar")).keep().born(DIGITS)


def typed(hands: Hands) -> Hands:
    hands.press("no-code").type(f"{GIVEN} {FAMILY}").press("next")
    return hands.born(DIGITS)


WAYS: dict[str, Callable[[Hands], Hands]] = {
    "finished": lambda h: (
        known(h).answer(ANSWER).keep().press("next").keep().press("next").keep()
        and h.press("finish")
    ),
    "left at the question": lambda h: known(h).answer(ANSWER).keep().wait(60).press("leave"),
    "went quiet": lambda h: (
        known(h).answer(ANSWER).keep().press("change-phone").type("0207") and h.wait(60).wait(45)
    ),
    "went back": lambda h: h.press("no-code").type(GIVEN).press("back"),
    "not found": lambda h: typed(h).answer(Answer(outcome=Outcome.NOT_FOUND)).keep().press("again"),
    "to be matched": lambda h: typed(h).answer(CUT_OFF).keep().press("finish"),
    "to be matched by code": lambda h: known(h).answer(CUT_OFF).keep().press("finish"),
    "mismatch, then quiet": lambda h: known(h).answer(MISMATCH).type("09").wait(60).wait(45),
    "the disk refused": lambda h: known(h).answer(ANSWER).keep(False).press("finish"),
    "nobody answered": lambda h: known(h).wait(11).press("finish"),
}


def person(hands: Hands) -> set[str]:
    found = "\n".join(texts(hands.checkin))
    return traces(found) | set(re.findall(rf"{CODE}|{BORN}|{BORN.isoformat()}", found))


@pytest.mark.parametrize("way", WAYS)
def test_an_ended_session_leaves_no_trace_in_memory(way: str) -> None:
    hands = Hands()
    WAYS[way](hands)
    assert hands.step == "welcome"
    assert person(hands) == set()


def test_the_search_finds_what_is_there() -> None:
    hands = Hands()
    known(hands).answer(ANSWER).keep()
    assert person(hands) >= {GIVEN, CODE, str(BORN)}
    typed(other := Hands())
    assert person(other) >= {GIVEN, FAMILY, str(BORN)}


def test_what_is_printed_in_the_middle_of_it_shows_nobody() -> None:
    hands = Hands()
    known(hands).answer(ANSWER).keep().press("change-phone").type(PHONE.replace(" ", ""))
    for thing in (hands.view, hands.checkin, *hands.made, *hands.facts):
        assert shown(thing) == set()
        assert CODE not in repr(thing)
    state = hands.checkin._state
    turn = Turn(hands.checkin._practice, state, hands.now)
    assert shown(state) == shown(turn) == set()
    assert PASS not in repr(turn)


def test_questions_show_nobody_when_they_are_printed() -> None:
    hands = known(Hands())
    (asked,) = [one for one in hands.made if isinstance(one, Identify) and one.query.birth_date]
    assert CODE not in repr(asked)
    assert str(BORN) not in repr(asked)


def test_the_next_person_starts_in_the_practices_language_and_looks() -> None:
    hands = Hands()
    known(hands).answer(ANSWER).keep().press("text-size", "ways", "way-high-contrast", "go-on")
    hands.press("next").keep().press("next").keep().press("finish")
    assert (hands.view.language, hands.view.modes) == ("en", ())
    assert hands.checkin.wants_codes
