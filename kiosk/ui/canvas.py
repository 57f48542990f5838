"""Draws a layout's pieces on a Kivy canvas: shapes, icons and textures, not what they mean."""

import json
from functools import lru_cache
from typing import Any

from kivy.graphics import Canvas, Color, Line, Rectangle, SmoothRoundedRectangle
from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw, ImageFont

from kiosk.resources import shipped
from kiosk.ui.paragraph import Paragraphs, upload
from kiosk.ui.pieces import Box, Icon, Layout, Piece, Shape, Stage, Text
from kiosk.ui.theme import Palette

_TURNS = {"arrow-left", "arrow-right", "chevron-left", "chevron-right"}
_RING = 2.4  # mm


class Brush:
    """Puts pieces on a canvas whose origin is the bottom left; `scale` is pixels per mm."""

    def __init__(self, words: Paragraphs, scale: float, height_px: float) -> None:
        self._words = words
        self._scale = scale
        self._height = height_px

    def rect(self, box: Box) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return position and size in whole pixels, y up."""
        left, right = round(box.x * self._scale), round(box.right * self._scale)
        top, bottom = round(box.y * self._scale), round(box.bottom * self._scale)
        return (left, round(self._height) - bottom), (right - left, bottom - top)

    def draw(self, canvas: Any, layout: Layout) -> None:
        """Draw the whole page."""
        with canvas:
            for piece in layout.ground:
                self.piece(piece)
            for placed in layout.placed:
                for piece in placed.pieces:
                    self.piece(piece)

    def shade(self, canvas: Any, layout: Layout, pressed: str) -> None:
        """Draw the shade over the node that a finger is on."""
        box = layout.bounds().get(pressed)
        if box is None:
            return
        pos, size = self.rect(box)
        with canvas:
            Color(0, 0, 0, 0.14)
            SmoothRoundedRectangle(pos=pos, size=size, radius=[4 * self._scale])

    def piece(self, piece: Piece) -> None:
        """Draw one piece; the camera's stage is drawn by whoever holds its picture."""
        if isinstance(piece, Shape):
            self._shape(piece)
        elif isinstance(piece, Text):
            self._text(piece)
        elif isinstance(piece, Icon):
            self._icon(piece)
        else:
            assert isinstance(piece, Stage)  # noqa: S101 - narrows the union for the reader

    def ring(self, canvas: Canvas, box: Box, palette: Palette) -> None:
        """Draw the focus round a node: bright within dark, seen on every ground (WCAG 2.4.13)."""
        pos, size = self.rect(box.inset(-_RING / 2, -_RING / 2))
        with canvas:
            for colour, wide in ((palette.ink, _RING), (palette.accent, _RING * 0.5)):
                Color(*rgb(colour))
                corner = min(4 * self._scale, size[0] / 2, size[1] / 2)
                Line(rounded_rectangle=(*pos, *size, corner), width=wide / 2 * self._scale)

    def _shape(self, shape: Shape) -> None:
        outer = shape.box
        if shape.line:
            self._round(outer, shape.line, shape.radius)
            outer = outer.inset(shape.stroke, shape.stroke)
        if shape.fill:
            self._round(outer, shape.fill, max(0.0, shape.radius - shape.stroke))

    def _round(self, box: Box, colour: str, radius: float) -> None:
        pos, size = self.rect(box)
        Color(*rgb(colour))
        if radius <= 0:
            Rectangle(pos=pos, size=size)
            return
        corner = min(radius * self._scale, size[0] / 2, size[1] / 2)
        SmoothRoundedRectangle(pos=pos, size=size, radius=[corner], segments=16)

    def _text(self, text: Text) -> None:
        texture, block = self._words.texture(text)
        if texture is None:
            return
        (x, y), (w, h) = self.rect(text.box)
        if text.centre:
            at = x + (w - block.width) / 2 - block.left
        elif text.right:
            at = x + w - block.width - block.left
        else:
            at = float(x - block.left)
        Color(*rgb(text.colour))
        Rectangle(texture=texture, pos=(round(at), y + h - texture.height), size=texture.size)

    def _icon(self, icon: Icon) -> None:
        pos, size = self.rect(icon.box)
        flip = icon.flipped and icon.name in _TURNS
        Color(*rgb(icon.colour))
        Rectangle(texture=_glyph(icon.name, size[1], flip), pos=pos, size=size)


def rgb(colour: str) -> tuple[float, float, float, float]:
    """Return #RRGGBB as Kivy's colour."""
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return r, g, b, 1.0


@lru_cache(maxsize=1)
def _codes() -> dict[str, int]:
    text = shipped("assets", "icons", "lucide.json").read_text(encoding="utf-8")
    return {name: int(code, 16) for name, code in json.loads(text).items()}


@lru_cache(maxsize=256)
def _glyph(name: str, size: int, flip: bool) -> Texture:
    """Draw one icon at its exact size; icons hold nobody's data and may stay cached."""
    font = ImageFont.truetype(str(shipped("assets", "icons", "lucide.ttf")), size)
    mask = Image.new("L", (size, size))
    ImageDraw.Draw(mask).text((size / 2, size / 2), chr(_codes()[name]), 255, font, anchor="mm")
    if flip:
        mask = mask.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return upload(Image.merge("LA", (Image.new("L", mask.size, 255), mask)))
