"""CheckIn: presses, scans and answers in; a screen and requests out. It never blocks."""

from collections.abc import Callable, Mapping

from kiosk.checkin import arrive, keys
from kiosk.checkin.passing import passing
from kiosk.checkin.press import press
from kiosk.checkin.request import Moment, Update
from kiosk.checkin.screen import show
from kiosk.checkin.state import Practice, State, Turn, fresh
from kiosk.checkin.wipe import give_up
from kiosk.domain.identify import Answer
from kiosk.intake.view import StepView

_WHILE_WAITING = {"help", "go-on", "text-size", "ways", "plain"}


class CheckIn:
    """One kiosk's conversation with one patient after another.

    `fault` names why this kiosk cannot work at all: then the screen says so and offers a person.
    """

    def __init__(self, practice: Practice, at: Moment, fault: str = "") -> None:
        self._practice = practice
        state = fresh(practice, at)
        self._state = State(state.session, overlay="out-of-order") if fault else state
        self._view = show(Turn(practice, self._state, at), None)

    @property
    def view(self) -> StepView:
        """The screen that shows now."""
        return self._view

    @property
    def wants_codes(self) -> bool:
        """Tell whether a code would be read now."""
        state = self._state
        return self._view.step == "welcome" and not (state.overlay or state.read or state.awaits)

    def press(self, node: str, at: Moment) -> Update:
        """A node of the shown screen was activated; what is not on it is ignored."""
        shown = self._view.node(node)
        turn = self._turn(at)
        if shown is None or not shown.focusable:
            return self._update(turn)
        turn = self._lively(at)
        if self._state.awaits and node not in _WHILE_WAITING and not node.startswith("way-"):
            return self._update(turn)
        return self._update(press(turn, node))

    def switch(self, mode: str, at: Moment) -> Update:
        """A physical key switches a mode on or off, where this kiosk offers it."""
        return self._update(keys.switch(self._lively(at), mode))

    def headphones(self, plugged: bool, at: Moment) -> Update:
        """Headphones came or went: speech begins with them, and asks without them."""
        return self._update(keys.headphones(self._lively(at), plugged=plugged))

    def scanned(self, text: str, at: Moment) -> Update:
        """A code was read; it counts only while one is asked for."""
        turn = self._turn(at)
        if not self.wants_codes:
            return self._update(turn)
        return self._update(arrive.scanned(turn.but(quiet=turn.state.quiet.active(at.mono)), text))

    def outcome(self, request: int, result: object, at: Moment) -> Update:
        """The answer to a request; answers of an ended session are dropped by their id."""
        turn = self._turn(at)
        if request <= self._state.ended:
            return self._update(turn)
        if result is False:
            return self._update(give_up(turn))
        if request != self._state.waiting:
            return self._update(turn)
        return self._update(_ANSWERED[self._state.awaits](turn, result))

    def tick(self, at: Moment) -> Update:
        """Time went on; call it a few times a second."""
        return self._update(passing(self._turn(at)))

    def device(self, at: Moment, **state: object) -> Update:
        """The camera ("starting", "live", "lost") or the link (online=True or False) changed."""
        return self._update(self._turn(at).but(**state))

    def _lively(self, at: Moment) -> Turn:
        return self._turn(at).but(quiet=self._state.quiet.active(at.mono))

    def _turn(self, at: Moment) -> Turn:
        return Turn(self._practice, self._state, at)

    def _update(self, turn: Turn) -> Update:
        self._state = turn.state
        self._view = show(turn, self._view)
        return Update(self._view, turn.requests)


def _language(turn: Turn, result: object) -> Turn:
    return arrive.known(turn, result if isinstance(result, Answer) else None)


def _identity(turn: Turn, result: object) -> Turn:
    turn = turn.but(awaits="", waiting=0)
    return arrive.identified(turn, result) if isinstance(result, Answer) else turn


def _commit(turn: Turn, _: object) -> Turn:
    unmatched = turn.state.saving or turn.state.unmatched
    return turn.but(awaits="", waiting=0, unmatched=unmatched, saving=None)


_ANSWERED: Mapping[str, Callable[[Turn, object], Turn]] = {
    "language": _language,
    "": _language,  # it came after the question was asked
    "identity": _identity,
    "commit": _commit,
}
