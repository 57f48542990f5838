"""Colours and sizes as data (look.md, tokens); every pair of text and ground has its test."""

from collections.abc import Set
from dataclasses import dataclass, replace

from kiosk.ui.profile import Profile


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB."""

    paper: str = "#FBF8F3"
    ink: str = "#16262E"
    soft: str = "#2E4048"
    card: str = "#FFFFFF"
    brand: str = "#0A444B"
    on_brand: str = "#FFFFFF"
    tint: str = "#E3EFEE"
    on_tint: str = "#16262E"
    help: str = "#6E1717"
    on_help: str = "#FFFFFF"
    warm: str = "#FFF1D6"
    on_warm: str = "#4A2F00"
    ok: str = "#0F4626"
    on_ok: str = "#FFFFFF"
    accent: str = "#F7C873"
    line: str = "#6B7A81"
    hair: str = "#E2DCD0"
    bar: str = "#FFFFFF"
    quiet: str = "#F1EDE4"
    stage: str = "#10292E"
    plain: bool = False  # black and white, told apart by lines


DEFAULT = Palette()
HIGH_CONTRAST = Palette(
    paper="#FFFFFF",
    ink="#000000",
    soft="#000000",
    brand="#000000",
    tint="#000000",
    on_tint="#FFFFFF",
    help="#000000",
    warm="#FFFFFF",
    on_warm="#000000",
    ok="#000000",
    accent="#FFFF00",
    line="#000000",
    hair="#000000",
    quiet="#FFFFFF",
    stage="#000000",
    plain=True,
)
HIGH_CONTRAST_DARK = Palette(
    paper="#000000",
    ink="#FFFFFF",
    soft="#FFFFFF",
    card="#000000",
    brand="#FFFFFF",
    on_brand="#000000",
    tint="#FFFFFF",
    on_tint="#000000",
    help="#FFFFFF",
    on_help="#000000",
    warm="#000000",
    on_warm="#FFFFFF",
    ok="#FFFFFF",
    on_ok="#000000",
    accent="#FFFF00",
    line="#FFFFFF",
    hair="#FFFFFF",
    bar="#000000",
    quiet="#000000",
    stage="#000000",
    plain=True,
)
_PALETTES = {"high-contrast": HIGH_CONTRAST, "high-contrast-dark": HIGH_CONTRAST_DARK}


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything about looks that depends on the screen and the modes; lengths in mm."""

    palette: Palette
    scale: float
    question: float
    target: float
    primary: float
    key: float
    answer: float = 7.4
    sentence: float = 7.0
    small: float = 6.2
    edge: float = 8.0
    gap: float = 4.0
    block: float = 7.0
    radius: float = 5.0
    stroke: float = 0.5
    thick: float = 0.9
    tight: bool = False  # a low screen: every mm of height counts
    single: bool = False  # one thing at a time

    def shrunk(self, factor: float) -> "Theme":
        """Return the theme with smaller words: for a line that no page could hold."""
        return replace(
            self,
            scale=self.scale * factor,
            question=self.question * factor,
            answer=self.answer * factor,
            sentence=self.sentence * factor,
            small=self.small * factor,
        )

    @property
    def plain(self) -> bool:
        """Tell whether colours are reduced to black and white."""
        return self.palette.plain


def theme(profile: Profile, modes: Set[str]) -> Theme:
    """Return the theme of a screen in some modes."""
    scale = {"larger": (1 + profile.largest) / 2, "extra-large": profile.largest}
    factor = next((scale[mode] for mode in ("extra-large", "larger") if mode in modes), 1.0)
    palette = next((_PALETTES[mode] for mode in _PALETTES if mode in modes), DEFAULT)
    tight, words = profile.height_mm < 100, profile.text * factor
    return Theme(
        palette=palette,
        scale=factor,
        question=profile.question_mm * factor,
        target=profile.target_mm,
        primary=profile.primary_mm,
        key=profile.key_mm,
        answer=7.4 * words,
        sentence=7.0 * words,
        small=6.2 * words,
        edge=3.0 if tight else 8.0,
        gap=3.0 if tight else 4.0,
        block=4.0 if profile.height_mm < 140 else 7.0,
        thick=1.2 if palette.plain else 0.9,
        tight=tight,
        single="one-at-a-time" in modes,
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB (WCAG 2.2, relative luminance)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, contrast ratio)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
