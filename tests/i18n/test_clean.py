from unicodedata import category

import pytest
from hypothesis import given

from kiosk.i18n.clean import MARKS, clean, isolate

from .texts import hostile

FORBIDDEN = set("\u202a\u202b\u202c\u202d\u202e\x00\r\t\ufeff\u2028")


@given(hostile)
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(hostile)
def test_nothing_that_could_reorder_its_neighbours_is_left(text: str) -> None:
    cleaned = clean(text)
    assert not FORBIDDEN & set(cleaned)
    assert all(category(ch) not in ("Cc", "Cs") or ch == "\n" for ch in cleaned)
    for paragraph in cleaned.split("\n"):
        depth = 0
        for ch in paragraph:
            depth += (ch in "\u2066\u2067\u2068") - (ch == "\u2069")
            assert depth >= 0
        assert depth == 0


@given(hostile)
def test_an_isolated_value_is_one_closed_line(text: str) -> None:
    value = isolate(text)
    assert value[0] == "\u2068"
    assert value[-1] == "\u2069"
    assert "\n" not in value


@pytest.mark.parametrize(
    "text", ["Ana Ñíguez", "د. Wei Chen", "क्षत्रिय", "请坐", "a\u2068b\u2069", ""]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x85", "\u2028", "\u2029", "\v"])
def test_every_line_end_is_one_newline(end: str) -> None:
    assert clean(f"a{end}b") == "a\nb"


def test_an_isolate_ends_with_its_paragraph() -> None:
    assert clean("\u2067a\nb\u2069") == "\u2067a\u2069\nb"


@pytest.mark.parametrize("flood", ["\u0301" * 1000, "\u0301\u200d" * 1000])
def test_a_flood_of_marks_is_cut(flood: str) -> None:
    assert clean(f"a{flood}b").count("\u0301") == MARKS


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert clean("a\ud800b") == "a\ufffdb"
