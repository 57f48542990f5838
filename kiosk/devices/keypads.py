"""Keypad profiles: which key of which device means what. Shipped ones are in assets/keypads."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated

from evdev import ecodes
from pydantic import AfterValidator, Field, model_validator

from kiosk import config
from kiosk.config import Settings
from kiosk.domain.action import Action
from kiosk.errors import ConfigError

_HIGHEST = 0x2FF  # KEY_MAX of linux/input-event-codes.h


def code(key: str) -> int:
    """Return the code of a key by the kernel's name ("KEY_F18") or number ("188").

    Raises ValueError when there is none.
    """
    named = ecodes.ecodes.get(key) if key.startswith(("KEY_", "BTN_")) else None
    number = named if named is not None else int(key) if key.isascii() and key.isdigit() else 0
    if not 0 < number <= _HIGHEST:
        raise ValueError(f"there is no key {key!r}")
    return int(number)


def key_name(number: int) -> str:
    """Return the kernel's name of a key, its number when it has none."""
    known = ecodes.keys.get(number, str(number))
    return known if isinstance(known, str) else str(known[-1])


def _key(value: str) -> str:
    if value:
        code(value)
    return value


KeyName = Annotated[str, AfterValidator(_key)]
DeviceId = Annotated[str, Field(pattern=r"^[0-9a-f]{4}:[0-9a-f]{4}$")]


class JackKeys(Settings):
    """The keys that a keypad presses by itself when its headset is plugged in and out."""

    plugged: Annotated[KeyName, Field(alias="in")] = ""
    pulled: Annotated[KeyName, Field(alias="out")] = ""


class Profile(Settings):
    """One kind of keypad, or a set of switches."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    about: str = ""
    devices: tuple[DeviceId, ...] = ()
    scan: bool = False  # one switch: the kiosk moves by itself, the switch selects
    double_ms: Annotated[int, Field(ge=0, le=2000)] = 250  # EN 301 549 5.8: to 500 at least
    keys: Mapping[KeyName, Action]
    jack: JackKeys = JackKeys()

    @cached_property
    def actions(self) -> Mapping[int, Action]:
        """The action of each key, by code."""
        return {code(key): action for key, action in self.keys.items()}

    @cached_property
    def jack_codes(self) -> Mapping[int, bool]:
        """The keys of the jack, by code: True for in."""
        ends = ((self.jack.plugged, True), (self.jack.pulled, False))
        return {code(key): plugged for key, plugged in ends if key}

    @model_validator(mode="after")
    def _usable(self) -> "Profile":
        codes = [code(key) for key in (*self.keys, self.jack.plugged, self.jack.pulled) if key]
        twice = sorted({key_name(one) for one in codes if codes.count(one) > 1})
        if twice:
            raise ValueError(f"{twice[0]} stands there twice")
        wanted = {Action.SELECT} if self.scan else {Action.SELECT, Action.NEXT}
        missing = wanted - set(self.keys.values())
        if missing:
            raise ValueError(f"no key means {min(missing)}: nobody could use the kiosk with it")
        return self


def read(wanted: str, folder: Path) -> Profile:
    """Read a shipped profile of `folder` by its name, or any by the path of its file.

    Raises ConfigError naming the profiles there are, or the file and the key that is wrong.
    """
    path = Path(wanted)
    if path.suffix != ".toml":
        path = folder / f"{wanted}.toml"
        if wanted not in names(folder):
            known = ", ".join(names(folder))
            raise ConfigError(f"there is no keypad profile {wanted!r}; there are {known}")
    return config.load(path, Profile)


def names(folder: Path) -> list[str]:
    """Return the names of the profiles in a folder."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def allowed(profile: Profile, wanted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the ids of the devices to read: the configured ones, else the profile's own.

    Raises ConfigError when neither names one: a keyboard that just anybody plugs in is not read.
    """
    ids = wanted or profile.devices
    if not ids:
        raise ConfigError(
            f"the keypad profile {profile.name} names no device: set keypad.devices to its "
            "vendor:product (kiosk keypad learn shows it)"
        )
    return ids
