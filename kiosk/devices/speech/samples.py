"""What is done to sound on its way: one loudness for all voices, a gain, another speed."""

from collections.abc import Generator, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.speech.engine import Samples

LEVEL = -20.0
"""dB below full scale of every voice while it speaks: what the installer measured holds for all."""

_FULL, _PEAK = 32768.0, 0.97
_SILENT = 20.0  # no voice was ever recorded this softly
_PAUSE = 10**-2.6  # 26 dB below the loudest is a pause
_FRAME = 512
_ONSET_S, _BREATH_S = 0.005, 0.25


def levelled(samples: Samples) -> Samples:
    """Return a whole utterance at LEVEL, or less where its peaks would not fit."""
    frames = samples[: len(samples) // _FRAME * _FRAME].astype(np.float64).reshape(-1, _FRAME)
    power = (frames**2).mean(axis=1)
    if power.max(initial=0) < _SILENT**2:
        return samples
    speaking = power[power > power.max() * _PAUSE]
    wanted = _FULL * 10 ** (LEVEL / 20) / float(np.sqrt(speaking.mean()))
    peak = float(np.abs(samples.astype(np.float64)).max())
    return _whole(samples * min(wanted, _FULL * _PEAK / peak))


def trimmed(samples: Samples, rate: int, speed: float = 1.0) -> Samples:
    """Return an utterance from its first sound to a breath after its last one."""
    (sounding,) = np.nonzero(np.abs(samples.astype(np.int32)) > _SILENT)
    if not len(sounding):
        return samples[:0]
    begin = max(int(sounding[0]) - int(rate * _ONSET_S), 0)
    return samples[begin : int(sounding[-1]) + int(rate * _BREATH_S / speed)]


def amplified(blocks: Iterable[Samples], gain: float) -> Generator[Samples, None, None]:
    """Yield the blocks with a gain in dB."""
    factor = 10 ** (gain / 20)
    for block in blocks:
        yield block if gain == 0 else _whole(block * factor)


def later(blocks: Iterable[Samples], skip: int) -> Iterator[Samples]:
    """Yield the blocks without the first `skip` samples."""
    for block in blocks:
        if skip < len(block):
            yield block[skip:]
        skip = max(skip - len(block), 0)


def joined(chunks: Iterable[bytes]) -> Iterator[Samples]:
    """Yield 16-bit little-endian samples of bytes cut anywhere."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        whole = len(data) - len(data) % 2
        rest = data[whole:]
        if whole:
            yield np.frombuffer(data[:whole], dtype="<i2")


def stretched(samples: Samples, speed: float, rate: int) -> Iterator[Samples]:
    """Yield speech at another speed and the same pitch (WSOLA: overlapped where it fits best).

    Windows of 30 ms overlap by half; each is taken where it continues the last one, up to 8 ms
    from its place.
    """
    if speed == 1:
        yield samples
        return
    half, slack = int(rate * 0.015), int(rate * 0.008)
    window = np.hanning(2 * half + 1)[:-1]
    padded = np.pad(samples.astype(np.float64), (slack, 2 * slack + 3 * half))
    tail, natural = np.zeros(half), padded[slack : slack + 2 * half]
    for number in range(int(len(samples) / (half * speed)) + 1):
        place = int(number * half * speed)
        at = place + _best(padded[place : place + 2 * (slack + half)], natural)
        cut = padded[at : at + 2 * half] * window
        yield _whole(tail + cut[:half])
        tail, natural = cut[half:], padded[at + half : at + 3 * half]
    yield _whole(tail)


def _best(around: NDArray[np.float64], natural: NDArray[np.float64]) -> int:
    """Return where `natural` fits best; every second sample is looked at."""
    return 2 * int(np.argmax(np.correlate(around[::2], natural[::2], "valid")))


def _whole(values: NDArray[np.floating]) -> Samples:
    samples: Samples = np.clip(np.rint(values), -32768, 32767).astype(np.int16)
    return samples
