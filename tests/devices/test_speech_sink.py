"""Ways out for sound: ALSA's player as a program, and the recording."""

import os
import shutil
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from devices.speech_parts import pitch, program, tone
from kiosk.devices.speech.build import sink
from kiosk.devices.speech.engine import Samples
from kiosk.devices.speech.settings import Speech
from kiosk.devices.speech.sink import Alsa, Recording
from kiosk.devices.speech.turn import Turn
from kiosk.errors import DeviceLost

RATE = 22050
ASOUNDRC = """pcm.tape {{ type file slave.pcm null file {path} format raw }}
"""


def alsa(path: Path, body: str) -> Alsa:
    return Alsa("tape", program=program(path, body), cards=None, patience=0.3)


def play(out: Alsa | Recording, blocks: list[Samples], turn: Turn | None = None) -> list[float]:
    """Play, and return when the sound began."""
    begun: list[float] = []
    out.play(RATE, blocks, turn or Turn(), lambda: begun.append(time.monotonic()))
    return begun


def test_sound_goes_to_the_player_as_raw_samples(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    out = alsa(tmp_path / "aplay", f'echo "$@" > {heard}.how; cat > {heard}')
    blocks = [tone(3, 300), tone(0.5, 200)]
    assert len(play(out, blocks)) == 1
    assert heard.read_bytes() == b"".join(block.tobytes() for block in blocks)
    how = Path(f"{heard}.how").read_text()
    assert "-D tape -t raw -f S16_LE -c 1 -r 22050" in how


@pytest.mark.parametrize("fate", ["exit 1", "cat > /dev/null; exit 1", "head -c 9 > /dev/null"])
def test_a_player_that_dies_is_a_lost_device(fate: str, tmp_path: Path) -> None:
    out = alsa(tmp_path / "aplay", fate if fate.startswith("exit") else f"{fate}; exit 1")
    with pytest.raises(DeviceLost, match="went away"):
        play(out, [tone(4, 300)])


def test_a_player_that_hangs_is_a_lost_device(tmp_path: Path) -> None:
    with pytest.raises(DeviceLost, match="hangs"):
        play(alsa(tmp_path / "aplay", "sleep 99"), [tone(4, 300)])


def test_t04_cutting_a_turn_ends_the_player_at_once(tmp_path: Path) -> None:
    out, turn = alsa(tmp_path / "aplay", f"echo $$ > {tmp_path}/pid; sleep 99"), Turn()
    done = threading.Thread(target=play, args=(out, [tone(0.5, 300)], turn))
    done.start()
    until = time.monotonic() + 10
    while not (tmp_path / "pid").exists() and time.monotonic() < until:
        time.sleep(0.005)
    turn.cut()
    done.join(10)
    assert not done.is_alive()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_turn_that_is_over_plays_nothing(tmp_path: Path) -> None:
    turn = Turn()
    turn.cut()
    play(alsa(tmp_path / "aplay", f"cat > {tmp_path}/heard"), [tone(1, 300)], turn)
    assert not (tmp_path / "heard").exists() or not (tmp_path / "heard").read_bytes()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    assert "alsa-utils" in Alsa(program=str(tmp_path / "none")).problem()
    found = program(tmp_path / "aplay", "")
    assert "no sound card" in Alsa(program=found, cards=tmp_path).problem()
    (tmp_path / "pcmC0D0p").touch()
    assert Alsa(program=found, cards=tmp_path).problem() == ""


def test_sound_that_is_switched_off_says_so() -> None:
    off = sink(Speech(enabled=False), "default")
    assert "switched off" in off.problem()
    with pytest.raises(DeviceLost):
        off.play(RATE, [tone(1, 300)], Turn(), lambda: None)


@pytest.mark.skipif(shutil.which("aplay") is None, reason="alsa-utils is not installed")
def test_the_real_player_plays_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "asound.conf"
    tape = tmp_path / "tape.raw"
    config.write_text("</usr/share/alsa/alsa.conf>\n" + ASOUNDRC.format(path=tape))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))
    play(Alsa("tape", cards=None), [tone(1, 300), tone(0.5, 300)])
    heard = np.frombuffer(tape.read_bytes(), "<i2")
    assert len(heard) >= 1.5 * RATE
    assert pitch(heard[:RATE], RATE) == pytest.approx(300, abs=3)


def test_a_recording_takes_as_long_as_the_sound() -> None:
    out = Recording(pace=0.1)
    began = time.monotonic()
    play(out, [tone(1, 300), tone(1, 300)])
    assert time.monotonic() - began >= 0.2
    (one,) = out.heard
    assert len(one.samples) == 2 * RATE
    assert one.ended - one.begun >= 0.2


def test_a_recording_that_is_cut_keeps_what_was_heard() -> None:
    out, turn = Recording(), Turn()
    threading.Timer(0.2, turn.cut).start()
    play(out, [tone(30, 300)], turn)
    assert 0 < len(out.heard[0].samples) < 10 * RATE


def test_nothing_begins_without_sound() -> None:
    out = Recording()
    assert play(out, []) == []
    assert out.heard == []


def test_a_recording_is_written_with_its_silences(tmp_path: Path) -> None:
    times: Iterator[float] = iter([1.0, 1.0, 2.0, 4.0, 4.0, 5.0])
    out = Recording(0, lambda: next(times))
    play(out, [tone(1, 300)])
    out.play(RATE // 2, [tone(1, 300, RATE // 2)], Turn(), lambda: None)
    out.write(tmp_path / "all.wav")
    with wave.open(str(tmp_path / "all.wav")) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        assert file.getframerate() == RATE
    assert len(samples) / RATE == pytest.approx(4, abs=0.01)
    assert not samples[RATE + 100 : 3 * RATE - 100].any()
    assert pitch(samples[3 * RATE :], RATE) == pytest.approx(300, abs=3)


def test_an_empty_recording_is_an_empty_file(tmp_path: Path) -> None:
    Recording().write(tmp_path / "none.wav")
    with wave.open(str(tmp_path / "none.wav")) as file:
        assert file.getnframes() == 0
