from datetime import UTC, date, datetime
from itertools import chain

import pytest

from kiosk.i18n.catalog import read
from kiosk.i18n.fonts import Library, Stack, Weight
from kiosk.i18n.languages import SHIPPED, Language, language
from kiosk.i18n.sources import forms
from kiosk.intake.keyboards import LAYOUTS
from words.screens import WORDS, screens
from words.sources import LOCALE, MESSAGES, OFFERED, TRANSLATED

LIBRARY = Library()
WEIGHTS: tuple[Weight, ...] = (400, 700)
EACH = pytest.mark.parametrize("row", OFFERED, ids=lambda row: row.tag)
TABLE = pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)


def lacking(texts: set[str], row: Language, weight: Weight) -> set[str]:
    """The characters that the language's own fonts do not have."""
    stack = LIBRARY.stack(row, weight)
    return {ch for ch in set(chain.from_iterable(texts)) if not drawn(ch, stack, row)}


def drawn(ch: str, stack: Stack, row: Language) -> bool:
    """Tell whether a character is drawn by a family of the language, not by a fallback."""
    return stack.readable(ch) == ch and stack.faces(ch)[0].family in row.families


def shipped(row: Language) -> set[str]:
    """Every string of the catalogue, or of the code for English."""
    if row not in TRANSLATED:
        return set(MESSAGES)
    return {form for entry in read(LOCALE, row) if entry.id for form in forms(entry.string)}


@EACH
@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_shipped_sentence_has_its_glyphs(row: Language, weight: Weight) -> None:
    assert lacking(shipped(row), row, weight) == set()


@TABLE
@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_own_name_has_its_glyphs(row: Language, weight: Weight) -> None:
    assert lacking({row.endonym}, row, weight) == set()


@TABLE
@pytest.mark.parametrize("weight", WEIGHTS)
def test_times_and_days_have_their_glyphs(row: Language, weight: Weight) -> None:
    times = {WORDS.time(datetime(2026, 3, 5, h, 30, tzinfo=UTC), row.tag) for h in range(24)}
    days = {WORDS.day(date(2026, m, d), row.tag) for m in range(1, 13) for d in range(1, 8)}
    assert lacking(times | days, row, weight) == set()


@EACH
@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_screen_has_its_glyphs(row: Language, weight: Weight) -> None:
    """Keys are left to the fallback: a keyboard's script need not be the screen's."""
    shown: dict[str, set[str]] = {}
    for _, view in screens(row.tag):
        for node in (node for node in view.nodes if node.role != "key"):
            shown.setdefault(node.lang, set()).update((node.text, node.value))
    for tag, texts in shown.items():
        assert lacking(texts, language(tag), weight) == set(), tag


@TABLE
@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_key_of_every_keyboard_is_drawn_in_every_language(
    row: Language, weight: Weight
) -> None:
    pages = (page for layout in LAYOUTS.values() for page in layout.pages)
    keys = "".join(chain.from_iterable(chain.from_iterable(pages)))
    assert LIBRARY.stack(row, weight).readable(keys) == keys


def test_a_character_that_no_font_of_a_language_has_is_found() -> None:
    assert lacking({"中"}, language("es"), 400) == {"中"}
    assert lacking({"\U0010fffe"}, language("es"), 400) == {"\U0010fffe"}
