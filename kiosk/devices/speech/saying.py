"""One utterance from text to sound: what may be heard, by which voice, and what became of it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from kiosk.devices.speech.engine import Samples, Stream
from kiosk.devices.speech.levels import Loudness
from kiosk.devices.speech.samples import amplified, later
from kiosk.devices.speech.sink import Sink
from kiosk.devices.speech.turn import Turn
from kiosk.devices.speech.utterance import State, Told, Utterance, heard, plain
from kiosk.devices.speech.voices import Voices, failed
from kiosk.errors import DeviceLost


@dataclass(frozen=True, slots=True)
class Output:
    """One way out and how loud it is."""

    sink: Sink
    loudness: Loudness


@dataclass(frozen=True, slots=True)
class Manner:
    """How an utterance is to be said: where, `gain` in dB, speed, and seconds to leave out."""

    output: Output
    gain: float
    rate: float
    headphones: bool
    aloud: bool
    skip: float = 0.0


class Saying:
    """Says one utterance; `tell` is called at each change, `begun` with the first sound."""

    def __init__(
        self,
        utterance: Utterance,
        manner: Manner,
        turn: Turn,
        tell: Callable[[Told], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._utterance, self._manner, self._turn = utterance, manner, turn
        self._tell, self._monotonic = tell, monotonic
        self._text = heard(utterance, headphones=manner.headphones, aloud=manner.aloud)
        self._voice = ""
        self._started = False

    def run(self, voices: Voices) -> bool:
        """Say it; returns False when the sound device is lost, and the rest is better left."""
        try:
            state = self._by_any(voices)
        except DeviceLost as fault:
            failed(fault, self._utterance.language)
            state = State.CUT if self._turn.over else State.LOST
        self._became(state)
        return state is not State.LOST

    def _by_any(self, voices: Voices) -> State:
        text = plain(self._text)
        rate, language = self._manner.rate, self._utterance.language
        for stream in voices.streams(text, language, rate, self._turn) if text else ():
            fault = self._played(stream)
            if self._turn.over:
                break
            if fault is None:
                return State.FINISHED
            failed(fault, language)
        return State.CUT if self._turn.over else State.UNSAID

    def _played(self, stream: Stream) -> DeviceLost | None:
        """Play a stream; returns the fault of its engine. Raises DeviceLost for the device's."""
        self._voice = stream.voice
        faults: list[DeviceLost] = []
        wanted = later(_until_fault(stream, faults), int(self._manner.skip * stream.rate))
        with closing(amplified(wanted, self._manner.gain)) as blocks:
            self._manner.output.sink.play(stream.rate, blocks, self._turn, self._begun)
        return faults[0] if faults else None

    def _begun(self) -> None:
        if not self._started:
            self._started = True
            self._became(State.STARTED)

    def _became(self, state: State) -> None:
        said = self._utterance
        hidden = self._text != said.text
        now = self._monotonic()
        self._tell(Told(said.id, state, now, said.language, self._voice, self._text, hidden))


def _until_fault(stream: Stream, faults: list[DeviceLost]) -> Iterator[Samples]:
    try:
        yield from stream.blocks
    except DeviceLost as fault:
        faults.append(fault)
