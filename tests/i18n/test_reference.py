"""What we draw in complex scripts is what another shaper draws (access.md G-01, G-02)."""

from math import inf
from pathlib import Path

import pytest
from PIL import Image

from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import SHIPPED, Language, language
from kiosk.i18n.raster import Style, Typesetter

from .pango import SIZE, draw, strange
from .pixels import ink
from .samples import SAMPLES

COMPLEX = {"Arab", "Deva", "Beng", "Gujr", "Guru", "Taml"}
SETTER = Typesetter(Library())
TOLERATED = 0.005  # of a word's ink; one dot of a long word is three times that


def ours(text: str, row: Language) -> Image.Image:
    return ink(SETTER.picture(SETTER.block(text, inf, Style(row, SIZE))))


@pytest.mark.parametrize(
    "row", [row for row in SHIPPED if row.script in COMPLEX], ids=lambda row: row.tag
)
def test_a_sentence_is_drawn_as_pango_draws_it(row: Language, tmp_path: Path) -> None:
    theirs = draw([SAMPLES[row.tag]], row, tmp_path)
    assert theirs.unknown == 0
    assert strange(ours(SAMPLES[row.tag], row), theirs.pictures[0]) <= TOLERATED


@pytest.mark.parametrize(
    ("tag", "right", "wrong"),
    [
        ("ar", "موعدك الساعة 10:30 صباحا", "موعدك الساعة 03:01 صباحا"),
        ("ar", "موعدك الساعة 10:30 صباحا", "موعدك الساعة صباحا 10:30"),
        ("ur", "آپ کا وقت 10:30 ہے", "آپ کا وقت 10:30 ہی"),
        ("fa", "سلام دکتر Wei Chen", "سلام دکتر Chen Wei"),
        ("hi", "क्षत्रिय", "क्\u200cषत्रिय"),
        ("bn", "স্ত্রী কি", "স্ত্রী কী"),
        ("ar", "لحماية بياناتك", "لحماية بياثاتك"),
        ("hi", "जन्म दिनांक लिखें", "जन्म दिनाक लिखें"),
    ],
)
def test_the_comparison_finds_a_wrong_letter_and_a_wrong_order(
    tag: str, right: str, wrong: str, tmp_path: Path
) -> None:
    row = language(tag)
    (theirs,) = draw([right], row, tmp_path).pictures
    assert strange(ours(right, row), theirs) <= TOLERATED
    assert strange(ours(wrong, row), theirs) > 2 * TOLERATED
