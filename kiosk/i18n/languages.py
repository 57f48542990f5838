"""The languages the kiosk speaks, as a table: a new language is a new row."""

from dataclasses import dataclass
from typing import Literal

from kiosk.errors import ConfigError

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the picker.

    `locale` is CLDR's name (Babel), `families` are fonts in order of preference and end with one
    that has Latin letters, `line_height` is the distance of two baselines in font sizes, and
    `voice` is espeak-ng's voice or "" when it has none that can be understood.
    """

    tag: str  # BCP 47
    endonym: str
    script: str  # ISO 15924
    locale: str
    families: tuple[str, ...]
    direction: Direction = "ltr"
    line_height: float = 1.3
    voice: str = ""


# Voices: access.md §3.1 (espeak-ng 1.51 reads `cmn` as English letters, `cmn-latn-pinyin` rightly).
SHIPPED: tuple[Language, ...] = (
    Language("en", "English", "Latn", "en", ("Noto Sans",), voice="en"),
    Language("es", "Español", "Latn", "es", ("Noto Sans",), voice="es"),
    Language(
        "ar",
        "العربية",
        "Arab",
        "ar",
        ("Noto Sans Arabic", "Noto Sans"),
        direction="rtl",
        line_height=1.6,
        voice="ar",
    ),
    Language(
        "hi",
        "हिन्दी",
        "Deva",
        "hi",
        ("Noto Sans Devanagari", "Noto Sans"),
        line_height=1.5,
        voice="hi",
    ),
    Language(
        "zh-Hans",
        "简体中文",
        "Hans",
        "zh_Hans",
        ("Noto Sans CJK SC", "Noto Sans"),
        line_height=1.45,
        voice="cmn-latn-pinyin",
    ),
)

_BY_TAG = {language.tag: language for language in SHIPPED}


def language(tag: str) -> Language:
    """Return the row of a BCP 47 tag; raises ConfigError naming the tag when there is none."""
    try:
        return _BY_TAG[tag]
    except KeyError:
        raise ConfigError(f"there is no language {tag!r}; known are {', '.join(_BY_TAG)}") from None
