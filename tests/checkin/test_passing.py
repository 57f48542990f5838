"""Time: people are warned, may ask for more as often as they like, and leave nothing behind."""

import pytest

from kiosk.domain.event import SessionAbandoned
from kiosk.domain.identify import Answer
from kiosk.domain.outcome import Outcome

from .hands import Hands, details, reached

IDLE, WARNING, DONE_S = 60, 45, 20


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_a_quiet_minute_brings_the_warning_and_then_the_end(hands: Hands) -> None:
    hands.present().wait(IDLE - 1)
    assert hands.step == "birth-date"
    hands.wait(1)
    assert (hands.step, hands.view.sound) == ("still-there", "warn")
    hands.wait(WARNING - 1)
    sentence = hands.view.node("sentence")
    assert sentence is not None
    assert sentence.text == "We will close this in 1 second to keep your data safe."
    hands.wait(1)
    assert hands.step == "welcome"
    assert hands.facts[-1] == SessionAbandoned(step="birth-date", reason="idle")


def test_the_warning_can_be_put_off_as_often_as_one_needs(hands: Hands) -> None:
    hands.present().type("1403")
    for _ in range(25):  # WCAG 2.2.1 asks for ten
        hands.wait(IDLE)
        assert hands.step == "still-there"
        hands.wait(WARNING - 0.5).press("stay")
        assert hands.step == "birth-date"
    hands.type("1984").press("next")
    assert hands.asked()


def test_who_reads_or_hears_slowly_has_five_minutes(hands: Hands) -> None:
    hands.present(Answer(modes=("read-aloud",))).wait(299)
    assert hands.step == "birth-date"
    hands.wait(1)
    assert hands.step == "still-there"


@pytest.mark.parametrize("node", ["help", "text-size", "ways", "language"])
def test_any_touch_is_a_sign_of_life(hands: Hands, node: str) -> None:
    hands.present().wait(IDLE).press(node).wait(WARNING)
    assert hands.step != "welcome"


def test_who_is_finished_may_say_so(hands: Hands) -> None:
    hands.identified().wait(IDLE).press("leave")
    assert hands.step == "welcome"
    gone = SessionAbandoned(step="still-right", reason="left", appointment="a-1")
    assert hands.facts[-1] == gone


def test_who_arrived_and_went_quiet_stays_arrived(hands: Hands) -> None:
    hands.identified().press("next").keep().wait(IDLE).wait(WARNING)
    gone = SessionAbandoned(step="needs", reason="idle", appointment="a-1")
    assert hands.facts[-1] == gone
    assert "arrival.recorded" in hands.types


def test_the_last_screen_goes_by_itself_and_says_nothing_more(hands: Hands) -> None:
    hands.identified().press("next").keep().press("next").keep()
    made = len(hands.facts)
    hands.wait(DONE_S - 1)
    assert hands.step == "done"
    hands.wait(1)
    assert hands.step == "welcome"
    assert len(hands.facts) == made


def test_an_outcome_goes_by_itself_too_and_staff_know_where_it_led(hands: Hands) -> None:
    hands.identified(reached(Outcome.TOO_EARLY, details=details(opens="2030-05-14T12:00:00Z")))
    assert hands.step == "outcome"
    hands.wait(DONE_S)
    gone = SessionAbandoned(step="", reason="help", appointment="a-1")
    assert (hands.step, hands.facts[-1]) == ("welcome", gone)


def test_a_language_that_was_only_tried_is_put_back_without_a_word(hands: Hands) -> None:
    hands.press("language-ar", "ways", "way-high-contrast").wait(IDLE)
    assert (hands.view.language, hands.view.modes, hands.made) == ("en", (), [])


def test_nobody_is_warned_on_a_kiosk_that_waits(hands: Hands) -> None:
    hands.wait(24 * 3600)
    assert (hands.step, hands.made) == ("welcome", [])


def test_help_that_was_called_before_anything_began_closes_by_itself(hands: Hands) -> None:
    hands.press("help").keep().wait(IDLE)
    assert hands.step == "welcome"


def test_nobody_waits_for_ever(hands: Hands) -> None:
    hands.present().born().wait(9)
    assert hands.step == "one-moment"
    hands.wait(1)
    assert hands.step == "fault"
    hands.wait(DONE_S)
    assert hands.step == "welcome"


def test_the_tick_on_the_picture_stands_a_moment_at_most(hands: Hands) -> None:
    hands.scan().wait(0.2)
    assert hands.step == "welcome"
    hands.wait(0.1)
    assert hands.step == "birth-date"
