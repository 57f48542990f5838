"""Who wrote a translation, a person or a machine, and what a qualified person must still review.

A catalogue's header `X-Origin` says `machine` or `person` for all its entries. Where one entry is
different, a translator's comment above it says `origin: person`, `origin: machine`, or
`reviewed: 2026-11-23` when a qualified person has read what a machine wrote (45 CFR 92.201(c)(3)).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from babel.messages import Catalog, Message

from kiosk.i18n.sources import Notes, first, forms

Origin = Literal["machine", "person"]

_HEADER = re.compile(r'^"X-Origin: (machine|person)\\n"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """One translated message: English, translation, who wrote it, and whether a person agreed."""

    english: tuple[str, ...]
    translation: tuple[str, ...]
    origin: Origin
    reviewed: bool
    critical: bool

    @property
    def waits(self) -> bool:
        """Tell whether a qualified person must look at it before a practice relies on it."""
        return self.critical and not self.reviewed


def origin(text: str) -> Origin | None:
    """Return what the header of a catalogue file's text says; None when it says nothing."""
    found = _HEADER.search(text.split("\n\n", 1)[0])
    if found is None:
        return None
    return "person" if found[1] == "person" else "machine"


def written(
    catalogue: Catalog, template: Catalog, notes: Notes, most: Origin | None
) -> Iterator[Written]:
    """Yield every translated message of the template; what says nothing is a machine's."""
    for wanted in template:
        found = catalogue.get(wanted.id) if wanted.id else None
        if found and any(forms(found.string)) and not found.fuzzy:
            by = _own(found) or most or "machine"
            yield Written(
                forms(wanted.id),
                forms(found.string),
                by,
                by == "person" or _says(found, "reviewed:"),
                first(wanted.id) in notes.critical,
            )


def _own(message: Message) -> Origin | None:
    if _says(message, "origin: person"):
        return "person"
    return "machine" if _says(message, "origin: machine") else None


def _says(message: Message, what: str) -> bool:
    return any(comment.strip().startswith(what) for comment in message.user_comments)
