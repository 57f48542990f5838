"""Accents find their letter and jamo their syllable, whatever is typed in which order."""

from functools import reduce
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.intake.compose import typed
from kiosk.intake.keyboards import LAYOUTS

KEYS = sorted(
    {k for one in LAYOUTS.values() for page in one.pages for r in page for k in r.split()}
)
LEADS, VOWELS = (
    "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
    "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
)
TAILS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
SPLIT = {
    **dict(
        zip("ㅘㅙㅚㅝㅞㅟㅢ", ["ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅡㅣ"], strict=True)
    ),
    **dict(zip("ㄳㄵㄶㅄㄺㄻ", ["ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㅂㅅ", "ㄹㄱ", "ㄹㅁ"], strict=True)),
    **dict(zip("ㄼㄽㄾㄿㅀ", ["ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ"], strict=True)),
}


def after(*keys: str) -> str:
    return reduce(typed, keys, "")


def jamo(text: str) -> list[str]:
    """The keys a Korean typist presses for syllables."""
    keys = ""
    for sign in text:
        if not "가" <= sign <= "힣":
            keys += sign
            continue
        rest, tail = divmod(ord(sign) - 0xAC00, 28)
        keys += LEADS[rest // 21] + VOWELS[rest % 21] + TAILS[tail]
    return [key for sign in keys for key in SPLIT.get(sign, sign)]


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3) | st.just(" ")))
def test_every_korean_name_is_typed_by_its_jamo(name: str) -> None:
    assert after(*jamo(name)) == name


@pytest.mark.parametrize("name", ["김민준", "이서연", "닭이", "값", "의사", "곽 씨", "앉다", "뷁"])
def test_names_of_hard_syllables_come_out_whole(name: str) -> None:
    assert after(*jamo(name)) == name


def test_a_jamo_that_fits_nowhere_stands_by_itself() -> None:
    assert after("ㅏ") == "ㅏ"
    assert after("a", "ㅏ", "ㄱ") == "aㅏㄱ"
    assert after("ㄱ", "ㄱ", "ㅏ") == "ㄱ가"
    assert after("ㄷ", "ㅏ", "ㄸ") == "다ㄸ"


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (["N", "g", "u", "y", "ê", "◌̃", "n"], "Nguyễn"),
        (["ă", "◌̣", "ơ", "◌̉", "ư", "◌̀"], "ặởừ"),
        (["a", "◌̂", "◌́"], "ấ"),
        (["s", "◌̌", "E", "◌̈", "o", "◌̋"], "šËő"),
        (["か", "゛", "は", "゜", "ウ", "゛"], "がぱヴ"),
        (["ड", "़"], "ड़"),
    ],
)
def test_a_mark_joins_its_letter(keys: list[str], name: str) -> None:
    assert after(*keys) == normalize("NFC", name)


def test_a_mark_without_a_letter_changes_nothing() -> None:
    assert after("◌́", "A", " ", "◌̈", "1", "◌̃") == "A 1"
    assert after("゛", "あ", "゛", "ー", "゜") == "あー"


def test_a_letter_without_a_sign_of_its_own_takes_two_marks_and_no_more() -> None:
    assert after("q", "◌́", "◌̣", "◌̈") == normalize("NFC", "q\u0301\u0323")


@given(st.lists(st.sampled_from([*KEYS, " ", "x"]), max_size=40))
def test_whatever_is_typed_is_in_normal_form_and_never_grows_by_more_than_a_key(
    keys: list[str],
) -> None:
    text = ""
    for key in keys:
        longer = typed(text, key)
        assert is_normalized("NFC", longer)
        assert "◌" not in longer
        assert len(longer) <= len(text) + len(normalize("NFC", key))
        text = longer
