"""Says one thing at a time, at once, and stops at once; never makes its caller wait."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kiosk.devices.speech.levels import DEFAULT_RATE, RATES, Level, moved
from kiosk.devices.speech.saying import Manner, Output, Saying
from kiosk.devices.speech.turn import Turn
from kiosk.devices.speech.utterance import State, Told, Utterance
from kiosk.devices.speech.voices import Fluency, Quality, Voices
from kiosk.log import fact

log = logging.getLogger(__name__)
_AGAIN = 0.5  # seconds said again when speech goes on after a pause


@dataclass(frozen=True, slots=True)
class _Job:
    utterances: tuple[Utterance, ...] = ()
    skip: float = 0.0  # seconds of the first one that were heard
    turn: Turn = field(default_factory=Turn)


@dataclass(slots=True)
class _Place:
    """Where the job under way is: the utterance, and when it was first heard."""

    number: int = 0
    begun: float | None = None
    skip: float = 0.0


class Speaker:
    """The kiosk's mouth. All methods may be called on any thread and return at once.

    `told` is called on the speaker's own thread with everything that happens to an utterance.
    """

    def __init__(
        self,
        voices: Voices,
        room: Output,
        private: Output,
        told: Callable[[Told], None] = lambda _: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._voices, self._outputs = voices, {False: room, True: private}
        self._told, self._monotonic = told, monotonic
        self._news = threading.Condition()
        self._job, self._waiting, self._place = _Job(), False, _Place()
        self._paused: _Job | None = None
        self._headphones = self._aloud = self._closed = False
        self._rate = DEFAULT_RATE
        self._volumes = self._default_volumes()
        self._thread = threading.Thread(target=self._run, name="speech", daemon=True)
        self._thread.start()

    @property
    def speaking(self) -> bool:
        """Tell whether something is said or about to be; no chime may sound then (S-10)."""
        with self._news:
            return self._busy()

    @property
    def paused(self) -> bool:
        """Tell whether `resume` has something to go on with."""
        with self._news:
            return self._paused is not None

    @property
    def headphones(self) -> bool:
        """Whether headphones are plugged in. Pulling them out ends what is said, at once."""
        return self._headphones

    @headphones.setter
    def headphones(self, there: bool) -> None:
        with self._news:
            if there is not self._headphones:
                self._headphones = there
                self._end()

    @property
    def aloud(self) -> bool:
        """Whether the patient chose to have private things said to the room, until `reset`."""
        return self._aloud

    @aloud.setter
    def aloud(self, chosen: bool) -> None:
        with self._news:
            if self._aloud and not chosen:
                self._end()
            self._aloud = chosen

    def fluency(self, language: str) -> Fluency:
        """Tell how a language is spoken here; nothing is spoken without a sound device."""
        problem = self._output().sink.problem()
        return Fluency(Quality.NONE, problem) if problem else self._voices.fluency(language)

    def speaks(self, language: str) -> bool:
        """Tell whether a mode with speech may be offered in a language."""
        return self.fluency(language).quality is not Quality.NONE

    def say(self, utterances: Sequence[Utterance]) -> None:
        """Say these in order, instead of whatever is being said."""
        with self._news:
            self._give(_Job(tuple(utterances)))

    def stop(self) -> None:
        """Be silent now, and forget the rest."""
        with self._news:
            self._end()

    def pause(self) -> None:
        """Be silent now; `resume` goes on."""
        with self._news:
            if self._busy():
                place, rest = self._place, self._job.utterances[self._place.number :]
                since = 0.0 if place.begun is None else self._monotonic() - place.begun
                skip = max(place.skip + since - _AGAIN, 0.0)
                self._end()
                self._paused = _Job(rest, skip)

    def resume(self) -> None:
        """Go on half a second before the pause."""
        with self._news:
            if self._paused:
                self._give(self._paused)

    def rate(self, step: int) -> Level:
        """Speak slower (-1) or faster (+1) from the next utterance on; 0 only asks."""
        with self._news:
            before, self._rate = self._rate, moved(self._rate, step, len(RATES))
            now = self._rate
        return Level(now + 1, len(RATES), now != before, round(RATES[now] * 100))

    def volume(self, step: int) -> Level:
        """Speak softer (-1) or louder (+1) from the next utterance on; 0 only asks.

        Headphones and the room have a volume each.
        """
        with self._news:
            to, steps = self._headphones, len(self._output().loudness.gains)
            before = self._volumes[to]
            now = self._volumes[to] = moved(before, step, steps)
        return Level(now + 1, steps, now != before, round((now + 1) / steps * 100))

    def reset(self) -> None:
        """End a session: silent, nothing kept, volume, rate and choices as they were (V-02)."""
        with self._news:
            self._end()
            self._job, self._rate, self._aloud = _Job(), DEFAULT_RATE, False
            self._volumes = self._default_volumes()

    def close(self) -> None:
        """End for good; waits until every program is gone."""
        with self._news:
            self._end()
            self._closed = True
            self._news.notify_all()
        self._thread.join()
        self._voices.close()

    def _busy(self) -> bool:
        return bool(self._job.utterances) and not self._job.turn.over

    def _default_volumes(self) -> dict[bool, int]:
        return {to: output.loudness.default for to, output in self._outputs.items()}

    def _output(self) -> Output:
        return self._outputs[self._headphones]

    def _give(self, job: _Job) -> None:
        self._end()
        self._job, self._place, self._waiting = job, _Place(skip=job.skip), True
        self._news.notify_all()

    def _end(self) -> None:
        self._paused = None
        self._job.turn.cut()

    def _run(self) -> None:
        while self._once():
            pass

    def _once(self) -> bool:
        """Do one job in a frame of its own: nothing of it stays while waiting for the next."""
        with self._news:
            self._news.wait_for(lambda: self._waiting or self._closed)
            job, self._waiting = self._job, False
            if self._closed:
                return False
        try:
            self._all_of(job)
        except Exception as fault:  # noqa: BLE001 - a thread that dies would silence every patient
            log.error(fact("speech.failed", fault=type(fault).__name__))  # noqa: TRY400 - no text
        with self._news:
            job.turn.cut()
            if self._job is job:
                self._job = _Job()
        return True

    def _all_of(self, job: _Job) -> None:
        for number, utterance in enumerate(job.utterances):
            with self._news:
                if job.turn.over:
                    return
                self._place = _Place(number, skip=0.0 if number else job.skip)
                manner = self._manner(self._place.skip)
            saying = Saying(utterance, manner, job.turn, self._tell, self._monotonic)
            if not saying.run(self._voices):
                return

    def _manner(self, skip: float) -> Manner:
        output, to = self._output(), self._headphones
        gain = output.loudness.gains[self._volumes[to]]
        return Manner(output, gain, RATES[self._rate], to, self._aloud, skip)

    def _tell(self, told: Told) -> None:
        if told.state is State.STARTED:
            with self._news:
                self._place.begun = told.at
        try:
            self._told(told)
        except Exception as fault:  # noqa: BLE001 - a listener must never end the speaking
            log.error(fact("speech.listener-failed", fault=type(fault).__name__))  # noqa: TRY400
