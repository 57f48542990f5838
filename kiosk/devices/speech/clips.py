"""Sentences that a person recorded: <folder>/<language>/<name>.wav, mono or stereo, 16 bits."""

import hashlib
import wave
from pathlib import Path
from unicodedata import normalize

import numpy as np

from kiosk.devices.speech.engine import Coverage, Samples, Stream
from kiosk.devices.speech.samples import levelled, stretched
from kiosk.devices.speech.turn import Turn
from kiosk.devices.speech.utterance import plain
from kiosk.errors import DeviceLost


def name(text: str) -> str:
    """Return the file name of a sentence's recording.

    Made from the very words in their language: when they change, the old recording is not played.
    """
    told = normalize("NFC", plain(text)).encode("utf-8", "ignore")
    return f"{hashlib.sha256(told).hexdigest()[:16]}.wav"


class Clips:
    """Whole sentences only; names, times and numbers are for the other engines."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def covers(self, language: str) -> Coverage:
        """Tell whether anything was recorded in a language."""
        there = self._folder is not None and any((self._folder / language).glob("*.wav"))
        return Coverage.SOME if there else Coverage.NONE

    def render(self, text: str, language: str, rate: float, turn: Turn) -> Stream | None:  # noqa: ARG002 - no program is started
        """Return the recording at `rate`, None when there is none; raises DeviceLost."""
        path = self._folder / language / name(text) if self._folder else None
        if path is None or not path.is_file():
            return None
        found, samples = read(path)
        return Stream(found, stretched(levelled(samples), rate, found), f"clip {path.stem}")

    def close(self) -> None:
        """Nothing is kept running."""


def read(path: Path) -> tuple[int, Samples]:
    """Return rate and mono samples of a WAV file; raises DeviceLost naming it."""
    try:
        with wave.open(str(path), "rb") as file:
            wide, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            data = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error):
        raise DeviceLost(f"{path.name} is no WAV file") from None
    if wide != 2:
        raise DeviceLost(f"{path.name} has {8 * wide} bits; 16 are wanted")
    samples = np.frombuffer(data[: len(data) // (2 * channels) * 2 * channels], dtype="<i2")
    if channels == 1:
        return rate, samples
    return rate, samples.reshape(-1, channels).mean(axis=1).astype(np.int16)
