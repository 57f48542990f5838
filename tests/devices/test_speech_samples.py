"""Sound on its way: loudness, speed and pieces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.speech_parts import pitch, tone
from kiosk.devices.speech.engine import Samples
from kiosk.devices.speech.levels import RATES
from kiosk.devices.speech.samples import amplified, joined, later, levelled, stretched, trimmed

RATE = 22050


def whole(blocks: list[Samples]) -> Samples:
    return np.concatenate([np.zeros(0, np.int16), *blocks])


def loudness(samples: Samples) -> float:
    return float(20 * np.log10(np.sqrt((samples.astype(float) ** 2).mean()) / 32768))


@pytest.mark.parametrize("speed", RATES)
def test_v07_another_speed_keeps_the_pitch(speed: float) -> None:
    slow = whole(list(stretched(tone(1.5, 220), speed, RATE)))
    assert len(slow) / RATE == pytest.approx(1.5 / speed, abs=0.05)
    assert pitch(slow, RATE) == pytest.approx(220, abs=2)


@pytest.mark.parametrize("speed", [0.5, 0.8, 2.0])
def test_a_stretched_tone_stays_as_loud(speed: float) -> None:
    made = tone(1, 220)
    slow = whole(list(stretched(made, speed, RATE)))[2000:-2000]
    assert loudness(slow) == pytest.approx(loudness(made), abs=1)


@pytest.mark.parametrize("samples", [np.zeros(0, np.int16), np.zeros(100, np.int16)])
def test_hardly_any_sound_is_stretched_and_levelled_too(samples: Samples) -> None:
    assert not whole(list(stretched(samples, 0.5, RATE))).any()
    assert not levelled(samples).any()


@pytest.mark.parametrize("loud", [0.01, 0.1, 1.0])
def test_every_voice_comes_out_equally_loud(loud: float) -> None:
    speech = whole([tone(0.5, 300, loud=loud), np.zeros(RATE, np.int16), tone(0.5, 200, loud=loud)])
    speaking = levelled(speech)[: RATE // 2]
    assert loudness(speaking) == pytest.approx(-20, abs=0.5)


def test_silence_before_and_after_speech_is_cut() -> None:
    silence = np.zeros(RATE, np.int16)
    assert len(trimmed(whole([silence, tone(1, 300), silence]), RATE)) / RATE == pytest.approx(
        1.25, abs=0.02
    )
    assert not len(trimmed(silence, RATE))


def test_levelling_never_clips() -> None:
    spiky = tone(1, 300, loud=0.02)
    spiky[::5000] = 32767
    assert 0.9 < np.abs(levelled(spiky).astype(int)).max() / 32767 <= 1


def test_a_gain_is_in_decibels() -> None:
    made = tone(0.5, 300)
    (soft,) = amplified([made], -12)
    assert loudness(soft) == pytest.approx(loudness(made) - 12, abs=0.1)


@given(st.binary(max_size=60), st.lists(st.integers(1, 7), max_size=20))
def test_samples_do_not_depend_on_where_bytes_are_cut(data: bytes, cuts: list[int]) -> None:
    chunks, rest = [], data
    for cut in cuts:
        chunks.append(rest[:cut])
        rest = rest[cut:]
    joint = whole(list(joined([*chunks, rest])))
    assert joint.tobytes() == data[: len(data) // 2 * 2]


@given(st.lists(st.integers(0, 5), max_size=8), st.integers(0, 30))
def test_what_was_heard_before_is_left_out(sizes: list[int], skip: int) -> None:
    blocks = [np.full(size, number, np.int16) for number, size in enumerate(sizes)]
    assert whole(list(later(blocks, skip))).tolist() == whole(blocks).tolist()[skip:]
