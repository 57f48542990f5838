"""Where sound goes: a sound card by ALSA's own player, or a recording of what would be heard."""

import os
import select
import shutil
import time
import wave
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from kiosk.devices.speech.engine import Samples
from kiosk.devices.speech.turn import Program, Turn, start
from kiosk.errors import DeviceLost

Monotonic = Callable[[], float]


class Sink(Protocol):
    """One way out for sound; called on the speaker's thread only."""

    def problem(self) -> str:
        """Return in plain words why nothing can be heard now, or ""."""
        ...

    def play(
        self, rate: int, blocks: Iterable[Samples], turn: Turn, begun: Callable[[], None], /
    ) -> None:
        """Play until all was heard or the turn is over; `begun` is called with the first sound.

        Raises DeviceLost when the device went away or hangs.
        """
        ...


class Alsa:
    """A sound card, through `aplay`: cutting the sound is ending that program.

    `device` is ALSA's name of it, such as "default" or "plughw:CARD=AudioNav".
    """

    BUFFER_US = 120_000  # what the card holds; the rest waits where it can be dropped

    def __init__(
        self,
        device: str = "default",
        *,
        program: str = "aplay",
        cards: Path | None = Path("/dev/snd"),
        patience: float = 3.0,
    ) -> None:
        self._device, self._program, self._cards = device, program, cards
        self._patience = patience  # seconds without taking or ending anything

    def problem(self) -> str:
        """Look for the program and for any card; `cards` is None for a device that needs none."""
        if shutil.which(self._program) is None:
            return f"{self._program} is not installed (package alsa-utils)"
        if self._cards and not any(self._cards.glob("pcmC*p")):
            return "there is no sound card"
        return ""

    def play(
        self, rate: int, blocks: Iterable[Samples], turn: Turn, begun: Callable[[], None], /
    ) -> None:
        """Play; raises DeviceLost."""
        arguments = [self._program, "-q", "-D", self._device, "-t", "raw", "-f", "S16_LE"]
        arguments += ["-c", "1", "-r", str(rate), "--buffer-time", str(self.BUFFER_US), "-"]
        try:
            program = start(arguments)
        except OSError:
            raise DeviceLost("aplay cannot be started") from None
        with turn.holding(program):
            played = 0
            for block in blocks:
                self._write(program, block.astype("<i2", copy=False).tobytes(), turn)
                if not played:
                    begun()
                played += len(block)
                if turn.over:
                    return
            self._drain(program, turn)

    def _write(self, program: Program, data: bytes, turn: Turn) -> None:
        assert program.stdin is not None  # noqa: S101 - `turn.start` makes the pipes
        pipe = program.stdin.fileno()
        os.set_blocking(pipe, False)
        ready = select.poll()
        ready.register(pipe, select.POLLOUT)
        left = memoryview(data)
        while left and not turn.over:
            if not ready.poll(self._patience * 1000):
                raise DeviceLost("the sound device hangs")
            try:
                left = left[os.write(pipe, left) :]
            except BlockingIOError:
                continue
            except OSError:
                self._lost(turn)

    def _drain(self, program: Program, turn: Turn) -> None:
        """Wait until the rest was heard: what fits into a pipe, and what the card holds."""
        assert program.stdin is not None  # noqa: S101 - as above
        assert program.stdout is not None  # noqa: S101
        with suppress(OSError):
            program.stdin.close()
        ended = select.poll()
        ended.register(program.stdout.fileno(), select.POLLHUP)  # aplay writes nothing there
        if not ended.poll((self._patience + _PIPE_S) * 1000):
            raise DeviceLost("the sound device hangs")
        if program.wait() != 0:
            self._lost(turn)

    def _lost(self, turn: Turn) -> None:
        if not turn.over:
            raise DeviceLost("the sound device went away")


_PIPE_S = 65536 / 2 / 8000  # at the lowest rate anyone records speech with


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """One stretch of sound as a person would have heard it, by the monotonic clock in seconds."""

    begun: float
    ended: float
    rate: int
    samples: Samples


class Recording:
    """Keeps what would have been heard, in the time it takes; `pace` 0 takes no time."""

    def __init__(self, pace: float = 1.0, monotonic: Monotonic = time.monotonic) -> None:
        self._pace, self._monotonic = pace, monotonic
        self.heard: list[Heard] = []

    def problem(self) -> str:
        """There is none."""
        return ""

    def play(
        self, rate: int, blocks: Iterable[Samples], turn: Turn, begun: Callable[[], None], /
    ) -> None:
        """Keep the sound, as much of it as there was time for."""
        at, kept, wanted = 0.0, [np.zeros(0, np.int16)], 0.0
        try:
            for block in blocks:
                if not at:
                    at = self._monotonic()
                    begun()
                kept.append(block)
                wanted += len(block) / rate * self._pace
                if turn.wait(max(at + wanted - self._monotonic(), 0)):
                    return
        finally:
            if at:
                self._keep(at, rate, np.concatenate(kept))

    def _keep(self, at: float, rate: int, samples: Samples) -> None:
        now = self._monotonic()
        if self._pace:
            samples = samples[: int((now - at) / self._pace * rate)].copy()
        self.heard.append(Heard(at, now, rate, samples))

    def write(self, path: Path, rate: int = 22050) -> None:
        """Write all of it as one WAV file, silence where there was silence."""
        first = self.heard[0].begun if self.heard else 0.0
        sounds = [(int((one.begun - first) * rate), _at(one, rate)) for one in self.heard]
        whole = np.zeros(max((at + len(sound) for at, sound in sounds), default=0), "<i2")
        for at, sound in sounds:
            whole[at : at + len(sound)] = sound
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(whole.tobytes())


def _at(one: Heard, rate: int) -> Samples:
    if one.rate == rate or not len(one.samples):
        return one.samples
    places = np.arange(0, len(one.samples), one.rate / rate)
    heard: Samples = np.interp(places, np.arange(len(one.samples)), one.samples).astype(np.int16)
    return heard


class Nowhere:
    """No sound at all, for a kiosk whose practice switched it off; speech is then not offered."""

    def problem(self) -> str:
        """Say that it is switched off."""
        return "sound is switched off (speech.enabled)"

    def play(self, *_: object) -> None:
        """Play nothing. Raises DeviceLost always."""
        raise DeviceLost("sound is switched off")
