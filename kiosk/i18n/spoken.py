"""Text for the eye → text for a voice: times, dates, telephone numbers and codes (access.md T-03).

Plain numbers stay digits, which every voice reads in its own language.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from unicodedata import category

from babel import Locale
from babel.dates import format_date

from kiosk.errors import ConfigError
from kiosk.i18n.clean import clean
from kiosk.i18n.clocktimes import DEFAULT, SAYINGS, Saying
from kiosk.i18n.languages import language as row_of

_GAP = "[ \xa0\u202f]?"
_JOINERS = "\u200c\u200d"
_SILENT = frozenset("*#/\\|_&•·")  # voices name them, many in English
_SAID = frozenset("+%@")

# No Latin letter may stand beside a number; other scripts write without spaces ("到10:30还").
_ISO = re.compile(r"(?<![A-Za-z\d.-])(\d{4})-(\d{2})-(\d{2})(?![A-Za-z\d-])")
_PHONE = re.compile(r"(?<![A-Za-z\d.,])(\+?)\(?(\d[\d ()-]{5,}\d)(?![A-Za-z\d]|[.,]\d)")
_RUN = re.compile(r"(?<![A-Za-z\d.,])(?:\d{5,}|0\d+)(?![A-Za-z\d]|[.,]\d)")
_MASKED = re.compile(r"[•*·]+ *(\d+)(?![A-Za-z\d])")
_CODE = re.compile(r"(?<!\w)(?=[A-Z0-9]*[A-Z])(?=(?:[A-Z]*\d){2})[A-Z0-9]{5,}(?!\w)")
_CLOCK = r"(?<![A-Za-z\d.:,])([01]?\d|2[0-3])[:\uff1a]([0-5]\d)(?![\d:])"


def spoken(text: str, language: str) -> str:
    """Return any node's text as a voice of `language` (BCP 47) should say it; never raises.

    Times are said as people do, ISO dates written out, telephone numbers, codes and long or
    masked numbers said digit by digit, signs that a voice would name left out.
    """
    said = _ISO.sub(partial(_date, language), _bare(text))
    said = _times(said, language)
    said = _MASKED.sub(lambda found: one_by_one(found[1]), said)
    said = _PHONE.sub(partial(_phone, _saying(language)), said)
    said = _CODE.sub(lambda found: one_by_one(found[0]), said)
    said = _RUN.sub(lambda found: one_by_one(found[0]), said)
    said = "".join(ch if _has_a_sound(ch) else " " for ch in said.replace("\n", ", "))
    return " ".join(said.split()).translate(_digits(language))


def one_by_one(characters: str) -> str:
    """Return digits and letters so that each is said alone, with a pause after every three."""
    groups = []
    while len(characters) > 4:
        groups.append(characters[:3])
        characters = characters[3:]
    return ", ".join(" ".join(group) for group in (*groups, characters) if group)


def _bare(text: str) -> str:
    """Clean, and without the marks that only order what is drawn."""
    kept = "".join(ch for ch in clean(text) if category(ch) != "Cf" or ch in _JOINERS)
    return clean(kept)


def _has_a_sound(ch: str) -> bool:
    return ch in _SAID or (ch not in _SILENT and category(ch) not in {"Sm", "So", "Sk"})


def _digits(language: str) -> dict[int, str]:
    return {ord("0") + at: digit for at, digit in enumerate(_saying(language).digits)}


def _saying(language: str) -> Saying:
    return SAYINGS.get(language, DEFAULT)


def _times(text: str, language: str) -> str:
    saying = _saying(language)
    for marks, words in zip(_marks(language), (saying.am, saying.pm), strict=True):
        twelve: Callable[[re.Match[str]], str] = partial(_twelve, saying, words)
        text = re.sub(f"{_CLOCK}{_GAP}(?:{marks})(?!\\w)", twelve, text)
        text = re.sub(f"(?<![A-Za-z])(?:{marks}){_GAP}{_CLOCK}", twelve, text)
    return re.sub(_CLOCK, lambda found: _clock(saying, found), text)


def _twelve(saying: Saying, words: str, found: re.Match[str]) -> str:
    return words.format(t=_clock(saying, found, beside=True))


def _clock(saying: Saying, found: re.Match[str], *, beside: bool = False) -> str:
    hour, minute = int(found[1]), int(found[2])
    pattern = saying.time if minute >= 10 else saying.few or saying.time
    if minute == 0:
        late = saying.late if hour == 0 or hour > 12 else ""
        pattern = (saying.plain_hour if beside else late) or saying.hour
    return pattern.format(h=saying.hours.get(hour, hour), m=minute)


@lru_cache(maxsize=64)
def _marks(language: str) -> tuple[str, str]:
    """Return patterns of what CLDR writes for morning and for afternoon."""
    locale = _locale(language)
    forms = locale.day_periods.values()  # narrow ones may be words: "10:30 a"
    widths = [form.get(width, {}) for form in forms for width in ("wide", "abbreviated")]
    found = {
        half: {latin, latin.lower()} | {width[half] for width in widths if width.get(half)}
        for half, latin in (("am", "AM"), ("pm", "PM"))
    }
    longest = {half: sorted(marks, key=len, reverse=True) for half, marks in found.items()}
    either = {half: "|".join(map(re.escape, marks)) for half, marks in longest.items()}
    return either["am"], either["pm"]


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(row_of(language).locale)
    except ConfigError:
        return Locale("en")


def _date(language: str, found: re.Match[str]) -> str:
    try:
        on = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return found[0]
    return format_date(on, "long", locale=_locale(language))


def _phone(saying: Saying, found: re.Match[str]) -> str:
    groups = re.findall(r"\d+", found[2])
    if sum(map(len, groups)) < 7:
        return found[0]
    plus = f"{saying.plus} " if found[1] and saying.plus else ""
    return plus + ", ".join(map(one_by_one, groups))
