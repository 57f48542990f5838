"""The touchscreen's loop: shows what CheckIn says, tells it what happened. The one router."""

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.devices.speech import Told
from kiosk.devices.switches import Pace
from kiosk.domain.action import Action
from kiosk.intake.view import StepView
from kiosk.intake.words import Words
from kiosk.log import fact
from kiosk.ui.hands import Hands
from kiosk.ui.paragraph import Paragraphs
from kiosk.ui.profile import Profile
from kiosk.ui.reader import Mouth
from kiosk.ui.scanning import Scanning
from kiosk.ui.scene import as_json
from kiosk.ui.sound import Chimes
from kiosk.ui.surface import Surface

log = logging.getLogger(__name__)

TICK_S = 0.1
_QUIET = {"calm", "read-aloud"}  # no chime beside a voice (EN 301 549 5.1.3.10)
PREVIEW_S = 1 / 10  # look.md: the picture lives; more frames only warm the device
Witness = Callable[[dict[str, Any]], None]


class Case(Protocol):
    """The check-in as the screen knows it; every call returns the view to show."""

    def view(self) -> StepView:
        """Return the view that shows now."""
        ...

    def press(self, node: str) -> StepView:
        """A node was activated."""
        ...

    def switch(self, mode: str) -> StepView:
        """A physical key switched a mode."""
        ...

    def headphones(self, plugged: bool) -> StepView:
        """Headphones were plugged in or pulled out."""
        ...

    def tick(self) -> StepView:
        """Time went on; answers that came meanwhile are taken in."""
        ...

    def over(self) -> bool:
        """Tell whether this case is done for good; the window then closes."""
        ...

    def picture(self) -> tuple[bytes, int, int] | None:
        """Return a new camera picture (BGR bytes, width, height), None when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Looks:
    """How the window stands on its screen."""

    profile: Profile
    fullscreen: bool
    sound: bool


@dataclass(frozen=True, slots=True)
class Senses:
    """What there is besides glass: words and a mouth for the voice, a pace for one switch."""

    words: Words
    mouth: Mouth | None = None
    pace: Pace | None = None


class Touchscreen(App):
    """One window, one surface. Nothing a person does reaches Kivy's own panels or the system."""

    def __init__(
        self,
        case: Case,
        looks: Looks,
        senses: Senses,
        witness: Witness | None,
        alive: Callable[[], None],
    ) -> None:
        super().__init__()
        self._senses = senses
        self._case, self._looks, self._witness, self._alive = case, looks, witness, alive
        self._stopping = False
        self._owed: StepView | None = None
        self._moving = False

    def build(self) -> Surface:
        """Make the one surface and start the clockwork."""
        self.title = "Check-in"
        self._chimes = Chimes(self._looks.sound)
        self._surface = Surface(
            self._looks.profile, Paragraphs(self._looks.profile.px_per_mm), self._press
        )
        self._hands = Hands(
            self, self._senses.words, self._senses.mouth, lambda: self._switch("curtain")
        )
        pace = self._senses.pace
        self._scanning = Scanning(self._hands, pace) if pace else None
        self._surface.on_touch = self._touched
        Window.bind(on_request_close=self._refuse_close, on_keyboard=lambda *_: True)
        if self._witness:
            Window.bind(on_flip=self._painted)
        Clock.schedule_interval(self._tick, TICK_S)
        Clock.schedule_interval(self._picture, PREVIEW_S)
        self._surface.on_turn = self._turned
        self._show(self._case.view())
        return self._surface

    def open_settings(self, *_: object) -> bool:
        """Kivy opens its settings on F1; a kiosk has none (ops.md §0.4)."""
        return False

    def stop(self, *args: object) -> None:
        """End for good: the only way out, for SIGTERM."""
        self._stopping = True
        super().stop(*args)

    def _refuse_close(self, *_: object, **__: object) -> bool:
        return not self._stopping

    def _turned(self) -> None:
        """A page was turned: a sign of life, and something to be seen."""
        self._owed = self._surface.view
        self._show(self._guarded(lambda: self._case.press("more")))

    def _press(self, node: str) -> None:
        self._show(self._guarded(lambda: self._case.press(node)))

    def _switch(self, mode: str) -> None:
        self._show(self._guarded(lambda: self._case.switch(mode)))

    def _touched(self) -> None:
        """A finger is on the glass: it lifts the curtain, and ends what is being said."""
        self._hands.touched()
        if self._surface.curtain:
            self._switch("curtain")

    def ring(self, node: str) -> None:
        """Show the focus on a node (see `hands.Glass`)."""
        self._surface.ring(node)
        if self._witness:
            self._witness({"focus": node})

    def activate(self, node: str) -> None:
        """Do what a node means (see `hands.Glass`)."""
        self._surface.activate(node)

    def act(self, action: Action) -> None:
        """A physical key was pressed; may be called on any thread."""
        Clock.schedule_once(lambda _: self._guard(lambda: self._act(action)), 0)

    def _act(self, action: Action) -> None:
        self._show(self._guarded(lambda: self._case.press("more")))  # a sign of life
        if self._scanning and action is Action.SELECT:
            self._scanning.press(time.monotonic())
        else:
            self._hands.act(action)

    def headphones(self, plugged: bool) -> None:
        """Headphones came or went; may be called on any thread."""
        Clock.schedule_once(lambda _: self._plugged(plugged), 0)

    def _plugged(self, plugged: bool) -> None:
        self._show(self._guarded(lambda: self._case.headphones(plugged)))

    def heard(self, told: Told) -> None:
        """The voice began or ended something; may be called on any thread."""
        Clock.schedule_once(lambda _: self._hands.heard(told), 0)

    def call(self) -> None:
        """There is news: take it in before the next frame; may be called on any thread."""
        Clock.schedule_once(lambda _: self._show(self._guarded(self._case.tick)), 0)

    def end(self) -> None:
        """Stop soon; may be called from a signal handler."""
        Clock.schedule_once(self.stop, 0)

    def _tick(self, _: float) -> None:
        self._show(self._guarded(self._case.tick))
        self._guard(self._scan)
        self._alive()
        if self._case.over():
            self.stop()

    def _scan(self) -> None:
        if self._scanning:
            self._scanning.tick(time.monotonic())

    def _picture(self, _: float) -> None:
        if self._surface.preview.shown:
            picture = self._case.picture()
            if picture:
                self._surface.preview.frame(*picture)
            self._surface.preview.breathe(time.monotonic())

    def _guarded(self, ask: Callable[[], StepView]) -> StepView:
        """The one broad boundary of the screen: a fault shows the last view, never a traceback."""
        try:
            return ask()
        except Exception as fault:  # noqa: BLE001 - a kiosk is never blank
            log.error(fact("screen.fault", kind=type(fault).__name__, at=_where(fault)))  # noqa: TRY400
            return self._case.view()

    def _guard(self, do: Callable[[], None]) -> None:
        """As above, for what shows nothing by itself."""
        try:
            do()
        except Exception as fault:  # noqa: BLE001 - keys and voice never end the screen
            log.error(fact("hands.fault", kind=type(fault).__name__, at=_where(fault)))  # noqa: TRY400

    def _show(self, view: StepView) -> None:
        before = self._surface.view
        if view == before:
            return
        over = view.step == "welcome" and before is not None and before.step != "welcome"
        if over:
            self._surface.forget()
        try:
            self._surface.show(view)
        except Exception as fault:  # noqa: BLE001 - the last good page stays
            log.error(fact("screen.undrawn", kind=type(fault).__name__, at=_where(fault)))  # noqa: TRY400
            return
        new = before is None or (before.step, before.sound) != (view.step, view.sound)
        if view.sound and new and not _QUIET.intersection(view.modes):
            self._chimes.play(view.sound)
        self._owed = view
        self._guard(lambda: self._follow(view, over=over and not view.modes))

    def _follow(self, view: StepView, *, over: bool) -> None:
        self._hands.show(view, over=over)
        if self._scanning:
            self._scanning.show(view, time.monotonic())

    def _painted(self, window: Any) -> bool:
        """Put the frame on the glass, then tell the witness of a new view (demo and tests only)."""
        window.flip()
        now, layout = time.monotonic(), self._surface.layout
        if self._witness and self._owed is not None and layout is not None:
            scene = as_json(self._owed, layout)
            self._owed, self._moving = None, True
            self._witness({"painted": now, **scene})
        if self._witness and self._moving and not self._surface.moving:
            self._moving = False
            self._witness({"rested": now})
        return True


def _where(fault: BaseException) -> str:
    """File and line of a fault, without its text: that could hold a person's data."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
