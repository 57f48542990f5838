"""What a kiosk has besides its glass: a voice, a keypad or switches, a headset's socket."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Protocol

from kiosk.config import KioskSettings
from kiosk.devices import keypads
from kiosk.devices.fifo import Fifo
from kiosk.devices.hid import Attached
from kiosk.devices.inputs import Device, Source
from kiosk.devices.jack import Headset, Jack, Sockets
from kiosk.devices.keypad import Keypad
from kiosk.devices.keypads import Profile
from kiosk.devices.speech import Recording, Told, speaker
from kiosk.devices.switches import Pace
from kiosk.domain.action import Action
from kiosk.errors import ConfigError
from kiosk.i18n.languages import SHIPPED
from kiosk.resources import shipped

_DEMO_KEYPAD = "keyboard"
_QUICK = 0.02  # a demonstration listens fifty times as fast


class Person(Protocol):
    """Who keys, headset and voice are told to; `ui.app.Touchscreen` is one. Any thread."""

    def act(self, action: Action) -> None:
        """A key was pressed."""
        ...

    def headphones(self, plugged: bool) -> None:
        """Headphones came or went."""
        ...

    def heard(self, told: Told) -> None:
        """The voice began or ended something."""
        ...


class Aids:
    """Everything beside the glass, started and stopped together. Raises ConfigError.

    `keys` is a pipe that stands for a keypad, for demonstrations: then nothing makes a sound.
    """

    def __init__(self, settings: KioskSettings, keys: Path | None = None) -> None:
        self._person: Person | None = None
        self._dwell = settings.keypad.dwell_s
        self.witness: Callable[[Told], None] = lambda _: None
        headset = Headset(self._plugged)
        name = settings.keypad.profile or (_DEMO_KEYPAD if keys else "")
        self._profile = _profile(settings, name) if name else None
        self._devices: list[Keypad | Jack] = []
        if self._profile:
            source = _source(settings, self._profile, keys)
            jack = partial(_report, headset, "keypad")
            self._devices.append(Keypad(source, self._profile, self._act, jack))
        if settings.headset.sound_card and not keys:
            self._devices.append(Jack(Sockets(), partial(_report, headset, "card")))
        voices = {row.tag: row.voice for row in SHIPPED}
        recording = Recording(_QUICK) if keys else None
        self.mouth = speaker(settings.speech, voices, self._told, recording)

    @property
    def pace(self) -> Pace | None:
        """How fast the focus moves by itself; None where keys move it."""
        return Pace(self._dwell) if self._profile and self._profile.scan else None

    def speaks(self, languages: Iterable[str]) -> frozenset[str]:
        """Return the languages that have a voice here."""
        return frozenset(tag for tag in languages if self.mouth.speaks(tag))

    def start(self, person: Person) -> None:
        """Begin to tell this person of keys, headset and voice."""
        self._person = person
        for device in self._devices:
            device.start()

    def stop(self) -> None:
        """End every thread and program."""
        for device in self._devices:
            device.stop()
        self.mouth.close()

    def _act(self, action: Action) -> None:
        if self._person:
            self._person.act(action)

    def _plugged(self, there: bool) -> None:
        """Without a headset the voice is silent at once; the person is asked afterwards."""
        self.mouth.headphones = there
        if self._person:
            self._person.headphones(there)

    def _told(self, told: Told) -> None:
        self.witness(told)
        if self._person:
            self._person.heard(told)


def _report(headset: Headset, socket: str, plugged: bool) -> None:
    headset.report(socket, plugged=plugged)


def _profile(settings: KioskSettings, name: str) -> Profile:
    profile = keypads.read(name, shipped("assets", "keypads"))
    guard = settings.keypad.repeat_guard_ms
    return profile if guard is None else profile.model_copy(update={"double_ms": guard})


def _source(settings: KioskSettings, profile: Profile, keys: Path | None) -> Source[Device]:
    if keys:
        return Fifo(keys)
    ids = keypads.allowed(profile, settings.keypad.devices)
    both = sorted(set(ids) & set(settings.scanner.hid))
    if both:
        raise ConfigError(f"keypad.devices: {both[0]} is also a scanner (scanner.hid)")
    return Attached(ids)
