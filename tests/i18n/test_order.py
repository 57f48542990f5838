"""Digits, times and Latin names keep their order in lines from right to left (access.md G-02)."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.i18n.bidi import levels
from kiosk.i18n.clean import isolate
from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import SHIPPED, Language, language
from kiosk.i18n.raster import Style, Typesetter
from kiosk.i18n.wrap import Setting, lay_out

from .pixels import ink, places

RIGHT_TO_LEFT = [row for row in SHIPPED if row.direction == "rtl"]
EACH = pytest.mark.parametrize("row", RIGHT_TO_LEFT, ids=lambda row: row.tag)
WORDS = {
    "ar": ["موعدك", "الساعة", "مع", "الطبيب", "غرفة،", "(نعم)", "لا؟"],
    "fa": ["نوبت", "شما", "می\u200cشود", "پزشک،", "اتاق", "(بله)", "چه؟"],
    "ur": ["آپ", "ملاقات", "بجے", "کمرہ،", "ساتھ", "(جی)", "کیا؟"],
}
VALUES = [
    "10:30",
    "9:05\u202fAM",
    "+44 20 7946 0101",
    "Wei Chen",
    "Dr. Ann O'Hara (2)",
    "B-12",
    "A1",
]
SETTER = Typesetter(Library())
PLAIN = Setting(lambda shown, _font, _direction: len(shown), lambda text: [""] * len(text), levels)


def eye(text: str, width: float = inf) -> list[str]:
    """The pieces of each line from left to right, in the order of their letters."""
    return ["".join(run.shown for run in line.runs) for line in lay_out(text, width, PLAIN, "rtl")]


@EACH
@given(data=st.data())
def test_a_value_is_whole_wherever_it_stands(row: Language, data: st.DataObject) -> None:
    words = st.lists(st.sampled_from(WORDS[row.tag]), max_size=4)
    before, after, value = data.draw(words), data.draw(words), data.draw(st.sampled_from(VALUES))
    (line,) = eye(" ".join([*before, isolate(value), *after]))
    assert value in line


@EACH
@given(data=st.data())
def test_what_is_read_first_stands_on_the_right(row: Language, data: st.DataObject) -> None:
    first, last = WORDS[row.tag][:2]
    value = data.draw(st.sampled_from(VALUES))
    (line,) = eye(f"{first} {isolate(value)} {last}")
    assert line.index(last) < line.index(value) < line.index(first)


@EACH
@given(data=st.data())
def test_a_broken_line_keeps_the_order_of_each_word(row: Language, data: st.DataObject) -> None:
    words = st.lists(st.sampled_from(WORDS[row.tag]), min_size=1, max_size=4)
    value, width = data.draw(st.sampled_from(VALUES)), data.draw(st.integers(18, 40))
    text = " ".join([*data.draw(words), isolate(value), *data.draw(words)])
    lines = eye(text, width)
    for word in value.split(" "):
        assert any(word in line for line in lines)


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("fa", "نوبت شما ساعت 10:30 است", "10:30"),
        ("fa", "10:30 نوبت شما", "10:30"),
        ("fa", "با دکتر Wei Chen در اتاق", "Wei Chen"),
        ("ur", "آپ کا وقت 10:30 ہے", "10:30"),
        ("ur", "آپ کا وقت 10:30", "10:30"),
        ("ur", "ڈاکٹر Wei Chen کے ساتھ", "Wei Chen"),
    ],
)
def test_a_value_looks_the_same_inside_a_line(tag: str, text: str, value: str) -> None:
    assert len(places(ink(drawn(value, tag)), drawn(text, tag))) == 1
    assert places(ink(drawn(value[::-1], tag)), drawn(text, tag)) == []


def drawn(text: str, tag: str) -> Image.Image:
    return SETTER.picture(SETTER.block(text, inf, Style(language(tag), 40)))


def test_a_persian_word_keeps_its_invisible_space() -> None:
    """ZWNJ parts letters of one word without a gap; without it they join."""
    joined, parted = drawn("میشود", "fa"), drawn("می\u200cشود", "fa")
    assert ink(joined).tobytes() != ink(parted).tobytes()
    (line,) = eye("می\u200cشود")
    assert "\u200c" in line
