"""Every mistake a catalogue can have is named with its language and its message."""

from io import BytesIO

import pytest
from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po

from kiosk.i18n import plurals
from kiosk.i18n.check import Problem, compare, examine
from kiosk.i18n.languages import Language, language
from kiosk.i18n.sources import Notes

IRISH = Language("ga", "Gaeilge", "Latn", "ga")
MINUTES = 'msgid "{n} minute"\nmsgid_plural "{n} minutes"\n'
GOOD = """
msgid "Hello {name}"
msgstr "{name}, failte"

msgid "{n} minute"
msgid_plural "{n} minutes"
msgstr[0] "noimead"
msgstr[1] "dha noimead"
msgstr[2] "{n} noimead"

msgid "Inside"
msgstr "Istigh"
"""
NOTES = Notes(critical=frozenset())


@pytest.fixture
def template() -> Catalog:
    made = Catalog(domain="kiosk")
    for message in ("Hello {name}", ("{n} minute", "{n} minutes"), "Inside"):
        made.add(message, locations=[("shop.py", 1)])
    return made


def catalogue(
    entries: str, rule: str = "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);", locale: str = "ga"
) -> Catalog:
    head = f'msgid ""\nmsgstr ""\n"Plural-Forms: {rule}\\n"\n'
    return read_po(BytesIO((head + entries).encode()), locale=locale)


def problems(template: Catalog, entries: str) -> dict[str, str]:
    """What is wrong with each message, missing ones left out."""
    found = compare("ga", catalogue(entries), template)
    return {problem.msgid: problem.problem for problem in found if problem.problem != "missing"}


def test_an_empty_catalogue_misses_everything(template: Catalog) -> None:
    found = compare("ga", catalogue(""), template)
    assert len(found) == len(template)
    assert Problem("ga", "Inside", "missing") in found
    assert Problem("ga", "{n} minute", "missing") in found


def test_an_empty_translation_is_missing(template: Catalog) -> None:
    found = compare("ga", catalogue('\nmsgid "Inside"\nmsgstr ""\n'), template)
    assert Problem("ga", "Inside", "missing") in found


def test_a_good_translation_is_no_problem(template: Catalog) -> None:
    assert problems(template, GOOD) == {}


@pytest.mark.parametrize(
    ("entry", "msgid", "problem"),
    [
        ('#, fuzzy\nmsgid "Inside"\nmsgstr "Istigh"', "Inside", "fuzzy"),
        ('msgid "Hello {name}"\nmsgstr "Failte"', "Hello {name}", "placeholders"),
        ('msgid "Hello {name}"\nmsgstr "{nom} {name}"', "Hello {name}", "placeholders"),
        (
            f'{MINUTES}msgstr[0] "{{n}} a"\nmsgstr[1] "{{n}} b"\nmsgstr[2] ""',
            "{n} minute",
            "2 plural forms instead of 3",
        ),
        (
            f'{MINUTES}msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"',
            "{n} minute",
            "placeholders",
        ),
    ],
)
def test_each_mistake_is_named(template: Catalog, entry: str, msgid: str, problem: str) -> None:
    found = problems(template, f"\n{entry}\n")
    assert set(found) == {msgid}
    assert problem in found[msgid]


def test_a_message_that_is_gone_from_the_program_is_named(template: Catalog) -> None:
    extra = f'{GOOD}\nmsgid "Gone"\nmsgstr "Imithe"\n'
    rule = plurals.header(Locale.parse("es"))
    found = examine(language("es"), catalogue(extra, rule, "es"), template, NOTES)
    assert found == [("es", "Gone", "not a message of the program")]


def test_plural_forms_that_are_not_cldrs_are_named(template: Catalog) -> None:
    (found,) = examine(IRISH, catalogue(GOOD), template, NOTES)
    assert (found.tag, found.msgid) == ("ga", "")
    assert found.problem.startswith("Plural-Forms are not CLDR's")


def test_a_rule_of_the_words_is_named_once_for_all_forms(template: Catalog) -> None:
    bad = GOOD.replace("noimead", "noimead  x").replace("Istigh", "<b>Istigh</b>")
    rule = plurals.header(Locale.parse("es"))
    found = examine(language("es"), catalogue(bad, rule, "es"), template, NOTES)
    assert found == [("es", "{n} minute", "loose spaces"), ("es", "Inside", "markup")]
