"""Every catalogue that is there is complete and right; what is wrong is named."""

import re
from pathlib import Path

import pytest

from kiosk.i18n import review
from kiosk.i18n.catalog import SOURCE, path_of, read
from kiosk.i18n.check import Problem, examine
from kiosk.i18n.languages import SHIPPED, Language, language
from kiosk.i18n.rules import letters
from kiosk.i18n.sources import first, forms
from words.screens import screens
from words.sources import LOCALE, MESSAGES, NOTES, OFFERED, TEMPLATE, TRANSLATED

EACH = pytest.mark.parametrize("row", TRANSLATED, ids=lambda row: row.tag)
CLOSING = "We will close this in {n} second to keep your data safe."
PROTECTED = re.compile(r"\b(safe|private|agree|consent|share|right to|interpreter|details)\b", re.I)


def broken(row: Language, folder: Path, pattern: str, instead: str) -> list[Problem]:
    """Change one place of a copy of a catalogue, and return what is then found besides."""
    text, count = re.subn(pattern, instead, path_of(LOCALE, row.tag).read_text(encoding="utf-8"))
    assert count == 1
    copy = path_of(folder, row.tag)
    copy.parent.mkdir(parents=True)
    copy.write_text(text, encoding="utf-8")
    before = examine(row, read(LOCALE, row), TEMPLATE, NOTES)
    return [one for one in examine(row, read(folder, row), TEMPLATE, NOTES) if one not in before]


@EACH
def test_a_catalogue_is_whole_and_keeps_every_rule(row: Language) -> None:
    assert examine(row, read(LOCALE, row), TEMPLATE, NOTES) == []


@EACH
def test_a_catalogue_says_who_wrote_it(row: Language) -> None:
    assert review.origin(path_of(LOCALE, row.tag).read_text(encoding="utf-8")) is not None


def test_every_language_of_the_table_has_a_catalogue_and_every_catalogue_a_language() -> None:
    assert {path.name for path in LOCALE.iterdir()} | {SOURCE} == {row.tag for row in SHIPPED}


@EACH
@pytest.mark.parametrize(
    "message", ["Get help", "You are checked in, {name}.", "I find it hard to see"]
)
def test_a_missing_key_is_named(row: Language, message: str, tmp_path: Path) -> None:
    entry = rf'msgid "{re.escape(message)}"\nmsgstr ".*"\n'
    assert broken(row, tmp_path, entry, "") == [(row.tag, message, "missing")]


@EACH
def test_a_lost_placeholder_is_named(row: Language, tmp_path: Path) -> None:
    found = broken(row, tmp_path, r'(msgid "With \{who\}"\nmsgstr ".*)\{who\}', r"\1-")
    assert found == [(row.tag, "With {who}", "other placeholders than in English")]


def test_a_missing_plural_form_is_named(tmp_path: Path) -> None:
    found = broken(language("ar"), tmp_path, r'msgstr\[4\] ".*"', 'msgstr[4] ""')
    assert found == [("ar", CLOSING, "5 plural forms instead of 6")]


@pytest.mark.parametrize("row", OFFERED, ids=lambda row: row.tag)
def test_help_bar_labels_are_short(row: Language) -> None:
    for _, view in screens(row.tag):
        for node in view.nodes:
            if node.region == "help":
                assert letters(node.text) <= 12, node.text


@EACH
def test_no_screen_falls_back_to_english(row: Language) -> None:
    """Words that are the same in both languages, such as "Demo", are no fallback."""
    same = {
        form
        for entry in read(LOCALE, row)
        if entry.id
        for form in forms(entry.string)
        if form in forms(entry.id)
    }
    for name, view in screens(row.tag):
        shown = {text for node in view.nodes for text in (node.text, node.value, node.says)}
        assert not (shown & set(MESSAGES)) - same, name


def test_notes_are_about_messages_that_there_are() -> None:
    known = {first(message.id) for message in TEMPLATE if message.id}
    assert {*NOTES.critical, *NOTES.letters, *NOTES.about} - known == set()


def test_words_about_safety_consent_and_rights_are_marked_for_review() -> None:
    assert NOTES.critical >= {
        "Get help",
        "I need an interpreter",
        "We use it only about your visits.",
        "This code holds no details about you. It works only for this appointment.",
    }
    assert [
        text for text in MESSAGES if PROTECTED.search(text) and _first(text) not in NOTES.critical
    ] == []


def _first(form: str) -> str:
    """The form a message is known by."""
    return next(
        first(message.id) for message in TEMPLATE if message.id and form in forms(message.id)
    )
