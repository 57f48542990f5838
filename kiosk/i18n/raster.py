"""Lines to a picture, by Pillow and RAQM: each run in its own direction, font and language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, floor
from typing import Literal

from PIL import Image, ImageDraw, ImageFont, features

from kiosk.errors import ResourceMissing
from kiosk.i18n import bidi
from kiosk.i18n.clean import clean
from kiosk.i18n.fonts import Face, Library, Stack, Weight
from kiosk.i18n.languages import Direction, Language
from kiosk.i18n.wrap import Line, Run, Setting, lay_out

Align = Literal["start", "center"]
Box = tuple[float, float, float, float]  # left, top, right, bottom from the baseline's origin, px

TALLEST = 4096  # px of one picture; more than any screen, and every graphics chip takes it
_REMEMBERED = 4096  # measured runs
_LONGEST = 200  # characters of a run worth remembering


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: `size` in px of the font, `line_height` in times the language's own."""

    language: Language
    size: float
    weight: Weight = 400
    direction: Direction | None = None  # None: the language's
    align: Align = "start"
    line_height: float = 1.0

    @property
    def base(self) -> Direction:
        """The direction of the paragraph."""
        return self.direction or self.language.direction


@dataclass(frozen=True, slots=True)
class Block:
    """A text laid out, in px: a box of `width` by `height` that holds all lines and all their ink.

    Only to the sides may ink reach out, by `left` and `right`; the picture is that much wider.
    """

    style: Style
    lines: tuple[Line[Face], ...]
    baselines: tuple[int, ...]  # from the top
    width: int
    height: int
    left: int
    right: int


class Typesetter:
    """Lays out and draws texts; remembers fonts and measures until told to `forget`.

    Raises ResourceMissing naming the Debian package when Pillow's RAQM or FriBidi cannot be loaded.
    """

    def __init__(self, library: Library) -> None:
        if not (features.check("raqm") and features.check("fribidi")):
            raise ResourceMissing(
                "Pillow has no RAQM or finds no FriBidi; install the Debian package libfribidi0"
            )
        self._library = library
        self._font = lru_cache(maxsize=128)(_load)
        self._length = lru_cache(maxsize=_REMEMBERED)(self._measured)
        self._ink = lru_cache(maxsize=_REMEMBERED)(self._inked)

    def block(self, text: str, width: float, style: Style) -> Block:
        """Lay out a text in at most `width` px; it is cleaned first, and nothing becomes a box.

        Raises ResourceMissing when a font of the language is not installed.
        """
        stack = self._library.stack(style.language, style.weight)
        setting = Setting(self._ruler(style), stack.faces, bidi.levels, style.language.tag)
        lines = lay_out(stack.readable(clean(text)), width, setting, style.base)
        return self._placed(lines, style, stack)

    def picture(self, block: Block) -> Image.Image:
        """Draw a block in white on transparent ("LA"), cut off at TALLEST."""
        width = block.left + block.width + block.right
        mask = Image.new("L", (max(width, 1), max(min(block.height, TALLEST), 1)))
        draw = ImageDraw.Draw(mask)
        style = block.style
        for line, baseline in zip(block.lines, block.baselines, strict=True):
            indent = block.left + _indent(line, block.width, style)
            for run, x in _across(line):
                draw.text(
                    (indent + x, baseline),
                    run.shown,
                    fill=255,
                    font=self._font(run.font, style.size),
                    anchor="ls",
                    direction=run.direction,
                    language=style.language.tag,
                )
        return Image.merge("LA", (Image.new("L", mask.size, 255), mask))

    def forget(self) -> None:
        """Drop every remembered text (a session's words), keep the fonts."""
        self._length.cache_clear()
        self._ink.cache_clear()

    def _ruler(self, style: Style) -> Callable[[str, Face, Direction], float]:
        size, tag = style.size, style.language.tag

        def measure(shown: str, face: Face, direction: Direction) -> float:
            known = self._length if len(shown) <= _LONGEST else self._measured
            return known(shown, face, direction, size, tag)

        return measure

    def _measured(
        self, shown: str, face: Face, direction: Direction, size: float, tag: str
    ) -> float:
        return self._font(face, size).getlength(shown, direction=direction, language=tag)

    def _inked(self, shown: str, face: Face, direction: Direction, size: float, tag: str) -> Box:
        font = self._font(face, size)
        return font.getbbox(shown, direction=direction, language=tag, anchor="ls")

    def _placed(self, lines: tuple[Line[Face], ...], style: Style, stack: Stack) -> Block:
        if not lines:
            return Block(style, (), (), 0, 0, 0, 0)
        boxes = [self._box(line, style) for line in lines]
        ascent, descent = self._font(stack.main, style.size).getmetrics()
        pitch = style.language.line_height * style.line_height * style.size
        above = (pitch + ascent - descent) / 2
        # Ink that reaches out of its line pushes the next one down: nothing overlaps or is cut.
        gaps = (max(pitch, upper[3] - lower[1]) for upper, lower in pairwise(boxes))
        first = max(above, -boxes[0][1])
        baselines = tuple(round(y) for y in accumulate(gaps, initial=first))
        height = ceil(baselines[-1] + max(pitch - above, boxes[-1][3]))
        width = ceil(max(line.width for line in lines))
        spans = [
            (indent + box[0], indent + box[2])
            for box, indent in zip(boxes, (_indent(ln, width, style) for ln in lines), strict=True)
        ]
        left = max(0, ceil(-min(start for start, _ in spans)))
        right = max(0, ceil(max(end for _, end in spans) - width))
        return Block(style, lines, baselines, width, height, left, right)

    def _box(self, line: Line[Face], style: Style) -> Box:
        size, tag = style.size, style.language.tag
        boxes: list[Box] = [(0.0, 0.0, 0.0, 0.0)]
        for run, x in _across(line):
            known = self._ink if len(run.shown) <= _LONGEST else self._inked
            left, top, right, bottom = known(run.shown, run.font, run.direction, size, tag)
            boxes.append((x + left, top, x + right, bottom))
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return (min(lefts), min(tops), max(rights), max(bottoms))


def _across(line: Line[Face]) -> Iterator[tuple[Run[Face], int]]:
    """Each run with its left edge, on whole pixels so that a word looks the same everywhere."""
    x = 0.0
    for run in line.runs:
        yield run, round(x)
        x += run.width


def _indent(line: Line[Face], width: int, style: Style) -> int:
    if style.align == "center":
        return floor((width - line.width) / 2)
    return floor(width - line.width) if style.base == "rtl" else 0


def _load(face: Face, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.FreeTypeFont(
        str(face.path), size, face.index, layout_engine=ImageFont.Layout.RAQM
    )
