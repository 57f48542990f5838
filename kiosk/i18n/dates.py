"""Times and days as people of a language and a country write them, by CLDR through Babel.

Decided once, for what is read, heard and typed alike:
- Digits are Latin (0-9) in every language, also where CLDR's default is another (fa, bn, ne): the
  number pad, door signs, phones and passes have these, and it is what Babel writes.
- The calendar is the Gregorian one, also for fa and ne: practices keep birth dates in it. A birth
  year of the Solar Hijri calendar (1363) is refused when typed; one of the Bikram Sambat calendar
  lies ahead (2041), or the date does not match the record: nobody is taken for somebody else.
- Twelve or twenty-four hours is as CLDR has it for the language in the practice's territory.
"""

import re
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

from kiosk.i18n.languages import Language

_FIELDS = {"d": "day", "M": "month", "L": "month", "y": "year", "u": "year"}
_LATIN_MARK = re.compile("[A-Za-z]")
# CLDR gives Haitian Creole the French names.
_HAITIAN_DAYS = ("lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch")
_HAITIAN_MONTHS = (
    *("janvye", "fevriye", "mas", "avril", "me", "jen"),
    *("jiyè", "out", "septanm", "oktòb", "novanm", "desanm"),
)
_TOKEN = re.compile(r"'[^']*'|([A-Za-z])\1*|[^A-Za-z']+")


def locale_of(language: Language, territory: str) -> Locale:
    """Return CLDR's locale of the language in that country, or else of the language alone."""
    try:
        return Locale.parse(f"{language.locale}_{territory}")
    except UnknownLocaleError:
        return Locale.parse(language.locale)


def short_time(at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Write an aware time in `zone`, with 12 or 24 hours as the locale has it, to stay on one line.

    Twelve hours in another script than Latin are told apart by the language's own part of the day
    ("दोपहर 2:05"), not by AM and PM, which CLDR has there and not every reader can read.
    """
    said = format_time(at, "short", tzinfo=zone, locale=locale)
    own = locale.datetime_skeletons.get("Bhm")
    if (
        own
        and _LATIN_MARK.search(said)
        and not _LATIN_MARK.search(locale.get_language_name() or "")
    ):
        said = format_time(at, own.pattern, tzinfo=zone, locale=locale)
    return said.replace(" ", "\xa0")


def weekday_and_date(on: date, locale: Locale) -> str:
    """Write weekday, day and month in full: as CLDR has it, else its full date without the year."""
    if locale.language == "ht":
        return f"{_HAITIAN_DAYS[on.weekday()]} {on.day} {_HAITIAN_MONTHS[on.month - 1]}"
    found = locale.datetime_skeletons.get("MMMMEEEEd")
    pattern = found.pattern if found else _without_year(locale.date_formats["full"].pattern)
    return format_date(on, pattern, locale=locale)


def order(locale: Locale) -> tuple[str, ...]:
    """Return "day", "month" and "year" in the order of the locale's short date."""
    pattern = re.sub("'[^']*'", "", locale.date_formats["short"].pattern)
    return tuple(dict.fromkeys(_FIELDS[ch] for ch in pattern if ch in _FIELDS))


def _without_year(pattern: str) -> str:
    """Drop year and era, each with the words up to the next field, or since the last one."""
    tokens = (match.group() for match in _TOKEN.finditer(pattern))
    parts = [(field, "".join(part)) for field, part in groupby(tokens, key=_is_field)]
    while (at := next((at for at, part in enumerate(parts) if _is_year(*part)), None)) is not None:
        rest = parts[at + 2 :]
        parts = parts[:at] + rest if rest else parts[: max(at - 1, 0)]
    return "".join(part for _, part in parts)


def _is_year(field: bool, part: str) -> bool:
    return field and part[0] in "yuG"


def _is_field(token: str) -> bool:
    return token[0].isascii() and token[0].isalpha()
