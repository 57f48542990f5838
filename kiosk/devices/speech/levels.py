"""How loud and how fast: steps, their limits, and what an installer has to measure."""

from dataclasses import dataclass

DEFAULT_SPL = 65.0
"""dB SPL at the patient's ear that each session starts with, at most (508 402.3.2)."""

LOUD_ROOM, OVER_ROOM = 45.0, 20.0  # dB SPL; DOT 382.57(c)(5)(ii)


@dataclass(frozen=True, slots=True)
class Loudness:
    """Gains in dB from the lowest to the full step, and dB SPL that the full one was measured at.

    EN 301 549 8.2.1: a range of at least 18 dB, one step 12 dB above the lowest. VVSG 2.0 7.1-K:
    no step above 10 dB.
    """

    gains: tuple[float, ...]
    full: float

    @property
    def default(self) -> int:
        """The loudest step that is not above DEFAULT_SPL; the lowest when all are."""
        under = [at for at, gain in enumerate(self.gains) if self.full + gain <= DEFAULT_SPL]
        return max(under, default=0)


SPEAKER_GAINS = (-28.0, -24.0, -20.0, -16.0, -12.0, -8.0, -4.0, 0.0)
HEADPHONE_GAINS = (
    *(-80.0, -74.0, -68.0, -60.0, -52.0, -44.0, -36.0),
    *(-28.0, -20.0, -12.0, -6.0, 0.0),  # 20 to 100 dB SPL when the full step gives 100
)
ASSUMED_SPEAKER, ASSUMED_HEADPHONES = 85.0, 100.0
"""dB SPL of the full step where nobody measured; rather too high, so that nobody is startled."""

RATES = (0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 1.75, 2.0)
"""Speeds beside the default of about 120 words a minute (VVSG 2.0: 50 to 200 %, 6 to 8 steps)."""

DEFAULT_RATE = RATES.index(1.0)


@dataclass(frozen=True, slots=True)
class Level:
    """Where a key has moved the volume or the rate to: step `number` of `of`; `moved` or at an end.

    `percent` is for saying: of the steps for volume, of the default speed for rate.
    """

    number: int
    of: int
    moved: bool
    percent: int


def moved(at: int, step: int, of: int) -> int:
    """Return the step after `at`, kept within the table."""
    return min(max(at + step, 0), of - 1)


def problems(
    speaker: float | None, headphones: float | None, ambient: float | None
) -> tuple[str, ...]:
    """Return in plain words what is wrong with the measured levels, dB SPL (V-01 to V-06)."""
    found = []
    if speaker is None:
        found.append("nobody measured how loud the speaker is (speech.speaker_db)")
    elif speaker < DEFAULT_SPL:
        found.append(f"the speaker reaches {speaker:.0f} dB SPL, and has to reach 65")
    elif speaker + SPEAKER_GAINS[0] > DEFAULT_SPL:
        found.append(f"the speaker's lowest step is louder than 65 dB SPL (full: {speaker:.0f})")
    if headphones is not None and not 80 <= headphones <= 100:
        found.append(f"headphones reach {headphones:.0f} dB SPL; 80 to 100 are wanted")
    if ambient is not None and ambient > LOUD_ROOM:
        wanted = ambient + OVER_ROOM
        if (speaker or ASSUMED_SPEAKER) < wanted:
            found.append(f"in a room of {ambient:.0f} dB SPL the speaker has to reach {wanted:.0f}")
    return tuple(found)
