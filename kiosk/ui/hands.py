"""Hands that do not touch the glass and eyes that do not see it: focus, keys and the voice.

Focus and voice are one: what is spoken has the ring (508 402.2.3, EN 301 549 5.1.3.3).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from kiosk.devices.speech import State, Told, Utterance
from kiosk.domain.action import Action
from kiosk.intake import say
from kiosk.intake.view import StepView
from kiosk.intake.words import Words
from kiosk.ui import focus
from kiosk.ui.reader import Mouth, Reader

_WAYS_BACK = ("back", "go-on", "again", "leave")


class Glass(Protocol):
    """The screen as far as hands beside it need it; `ui.surface.Surface` is one."""

    def ring(self, node: str) -> None:
        """Show the focus on a node, on whichever page it is; "" takes it away."""
        ...

    def activate(self, node: str) -> None:
        """Do what a node means."""
        ...


class Hands:
    """One person's focus and voice. Called on the screen's thread only."""

    def __init__(
        self, glass: Glass, words: Words, mouth: Mouth | None, curtain: Callable[[], None]
    ) -> None:
        self._glass, self._mouth = glass, mouth
        self._reader = Reader(words, mouth)
        self._view: StepView | None = None
        self._focus = ""
        self._saying: frozenset[str] = frozenset()  # late news of older words moves no focus
        self._keys = False  # a key was pressed: the ring shows
        self._last: Action | None = None
        self.touched_only = False  # switches stop only where something can be used
        self._acts: Mapping[Action, Callable[[], None]] = {
            Action.NEXT: lambda: self._move(1),
            Action.PREVIOUS: lambda: self._move(-1),
            Action.SELECT: self._select,
            Action.BACK: self._back,
            Action.HELP: self._help,
            Action.REPEAT: self._repeat,
            Action.PAUSE: self._pause,
            Action.LOUDER: lambda: self._level(say.VOLUME, 1),
            Action.QUIETER: lambda: self._level(say.VOLUME, -1),
            Action.FASTER: lambda: self._level(say.SPEED, 1),
            Action.SLOWER: lambda: self._level(say.SPEED, -1),
            Action.LANGUAGE: lambda: self._glass.activate("language"),
            Action.CURTAIN: curtain,
        }

    @property
    def focus(self) -> str:
        """The node that has the focus, "" when none has."""
        return self._focus

    @property
    def speaks(self) -> bool:
        """Tell whether this screen is read aloud."""
        view = self._view
        return bool(self._mouth and view and "read-aloud" in view.modes)

    @property
    def count(self) -> int:
        """How many stops the screen has."""
        return len(self._stops())

    def act(self, action: Action) -> None:
        """Do what a key asks for. Speech stops at once when the person acts."""
        if self._view is None:
            return
        self._keys = True
        if action is not Action.PAUSE:
            self._silence()
        self._acts[action]()
        self._last = action

    def home(self) -> None:
        """Put the focus on the first stop, for a scan that starts there."""
        self._keys = True
        self._set(next(iter(self._stops()), ""))

    def touched(self) -> None:
        """The glass was touched: be silent, and leave the ring to people who use keys."""
        self._keys, self._last = False, None
        self._glass.ring("")
        self._silence()

    def _silence(self) -> None:
        self._saying = frozenset()
        if self._mouth:
            self._mouth.stop()

    def show(self, view: StepView, *, over: bool = False) -> None:
        """A view shows now; `over` when it begins another person's turn."""
        before, self._view = self._view, view
        if over:
            self._forget()
        if self._mouth:
            self._mouth.aloud = "private-aloud" in view.modes
        if before is None or _other(before, view):
            self._appear(before)
        elif self.speaks:
            self._say(self._reader.changed(before, view, self._focus))
        if self._focus not in self._stops():
            self._set(focus.first(view) if self._keys else "")

    def heard(self, told: Told) -> None:
        """The voice began something: the focus goes there."""
        here = self._view is not None and self._view.node(told.id) is not None
        if told.state is State.STARTED and here and told.id in self._saying:
            self._set(told.id)

    def _forget(self) -> None:
        self._keys, self._last = False, None
        if self._mouth:
            self._mouth.reset()

    def _appear(self, before: StepView | None) -> None:
        view = self._shown
        self._set(focus.first(view) if self._keys or self.speaks else "")
        if not self.speaks:
            if self._mouth and before is not None and "read-aloud" in before.modes:
                self._mouth.stop()
            return
        begun = before is None or "read-aloud" not in before.modes
        start = [self._reader.plain(self._shown, say.HOW)] if begun else []
        start += (
            [self._reader.plain(self._shown, say.HIDDEN)] if _news(before, view, "curtain") else []
        )
        read = focus.told(view)
        last = [self._focus] if self._focus and self._focus not in read else []
        self._say([*start, *self._reader.names(view, read), *self._reader.nodes(view, last)])

    def _move(self, by: int) -> None:
        there, _ = focus.beside(self._stops(), self._focus, by)
        self._set(there)
        self._say(self._reader.nodes(self._shown, [there]))

    def _select(self) -> None:
        node = self._shown.node(self._focus)
        if node is None:
            self._move(1)
        elif node.focusable:
            self._glass.activate(node.id)
        else:
            self._say(self._reader.nodes(self._shown, [node.id]))

    def _back(self) -> None:
        way = next((w for w in _WAYS_BACK if self._shown.node(w)), None)
        if way:
            self._glass.activate(way)
        else:
            self._say([self._reader.plain(self._shown, say.FIRST)])

    def _help(self) -> None:
        """First what the focus is on and how to use it, then the staff (access.md, H)."""
        if self._last is Action.HELP or not self.speaks:
            self._glass.activate("help")
            return
        how = [self._reader.plain(self._shown, say.HOW), self._reader.plain(self._shown, say.AGAIN)]
        self._say([*self._reader.nodes(self._shown, [self._focus] if self._focus else []), *how])

    def _repeat(self) -> None:
        """First the last node again, then the whole screen (EN 301 549 5.1.3.5, note)."""
        ids = [self._focus] if self._focus else []
        if self._last is Action.REPEAT:
            ids = [*focus.told(self._shown), *ids]
        self._say(self._reader.nodes(self._shown, dict.fromkeys(ids)))

    def _pause(self) -> None:
        if self._mouth is None:
            return
        if self._mouth.paused:
            self._mouth.resume()
        else:
            self._mouth.pause()

    def _level(self, message: str, by: int) -> None:
        if self._mouth:
            level = (self._mouth.volume if message is say.VOLUME else self._mouth.rate)(by)
            self._say([self._reader.plain(self._shown, message, n=level.number, most=level.of)])

    @property
    def _shown(self) -> StepView:
        if self._view is None:
            raise ValueError("nothing shows yet")
        return self._view

    def _stops(self) -> tuple[str, ...]:
        return focus.stops(self._shown, touched=self.touched_only)

    def _set(self, node: str) -> None:
        self._focus = node
        self._glass.ring(node if self._keys or self.speaks else "")

    def _say(self, utterances: Sequence[Utterance]) -> None:
        if self._mouth and self.speaks and utterances:
            self._saying = frozenset(one.id for one in utterances)
            self._mouth.say(utterances)


def _other(before: StepView, view: StepView) -> bool:
    """Tell whether it is another screen, or the same in another language or way."""
    same = (before.step, before.language) == (view.step, view.language)
    return not same or _news(before, view, "read-aloud") or _news(before, view, "curtain")


def _news(before: StepView | None, view: StepView, mode: str) -> bool:
    return mode in view.modes and (before is None or mode not in before.modes)
