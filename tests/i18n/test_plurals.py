"""Each language of the table makes the difference between numbers that CLDR makes."""

import pytest
from babel import Locale

from kiosk.i18n import plurals
from kiosk.i18n.languages import SHIPPED, Language

READY = [Language(tag, tag, "", tag) for tag in ("th", "km", "my")]


def parts(rule: str) -> tuple[str, int]:
    count, _, expression = rule.removeprefix("nplurals=").partition("; plural=")
    return expression.rstrip(";"), int(count)


@pytest.mark.parametrize("row", [*SHIPPED, *READY], ids=lambda row: row.tag)
def test_a_catalogues_rule_is_cldrs(row: Language) -> None:
    locale = Locale.parse(row.locale)
    assert plurals.agrees(*parts(plurals.header(locale)), locale)


@pytest.mark.parametrize(
    ("locale", "rule"),
    [
        ("fr", "nplurals=2; plural=(n > 1);"),  # what Babel says
        ("ru", "nplurals=2; plural=(n != 1);"),
        ("ja", "nplurals=2; plural=(n != 1);"),
        ("ar", "nplurals=6; plural=(n < 6 ? n : 5);"),
        ("de", "nplurals=3; plural=(n != 1);"),
    ],
)
def test_another_rule_is_not_taken_for_it(locale: str, rule: str) -> None:
    assert not plurals.agrees(*parts(rule), Locale.parse(locale))


def test_a_translator_is_shown_numbers_of_each_form() -> None:
    assert plurals.examples(Locale.parse("pl")) == [[1], [2, 3, 4, 22], [0, 5, 6, 7]]
    assert plurals.examples(Locale.parse("ja")) == [[0, 1, 2, 3]]
