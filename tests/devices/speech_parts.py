"""Speakers whose sound is recorded, what they told, and programs that behave badly."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from kiosk.devices.speech.build import speaker
from kiosk.devices.speech.engine import Samples
from kiosk.devices.speech.settings import Speech
from kiosk.devices.speech.sink import Recording, Sink
from kiosk.devices.speech.speaker import Speaker
from kiosk.devices.speech.utterance import State, Told, Utterance

VOICES = {"en": "en", "es": "es", "zh-Hans": "cmn-latn-pinyin", "ar": "ar", "so": ""}
LONG = "This is a long sentence about nothing at all, so that there is time to cut it."
ENDS = set(State) - {State.STARTED}


def say(id: str, text: str = "Yes.", language: str = "en", *, private: bool = False) -> Utterance:
    return Utterance(id, text, language, private, "This is private." if private else "")


class Ear:
    """Keeps what a speaker told, and waits for it."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self._news = threading.Condition()

    def __call__(self, told: Told) -> None:
        with self._news:
            self.told.append(told)
            self._news.notify_all()

    def until(self, id: str, *states: State) -> Told:
        """Return the first such news; fails after 20 s."""
        wanted = set(states)
        with self._news:
            assert self._news.wait_for(lambda: self._found(id, wanted), 20), self.told
            found = self._found(id, wanted)
        assert found is not None
        return found

    def _found(self, id: str, states: set[State]) -> Told | None:
        return next((one for one in self.told if one.id == id and one.state in states), None)

    def states(self) -> list[tuple[str, str]]:
        return [(one.id, one.state.value) for one in self.told]


@contextmanager
def speaking(
    recording: Sink | None = None,
    settings: Speech | None = None,
    voices: Mapping[str, str] = VOICES,
) -> Iterator[tuple[Speaker, Ear]]:
    ear = Ear()
    made = speaker(settings or Speech(), voices, ear, recording or Recording(0.02))
    try:
        yield made, ear
    finally:
        made.close()


def quiet(made: Speaker) -> None:
    """Wait until nothing is said any more."""
    until = time.monotonic() + 20
    while made.speaking and time.monotonic() < until:
        time.sleep(0.002)
    assert not made.speaking


def program(path: Path, body: str) -> str:
    """Write a small program that stands for a real one."""
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def tone(seconds: float, hertz: float, rate: int = 22050, loud: float = 0.5) -> Samples:
    at = np.arange(int(seconds * rate)) / rate
    made: Samples = (np.sin(2 * np.pi * hertz * at) * 32767 * loud).astype(np.int16)
    return made


def pitch(samples: Samples, rate: int) -> float:
    """Return the strongest frequency in Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples))
