"""Every shipped string in a complex script looks as Pango draws it (access.md G-01, G-02)."""

from datetime import UTC, date, datetime
from math import inf
from pathlib import Path
from tempfile import mkdtemp

import pytest
from i18n.pango import SIZE, draw, strange
from i18n.pixels import ink
from PIL import Image

from kiosk.i18n.catalog import placeholders, read
from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import Language
from kiosk.i18n.raster import Style, Typesetter
from kiosk.i18n.sources import forms
from words.screens import WORDS
from words.sources import LOCALE, TRANSLATED

COMPLEX = {"Arab", "Deva", "Beng", "Gujr", "Guru", "Taml", "Thai", "Khmr", "Mymr"}
TOLERATED = 0.005  # of a word's ink; one dot of a long word is three times that
SETTER = Typesetter(Library())
VALUES = {
    "name": "Wei Chen",
    "who": "Ana Sample",
    "site": "Harbour Street",
    "digits": "123",
    "n": "45",
    "low": "10",
    "high": "20",
}


def shown(row: Language) -> list[str]:
    """Every string of the catalogue, filled in as a patient may see it, in one line each."""
    at = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    time, day = WORDS.time(at, row.tag), WORDS.day(date(2026, 11, 23), row.tag)
    values = {**VALUES, "time": time, "opens": time, "day": day}
    found = {time, day, row.endonym}
    for message in read(LOCALE, row):
        if message.id:
            for form in forms(message.string):
                found.add(_filled(form, values))
    return sorted(filter(None, found))


def _filled(form: str, values: dict[str, str]) -> str:
    for name in placeholders(form):
        form = form.replace(f"{{{name}}}", f"\u2068{values.get(name, '8')}\u2069")
    return form


@pytest.mark.parametrize(
    "row", [row for row in TRANSLATED if row.script in COMPLEX], ids=lambda row: row.tag
)
def test_every_string_is_drawn_as_pango_draws_it(row: Language, tmp_path: Path) -> None:
    texts = shown(row)
    theirs = draw(texts, row, tmp_path)
    assert theirs.unknown == 0
    assert len(theirs.pictures) == len(texts)
    drawn = {text: ink(SETTER.picture(SETTER.block(text, inf, Style(row, SIZE)))) for text in texts}
    compared = zip(texts, theirs.pictures, strict=True)
    suspects = [text for text, their in compared if strange(drawn[text], their) > TOLERATED]
    # Under others a line may begin between two pixels; alone it does not.
    assert [text for text in suspects if _alone(text, row, drawn[text], tmp_path) > TOLERATED] == []


def _alone(text: str, row: Language, our: Image.Image, folder: Path) -> float:
    (their,) = draw([text], row, Path(mkdtemp(dir=folder))).pictures
    return strange(our, their)
