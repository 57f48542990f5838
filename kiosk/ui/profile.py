"""Screens as they are in the lobby: pixels, real millimetres, and how far away people stand."""

from dataclasses import dataclass, replace

from kiosk.config import Screen
from kiosk.domain.mode import MODES, SIZES, SPEECH
from kiosk.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of screen. `question_mm` is the size of the question's font, `largest` the factor of
    extra-large text: capitals then reach 0.01222 times the viewing distance (EN 301 549 5.1.4.1),
    which is 600 mm, and 480 mm for the 7-inch panel. `text` is the factor of all other words, and
    `rail` stands the help bar upright beside the page, where height is what is short.
    """

    name: str
    width_px: int
    height_px: int
    width_mm: float
    question_mm: float
    largest: float = 1.7
    target_mm: float = 16.0
    primary_mm: float = 20.0
    key_mm: float = 16.0
    text: float = 1.0
    rail: bool = False

    @property
    def px_per_mm(self) -> float:
        """Pixels in one millimetre of the real screen."""
        return self.width_px / self.width_mm

    @property
    def height_mm(self) -> float:
        """The screen's height in mm (square pixels)."""
        return self.height_px / self.px_per_mm

    @property
    def compact(self) -> frozenset[str]:
        """Sizes of text ("" is the normal one) at which the first screen shows the least words."""
        if self.portrait:
            return frozenset()
        return frozenset({"", *SIZES} if self.rail else SIZES)

    @property
    def modes(self) -> frozenset[str]:
        """Modes this screen can do by itself: only a high one has a lower part to reach."""
        return frozenset(MODES) - set(SPEECH) - (set() if self.portrait else {"low-reach"})

    @property
    def portrait(self) -> bool:
        """Tell whether the screen is higher than wide."""
        return self.height_px > self.width_px


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("panel-7", 800, 480, 152.4, 6.8, 1.56, key_mm=9.5, text=0.85, rail=True),
        Profile("landscape-10", 1280, 800, 217.7, 10.0),
        Profile("wide-15", 1920, 1080, 345.4, 13.0, primary_mm=22.0),
        Profile("portrait-21", 1080, 1920, 268.0, 13.0, primary_mm=24.0),
    )
}


def profile(screen: Screen) -> Profile:
    """Return the profile of the configured screen, with its measured width where there is one.

    Raises ConfigError naming the shipped profiles.
    """
    shipped = PROFILES.get(screen.profile)
    if shipped is None:
        names = ", ".join(PROFILES)
        raise ConfigError(f"screen.profile: there is no profile {screen.profile!r}; use {names}")
    return replace(shipped, width_mm=screen.width_mm) if screen.width_mm else shipped
