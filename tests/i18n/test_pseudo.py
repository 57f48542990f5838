"""A language longer than any real one of the same words, made of English."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.i18n.catalog import placeholders
from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import language
from kiosk.i18n.pseudo import LONGER, Pseudo, longer
from kiosk.i18n.sources import forms, template
from kiosk.intake.words import Words

MESSAGES = [form for message in template() if message.id for form in forms(message.id)]
PSEUDO = Pseudo(Path("nowhere"), "Europe/London", "GB")


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_is_longer_and_keeps_its_placeholders(message: str) -> None:
    made = longer(message)
    assert placeholders(made) == placeholders(message)
    assert sum(map(str.isalpha, made)) >= LONGER * sum(map(str.isalpha, bare(message)))
    assert made.startswith("[")
    assert made.endswith("]")


def bare(message: str) -> str:
    """The words without what will be filled in."""
    for name in placeholders(message):
        message = message.replace(f"{{{name}}}", "")
    return message


@given(st.text("abcdefghijklmnopqrstuvwxyzXYZ", min_size=1))
def test_a_word_grows_within_itself(word: str) -> None:
    made = longer(word)[1:-1]
    assert len(made) >= LONGER * len(word)
    assert " " not in made


def test_its_letters_are_in_the_font_of_english() -> None:
    text = "".join(map(longer, MESSAGES))
    stack = Library().stack(language("en"), 700)
    assert {face.family for face in stack.faces(text)} == {"Noto Sans"}
    assert stack.readable(text) == text


def test_a_kiosk_can_speak_it() -> None:
    words: Words = PSEUDO
    assert words.text("Hello {name}", "en", name="Ana") == "[Hééöllö Ana]"
    assert words.plural("{n} day", "{n} days", 2, "en") == "[2 dáááýš]"
    assert words.text("", "en") == ""
    assert words.name("en") == "English"
