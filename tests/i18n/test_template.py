"""What a translator gets can be filled in at once, and again when the program has grown."""

from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from kiosk.i18n import review
from kiosk.i18n.check import compare, examine
from kiosk.i18n.languages import SHIPPED, Language, language
from kiosk.i18n.sources import Notes, notes, template
from kiosk.i18n.template import write

TEMPLATE = template()
NOTES = notes(TEMPLATE)


def reread(text: str, row: Language) -> Catalog:
    return read_po(BytesIO(text.encode()), locale=row.locale, abort_invalid=True)


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_a_new_language_misses_everything_and_breaks_nothing_else(row: Language) -> None:
    text = write(row, TEMPLATE, NOTES, "machine")
    found = examine(row, reread(text, row), TEMPLATE, NOTES)
    assert {problem.problem for problem in found} == {"missing"}
    assert len(found) == len(TEMPLATE)
    assert review.origin(text) == "machine"


def test_a_translator_is_told_what_the_english_alone_does_not_say() -> None:
    made = Catalog()
    made.add("Contrast", locations=[("kiosk/a.py", 3), ("kiosk/a.py", 9)])
    made.add(("{n} day", "{n} days"), locations=[("kiosk/b.py", 1)])
    told = Notes(
        critical=frozenset({"Contrast"}), letters={"Contrast": 12}, about={"Contrast": "A button."}
    )
    text = write(language("ro"), made, told, "person")
    assert text.endswith(
        """
#. review: safety
#. A button.
#. At most 12 letters.
#: kiosk/a.py
msgid "Contrast"
msgstr ""

#. msgstr[0] is for 1
#. msgstr[1] is for 0, 2, 3, 4
#. msgstr[2] is for 20, 21, 22, 23
#: kiosk/b.py
#, python-brace-format
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] ""
msgstr[1] ""
msgstr[2] ""
"""
    )


def test_what_is_translated_stays_and_what_is_gone_goes() -> None:
    row = language("es")
    old = Catalog(locale="es")
    old.add("Get help", 'Ayuda \\ «"»', user_comments=["origin: person", "review: safety"])
    old.add("Gone", "Ido")
    old.add("Back", "Volver", flags=["fuzzy"])
    text = write(row, TEMPLATE, NOTES, "machine", old)
    again = reread(text, row)
    kept = again.get("Get help")
    assert kept is not None
    assert kept.string == 'Ayuda \\ «"»'
    assert kept.user_comments == ["origin: person"]
    assert again.get("Gone") is None
    assert ("es", "Back", "fuzzy") in compare("es", again, TEMPLATE)
    assert write(row, TEMPLATE, NOTES, "machine", again) == text
