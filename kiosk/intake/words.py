"""Words for people: English sentences marked where they stand, translated last."""

from datetime import date, datetime
from typing import NamedTuple, Protocol


class Plural(NamedTuple):
    """A sentence with a number in it, in English's two forms; other languages have their own."""

    one: str
    many: str


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark an English sentence for translation and return it unchanged."""
    return message


def N_n(one: str, many: str) -> Plural:  # noqa: N802 - as above, for plural sentences
    """Mark an English sentence with a number for translation."""
    return Plural(one, many)


class Words(Protocol):
    """Turns marked sentences, times and dates into one language; placeholders are `{name}`."""

    def text(self, message: str, language: str, **values: str | int) -> str:
        """Translate a sentence; text values are isolated so that a Latin name keeps its order."""
        ...

    def plural(self, one: str, many: str, n: int, language: str, **values: str | int) -> str:
        """Translate a sentence whose form depends on `n`, which is also the value `{n}`."""
        ...

    def time(self, at: datetime, language: str) -> str:
        """Write an aware time as the practice's short local time."""
        ...

    def day(self, on: date, language: str) -> str:
        """Write a weekday and date without the year."""
        ...

    def date_order(self, language: str) -> tuple[str, str, str]:
        """Return "day", "month" and "year" in the order people write them."""
        ...

    def name(self, language: str) -> str:
        """Return the language's own name."""
        ...

    def direction(self, language: str) -> str:
        """Return "ltr" or "rtl"."""
        ...
