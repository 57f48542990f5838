"""The speaker as the screen uses it, with the real espeak-ng and a recording for an ear."""

import logging
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.speech_parts import (
    ENDS,
    LONG,
    VOICES,
    Ear,
    program,
    quiet,
    say,
    speaking,
)
from kiosk.devices.speech.build import voices
from kiosk.devices.speech.levels import (
    DEFAULT_RATE,
    DEFAULT_SPL,
    HEADPHONE_GAINS,
    SPEAKER_GAINS,
    Loudness,
)
from kiosk.devices.speech.saying import Output
from kiosk.devices.speech.settings import Speech
from kiosk.devices.speech.sink import Alsa, Recording
from kiosk.devices.speech.speaker import Speaker
from kiosk.devices.speech.utterance import State, Told
from kiosk.devices.speech.voices import Quality


def test_utterances_are_said_in_order_each_by_the_voice_of_its_language() -> None:
    with speaking() as (mouth, ear):
        mouth.say([say("a"), say("b", "Sí.", "es"), say("c", "好。", "zh-Hans")])
        ear.until("c", State.FINISHED)
    assert ear.states() == [(id, s) for id in "abc" for s in ("started", "finished")]
    assert [one.voice for one in ear.told[::2]] == [
        "espeak-ng en",
        "espeak-ng es",
        "espeak-ng cmn-latn-pinyin",
    ]


def test_s04_new_speech_cuts_the_old_and_they_never_overlap() -> None:
    out = Recording()
    with speaking(out) as (mouth, ear):
        mouth.say([say("a", LONG), say("never")])
        ear.until("a", State.STARTED)
        mouth.say([say("b")])
        ear.until("b", State.FINISHED)
    assert ear.states() == [("a", "started"), ("a", "cut"), ("b", "started"), ("b", "finished")]
    assert all(before.ended <= after.begun for before, after in pairwise(out.heard))


def test_s04_speech_stops_when_the_patient_acts() -> None:
    with speaking(Recording()) as (mouth, ear):
        mouth.say([say("a", LONG), say("never")])
        ear.until("a", State.STARTED)
        mouth.stop()
        assert not mouth.speaking
        ear.until("a", State.CUT)
        mouth.say([say("b")])
        ear.until("b", State.FINISHED)
    assert "never" not in {one.id for one in ear.told}


def test_the_caller_never_waits() -> None:
    with speaking(Recording()) as (mouth, ear):
        for number in range(20):
            mouth.say([say(str(number), LONG)])
        ear.until("19", State.STARTED)
        mouth.stop()
    assert {one.id for one in ear.told if one.state is State.FINISHED} == set()


def test_s05_speech_goes_on_after_a_pause_and_does_not_begin_again() -> None:
    out, alone, text = Recording(), Recording(0), "This sentence takes some seconds."
    with speaking(out) as (mouth, ear):
        mouth.say([say("a", text), say("b")])
        ear.until("a", State.STARTED)
        time.sleep(0.8)
        mouth.pause()
        assert (mouth.paused, mouth.speaking) == (True, False)
        ear.until("a", State.CUT)
        mouth.resume()
        assert (mouth.paused, mouth.speaking) == (False, True)
        ear.until("a", State.FINISHED)
        ear.until("b", State.STARTED)
    with speaking(alone) as (mouth, ear):
        mouth.say([say("a", text)])
        ear.until("a", State.FINISHED)
    rest, whole = out.heard[1], alone.heard[0]
    assert 0 < len(rest.samples) < len(whole.samples)
    assert rest.samples.tolist() == whole.samples[-len(rest.samples) :].tolist()


def test_a_pause_is_forgotten_when_something_else_is_said() -> None:
    with speaking(Recording()) as (mouth, ear):
        mouth.say([say("a", LONG)])
        ear.until("a", State.STARTED)
        mouth.pause()
        mouth.say([say("b")])
        ear.until("b", State.FINISHED)
        mouth.resume()
        assert not mouth.speaking
        mouth.pause()  # there is nothing to pause
        assert not mouth.paused


def test_s07_a_language_without_a_voice_is_not_said() -> None:
    with speaking() as (mouth, ear):
        assert not mouth.speaks("so")
        mouth.say([say("a", "Soo dhowow.", "so"), say("b")])
        ear.until("b", State.FINISHED)
    assert ear.states()[0] == ("a", "unsaid")


def test_s09_private_words_go_to_headphones_only() -> None:
    with speaking() as (mouth, ear):
        mouth.say([say("a", "Born in 1950.", private=True)])
        hidden = ear.until("a", State.FINISHED)
        mouth.headphones = True
        mouth.say([say("b", "Born in 1950.", private=True)])
        private = ear.until("b", State.FINISHED)
    assert (hidden.text, hidden.hidden) == ("This is private.", True)
    assert (private.text, private.hidden) == ("Born in 1950.", False)


def test_s09_pulling_the_headphones_out_ends_private_speech() -> None:
    with speaking(Recording()) as (mouth, ear):
        mouth.headphones = True
        mouth.say([say("a", LONG, private=True), say("b", "Secret.", private=True)])
        ear.until("a", State.STARTED)
        mouth.headphones = False
        ear.until("a", State.CUT)
        assert not mouth.speaking
        mouth.resume()
        assert not mouth.speaking
    assert "b" not in {one.id for one in ear.told}


def test_s09_a_choice_to_hear_private_words_aloud_ends_with_the_session() -> None:
    with speaking() as (mouth, ear):
        mouth.aloud = True
        mouth.say([say("a", "Born in 1950.", private=True)])
        assert ear.until("a", State.FINISHED).text == "Born in 1950."
        mouth.reset()
        assert not mouth.aloud
        mouth.say([say("b", "Born in 1950.", private=True)])
        assert ear.until("b", State.FINISHED).hidden


def test_headphones_have_a_sound_device_and_a_volume_of_their_own() -> None:
    room, private, ear = Recording(0), Recording(0), Ear()
    outputs = (
        Output(room, Loudness(SPEAKER_GAINS, 85)),
        Output(private, Loudness(HEADPHONE_GAINS, 100)),
    )
    mouth = Speaker(voices(Speech(), VOICES), *outputs, ear)
    try:
        mouth.volume(2)
        mouth.headphones = True
        mouth.say([say("a", private=True)])
        ear.until("a", State.FINISHED)
        assert (len(room.heard), len(private.heard)) == (0, 1)
        assert mouth.volume(0).number == outputs[1].loudness.default + 1
    finally:
        mouth.close()


def test_v02_volume_and_rate_are_reset_after_a_session() -> None:
    with speaking() as (mouth, _):
        assert SPEAKER_GAINS[mouth.volume(0).number - 1] + 85 <= DEFAULT_SPL
        before = (mouth.volume(0), mouth.rate(0))
        mouth.volume(3)
        mouth.rate(-2)
        mouth.reset()
        assert (mouth.volume(0), mouth.rate(0)) == before
        assert mouth.rate(0).number == DEFAULT_RATE + 1


def test_v03_volume_and_rate_move_a_step_and_stop_at_the_end() -> None:
    with speaking() as (mouth, _):
        steps: list[Callable[[int], object]] = [mouth.volume, mouth.rate]
        assert mouth.rate(1).percent == 125
        for _ in range(10):
            levels = [step(1) for step in steps]
        assert [(level.number, level.of, level.moved) for level in levels] == [(8, 8, False)] * 2  # type: ignore[attr-defined]
        assert mouth.volume(-1).moved


def test_v07_a_faster_rate_is_heard_with_the_next_utterance() -> None:
    out = Recording(0)
    with speaking(out) as (mouth, ear):
        for id in ("a", "b"):
            mouth.say([say(id, LONG)])
            ear.until(id, State.FINISHED)
            mouth.rate(4)
    slow, fast = (len(one.samples) for one in out.heard)
    assert slow / fast == pytest.approx(2, rel=0.1)


def test_v04_each_volume_step_is_heard() -> None:
    out = Recording(0)
    with speaking(out) as (mouth, ear):
        mouth.volume(-20)
        for step in SPEAKER_GAINS:
            mouth.say([say(str(step), LONG)])
            ear.until(str(step), State.FINISHED)
            mouth.volume(1)
    peaks = [abs(one.samples.astype(int)).max() for one in out.heard]
    assert peaks == sorted(peaks)
    assert peaks[-1] / peaks[0] == pytest.approx(10 ** (28 / 20), rel=0.05)


def test_no_chime_may_sound_while_something_is_said() -> None:
    with speaking(Recording(0.1)) as (mouth, ear):
        assert not mouth.speaking
        mouth.say([say("a", LONG)])
        assert mouth.speaking
        ear.until("a", State.FINISHED)
        quiet(mouth)


def test_without_a_sound_device_nothing_claims_to_speak(tmp_path: Path) -> None:
    with speaking(Alsa(program=str(tmp_path / "none"))) as (mouth, ear):
        assert not mouth.speaks("en")
        assert mouth.fluency("en").quality is Quality.NONE
        assert "alsa-utils" in mouth.fluency("en").reason
        mouth.say([say("a"), say("b")])
        ear.until("a", State.LOST)
        quiet(mouth)
    assert ear.states() == [("a", "lost")]


def test_a_sound_device_that_comes_back_is_used_again(tmp_path: Path) -> None:
    player = tmp_path / "aplay"
    with speaking(Alsa(program=program(player, "exit 1"), cards=None)) as (mouth, ear):
        mouth.say([say("a")])
        ear.until("a", State.LOST)
        program(player, "cat > /dev/null")
        mouth.say([say("b")])
        ear.until("b", State.FINISHED)


def test_a_listener_that_fails_does_not_end_the_speaking(caplog: pytest.LogCaptureFixture) -> None:
    ear = Ear()

    def told(one: Told) -> None:
        ear(one)
        raise ValueError("Robin")

    room = Output(Recording(0), Loudness(SPEAKER_GAINS, 85))
    mouth = Speaker(voices(Speech(), VOICES), room, room, told)
    with caplog.at_level(logging.ERROR):
        mouth.say([say("a"), say("b")])
        ear.until("b", State.FINISHED)
        mouth.close()
    assert "speech.listener-failed" in caplog.text
    assert "Robin" not in caplog.text


def test_no_words_are_logged(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    with speaking(Alsa(program=str(tmp_path / "x"))) as (mouth, ear):
        mouth.say([say("a", "Robin Sample")])
        ear.until("a", State.LOST)
    assert "speech.voice-failed" in caplog.text
    assert "Robin" not in caplog.text


def test_nothing_to_say_is_not_an_error() -> None:
    with speaking() as (mouth, ear):
        mouth.say([])
        assert not mouth.speaking
        mouth.say([say("a", "\u2068\u2069 \n"), say("b", "…"), say("c")])
        ear.until("c", State.FINISHED)
    assert ear.states()[0] == ("a", "unsaid")


STEPS = st.sampled_from(["say", "private", "stop", "pause", "resume", "in", "out", "loud", "reset"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(STEPS, st.booleans()), max_size=12))
def test_whatever_happens_nothing_overlaps_and_nothing_private_gets_out(
    steps: list[tuple[str, bool]],
) -> None:
    room, private, ear = Recording(0.01), Recording(0.01), Ear()
    outputs = (Output(room, Loudness(SPEAKER_GAINS, 85)), Output(private, Loudness((0.0,), 65)))
    mouth = Speaker(voices(Speech(), VOICES), *outputs, ear)
    for number, (step, wait) in enumerate(steps):
        act(mouth, step, str(number))
        if wait:
            time.sleep(0.03)
    mouth.resume()
    quiet(mouth)
    mouth.close()
    heard = sorted([*room.heard, *private.heard], key=lambda one: one.begun)
    assert all(before.ended <= after.begun for before, after in pairwise(heard))
    begun = [one for one in ear.told if one.state is State.STARTED]
    assert not private.heard or any(step == "in" for step, _ in steps)
    if not any(step == "in" for step, _ in steps):
        assert all("Secret" not in one.text for one in begun)
    for first, then in pairwise(ear.told):
        if first.state is State.STARTED:
            assert (then.id, then.state in ENDS) == (first.id, True)


def act(mouth: Speaker, step: str, id: str) -> None:
    if step in {"say", "private"}:
        text = "Secret." if step == "private" else "Yes."
        mouth.say([say(id, text, private=step == "private"), say(f"{id}+", "No.")])
    elif step in {"in", "out"}:
        mouth.headphones = step == "in"
    elif step == "loud":
        mouth.volume(1)
    else:
        {"stop": mouth.stop, "pause": mouth.pause, "resume": mouth.resume, "reset": mouth.reset}[
            step
        ]()
