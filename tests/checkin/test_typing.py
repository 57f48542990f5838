from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkin import typing
from kiosk.intake.entry import Draft, empty_date, empty_text
from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.session import Session
from kiosk.intake.step import Input

ORDER = ("day", "month", "year")
NEW = Session(UUID(int=1), "en")
NAME, PHONE, BORN = (step_of(CHECK_IN, step) for step in ("name", "phone", "birth-date"))


def typed(keys: list[str], kind: Input = Input.TEXT, draft: Draft | None = None) -> Draft:
    draft = draft or typing.start(NAME, NEW, ORDER)
    for key in keys:
        draft = typing.press(draft, key, kind)
    return draft


@pytest.mark.parametrize(
    ("language", "layout"),
    [
        ("en", "latin"),
        ("es", "latin-es"),
        ("ur", "arabic-ur"),
        ("ko", "hangul"),
        ("ar", "arabic"),
        ("hi", "devanagari"),
        ("zh-Hans", "latin"),
    ],
)
def test_a_name_starts_on_the_keyboard_of_the_language(language: str, layout: str) -> None:
    started = typing.start(NAME, replace(NEW, language=language), ORDER)
    assert (started.layout, started.here) == (layout, "")


def test_a_name_starts_with_a_capital_and_so_does_each_of_its_words() -> None:
    draft = typing.start(NAME, NEW, ORDER)
    assert draft.page == 1
    assert typed(["key-A"]).page == 0
    for after in ("key-space", "key--", "key-'"):
        assert typed(["key-A", after]).page == 1
    assert typed(["key-A", "key-delete"]).page == 1


def test_a_name_may_start_with_a_small_letter() -> None:
    assert typed(["page", "page", "page", "key-v", "key-a", "key-n"]).here == "van"
    assert typed(["page", "page", "page"]).page == 0


def test_a_name_that_is_changed_starts_from_what_it_was() -> None:
    session = NEW.keep("name-to-use", "Robin").reopen("name-to-use")
    draft = typing.start(step_of(CHECK_IN, "name-to-use"), session, ORDER)
    assert (draft.here, draft.page) == ("Robin", 0)


def test_a_phone_number_starts_empty_because_only_its_end_is_known() -> None:
    session = NEW.keep("phone", "101").reopen("phone")
    assert typing.start(PHONE, session, ORDER).here == ""


def test_a_phone_number_may_begin_with_a_plus() -> None:
    keys = ["key-plus", "key-4", "key-4", "key-9", "key-delete"]
    assert typed(keys, Input.PHONE, empty_text("latin")).here == "+44"


def test_a_date_takes_digits_and_nothing_else() -> None:
    draft = typed(["key-1", "key-x", "key-4", "key-0"], Input.DATE, empty_date(ORDER))
    assert draft.texts == ("14", "0", "")
    assert typing.press(draft, "key-clear", Input.DATE) == empty_date(ORDER)


def test_pages_and_scripts_turn() -> None:
    draft = typing.start(NAME, NEW, ORDER, "ar")
    assert typing.press(draft, "page", Input.TEXT).page == 2
    assert typing.press(draft, "layout", Input.TEXT).layout == "arabic"


def test_a_cyrillic_name_starts_with_a_capital_too() -> None:
    draft = typing.start(NAME, replace(NEW, language="uk"), ORDER)
    assert draft.page == 1
    assert typed(["key-Ї", "key-в"], draft=draft).here == "Їв"


def test_jamo_and_accents_are_composed_as_they_are_typed() -> None:
    korean = typing.start(NAME, replace(NEW, language="ko"), ORDER)
    assert typed(["key-ㄱ", "key-ㅣ", "key-ㅁ"], draft=korean).here == "김"
    viet = typing.start(NAME, replace(NEW, language="vi"), ORDER)
    assert typed(["key-N", "key-g", "key-ô", "key-◌̃"], draft=viet).here == "Ngỗ"


@given(st.lists(st.sampled_from("abcXYZéÁ'-. ")))
def test_what_was_typed_is_what_is_there(letters: list[str]) -> None:
    keys = ["key-space" if letter == " " else f"key-{letter}" for letter in letters]
    assert typed(keys).here == "".join(letters)[:60]
