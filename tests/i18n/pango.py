"""Another shaper to compare with: Debian's `pango-view`, with its own HarfBuzz and itemization."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import Language

SIZE = 32  # px of the font
REACH = 1  # px an edge may be elsewhere: the two round to pixels in their own ways
_GAP = 30  # empty rows between two texts; more than between a letter and its marks
_AT_ONCE = 50  # texts in one picture; Cairo draws none higher than 32767 px
_GAPS = (5, 7, 3)  # px: what parts two words; where roundings differ on one, another serves
_PLACES = [(1, 1), (0, 1), (2, 1), (1, 0), (1, 2), (0, 0), (0, 2), (2, 0), (2, 2)]
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Drawn:
    """Texts as Pango draws them: the ink of each, and how many characters it has no glyph for."""

    pictures: list[Image.Image]
    unknown: int


def draw(texts: Sequence[str], row: Language, folder: Path) -> Drawn:
    """Draw each text in one line, in the language's own fonts and no others."""
    for family in row.families:
        face = Library().face(family, 400)
        (folder / face.path.name).symlink_to(face.path)
    (folder / "fonts.conf").write_text(_FONTS.format(folder=folder), encoding="utf-8")
    parts = [
        _drawn(texts[at : at + _AT_ONCE], row, folder) for at in range(0, len(texts), _AT_ONCE)
    ]
    pictures = [picture for part in parts for picture in part.pictures]
    return Drawn(pictures, sum(part.unknown for part in parts))


def _drawn(texts: Sequence[str], row: Language, folder: Path) -> Drawn:
    (folder / "text").write_text("\n\n".join(texts), encoding="utf-8")
    command = [
        "pango-view",
        "--no-display",
        f"--output={folder / 'picture.png'}",
        f"--serialize-to={folder / 'layout.json'}",
        f"--font={','.join(row.families)} {SIZE}",
        f"--language={row.tag}",
        "--dpi=72",
        "--margin=60",  # Nastaliq reaches far out of its line
        "--no-auto-dir",
        "--hinting=none",
        "--antialias=gray",
        "--subpixel-positions",
        # In a right-to-left paragraph Pango's "right" is where a line ends: on a whole pixel, left.
        *(["--rtl", "--align=right"] if row.direction == "rtl" else []),
        str(folder / "text"),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(command, check=True, env=environment, timeout=60)
    layout = json.loads((folder / "layout.json").read_text(encoding="utf-8"))
    with Image.open(folder / "picture.png") as picture:
        ink = ImageChops.invert(picture.convert("L"))
    return Drawn(_apart(ink), layout["output"]["unknown-glyphs"])


def _apart(ink: Image.Image) -> list[Image.Image]:
    """Cut a picture of texts under each other into one for each."""
    full = _full(ink.transpose(Image.Transpose.TRANSPOSE))
    found: list[Image.Image] = []
    start, last = -1, -1
    for y, here in enumerate([*full, *[False] * (_GAP + 1)]):
        if here:
            start, last = (y if start < 0 else start), y
        elif start >= 0 and y - last > _GAP:
            band = ink.crop((0, start, ink.width, last + 1))
            found.append(band.crop(band.getbbox()))
            start = -1
    return found


def strange(ours: Image.Image, theirs: Image.Image) -> float:
    """Return the share of a word's ink, the worst of all, that only one of two pictures has.

    0 for the same picture. Words are compared in their order, each by itself: the two take spaces
    beside Latin letters from different fonts, and round the place of each piece to pixels.
    """
    least = 1.0
    for gap in _GAPS:
        words, others = _words(ours, gap), _words(theirs, gap)
        if len(words) == len(others):
            least = min(least, max(map(_differ, words, others), default=0.0))
        if least == 0:
            break
    return least


def _words(picture: Image.Image, gap: int) -> list[Image.Image]:
    """Cut where a gap is wider than this."""
    found: list[Image.Image] = []
    start, last = 0, -1
    for x, here in enumerate([*_full(picture), True]):
        if last >= 0 and here and (x - last > gap or x == picture.width):
            found.append(picture.crop((start, 0, last + 1, picture.height)))
            start = x
        last = x if here else last
    return found


def _full(picture: Image.Image) -> list[bool]:
    """Tell of each column whether there is any ink in it."""
    found = picture.point(lambda value: 255 if value else 0)
    while found.height > 1:  # the brighter of each two rows, until one is left
        half = (found.height + 1) // 2
        lower = found.crop((0, found.height - half, found.width, found.height))
        found = ImageChops.lighter(found.crop((0, 0, found.width, half)), lower)
    return [value > 0 for value in found.tobytes()]


def _differ(word: Image.Image, other: Image.Image) -> float:
    """Lay one word on the other where they agree best."""
    size = (max(word.width, other.width) + 2, max(word.height, other.height) + 2)
    laid = _on(size, other, 1, 1)
    least = 1.0
    for x, y in _PLACES:
        least = min(least, _apart_by(_on(size, word, x, y), laid))
        if least == 0:
            break
    return least


def _on(size: tuple[int, int], picture: Image.Image, x: int, y: int) -> Image.Image:
    made = Image.new("L", size)
    made.paste(picture, (x, y))
    return made


def _apart_by(one: Image.Image, other: Image.Image) -> float:
    return max(_without(one, other), _without(other, one))


def _without(one: Image.Image, other: Image.Image) -> float:
    near = other.filter(ImageFilter.MaxFilter(2 * REACH + 1))
    alone = ImageChops.subtract(one, near)
    return _dark(alone) / max(1, _dark(one))


def _dark(picture: Image.Image) -> int:
    return sum(picture.histogram()[128:])
