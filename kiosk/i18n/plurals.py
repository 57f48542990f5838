"""Plural rules of CLDR for whole numbers, as the header of a catalogue states them.

Babel's own table of gettext rules differs from CLDR (French has two forms there, three in CLDR),
and its translation of CLDR counts forms that only fractions take.
"""

from gettext import c2py

from babel import Locale

_ONE = "nplurals=2; plural=(n != 1);"
_NONE = "nplurals=1; plural=0;"
_NAUGHT = "nplurals=2; plural=(n > 1);"
_SPANISH = "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);"
_FRENCH = "nplurals=3; plural=(n <= 1 ? 0 : n % 1000000 == 0 ? 1 : 2);"
_SLAVIC = (
    "nplurals=3; plural=({one} ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14)"
    " ? 1 : 2);"
)
_RUSSIAN = _SLAVIC.format(one="n % 10 == 1 && n % 100 != 11")
_RULES = {
    "ar": "nplurals=6; plural=(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10"
    " ? 3 : n % 100 >= 11 ? 4 : 5);",
    "fil": "nplurals=2; plural=(n > 3 && (n % 10 == 4 || n % 10 == 6 || n % 10 == 9));",
    "pl": _SLAVIC.format(one="n == 1"),
    "ro": "nplurals=3; plural=(n == 1 ? 0 : n == 0 || n % 100 >= 1 && n % 100 <= 19 ? 1 : 2);",
    **dict.fromkeys(("ru", "uk"), _RUSSIAN),
    **dict.fromkeys(("es", "it"), _SPANISH),
    **dict.fromkeys(("fr", "ht", "pt"), _FRENCH),
    **dict.fromkeys(("bn", "fa", "gu", "hi", "pa"), _NAUGHT),
    **dict.fromkeys(("ja", "km", "ko", "my", "th", "vi", "zh"), _NONE),
}
_NUMBERS = (*range(1001), 1_000_000)  # every rule of CLDR for whole numbers repeats or ends here


def header(locale: Locale) -> str:
    """Return the value of Plural-Forms for a locale of the table."""
    return _RULES.get(locale.language, _ONE)


def agrees(expression: str, count: int, locale: Locale) -> bool:
    """Tell whether a catalogue's rule makes exactly CLDR's difference between whole numbers."""
    form, rule = c2py(expression), locale.plural_form
    pairs = {(form(n), rule(n)) for n in _NUMBERS}
    numbers, names = {number for number, _ in pairs}, {name for _, name in pairs}
    return numbers == set(range(count)) and len(pairs) == len(numbers) == len(names)


def examples(locale: Locale) -> list[list[int]]:
    """Return for each form the first whole numbers that take it."""
    expression, count = _parts(header(locale))
    form = c2py(expression)
    found: list[list[int]] = [[] for _ in range(count)]
    for n in _NUMBERS:
        found[form(n)].append(n)
    return [numbers[:4] for numbers in found]


def _parts(text: str) -> tuple[str, int]:
    count, _, expression = text.removeprefix("nplurals=").partition("; plural=")
    return expression.rstrip(";"), int(count)
