"""A keypad with tactile keys, or switches: what is pressed becomes an action (508 407.3)."""

import logging
from collections.abc import Callable
from typing import TypeVar

from kiosk.devices.inputs import Device, Source
from kiosk.devices.keypads import Profile
from kiosk.devices.strokes import Stroke, Strokes, Verdict
from kiosk.domain.action import Action
from kiosk.log import fact

log = logging.getLogger(__name__)

OnAction = Callable[[Action], None]
OnJack = Callable[[bool], None]
T = TypeVar("T")


class Keypad:
    """Reads every device of one keypad; calls back from its own thread, never twice at once.

    A keypad that is unplugged takes its headset along: the jack is then told to be out.
    """

    def __init__(
        self,
        source: Source[Device],
        profile: Profile,
        on_action: OnAction,
        on_jack: OnJack = lambda _: None,
    ) -> None:
        self._profile = profile
        self._on_action, self._on_jack = on_action, on_jack
        self._plugged = False
        self._strokes = Strokes(
            source,
            self._stroke,
            lambda: self._jack(plugged=False),
            guard=profile.double_ms / 1000,
            free=profile.jack_codes,
        )

    @property
    def live(self) -> bool:
        """Whether a keypad is there and grabbed."""
        return self._strokes.live

    @property
    def plugged(self) -> bool:
        """Whether the keypad has told that a headset is in its jack."""
        return self._plugged

    @property
    def scan(self) -> bool:
        """Whether this is one switch, for which the kiosk moves by itself."""
        return self._profile.scan

    @property
    def guard(self) -> float:
        """Seconds in which the same key does not count again; may be set at any time."""
        return self._strokes.guard

    @guard.setter
    def guard(self, seconds: float) -> None:
        self._strokes.guard = seconds

    def reset(self) -> None:
        """Set the guard back to the profile's (after each session)."""
        self.guard = self._profile.double_ms / 1000

    def start(self) -> None:
        """Begin on a thread of its own."""
        self._strokes.start()

    def stop(self) -> None:
        """End and give the devices back; no callback comes afterwards."""
        self._strokes.stop()

    def _stroke(self, stroke: Stroke) -> None:
        if stroke.code in self._profile.jack_codes:
            self._jack(plugged=self._profile.jack_codes[stroke.code])
        elif stroke.verdict is Verdict.TAKEN and stroke.code in self._profile.actions:
            self._tell(self._on_action, self._profile.actions[stroke.code])

    def _jack(self, *, plugged: bool) -> None:
        if plugged is not self._plugged:
            self._plugged = plugged
            self._tell(self._on_jack, plugged)

    def _tell(self, callback: Callable[[T], None], what: T) -> None:
        try:
            callback(what)
        except Exception as fault:  # noqa: BLE001 - one key must never end the listening
            log.error(fact("keypad.callback-failed", fault=type(fault).__name__))  # noqa: TRY400
