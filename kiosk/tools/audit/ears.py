"""A person with keys and ears at one kiosk: the product's hands, a mouth written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kiosk.devices.speech import Level, State, Told, Utterance
from kiosk.devices.speech.utterance import heard as said_to
from kiosk.domain.action import Action
from kiosk.intake.view import StepView
from kiosk.intake.words import Words
from kiosk.ui.hands import Hands

_LEVELS = 8


@dataclass
class Notes:
    """A mouth that says everything at once, without sound, and writes it down (`reader.Mouth`).

    `speaking` tells which languages have a voice; there are never headphones.
    """

    speaking: Callable[[str], bool]
    aloud: bool = False
    paused: bool = False
    said: list[Utterance] = field(default_factory=list)  # since it was last silenced
    stops: int = 0
    resets: int = 0
    apart: list[Utterance] = field(default_factory=list)  # said while the focus was elsewhere
    told: Callable[[Told], None] = lambda _: None
    focus: Callable[[], str] = lambda: ""

    def speaks(self, language: str) -> bool:
        """Tell whether a language can be spoken."""
        return self.speaking(language)

    def say(self, utterances: Sequence[Utterance]) -> None:
        """Say these; the focus must follow each."""
        for one in utterances:
            self.said.append(one)
            self.told(Told(one.id, State.STARTED, 0.0, one.language))
            if one.id and self.focus() != one.id:
                self.apart.append(one)

    def stop(self) -> None:
        """Be silent."""
        self.stops += 1
        self.said = []

    def pause(self) -> None:
        """Be silent until `resume`."""
        self.paused = True

    def resume(self) -> None:
        """Go on."""
        self.paused = False

    def rate(self, step: int) -> Level:
        """Change nothing: speed is not what is looked at here."""
        return Level(max(1, step), _LEVELS, False, 100)

    def volume(self, step: int) -> Level:
        """Change nothing: loudness is not what is looked at here."""
        return Level(max(1, step), _LEVELS, False, 100)

    def reset(self) -> None:
        """Forget everything of this person."""
        self.resets += 1
        self.said = []

    @property
    def room(self) -> list[str]:
        """What everybody in the room heard."""
        return [said_to(one, headphones=False, aloud=self.aloud) for one in self.said]

    @property
    def private(self) -> list[str]:
        """What the person would hear with headphones."""
        return [one.text for one in self.said]


class Listener:
    """Hands on a keypad, and what a voice says to them; `activate` is called with what they do."""

    def __init__(
        self,
        words: Words,
        speaking: Callable[[str], bool],
        activate: Callable[[str], None] = lambda _: None,
        curtain: Callable[[], None] = lambda: None,
    ) -> None:
        self.ringed = ""
        self.activate = activate
        self.mouth = Notes(speaking)
        self.hands = Hands(self, words, self.mouth, curtain)
        self.mouth.told = self.hands.heard
        self.mouth.focus = lambda: self.hands.focus

    def ring(self, node: str) -> None:
        """The focus is shown here (`hands.Glass`)."""
        self.ringed = node

    def sees(self, view: StepView, *, over: bool = False) -> None:
        """Another screen shows."""
        self.hands.show(view, over=over)

    def press(self, action: Action) -> None:
        """Press a key."""
        self.hands.act(action)
