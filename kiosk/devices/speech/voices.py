"""Which voice says what, and an honest answer to whether a language can be spoken at all."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.devices.speech.engine import Coverage, Engine, Stream
from kiosk.devices.speech.turn import Turn
from kiosk.errors import DeviceLost
from kiosk.log import fact

log = logging.getLogger(__name__)

ROUGH = {"ar": "short vowels are not written, so many words are said wrong"}
"""Languages that espeak-ng speaks, but so that a person may not understand (access.md §3.1)."""


class Quality(StrEnum):
    """OK; ROUGH: any text, hard to understand; RECORDED: some sentences, no names or times; NONE.

    Never is one language read by another's voice (EN 301 549 5.1.3.14).
    """

    OK = "ok"
    ROUGH = "rough"
    RECORDED = "recorded"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Fluency:
    """What there is for a language; `reason` says in plain English what is missing."""

    quality: Quality
    reason: str = ""


class Voices:
    """The engines in order of preference: `clips`, then `natural`, then `plain`."""

    def __init__(self, clips: Engine, natural: Engine, plain: Engine) -> None:
        self._clips, self._natural, self._plain = clips, natural, plain

    def fluency(self, language: str) -> Fluency:
        """Tell how a language is spoken."""
        if self._natural.covers(language) is Coverage.ANY:
            return Fluency(Quality.OK)
        if self._plain.covers(language) is Coverage.ANY:
            rough = ROUGH.get(language, "")
            return Fluency(Quality.ROUGH if rough else Quality.OK, rough)
        if self._clips.covers(language) is Coverage.SOME:
            return Fluency(Quality.RECORDED, "only recorded sentences, no names or times")
        return Fluency(Quality.NONE, "there is no voice for this language")

    def streams(self, text: str, language: str, rate: float, turn: Turn) -> Iterator[Stream]:
        """Yield the same words by each engine that has them, the next one if one fails.

        The last one is tried twice: a program that hung or died is started again.
        """
        engines = [engine for engine in self._all if engine.covers(language) is not Coverage.NONE]
        for engine in (*engines, *engines[-1:]):
            if turn.over:
                return
            try:
                stream = engine.render(text, language, rate, turn)
            except DeviceLost as fault:
                failed(fault, language)
                continue
            if stream is not None:
                yield stream

    def close(self) -> None:
        """End what the engines keep running."""
        for engine in self._all:
            engine.close()

    @property
    def _all(self) -> Sequence[Engine]:
        return self._clips, self._natural, self._plain


def failed(fault: DeviceLost, language: str) -> None:
    """Log that a voice failed; a fault's text names no words."""
    log.warning(fact("speech.voice-failed", language=language, fault=fault))
