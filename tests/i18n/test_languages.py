import pytest
from babel import Locale

from kiosk.errors import ConfigError
from kiosk.i18n.languages import SHIPPED, Language, language


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_a_row_agrees_with_cldr(row: Language) -> None:
    locale = Locale.parse(row.locale)
    assert locale.text_direction == row.direction
    assert locale.language == row.tag.partition("-")[0]


def test_tags_and_own_names_are_unique() -> None:
    assert len({row.tag for row in SHIPPED}) == len(SHIPPED)
    assert len({row.endonym for row in SHIPPED}) == len(SHIPPED)


def test_a_language_is_found_by_its_tag() -> None:
    assert language("ar").endonym == "العربية"


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ConfigError, match="'tlh'"):
        language("tlh")


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_every_stack_ends_with_latin_letters(row: Language) -> None:
    assert row.families[-1] == "Noto Sans"
