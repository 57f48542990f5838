"""Names as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.names import fits, tokens
from kiosk.domain.appointment import Patient


@pytest.mark.parametrize(
    ("typed", "family", "given_name"),
    [
        ("maria sample", "Sample", "Maria"),
        ("SAMPLE", "Sample", "Maria"),
        ("zoe celik", "Çelik", "Zoë"),
        ("Zoë Çelik", "Celik", "Zoe"),
        ("obrien", "O'Brien", "Pat"),
        ("o brien", "O\u2019Brien", "Pat"),
        ("smith jones", "Smith-Jones", "Pat"),
        ("smithjones", "Smith-Jones", "Pat"),
        ("lodz", "Łódź", "Pat"),
        ("strasse", "Straße", "Pat"),
        ("sorensen", "Sørensen", "Pat"),
        ("İpek", "ipek", "Pat"),
        ("王小明", "王", "小明"),
        ("小明 王", "王", "小明"),
        ("ﬁsher", "Fisher", "Pat"),
    ],
)
def test_a_name_fits_however_it_is_typed(typed: str, family: str, given_name: str) -> None:
    assert fits(typed, Patient("p", family=family, given=given_name))


@pytest.mark.parametrize("typed", ["", " ", "-", "'", "%", "*", "Maria Simple", "Mar", "Sampl"])
def test_nothing_less_than_a_whole_word_fits(typed: str) -> None:
    assert not fits(typed, Patient("p", family="Sample", given="Maria"))


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_compared(typed: str, name: str) -> None:
    fits(typed, Patient("p", family=name))
    assert all(tokens(word) for word in tokens(typed))
