import re
from gettext import c2py
from pathlib import Path
from unicodedata import category, is_normalized

import pytest
from babel import Locale
from babel.messages import Catalog

from kiosk.i18n.catalog import SOURCE, path_of, read
from kiosk.i18n.check import Problem, compare
from kiosk.i18n.languages import SHIPPED, Language, language
from words.screens import screens
from words.sources import LOCALE, MESSAGES, TEMPLATE, TRANSLATED, forms

EACH = pytest.mark.parametrize("row", TRANSLATED, ids=lambda row: row.tag)
CLOSING = "We will close this in {n} second to keep your data safe."
QUOTED = re.compile("“([^”]+)”")
ENDS = {
    mark: kind
    for kind, marks in enumerate((".\u3002\u0964", "?\uff1f\u061f", ":\uff1a"))
    for mark in marks
}


def broken(row: Language, folder: Path, pattern: str, instead: str) -> list[Problem]:
    """Change one place of a copy of a catalogue, and return what is then found."""
    text, count = re.subn(pattern, instead, path_of(LOCALE, row.tag).read_text(encoding="utf-8"))
    assert count == 1
    copy = path_of(folder, row.tag)
    copy.parent.mkdir(parents=True)
    copy.write_text(text, encoding="utf-8")
    return compare(row.tag, read(folder, row), TEMPLATE)


def pairs(row: Language) -> list[tuple[str, str]]:
    """Each English form with each translation of it."""
    return [
        (english, form)
        for entry in read(LOCALE, row)
        if entry.id
        for english in forms(entry.id)
        for form in forms(entry.string)
    ]


@EACH
def test_every_message_is_translated_with_its_placeholders_and_plurals(row: Language) -> None:
    assert compare(row.tag, read(LOCALE, row), TEMPLATE) == []


@EACH
def test_no_catalogue_keeps_a_sentence_that_is_gone(row: Language) -> None:
    assert [entry.id for entry in read(LOCALE, row) if entry.id and entry.id not in TEMPLATE] == []


def test_every_catalogue_is_one_of_a_language_in_the_table() -> None:
    catalogues = {path.name for path in LOCALE.iterdir()}
    assert catalogues | {SOURCE} == {row.tag for row in SHIPPED}


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


@EACH
def test_plural_forms_are_chosen_as_cldr_does(row: Language) -> None:
    catalogue = read(LOCALE, row)
    form, rule = c2py(catalogue.plural_expr), Locale.parse(row.locale).plural_form
    chosen = {(form(n), rule(n)) for n in (*range(1001), 1_000_000)}
    assert {number for number, _ in chosen} == set(range(catalogue.num_plurals))
    assert {name for _, name in chosen} == rule.tags | {"other"}
    assert len(chosen) == catalogue.num_plurals


@EACH
def test_a_button_that_a_sentence_names_is_called_the_same(row: Language) -> None:
    catalogue = read(LOCALE, row)
    for english, form in pairs(row):
        for name in QUOTED.findall(english):
            assert forms(catalogue[name].string)[0] in form


@EACH
def test_a_question_stays_a_question_and_a_label_a_label(row: Language) -> None:
    found = pairs(row)
    differ = [(en, form) for en, form in found if ENDS.get(en[-1]) != ENDS.get(form[-1])]
    assert differ == []


@EACH
def test_no_sentence_is_written_in_two_ways_or_with_loose_spaces(row: Language) -> None:
    for _, form in pairs(row):
        assert is_normalized("NFC", form), form
        assert form == " ".join(form.split(" ")).strip(), form


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_help_bar_labels_are_short(row: Language) -> None:
    for _, view in screens(row.tag):
        for node in view.nodes:
            if node.region == "help":
                assert sum(category(ch)[0] != "M" for ch in node.text) <= 12, node.text


@EACH
def test_no_screen_falls_back_to_english(row: Language) -> None:
    for name, view in screens(row.tag):
        shown = {text for node in view.nodes for text in (node.text, node.value, node.says)}
        assert not shown & set(MESSAGES), name


def marked_for_review(catalogue: Catalog) -> set[str]:
    """The English of each entry about safety, consent or rights."""
    return {forms(entry.id)[0] for entry in catalogue if "review: safety" in entry.user_comments}


@EACH
def test_a_catalogue_says_who_wrote_it_and_what_to_review_first(row: Language) -> None:
    header = path_of(LOCALE, row.tag).read_text(encoding="utf-8").split("\n\n", 1)[0]
    assert re.search(r'^"X-Origin: [a-z]+\\n"$', header, re.MULTILINE)
    assert marked_for_review(read(LOCALE, row)) == marked_for_review(read(LOCALE, language("es")))


def test_words_about_safety_consent_and_rights_are_marked_for_review() -> None:
    assert marked_for_review(read(LOCALE, language("es"))) >= {
        "Get help",
        "I need an interpreter",
        "We use it only about your visits.",
        "This code holds no details about you. It works only for this appointment.",
    }
