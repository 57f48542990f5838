"""What is to be said, what became of it, and the one rule about what nobody else may hear."""

from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import category

LONGEST = 2000
"""Characters of one utterance; a pipe takes that many at once, so that writing never blocks."""

_JOINERS = "\u200c\u200d"  # Persian and the scripts of India are spelled with them
_PHONEMES = str.maketrans("[]", "  ")  # espeak-ng reads [[…]] as phonemes, not as text


@dataclass(frozen=True, slots=True)
class Utterance:
    """One node's words. `private` ones are for the patient's ears, `instead` is said to a room."""

    id: str
    text: str = field(repr=False)
    language: str  # BCP 47
    private: bool = False
    instead: str = field(default="", repr=False)


class State(StrEnum):
    """What became of an utterance; UNSAID: no voice has it; LOST: the sound device broke."""

    STARTED = "started"
    FINISHED = "finished"
    CUT = "cut"
    UNSAID = "unsaid"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened to an utterance, at a monotonic time in seconds."""

    id: str
    state: State
    at: float
    language: str
    voice: str = ""  # which engine and voice said it
    text: str = field(default="", repr=False)  # what was said, or would have been
    hidden: bool = False  # `instead` was said


def heard(utterance: Utterance, *, headphones: bool, aloud: bool) -> str:
    """Return what may be said: a private text only to headphones, or when the patient chose so.

    EN 301 549 5.1.3.8 and 5.1.3.9, Section 508 402.2 exception 4 (access.md S-08, S-09).
    """
    if utterance.private and not (headphones or aloud):
        return utterance.instead
    return utterance.text


def plain(text: str) -> str:
    """Return text that an engine can only read: no controls, no phoneme brackets, one line."""
    kept = "".join(ch if _readable(ch) else " " for ch in text[:LONGEST].translate(_PHONEMES))
    return " ".join(kept.split())


def _readable(ch: str) -> bool:
    return category(ch)[0] != "C" or ch in _JOINERS
