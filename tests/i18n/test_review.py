"""Who wrote what, and what a qualified person has still to read."""

from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from kiosk.i18n.review import Written, origin, written
from kiosk.i18n.sources import Notes

HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"X-Origin: {}\\n"\n'
PO = """
msgid "Day"
msgstr "Día"

# origin: person
msgid "Month"
msgstr "Mes"

# reviewed: 2026-11-23, R. Sample
msgid "Help"
msgstr "Ayuda"

# a note to myself
# origin: machine
msgid "Safe"
msgstr "Seguro"

#, fuzzy
msgid "Year"
msgstr "Año"

msgid "Empty"
msgstr ""
"""
NOTES = Notes(critical=frozenset({"Help", "Safe", "Month", "Empty"}))


def found(by: str) -> dict[str, Written]:
    template = Catalog()
    for message in ("Day", "Month", "Help", "Safe", "Year", "Empty", "Not there"):
        template.add(message)
    text = HEAD.format(by) + PO
    catalogue = read_po(BytesIO(text.encode()), locale="es")
    every = written(catalogue, template, NOTES, origin(text))
    return {one.english[0]: one for one in every}


def test_only_what_is_translated_was_written() -> None:
    assert set(found("machine")) == {"Day", "Month", "Help", "Safe"}


def test_the_header_speaks_for_all_entries_that_do_not_speak_for_themselves() -> None:
    by = {one.english[0]: one.origin for one in found("machine").values()}
    assert by == {"Day": "machine", "Month": "person", "Help": "machine", "Safe": "machine"}
    by = {one.english[0]: one.origin for one in found("person").values()}
    assert by == {"Day": "person", "Month": "person", "Help": "person", "Safe": "machine"}


def test_critical_words_of_a_machine_wait_for_a_qualified_person() -> None:
    assert {one.english[0] for one in found("machine").values() if one.waits} == {"Safe"}


def test_a_catalogue_that_does_not_say_counts_as_a_machines() -> None:
    assert {one.origin for one in found("nobody").values()} == {"machine", "person"}
    assert origin(HEAD.format("nobody")) is None


@pytest.mark.parametrize("by", ["machine", "person"])
def test_the_origin_is_read_from_the_header_alone(by: str) -> None:
    assert origin(HEAD.format(by) + PO) == by
    assert origin('msgid ""\nmsgstr ""\n\n"X-Origin: person\\n"\n') is None
