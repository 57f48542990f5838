"""What may be heard, how loud and how fast: the pure rules, by the ids of the requirements."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.speech.levels import (
    ASSUMED_HEADPHONES,
    ASSUMED_SPEAKER,
    DEFAULT_RATE,
    DEFAULT_SPL,
    HEADPHONE_GAINS,
    RATES,
    SPEAKER_GAINS,
    Loudness,
    moved,
    problems,
)
from kiosk.devices.speech.utterance import LONGEST, Utterance, heard, plain

BIRTHDAY = Utterance("born", "2 January 1950", "en", private=True, instead="This is private.")
MASKED = Utterance("field-text", "4 2", "en", private=True, instead="asterisk asterisk")
OPEN = Utterance("heading", "Hello.", "en")
BOTH = pytest.mark.parametrize("gains", [SPEAKER_GAINS, HEADPHONE_GAINS], ids=["room", "private"])


def test_s09_private_words_are_kept_from_the_room() -> None:
    assert heard(BIRTHDAY, headphones=False, aloud=False) == "This is private."


def test_s09_private_words_are_said_to_headphones() -> None:
    assert heard(BIRTHDAY, headphones=True, aloud=False) == "2 January 1950"


def test_s09_private_words_are_said_aloud_when_the_patient_chose_so() -> None:
    assert heard(BIRTHDAY, headphones=False, aloud=True) == "2 January 1950"


def test_s08_a_masked_field_says_no_digit_to_the_room() -> None:
    said = heard(MASKED, headphones=False, aloud=False)
    assert not any(ch.isdigit() for ch in said)
    assert said == "asterisk asterisk"


def test_s09_private_words_with_nothing_to_say_instead_are_silence() -> None:
    assert heard(Utterance("a", "secret", "en", private=True), headphones=False, aloud=False) == ""


@given(headphones=st.booleans(), aloud=st.booleans())
def test_words_for_all_are_always_said(headphones: bool, aloud: bool) -> None:
    assert heard(OPEN, headphones=headphones, aloud=aloud) == "Hello."


def test_an_utterance_keeps_its_words_out_of_logs() -> None:
    assert "1950" not in repr(BIRTHDAY)
    assert "private." not in repr(BIRTHDAY)


@given(st.text())
def test_an_engine_gets_one_line_it_can_only_read(text: str) -> None:
    said = plain(text)
    assert not {"[", "]", "\n", "\0", "\u202e"} & set(said)
    assert len(said) <= LONGEST
    assert plain(said) == said


def test_v01_v05_an_installers_measurements_are_judged() -> None:
    assert problems(75, 100, 40) == ()
    assert "has to reach 65" in problems(60, None, None)[0]
    assert "nobody measured" in problems(None, None, None)[0]
    assert "lowest step" in problems(95, None, None)[0]
    assert "has to reach 80" in problems(75, None, 60)[0]  # 20 dB over a loud room
    assert "80 to 100" in problems(75, 120, None)[0]


@given(st.floats(65, 93), st.sampled_from([SPEAKER_GAINS, HEADPHONE_GAINS]))
def test_v02_the_default_is_never_above_65_db(full: float, gains: tuple[float, ...]) -> None:
    loudness = Loudness(gains, full)
    assert full + gains[loudness.default] <= DEFAULT_SPL
    louder = gains[loudness.default + 1 :]
    assert not louder or full + louder[0] > DEFAULT_SPL


def test_v02_a_speaker_nobody_measured_starts_no_louder_either() -> None:
    room = Loudness(SPEAKER_GAINS, ASSUMED_SPEAKER)
    assert ASSUMED_SPEAKER + room.gains[room.default] <= DEFAULT_SPL


@BOTH
def test_v04_the_range_is_18_db_with_a_step_12_above_the_lowest(gains: tuple[float, ...]) -> None:
    assert max(gains) - min(gains) >= 18
    assert min(gains) + 12 in gains
    assert max(gains) == 0


@BOTH
def test_v06_no_step_is_larger_than_10_db(gains: tuple[float, ...]) -> None:
    assert all(0 < above - below <= 10 for below, above in pairwise(gains))


def test_v06_headphones_go_from_20_to_100_db_and_start_between_60_and_70() -> None:
    private = Loudness(HEADPHONE_GAINS, ASSUMED_HEADPHONES)
    levels = [private.full + gain for gain in private.gains]
    assert (levels[0], levels[-1]) == (20, 100)
    assert 60 <= levels[private.default] <= 70


def test_v07_rates_go_from_half_to_double_in_8_steps() -> None:
    assert (RATES[0], RATES[DEFAULT_RATE], RATES[-1], len(RATES)) == (0.5, 1.0, 2.0, 8)
    assert list(RATES) == sorted(RATES)


@given(st.integers(0, 7), st.integers(-20, 20))
def test_steps_stay_in_the_table(at: int, step: int) -> None:
    assert 0 <= moved(at, step, 8) <= 7
