"""What is wrong with a catalogue: compared with the messages that the code really marks."""

from collections.abc import Iterator
from typing import NamedTuple

from babel import Locale
from babel.messages import Catalog, Message

from kiosk.i18n import plurals
from kiosk.i18n.catalog import placeholders
from kiosk.i18n.languages import Language
from kiosk.i18n.rules import Entry, broken
from kiosk.i18n.sources import Notes, first, forms


class Problem(NamedTuple):
    """One message of one language that must not ship like this; "" is the whole catalogue."""

    tag: str
    msgid: str
    problem: str


def examine(row: Language, catalogue: Catalog, template: Catalog, notes: Notes) -> list[Problem]:
    """Return everything that keeps a catalogue from being shipped."""
    known = [message for message in catalogue if message.id]
    return [
        *(Problem(row.tag, "", problem) for problem in _header(row, catalogue)),
        *(
            Problem(row.tag, first(message.id), "not a message of the program")
            for message in known
            if message.id not in template
        ),
        *compare(row.tag, catalogue, template),
        *(
            Problem(row.tag, first(message.id), problem)
            for message in known
            if message.id in template
            for problem in dict.fromkeys(_breaches(row, message, catalogue, notes))
        ),
    ]


def compare(tag: str, catalogue: Catalog, template: Catalog) -> list[Problem]:
    """Return every message that is missing, fuzzy, or has wrong placeholders or plural forms."""
    return [
        Problem(tag, first(wanted.id), problem)
        for wanted in template
        if wanted.id
        for problem in _problems(wanted, catalogue)
    ]


def _header(row: Language, catalogue: Catalog) -> Iterator[str]:
    locale = Locale.parse(row.locale)
    if not plurals.agrees(catalogue.plural_expr, catalogue.num_plurals, locale):
        yield f"Plural-Forms are not CLDR's: {plurals.header(locale)}"


def _breaches(row: Language, message: Message, catalogue: Catalog, notes: Notes) -> Iterator[str]:
    for english in forms(message.id):
        for form in filter(None, forms(message.string)):
            yield from broken(Entry(row, english, form, catalogue), notes)


def _problems(wanted: Message, catalogue: Catalog) -> Iterator[str]:
    found = catalogue.get(wanted.id)
    given = forms(found.string) if found else ()
    if found is None or not any(given):
        yield "missing"
        return
    if found.fuzzy:
        yield "fuzzy"
    if wanted.pluralizable and (len(given) != catalogue.num_plurals or not all(given)):
        yield f"{sum(map(bool, given))} plural forms instead of {catalogue.num_plurals}"
    if not _same_placeholders(wanted, given):
        yield "other placeholders than in English"


def _same_placeholders(wanted: Message, given: tuple[str, ...]) -> bool:
    """A form for one certain number may leave `{n}` out ("one minute"), no other placeholder."""
    names = placeholders(" ".join(forms(wanted.id)))
    optional = frozenset({"n"}) if wanted.pluralizable else frozenset()
    found = [placeholders(form) for form in given if form]
    return all(names - optional <= each <= names for each in found) and names == frozenset().union(
        *found
    )
