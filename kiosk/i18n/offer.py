"""Which of the languages a practice wants can be read on this machine, and why others cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk.errors import KioskError
from kiosk.i18n.catalog import SOURCE, Catalogue, path_of
from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import SHIPPED, Language, language

_WEIGHTS: tuple[Literal[400, 700], ...] = (400, 700)


@dataclass(frozen=True, slots=True)
class Offer:
    """`tags` can be shown, in the practice's order; `problems` says of each other one why not."""

    tags: tuple[str, ...]
    problems: tuple[str, ...]


def offer(wanted: Iterable[str], words: Catalogue, library: Library) -> Offer:
    """Return the languages that have a row, a catalogue that can be read, and all their fonts.

    English is in the code and drawn by the font of every other language: it is offered when no
    other can be.
    """
    tags: list[str] = []
    problems: list[str] = []
    for tag in dict.fromkeys(wanted):
        try:
            words.load(tag)
            for weight in _WEIGHTS:
                library.stack(language(tag), weight)
            tags.append(tag)
        except KioskError as fault:
            problems.append(f"{tag}: {fault}")
    return Offer(tuple(tags) or (SOURCE,), tuple(problems))


def translated(folder: Path) -> tuple[Language, ...]:
    """Return the rows of the table that have a catalogue in this folder, English left out."""
    return tuple(row for row in SHIPPED if row.tag != SOURCE and path_of(folder, row.tag).exists())
