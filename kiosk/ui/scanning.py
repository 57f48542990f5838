"""One switch on the screen: the focus moves by itself, a press selects."""

from kiosk.devices.switches import Pace, Scan
from kiosk.intake.view import StepView
from kiosk.ui.hands import Hands


class Scanning:
    """Keeps the scan of the screen that shows; `now` is monotonic seconds."""

    def __init__(self, hands: Hands, pace: Pace) -> None:
        self._hands, self._pace = hands, pace
        self._scan = Scan(pace, 0, 0.0)
        self._step: tuple[str, str] | None = None
        hands.touched_only = True

    def show(self, view: StepView, now: float) -> None:
        """Begin anew on another screen, with the focus on its first item."""
        step = (view.step, view.language)
        if step != self._step or self._hands.count != self._scan.count:
            self._step, self._scan = step, Scan(self._pace, self._hands.count, now)
            self._hands.home()

    def press(self, now: float) -> None:
        """The switch was pressed; one that ends a rest selects nothing."""
        self._scan, action = self._scan.press(now)
        if action:
            self._hands.act(action)

    def tick(self, now: float) -> None:
        """Move on when it is time."""
        self._scan, action = self._scan.tick(now)
        if action:
            self._hands.act(action)
