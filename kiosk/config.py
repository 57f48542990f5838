"""Settings from TOML files: typed, closed (an unknown key is an error), named in every message."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import ConfigError


class Settings(BaseModel):
    """A closed, frozen group of settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Spl = Annotated[float, Field(ge=20, le=120)]
UsbId = Annotated[str, Field(pattern=r"^[0-9a-f]{4}:[0-9a-f]{4}$")]


class Screen(Settings):
    """The lobby screen: a shipped profile, or the real one measured with a ruler."""

    profile: str = "portrait-21"
    width_mm: Annotated[float, Field(gt=50, lt=2000)] | None = None
    fullscreen: bool = True


class Camera(Settings):
    """Where frames come from: a device, an index, a video file or a folder of pictures."""

    source: str = "0"


class Scanner(Settings):
    """USB code scanners: serial ones by port, keyboard-like ones by vendor:product id."""

    serial: tuple[str, ...] = ()
    hid: tuple[UsbId, ...] = ()


class Sound(Settings):
    """Chimes of the kiosk."""

    enabled: bool = True


class Speech(Settings):
    """Speech of one kiosk; levels are dB SPL at the patient's ear, measured at the loudest step."""

    enabled: bool = True
    speaker: str = "default"  # ALSA's name of the sound device that the room hears
    headphones: str = ""  # that of the keypad or handset; "" when a jack switches the same device
    clips: Path | None = None  # recordings: <language>/<name>.wav
    piper: str = "piper"
    models: dict[str, Path] = Field(default_factory=dict)  # language → Piper model.onnx
    speaker_db: Spl | None = None
    headphones_db: Spl | None = None
    ambient_db: Spl | None = None


class Keypad(Settings):
    """A keypad or switches: a shipped profile or a file of `kiosk keypad learn`; "" for none."""

    profile: str = ""
    devices: tuple[UsbId, ...] = ()  # where the profile names none
    repeat_guard_ms: Annotated[int, Field(ge=0, le=2000)] | None = None  # EN 301 549 5.8
    dwell_s: Annotated[float, Field(ge=0.5, le=10)] = 2.0  # one switch: time on each item


class Headset(Settings):
    """Headphones in the device's own socket; off where the loudspeaker is plugged in there."""

    sound_card: bool = False


class KioskSettings(Settings):
    """`config/kiosk.toml`: what is true of one lobby device."""

    data: Path = Path("/var/lib/checkin")
    label: str = "Kiosk"
    screen: Screen = Screen()
    camera: Camera = Camera()
    scanner: Scanner = Scanner()
    sound: Sound = Sound()
    speech: Speech = Speech()
    keypad: Keypad = Keypad()
    headset: Headset = Headset()


class Idle(Settings):
    """Seconds of quiet before a warning, and of the warning itself (WCAG 2.2.1: at least 20 s)."""

    after: Annotated[int, Field(ge=20, le=600)] = 60
    after_assisted: Annotated[int, Field(ge=20, le=1200)] = 300
    warning: Annotated[int, Field(ge=20, le=120)] = 45
    done: Annotated[int, Field(ge=5, le=120)] = 20


class Windows(Settings):
    """Minutes before and after the booked time in which a check-in counts."""

    early: Annotated[int, Field(ge=0, le=24 * 60)] = 60
    grace: Annotated[int, Field(ge=0, le=240)] = 15
    late: Annotated[int, Field(ge=0, le=24 * 60)] = 60


class Site(Settings):
    """One building of the practice; `code` is the two characters printed in its passes."""

    code: Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{2}$")]
    name: str
    directions: str = ""


class PracticeSettings(Settings):
    """`config/practice.toml`: the practice's own policy, the same on desk and kiosks."""

    name: str
    timezone: str = "Europe/London"  # IANA
    territory: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "GB"  # ISO 3166: order of dates
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    sites: Annotated[tuple[Site, ...], Field(min_length=1)]
    windows: Windows = Windows()
    idle: Idle = Idle()
    parts: tuple[Literal["contact", "needs"], ...] = ("contact", "needs")
    come_to_desk_after: Annotated[int, Field(ge=5, le=240)] = 30
    arrival_status: Literal["arrived", "checked-in"] = "arrived"


class KioskPolicy(Settings):
    """What the desk tells an enrolled kiosk (GET /config)."""

    practice: PracticeSettings
    site: str
    device: str
    label: str = "Kiosk"
    demo: bool = False


Model = TypeVar("Model", bound=BaseModel)


def load(path: Path, model: type[Model]) -> Model:
    """Read one TOML file into `model`.

    Raises ConfigError naming the file and the key when it is missing, malformed, has an unknown
    key or a value of the wrong type.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path}: cannot be read: {fault}") from None
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"{path}: not valid TOML: {fault}") from None
    return parse(raw, model, str(path))


def parse(raw: object, model: type[Model], where: str) -> Model:
    """Check settings that are already parsed; raises ConfigError naming `where` and each key."""
    try:
        return model.model_validate(raw)
    except ValidationError as fault:
        lines = []
        for error in fault.errors(include_url=False, include_input=False):
            key = ".".join(map(str, error["loc"])) or "(top)"
            lines.append(f"{where}: {key}: {_plain(error['type'], error['msg'])}")
        raise ConfigError("\n".join(lines)) from None


def _plain(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "there is no such setting"
    if kind == "missing":
        return "this setting is missing"
    return message[:1].lower() + message[1:]
