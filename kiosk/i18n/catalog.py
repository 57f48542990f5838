"""Sentences in the patient's language, from .po files compiled in memory when first used."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from babel import Locale
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from kiosk.errors import ConfigError, ResourceMissing
from kiosk.i18n import dates
from kiosk.i18n.clean import clean, isolate
from kiosk.i18n.languages import Direction, Language, language

SOURCE = "en"  # the language of the messages in the code; its catalogue is optional

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}


def path_of(folder: Path, tag: str) -> Path:
    """Return where the catalogue of a language lies."""
    return folder / tag / "LC_MESSAGES" / "kiosk.po"


def read(folder: Path, row: Language) -> Catalog:
    """Return a language's catalogue as Babel has it.

    Raises ResourceMissing when there is no file, ConfigError naming it when it cannot be parsed.
    """
    path = path_of(folder, row.tag)
    try:
        with path.open("rb") as file:
            return read_po(file, locale=row.locale, domain="kiosk", abort_invalid=True)
    except FileNotFoundError:
        raise ResourceMissing(f"{path} is missing; install the package again") from None
    except (OSError, ValueError, LookupError, PoFileError) as fault:
        raise ConfigError(f"{path}: not a catalogue: {fault}") from fault


def placeholders(message: str) -> frozenset[str]:
    """Return the names in braces of a message."""
    return frozenset(_PLACEHOLDER.findall(message))


class Catalogue:
    """The `Words` of the core, in every language of the table.

    `folder` holds <tag>/LC_MESSAGES/kiosk.po, `zone` is the practice's IANA time zone, `territory`
    its ISO 3166 country, which decides on date order and hours. A sentence without a translation
    that fits its placeholders is given in English. Digits are Latin (`kiosk.i18n.dates`).

    Raises ConfigError for a zone or territory nobody knows.
    """

    def __init__(self, folder: Path, zone: str, territory: str) -> None:
        if territory not in Locale(SOURCE).territories:
            raise ConfigError(f"there is no territory {territory!r}; write it like GB or US")
        try:
            self._zone = ZoneInfo(zone)
        except (OSError, ValueError, KeyError) as fault:
            raise ConfigError(f"there is no time zone {zone!r}") from fault
        self._folder = folder
        self._territory = territory
        self._loaded: dict[str, NullTranslations] = {}
        self._locales: dict[str, Locale] = {}

    def load(self, *tags: str) -> None:
        """Read these languages now, so that a broken file is found before a patient comes.

        Raises ConfigError or ResourceMissing naming the file.
        """
        for tag in tags:
            self._translations(tag)

    def text(self, message: str, language: str, **values: str | int) -> str:
        """Translate a sentence; a text value that could turn its neighbours round is isolated."""
        return self._filled(
            self._translations(language).gettext(message), message, language, values
        )

    def plural(self, one: str, many: str, n: int, language: str, **values: str | int) -> str:
        """Translate a sentence whose form depends on `n`, which is also the value `{n}`."""
        found = self._translations(language).ngettext(one, many, n)
        return self._filled(found, one if n == 1 else many, language, {"n": n, **values})

    def time(self, at: datetime, language: str) -> str:
        """Write an aware time as the practice's short local time."""
        return dates.short_time(at, self._zone, self._locale(language))

    def day(self, on: date, language: str) -> str:
        """Write a weekday and date without the year."""
        return dates.weekday_and_date(on, self._locale(language))

    def date_order(self, language: str) -> tuple[str, str, str]:
        """Return "day", "month" and "year" in the order people write them."""
        first, second, third = dates.order(self._locale(language))
        return first, second, third

    def name(self, language: str) -> str:
        """Return the language's own name."""
        return _row(language).endonym

    def direction(self, language: str) -> Direction:
        """Return "ltr" or "rtl"."""
        return _row(language).direction

    def _locale(self, tag: str) -> Locale:
        if tag not in self._locales:
            self._locales[tag] = dates.locale_of(_row(tag), self._territory)
        return self._locales[tag]

    def _translations(self, tag: str) -> NullTranslations:
        if tag not in self._loaded:
            self._loaded[tag] = self._compiled(_row(tag))
        return self._loaded[tag]

    def _compiled(self, row: Language) -> NullTranslations:
        path = path_of(self._folder, row.tag)
        if row.tag == SOURCE and not path.exists():
            return NullTranslations()
        compiled = BytesIO()
        try:
            write_mo(compiled, read(self._folder, row))
            compiled.seek(0)
            return GNUTranslations(compiled)
        except (ValueError, OSError) as fault:
            raise ConfigError(f"{path}: not a catalogue: {fault}") from fault

    def _filled(self, found: str, english: str, tag: str, values: Mapping[str, str | int]) -> str:
        message = found if placeholders(found) <= values.keys() else english
        direction = _row(tag).direction
        return _PLACEHOLDER.sub(lambda name: _written(values[name[1]], direction), message)


_row = language  # the methods' `language` argument hides the function's name


def _written(value: str | int, direction: Direction) -> str:
    if isinstance(value, int):
        return str(value)
    if direction == "ltr" and not any(bidirectional(ch) in _RIGHT_TO_LEFT for ch in value):
        return clean(value).replace("\n", " ")
    return isolate(value)
