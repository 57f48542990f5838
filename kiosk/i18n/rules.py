"""Rules every translation keeps, one function each: what is wrong with it, in words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import category, is_normalized

from babel.messages import Catalog

from kiosk.i18n.clean import clean
from kiosk.i18n.languages import Language
from kiosk.i18n.sources import Notes, first, forms

LONGEST = 20  # words of a sentence (NHS content guide; access.md R-02)
_SPACED = {"vi": 28}  # Vietnamese puts a space after each syllable
# Written without spaces: letters of a sentence, for as much speech as twenty English words.
_UNSPACED = {"Hans": 40, "Hant": 40, "Jpan": 60, "Thai": 100, "Khmr": 100, "Mymr": 100}

_FULL_STOP, _QUESTION, _COLON = ".\u3002\u0964\u06d4", "?\uff1f\u061f", ":\uff1a"
_ENDS = {mark: kind for kind in (_FULL_STOP, _QUESTION, _COLON) for mark in kind}
_SENTENCE = re.compile(
    r"(?<=[.!?:\u061f\u0964\u06d4])[\u201d\u2019\u00bb\"']*\s+|(?<=[\u3002\uff1f\uff01])[\u300d\u201d]*"
)
_MARKUP = re.compile(r"</?[A-Za-z][^>]*>|\[/?[a-z]+[^\]]*\]|&#?\w+;|%\(?\w*\)?[sd]\b|\*\*|__|`")
_STARTS = re.compile(r"(?:^|\s)(\S)")
_BRACE = re.compile(r"\{[a-z][a-z0-9_]*\}")
_NAMED = re.compile("\u201c([^\u201d]+)\u201d")


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of a translation, with the English form it stands for."""

    row: Language
    english: str
    form: str
    catalogue: Catalog


def sentences(text: str) -> list[str]:
    """Return the sentences of one text; a label without a full stop is one, too."""
    return [part for part in _SENTENCE.split(text.strip()) if any(map(str.isalnum, part))]


def letters(text: str) -> int:
    """Count letters and signs without spaces, accents and vowel signs: what makes a label wide."""
    return sum(category(ch)[0] not in "MCZ" for ch in text)


def limit(row: Language) -> tuple[int, str]:
    """Return how long a sentence of a language may be, and in what it is counted."""
    if row.script in _UNSPACED:
        return _UNSPACED[row.script], "letters"
    return _SPACED.get(row.tag, LONGEST), "words"


def broken(entry: Entry, notes: Notes) -> Iterator[str]:
    """Yield what is wrong with one form."""
    for rule in _RULES:
        yield from rule(entry)
    most = notes.letters.get(entry.english)
    if most and letters(entry.form) > most:
        yield f"{letters(entry.form)} letters; there is room for {most}"


def _harmless(entry: Entry) -> Iterator[str]:
    if clean(entry.form).replace("\n", " ") != entry.form:
        yield "control characters or line ends"
    if _MARKUP.search(entry.form) or set("{}") & set(_BRACE.sub("", entry.form)):
        yield "markup"


def _tidy(entry: Entry) -> Iterator[str]:
    if not is_normalized("NFC", entry.form):
        yield "not in Unicode's normal form C"
    if entry.form != " ".join(entry.form.split(" ")).strip() or "  " in entry.form:
        yield "loose spaces"
    if any(category(mark)[0] == "M" for mark in _STARTS.findall(entry.form)):
        yield "an accent or vowel sign without its letter"
    if any(ch.isdigit() and not ch.isascii() for ch in entry.form):
        yield "other digits than 0-9"  # kiosk.i18n.dates


def _same_kind(entry: Entry) -> Iterator[str]:
    if _ENDS.get(entry.english[-1]) != _ENDS.get(entry.form[-1]):
        yield f"does not end as the English does ({entry.english[-1]})"


def _named(entry: Entry) -> Iterator[str]:
    """A button that a sentence names is called the same."""
    for name in _NAMED.findall(entry.english):
        button = entry.catalogue.get(name)
        if button and first(forms(button.string) or ("",)) not in entry.form:
            yield f"the button \u201c{name}\u201d is called otherwise"


def _short(entry: Entry) -> Iterator[str]:
    most, unit = limit(entry.row)
    for part in sentences(entry.form):
        size = len(part.split()) if unit == "words" else letters(part)
        if size > most:
            yield f"a sentence of {size} {unit}; {most} are the most"


_RULES: tuple[Callable[[Entry], Iterator[str]], ...] = (
    _harmless,
    _tidy,
    _same_kind,
    _named,
    _short,
)
