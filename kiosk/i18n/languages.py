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
    families: tuple[str, ...] = ("Noto Sans",)
    direction: Direction = "ltr"
    line_height: float = 1.3
    voice: str = ""


_MANDARIN = "cmn-latn-pinyin"
_ARABIC = ("Noto Sans Arabic", "Noto Sans")
_NASTALIQ = ("Noto Nastaliq Urdu", "Noto Sans")
_DEVANAGARI = ("Noto Sans Devanagari", "Noto Sans")
_BENGALI = ("Noto Sans Bengali", "Noto Sans")
_GUJARATI = ("Noto Sans Gujarati", "Noto Sans")
_GURMUKHI = ("Noto Sans Gurmukhi", "Noto Sans")
_TAMIL = ("Noto Sans Tamil", "Noto Sans")
_CJK_SC = ("Noto Sans CJK SC", "Noto Sans")
_CJK_TC = ("Noto Sans CJK TC", "Noto Sans")
_CJK_JP = ("Noto Sans CJK JP", "Noto Sans")
_CJK_KR = ("Noto Sans CJK KR", "Noto Sans")

# Line heights: the ink of all shipped texts, from the highest to the deepest, is 1.24 font sizes in
# Latin (Vietnamese), 1.26 in Indic scripts, 1.15 in Chinese, Japanese and Korean, 1.64 in Arabic.
# Urdu is read in Nastaliq, whose ink is up to 2.9: lines that would meet give way (`raster`).
# Voices: access.md §3.1 and T-02. espeak-ng 1.51 has none for Filipino and Somali, reads Japanese
# kanji as "Chinese letter" and `cmn` as English letters (`cmn-latn-pinyin` rightly, Mandarin only).
SHIPPED: tuple[Language, ...] = (
    Language("en", "English", "Latn", "en", voice="en"),
    Language("es", "Español", "Latn", "es", voice="es"),
    Language("zh-Hans", "简体中文", "Hans", "zh_Hans", _CJK_SC, "ltr", 1.45, _MANDARIN),
    Language("zh-Hant", "繁體中文", "Hant", "zh_Hant", _CJK_TC, "ltr", 1.45, _MANDARIN),
    Language("vi", "Tiếng Việt", "Latn", "vi", line_height=1.4, voice="vi"),
    Language("ar", "العربية", "Arab", "ar", _ARABIC, "rtl", 1.6, "ar"),
    Language("fil", "Filipino", "Latn", "fil"),
    Language("ko", "한국어", "Kore", "ko", _CJK_KR, "ltr", 1.45, "ko"),
    Language("ru", "Русский", "Cyrl", "ru", voice="ru"),
    Language("uk", "Українська", "Cyrl", "uk", voice="uk"),
    Language("pt", "Português", "Latn", "pt", voice="pt"),
    Language("ht", "Kreyòl ayisyen", "Latn", "ht", voice="ht"),
    Language("fr", "Français", "Latn", "fr", voice="fr"),
    Language("pl", "Polski", "Latn", "pl", voice="pl"),
    Language("ro", "Română", "Latn", "ro", voice="ro"),
    Language("it", "Italiano", "Latn", "it", voice="it"),
    Language("de", "Deutsch", "Latn", "de", voice="de"),
    Language("fa", "فارسی", "Arab", "fa", _ARABIC, "rtl", 1.6, "fa"),
    Language("ur", "اردو", "Arab", "ur", _NASTALIQ, "rtl", 2.4, "ur"),
    Language("hi", "हिन्दी", "Deva", "hi", _DEVANAGARI, "ltr", 1.5, "hi"),
    Language("bn", "বাংলা", "Beng", "bn", _BENGALI, "ltr", 1.5, "bn"),
    Language("gu", "ગુજરાતી", "Gujr", "gu", _GUJARATI, "ltr", 1.5, "gu"),
    Language("pa", "ਪੰਜਾਬੀ", "Guru", "pa", _GURMUKHI, "ltr", 1.5, "pa"),
    Language("ne", "नेपाली", "Deva", "ne", _DEVANAGARI, "ltr", 1.5, "ne"),
    Language("ta", "தமிழ்", "Taml", "ta", _TAMIL, "ltr", 1.5, "ta"),
    Language("so", "Soomaali", "Latn", "so"),
    Language("tr", "Türkçe", "Latn", "tr", voice="tr"),
    Language("ja", "日本語", "Jpan", "ja", _CJK_JP, "ltr", 1.45),
)

_BY_TAG = {language.tag: language for language in SHIPPED}


def language(tag: str) -> Language:
    """Return the row of a BCP 47 tag; raises ConfigError naming the tag when there is none."""
    try:
        return _BY_TAG[tag]
    except KeyError:
        raise ConfigError(f"there is no language {tag!r}; known are {', '.join(_BY_TAG)}") from None
