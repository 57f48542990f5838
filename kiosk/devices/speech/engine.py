"""The port of a voice: text in, samples out, from a program of its own or from a recording."""

import select
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.speech.turn import Program, Turn
from kiosk.errors import DeviceLost

Samples = NDArray[np.int16]


class Coverage(StrEnum):
    """What an engine can say in a language: any text, some sentences, or nothing."""

    ANY = "any"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """Mono sound on its way: samples a second, and blocks as they come."""

    rate: int
    blocks: Iterable[Samples]
    voice: str


class Engine(Protocol):
    """One way to turn text into sound; called on the speaker's thread only."""

    def covers(self, language: str) -> Coverage:
        """Tell what it can say in a language, now."""
        ...

    def render(self, text: str, language: str, rate: float, turn: Turn) -> Stream | None:
        """Return the sound of a plain text, or None when it has none for it.

        `rate` is the speed beside the default. Raises DeviceLost, also while the blocks are read,
        when the engine hangs or dies.
        """
        ...

    def close(self) -> None:
        """End what it keeps running."""
        ...


def feed(program: Program, text: str) -> None:
    """Give a text to a program, never as an argument; raises DeviceLost when it is dead."""
    assert program.stdin is not None  # noqa: S101 - `turn.start` makes the pipes
    try:
        program.stdin.write(text.encode("utf-8", "ignore") + b"\n")
        program.stdin.close()
    except OSError:
        raise DeviceLost("the voice is dead") from None


def output(program: Program, turn: Turn, patience: float) -> Iterator[bytes]:
    """Yield what a program writes, to its end; ends early when the turn is over.

    Raises DeviceLost when nothing comes for `patience` seconds, or when it fails.
    """
    assert program.stdout is not None  # noqa: S101 - as above
    ready = select.poll()
    ready.register(program.stdout.fileno(), select.POLLIN)
    while not turn.over:
        if not ready.poll(patience * 1000):
            raise DeviceLost(f"the voice gave nothing for {patience:g} s")
        data = program.stdout.read(65536)
        if not data:
            break
        yield data
    if not turn.over and _status(program) != 0:
        raise DeviceLost("the voice failed")


def _status(program: Program) -> int | None:
    """Return the exit status of a program that has closed its output, None when it goes on."""
    until = time.monotonic() + 1
    while program.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    return program.poll()
