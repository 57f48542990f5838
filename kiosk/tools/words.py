"""`kiosk words`: how far every language is, what a reviewer must read, what a translator gets."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from babel.messages import Catalog

from kiosk.errors import ConfigError, ResourceMissing
from kiosk.i18n import review, template
from kiosk.i18n.catalog import SOURCE, path_of, read
from kiosk.i18n.check import Problem, examine
from kiosk.i18n.fonts import Library, Weight
from kiosk.i18n.languages import SHIPPED, Language, language
from kiosk.i18n.review import Written
from kiosk.i18n.sources import Notes, notes
from kiosk.i18n.sources import template as messages
from kiosk.resources import shipped

_WEIGHTS: tuple[Weight, ...] = (400, 700)
_COLUMNS = ("language", "complete", "machine", "person", "to review", "voice", "fonts", "name")


@dataclass(frozen=True, slots=True)
class Standing:
    """One language: messages in all and translated ones, by whom, and what is wrong or missing."""

    tag: str
    name: str
    messages: int
    machine: int
    person: int
    to_review: int
    voice: str  # espeak-ng's, "" for none
    fonts: str  # "" when all are there, else what is missing
    problems: tuple[str, ...]

    @property
    def complete(self) -> int:
        """Percent of the messages that are translated, rounded down."""
        return 100 * (self.machine + self.person) // self.messages

    @property
    def ready(self) -> bool:
        """Tell whether nothing is missing or wrong; reviews and voices are the practice's call."""
        return self.complete == 100 and not self.fonts and not self.problems


@dataclass(frozen=True, slots=True)
class Desk:
    """What every question about words needs."""

    folder: Path
    template: Catalog
    notes: Notes
    library: Library

    def written(self, row: Language) -> list[Written]:
        """Return what is translated; English is, in the code, and by people."""
        if row.tag == SOURCE:
            return []
        text = path_of(self.folder, row.tag).read_text(encoding="utf-8")
        catalogue = read(self.folder, row)
        by = review.origin(text)
        return list(review.written(catalogue, self.template, self.notes, by))


def main(argv: Sequence[str]) -> int:
    """Print the table, or what was asked for; returns 1 with --strict when a language is not ready.

    Raises ConfigError for a language that is not in the table.
    """
    options = _options(argv)
    made = messages()
    desk = Desk(shipped("assets", "locale"), made, notes(made), Library())
    if options.template:
        text = _template(desk, language(options.template), options.by)
        if options.output:  # `>` would empty the catalogue before it is read
            options.output.parent.mkdir(parents=True, exist_ok=True)
            options.output.write_text(text, encoding="utf-8")
        else:
            print(text, end="")
        return 0
    if options.review:
        _review(desk, language(options.review), options.all)
        return 0
    rows = [language(tag) for tag in options.language] or list(SHIPPED)
    found = [standing(desk, row) for row in rows]
    if options.json:
        print(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
    else:
        _table(found)
    return 1 if options.strict and not all(one.ready for one in found) else 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kiosk words", description=__doc__)
    parser.add_argument("--language", action="append", default=[], metavar="TAG")
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    parser.add_argument("--strict", action="store_true", help="status 1 when something is missing")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--review", metavar="TAG", help="print as CSV what a qualified person must review"
    )
    what.add_argument(
        "--template", metavar="TAG", help="print the .po to fill in; what is there stays"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="with --template: write here")
    parser.add_argument("--all", action="store_true", help="with --review: every message")
    parser.add_argument("--by", choices=("machine", "person"), default="machine", help="X-Origin")
    return parser.parse_args(argv)


def standing(desk: Desk, row: Language) -> Standing:
    """Look at one language; nothing that is missing is a fault."""
    count = sum(1 for message in desk.template if message.id)
    problems: tuple[str, ...] = ()
    done: list[Written] = []
    try:
        done = desk.written(row)
        problems = tuple(_problems(desk, row))
    except (OSError, ResourceMissing):
        problems = ("there is no catalogue",)
    except (ConfigError, ValueError) as fault:
        problems = (str(fault),)
    people = count if row.tag == SOURCE else sum(one.origin == "person" for one in done)
    return Standing(
        row.tag,
        row.endonym,
        count,
        sum(one.origin == "machine" for one in done),
        people,
        sum(one.waits for one in done),
        row.voice,
        _fonts(desk.library, row),
        problems,
    )


def _problems(desk: Desk, row: Language) -> Iterable[str]:
    if row.tag == SOURCE:
        return []
    if review.origin(path_of(desk.folder, row.tag).read_text(encoding="utf-8")) is None:
        return ["X-Origin says neither machine nor person"]
    found = examine(row, read(desk.folder, row), desk.template, desk.notes)
    return map(_said, found)


def _said(one: Problem) -> str:
    return f"{one.msgid}: {one.problem}" if one.msgid else one.problem


def _fonts(library: Library, row: Language) -> str:
    try:
        for weight in _WEIGHTS:
            library.stack(row, weight)
    except ResourceMissing as fault:
        return str(fault)
    return ""


def _plain(one: Standing) -> dict[str, object]:
    return {**asdict(one), "complete": one.complete, "ready": one.ready}


def _table(found: Sequence[Standing]) -> None:
    rows = [_COLUMNS, *map(_cells, found)]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    for *cells, name in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        print(f"{line}  {name}")
    for one in found:
        for problem in (*one.problems, *filter(None, [one.fonts])):
            print(f"{one.tag}: {problem}")


def _cells(one: Standing) -> tuple[str, ...]:
    fonts = "missing" if one.fonts else "ok"
    numbers = (f"{one.complete} %", one.machine, one.person, one.to_review)
    return (one.tag, *map(str, numbers), one.voice or "none", fonts, one.name)


def _review(desk: Desk, row: Language, everything: bool) -> None:
    out = csv.writer(sys.stdout)
    out.writerow(("written by", "reviewed", "safety", "English", row.endonym))
    for one in desk.written(row):
        if everything or one.waits:
            by, checked = one.origin, "yes" if one.reviewed else "no"
            texts = " | ".join(one.english), " | ".join(one.translation)
            out.writerow((by, checked, "yes" if one.critical else "no", *texts))


def _template(desk: Desk, row: Language, by: review.Origin) -> str:
    path = path_of(desk.folder, row.tag)
    if not path.exists():
        return template.write(row, desk.template, desk.notes, by)
    by = review.origin(path.read_text(encoding="utf-8")) or by
    return template.write(row, desk.template, desk.notes, by, read(desk.folder, row))
