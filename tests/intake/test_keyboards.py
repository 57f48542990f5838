"""Every script's letters are there, and every language starts on a keyboard it can use."""

from collections import Counter
from dataclasses import replace

import pytest

from kiosk.i18n.languages import SHIPPED, Language
from kiosk.intake.ask import line
from kiosk.intake.entry import Draft, empty_text
from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.keyboards import LAYOUT_FOR, LAYOUTS, Layout
from kiosk.intake.view import Role

from .screens import start

PAGES = [
    pytest.param(page, id=f"{name} {number}")
    for name, layout in LAYOUTS.items()
    for number, page in enumerate(layout.pages)
]
LETTERS = {
    "latin": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'-.áéíóúüñçàèâêîôûäöß",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىپچژگکی",
    "devanagari": "अआइईउऊऋएऐओऑऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौॉ्ंँः",
}


def keys(layout: Layout) -> list[str]:
    return [key for page in layout.pages for row in page for key in row.split()]


@pytest.mark.parametrize("page", PAGES)
def test_no_key_is_twice_on_a_page(page: tuple[str, ...]) -> None:
    counted = Counter(key for row in page for key in row.split())
    assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_no_larger_than_people_can_hit(page: tuple[str, ...]) -> None:
    assert len(page) <= 4
    assert max(len(row.split()) for row in page) <= 12


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_letter_of_a_script_can_be_typed(name: str) -> None:
    assert set(LETTERS[name]) <= set("".join(keys(LAYOUTS[name])))


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_every_language_starts_on_a_keyboard_of_its_script_or_on_latin(row: Language) -> None:
    layout = LAYOUTS[LAYOUT_FOR.get(row.tag, "latin")]
    own = {"Arab": "arabic", "Deva": "devanagari"}.get(row.script, "latin")
    assert layout is LAYOUTS[own]
    assert layout.direction == (row.direction if own != "latin" else "ltr")


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_keyboard_on_screen_has_the_pages_keys_and_its_own(name: str) -> None:
    for number, page in enumerate(LAYOUTS[name].pages):
        draft = Draft(("text",), ("",), layout=name, page=number)
        shown = line(step_of(CHECK_IN, "name"), replace(start("en"), draft=draft))
        found = [node.text for node in shown if node.role is Role.KEY and node.line < 2 + len(page)]
        assert found == [key for row in page for key in row.split()]
        own = {node.id for node in shown if node.role is Role.KEY and node.line == 2 + len(page)}
        assert own == {"page", "layout", "key-space", "key-delete"}


def test_the_switch_key_shows_the_script_it_leads_to() -> None:
    signs = [LAYOUTS[name].sign for name in LAYOUTS]
    assert len(set(signs)) == len(signs)
    assert empty_text("latin").layout in LAYOUTS
