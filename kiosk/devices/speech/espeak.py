"""espeak-ng as a program of its own (GPL: never linked in), one run for each utterance."""

import shutil
import struct
import subprocess
from collections.abc import Iterable, Mapping

import numpy as np

from kiosk.devices.speech.engine import Coverage, Samples, Stream, feed, output
from kiosk.devices.speech.samples import levelled, stretched, trimmed
from kiosk.devices.speech.turn import Turn, start
from kiosk.errors import DeviceLost

_PATIENCE = 2.0  # it needs 10 to 40 ms, and a few times that on a Raspberry Pi
_HEADER = 44
# Which `-s` gives which speed. It is no true number of words a minute: 93 gives 123 of them, from
# the first to the last sound of 51 of our sentences; below that it hardly slows down. Means of 14
# languages, which differ by up to 5 % at 1.25 and 10 % at 2.
_SPEEDS = {1.0: 93, 1.25: 117, 1.5: 141, 1.75: 164, 2.0: 189}


class Espeak:
    """Any text in each language of `voices` (BCP 47 → espeak-ng voice, "" for none)."""

    def __init__(self, voices: Mapping[str, str], program: str = "espeak-ng") -> None:
        self._voices = voices
        self._program = program
        self.installed = self._ask()

    def _ask(self) -> frozenset[str]:
        """Return the voices of this machine, none when the program is missing; takes 60 ms."""
        if shutil.which(self._program) is None:
            return frozenset()
        try:
            asked = subprocess.run(
                [self._program, "--voices"],
                capture_output=True,
                timeout=_PATIENCE,
                check=True,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError):
            return frozenset()
        return frozenset(_names(asked.stdout.decode("utf-8", "replace")))

    def covers(self, language: str) -> Coverage:
        """Tell whether there is a voice; it then says any text."""
        known = self._voices.get(language, "") in self.installed
        return Coverage.ANY if known else Coverage.NONE

    def render(self, text: str, language: str, rate: float, turn: Turn) -> Stream:
        """Speak at `rate`; slower than the default is stretched. Raises DeviceLost."""
        voice = self._voices[language]
        own = rate if rate in _SPEEDS else 1.0
        arguments = [self._program, "-v", voice, "-s", str(_SPEEDS[own])]
        arguments += ["-b", "1", "--stdin", "--stdout"]
        try:
            program = start(arguments)
        except OSError:
            raise DeviceLost("espeak-ng cannot be started") from None
        with turn.holding(program):
            feed(program, text)
            sound = b"".join(output(program, turn, _PATIENCE))
        found, samples = _read(sound, turn)
        said = levelled(trimmed(samples, found, own))
        return Stream(found, stretched(said, rate / own, found), f"espeak-ng {voice}")

    def close(self) -> None:
        """Nothing is kept running."""


def _names(table: str) -> Iterable[str]:
    """Yield the second column, and the codes in parentheses at the end: `(en 5)`."""
    for line in table.splitlines()[1:]:
        words = line.split()
        yield words[1]
        yield from (word[1:] for word in words[4:] if word.startswith("("))


def _read(sound: bytes, turn: Turn) -> tuple[int, Samples]:
    """Return rate and samples of a WAV that was piped and so does not know its length."""
    if turn.over:
        return 22050, np.zeros(0, np.int16)
    if len(sound) < _HEADER or not sound.startswith(b"RIFF"):
        raise DeviceLost("espeak-ng gave no sound")
    (rate,) = struct.unpack_from("<I", sound, 24)
    return rate, np.frombuffer(sound[_HEADER : len(sound) // 2 * 2], dtype="<i2")
