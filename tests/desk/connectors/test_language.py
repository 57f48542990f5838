import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.connectors.language import closest

OFFERED = ("en", "es", "ar", "hi", "zh-Hans", "he", "pa")


@pytest.mark.parametrize(
    ("tag", "offered"),
    [
        ("es", "es"),
        ("es-MX", "es"),
        ("ES-419", "es"),
        ("spa", "es"),
        ("en_US", "en"),
        ("ara", "ar"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-SG", "zh-Hans"),
        ("cmn", "zh-Hans"),
        ("iw", "he"),
        ("zh-TW", ""),
        ("zh-Hant", ""),
        ("pa-PK", ""),
        ("de", ""),
        ("", ""),
        ("x", ""),
        ("mother tongue", ""),
    ],
)
def test_a_record_finds_the_offered_language_of_its_script(tag: str, offered: str) -> None:
    assert closest(tag, OFFERED) == offered


def test_an_exact_tag_comes_first() -> None:
    assert closest("es-MX", ("es", "es-MX")) == "es-MX"


@given(st.text())
def test_any_text_is_answered_with_an_offered_tag_or_none(tag: str) -> None:
    assert closest(tag, OFFERED) in (*OFFERED, "")
