import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.connectors.fhir_json import Json
from kiosk.desk.connectors.fhir_names import current, legal, plain, spoken_of, to_use

DAY = date(2026, 11, 23)
OFFICIAL: Json = {"use": "official", "family": "Smith-Test", "given": ["Alexandra", "May"]}


def test_the_official_name_is_the_legal_one() -> None:
    names = [{"use": "usual", "given": ["Alex"]}, OFFICIAL]
    assert legal(names) == ("Smith-Test", "Alexandra May")


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (
            [OFFICIAL, {"use": "nickname", "given": ["Lexi"]}, {"use": "usual", "given": ["A"]}],
            "Lexi",
        ),
        ([OFFICIAL, {"use": "nickname", "text": "Lexi"}], "Lexi"),
        ([OFFICIAL, {"use": "usual", "family": "Smith-Test", "given": ["Alex"]}], "Alex"),
        ([OFFICIAL, {"use": "usual", "given": ["Alexandra", "May"]}], ""),
        ([OFFICIAL], ""),
        ([], ""),
    ],
)
def test_the_name_to_use_is_the_nickname_then_the_usual_name(names: list[Json], name: str) -> None:
    assert to_use(names) == name


@pytest.mark.parametrize(
    ("family", "given"),
    [("张", "样本"), ("نموذج", "مثال"), ("Иванова-Тест", "Проба"), ("Null", "")],
)
def test_names_of_any_script_are_kept(family: str, given: str) -> None:
    assert legal([{"family": family, "given": [given]}]) == (family, given)


def test_a_name_that_is_only_text_is_not_split() -> None:
    assert legal([{"text": "Sample Person Example"}]) == ("", "Sample Person Example")


def test_a_former_name_is_never_used() -> None:
    former: list[Json] = [
        {"use": "maiden", "family": "Former"},
        {"use": "old", "family": "Former"},
        {"use": "usual", "family": "Former", "period": {"end": "2026-11-22"}},
        {"use": "usual", "family": "Former", "period": {"end": "2025"}},
        {"use": "usual", "family": "Now", "period": {"end": "2026"}},
        {"use": "usual", "family": "Now", "period": {"end": "2026-11-23T23:00:00Z"}},
    ]
    assert [name["family"] for name in current(former, DAY)] == ["Now", "Now"]


def test_a_practitioner_is_named_with_a_title() -> None:
    doctor: Json = {"name": [{"family": "Example", "given": ["Test"], "prefix": ["Dr."]}]}
    assert spoken_of(doctor) == "Dr. Test Example"
    assert spoken_of({"name": [{"text": "Sister Test"}]}) == "Sister Test"
    assert spoken_of(None) == ""


def test_joiners_that_names_need_stay() -> None:
    assert plain("مي\u200cخ") == "مي\u200cخ"


@given(st.text())
def test_a_line_holds_nothing_that_moves_other_words(words: str) -> None:
    line = plain(words)
    assert len(line) <= 200
    assert not {unicodedata.category(ch) for ch in line} & {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert plain(line) == line
