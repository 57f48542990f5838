"""Voices: the real espeak-ng, Piper's contract, recordings, and which of them is chosen."""

import os
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from devices.speech_parts import VOICES, pitch, program, tone
from kiosk.devices.speech import clips
from kiosk.devices.speech.build import voices
from kiosk.devices.speech.clips import Clips
from kiosk.devices.speech.engine import Coverage, Samples, Stream
from kiosk.devices.speech.espeak import Espeak
from kiosk.devices.speech.levels import RATES
from kiosk.devices.speech.piper import Piper
from kiosk.devices.speech.settings import Speech
from kiosk.devices.speech.turn import Turn
from kiosk.devices.speech.voices import Quality, Voices
from kiosk.errors import DeviceLost

ESPEAK = Espeak(VOICES)
SENTENCE = "If nobody has called you by then, please come to the desk."  # 12 words
HELLO = "Hello. Let us check you in."
LISTED = "Pty Language Age/Gender VoiceName File\n 5 en --/M English gmw/en"
PIPER = """model=""
while [ $# -gt 0 ]; do case "$1" in --model) model=$2;; esac; shift; done
echo $$ >> "$model.runs"
read -r text || exit 0
printf '%s' "$text" > "$model.text"
head -c 32000 "$model"
"""


def sound(stream: Stream | None) -> Samples:
    assert stream is not None
    return np.concatenate([np.zeros(0, np.int16), *stream.blocks])


def length(text: str, language: str = "en", rate: float = 1.0) -> float:
    return len(sound(ESPEAK.render(text, language, rate, Turn()))) / 22050


def record(folder: Path, language: str, text: str, samples: Samples, channels: int = 1) -> Path:
    path = folder / language / clips.name(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(22050)
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def piper(folder: Path, samples: Samples, body: str = PIPER) -> Piper:
    """A program that takes Piper's arguments and plays its own model."""
    model = folder / "voice.onnx"
    model.write_bytes(samples.astype("<i2").tobytes())
    Path(f"{model}.json").write_text('{"audio": {"sample_rate": 16000}}', encoding="utf-8")
    return Piper({"en": model}, program(folder / "piper", body))


@pytest.mark.parametrize("language", [tag for tag, voice in VOICES.items() if voice])
def test_espeak_speaks(language: str) -> None:
    assert ESPEAK.covers(language) is Coverage.ANY
    assert length(HELLO, language) > 0.3


@pytest.mark.parametrize("rate", RATES)
def test_v07_espeak_takes_the_time_that_its_rate_says(rate: float) -> None:
    assert length(SENTENCE) / length(SENTENCE, rate=rate) == pytest.approx(rate, rel=0.1)


def test_the_default_rate_is_about_120_words_a_minute() -> None:
    assert 110 <= 12 / (length(SENTENCE) - 0.25) * 60 <= 135


@pytest.mark.parametrize("text", ["<break time='9s'/>", "[[h@l'oU]]", "-v es --help"])
def test_text_is_never_markup_or_an_option(text: str) -> None:
    stream = ESPEAK.render(text, "en", 1.0, Turn())
    assert stream.voice == "espeak-ng en"
    assert 0.3 < len(sound(stream)) / 22050 < 8


def test_a_language_without_a_voice_is_not_covered() -> None:
    assert ESPEAK.covers("so") is ESPEAK.covers("xx") is Coverage.NONE
    assert Espeak({"fil": "tl"}).covers("fil") is Coverage.NONE


def test_without_espeak_nothing_is_covered(tmp_path: Path) -> None:
    assert Espeak(VOICES, str(tmp_path / "none")).covers("en") is Coverage.NONE


@pytest.mark.parametrize("fate", ["exit 1", "kill -9 $$", "printf no"])
def test_an_engine_that_fails_is_a_lost_device(fate: str, tmp_path: Path) -> None:
    body = f'[ "$1" = --voices ] && echo "{LISTED}" && exit 0\ncat > /dev/null\n{fate}'
    broken = Espeak({"en": "en"}, program(tmp_path / "espeak", body))
    assert broken.covers("en") is Coverage.ANY
    with pytest.raises(DeviceLost):
        broken.render(HELLO, "en", 1.0, Turn())


def test_an_engine_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    asked = f'[ "$1" = --voices ] && echo "{LISTED}" && exit 0'
    body = f"{asked}\nsleep 99 & echo $! > {tmp_path}/pid; wait"
    broken = Espeak({"en": "en"}, program(tmp_path / "espeak", body))
    with pytest.raises(DeviceLost, match="nothing"):
        broken.render(HELLO, "en", 1.0, Turn())
    gone = Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}/stat")
    until = time.monotonic() + 10
    while gone.exists() and gone.read_text().split()[2] != "Z" and time.monotonic() < until:
        time.sleep(0.01)
    assert not gone.exists() or gone.read_text().split()[2] == "Z"


def test_piper_gets_its_text_by_stdin_and_gives_its_models_rate(tmp_path: Path) -> None:
    engine = piper(tmp_path, tone(1, 300, 16000))
    stream = engine.render(HELLO, "en", 1.0, Turn())
    assert (stream.rate, stream.voice) == (16000, "piper voice")
    assert pitch(sound(stream), 16000) == pytest.approx(300, abs=3)
    assert (tmp_path / "voice.onnx.text").read_text() == HELLO
    engine.close()


def test_the_next_piper_is_loaded_while_this_one_speaks(tmp_path: Path) -> None:
    engine = piper(tmp_path, tone(1, 300, 16000))
    for _ in range(3):
        sound(engine.render(HELLO, "en", 1.0, Turn()))
    runs = tmp_path / "voice.onnx.runs"
    until = time.monotonic() + 10
    while len(runs.read_text().split()) < 4 and time.monotonic() < until:
        time.sleep(0.01)
    waiting = runs.read_text().split()
    assert len(waiting) == 4  # three spoke, one waits
    engine.close()
    for run in waiting:
        with pytest.raises(ProcessLookupError):
            os.kill(int(run), 0)


@pytest.mark.parametrize("broken", ["{}", "[1]", "no"])
def test_a_piper_voice_without_its_settings_is_a_lost_device(broken: str, tmp_path: Path) -> None:
    engine = piper(tmp_path, tone(1, 300, 16000))
    (tmp_path / "voice.onnx.json").write_text(broken)
    with pytest.raises(DeviceLost, match=r"voice\.onnx"):
        engine.render(HELLO, "en", 1.0, Turn())


def test_a_recording_is_found_by_its_very_words(tmp_path: Path) -> None:
    record(tmp_path, "so", "Soo dhowow.", tone(1, 300))
    engine = Clips(tmp_path)
    assert engine.covers("so") is Coverage.SOME
    assert pitch(sound(engine.render("Soo dhowow.", "so", 1.0, Turn())), 22050) > 290
    assert engine.render("Soo dhowow!", "so", 1.0, Turn()) is None
    assert engine.render("Soo dhowow.", "en", 1.0, Turn()) is None


def test_the_name_of_a_recording_never_changes() -> None:
    assert clips.name("Hello.") == "2d8bd7d9bb5f85ba.wav"
    assert clips.name("Caf\u00e9") == clips.name("Cafe\u0301")


def test_a_stereo_recording_is_mixed(tmp_path: Path) -> None:
    both = np.repeat(tone(1, 300), 2)
    record(tmp_path, "so", "Haa.", both, channels=2)
    assert len(sound(Clips(tmp_path).render("Haa.", "so", 1.0, Turn()))) == 22050


def test_a_recording_that_is_none_is_a_lost_device(tmp_path: Path) -> None:
    record(tmp_path, "so", "Haa.", tone(1, 300)).write_bytes(b"no")
    with pytest.raises(DeviceLost):
        Clips(tmp_path).render("Haa.", "so", 1.0, Turn())


def names(made: Voices, text: str, language: str) -> list[str]:
    return [stream.voice.split()[0] for stream in made.streams(text, language, 1.0, Turn())]


def test_a_recording_comes_first_then_piper_then_espeak(tmp_path: Path) -> None:
    record(tmp_path, "en", "Hello.", tone(1, 300))
    made = Voices(Clips(tmp_path), piper(tmp_path, tone(1, 300, 16000)), ESPEAK)
    assert names(made, "Hello.", "en") == ["clip", "piper", "espeak-ng", "espeak-ng"]
    assert names(made, "Dr Sample", "en") == ["piper", "espeak-ng", "espeak-ng"]
    assert names(made, "Hola.", "es") == ["espeak-ng", "espeak-ng"]


def test_s07_a_language_without_a_voice_is_never_read_by_another() -> None:
    made = voices(Speech(), VOICES)
    assert names(made, "Soo dhowow.", "so") == []
    assert made.fluency("so").quality is Quality.NONE
    assert "no voice" in made.fluency("so").reason


def test_languages_are_offered_honestly(tmp_path: Path) -> None:
    record(tmp_path, "so", "Haa.", tone(1, 300))
    made = voices(Speech(clips=tmp_path), VOICES)
    assert {tag: made.fluency(tag).quality.value for tag in VOICES} == {
        "en": "ok",
        "es": "ok",
        "zh-Hans": "ok",
        "ar": "rough",
        "so": "recorded",
    }
    assert "vowels" in made.fluency("ar").reason


def test_a_piper_voice_makes_a_rough_language_good(tmp_path: Path) -> None:
    piper(tmp_path, tone(1, 300, 16000))
    settings = Speech(piper=str(tmp_path / "piper"), models={"ar": tmp_path / "voice.onnx"})
    assert voices(settings, VOICES).fluency("ar").quality is Quality.OK
