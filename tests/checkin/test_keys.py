"""Physical keys and a headset's socket: what they change, whatever screen shows."""

from dataclasses import replace

import pytest

from kiosk.checkin import CheckIn

from .hands import Hands, practice

VOICES = frozenset({"en", "ar"})


@pytest.fixture
def hands() -> Hands:
    """Return a check-in on a kiosk that speaks English and Arabic."""
    made = Hands()
    spoken = replace(practice("contact", "needs"), speaks=VOICES)
    made.checkin = CheckIn(spoken, made.now)
    return made


def test_s_16_headphones_start_the_voice_on_the_first_screen(hands: Hands) -> None:
    hands.headphones(plugged=True)
    assert hands.view.modes == ("read-aloud",)
    assert hands.step == "welcome"


def test_s_16_headphones_start_the_voice_in_the_middle_and_lose_nothing(hands: Hands) -> None:
    hands.press("no-code").type("Robin").headphones(plugged=True)
    assert hands.view.modes == ("read-aloud",)
    field = hands.view.node("field-text")
    assert field is not None
    assert field.value == "Robin"


def test_a_language_without_a_voice_is_never_read_by_another_ones(hands: Hands) -> None:
    hands.press("language-hi").headphones(plugged=True)
    assert not hands.view.modes
    hands.press("ways")
    assert hands.view.node("way-read-aloud") is None
    assert hands.view.node("sentence") is not None


def test_a_voice_falls_silent_in_such_a_language_and_comes_back(hands: Hands) -> None:
    hands.headphones(plugged=True).press("language-hi")
    assert not hands.view.modes
    hands.press("language-ar")
    assert hands.view.modes == ("read-aloud",)


def test_s_09_without_headphones_the_person_is_asked(hands: Hands) -> None:
    hands.headphones(plugged=True).press("no-code").headphones(plugged=False)
    assert hands.view.step == "sound-lost"
    hands.press("silent")
    assert (hands.view.step, hands.view.modes) == ("name", ())


def test_s_09_the_person_may_go_on_with_the_loudspeaker(hands: Hands) -> None:
    hands.headphones(plugged=True).headphones(plugged=False).press("loudspeaker")
    assert (hands.view.step, hands.view.modes) == ("welcome", ("read-aloud",))


def test_headphones_that_come_back_end_the_question(hands: Hands) -> None:
    hands.headphones(plugged=True).headphones(plugged=False).headphones(plugged=True)
    assert (hands.view.step, hands.view.modes) == ("welcome", ("read-aloud",))


def test_s_15_the_curtain_comes_and_goes_by_its_key_and_brings_the_voice(hands: Hands) -> None:
    hands.switch("curtain")
    assert [*hands.view.modes] == ["curtain", "read-aloud"]
    hands.switch("curtain")
    assert [*hands.view.modes] == ["read-aloud"]


def test_a_key_for_a_mode_that_is_not_here_does_nothing(hands: Hands) -> None:
    hands.press("language-hi").switch("curtain").switch("sepia")
    assert not hands.view.modes


def test_o_10_the_next_person_meets_a_silent_kiosk(hands: Hands) -> None:
    hands.headphones(plugged=True).switch("curtain").press("no-code").press("back")
    assert hands.view.modes == ("curtain", "read-aloud")  # still the same person
    hands.wait(400).wait(60)
    assert not hands.view.modes
