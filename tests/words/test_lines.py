"""Lines of every shipped text stand evenly, and no ink of one meets that of the next."""

from itertools import pairwise

import pytest

from kiosk.i18n.catalog import SOURCE, read
from kiosk.i18n.fonts import Library, Weight
from kiosk.i18n.languages import Language
from kiosk.i18n.raster import Style, Typesetter
from kiosk.i18n.sources import forms
from words.sources import LOCALE, MESSAGES, OFFERED

SETTER = Typesetter(Library())
SIZE, WIDE = 50, 600  # px: about twelve letters a line
EACH = pytest.mark.parametrize("row", OFFERED, ids=lambda row: row.tag)


def shipped(row: Language) -> list[str]:
    """Every string of the catalogue, or of the code for English."""
    if row.tag == SOURCE:
        return list(MESSAGES)
    return [form for entry in read(LOCALE, row) if entry.id for form in forms(entry.string) if form]


@EACH
@pytest.mark.parametrize("weight", [400, 700])
def test_lines_are_as_far_apart_as_the_table_says(row: Language, weight: Weight) -> None:
    """Nastaliq falls so deep that one line in five gives way to another (`raster`)."""
    pitch = row.line_height * SIZE
    gaps = [
        below - above
        for text in shipped(row)
        for above, below in pairwise(SETTER.block(text, WIDE, Style(row, SIZE, weight)).baselines)
    ]
    if row.families[0] == "Noto Nastaliq Urdu":
        assert max(gaps, default=0.0) <= 2.9 * SIZE + 1
        assert sum(gap > pitch + 1 for gap in gaps) <= len(gaps) / 5
    else:
        assert max(gaps, default=0.0) <= pitch + 1
