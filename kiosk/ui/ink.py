"""Words of a layout → sizes in mm and textures, through the one cache of `paragraph`."""

from kivy.graphics.texture import Texture

from kiosk.i18n.languages import language
from kiosk.i18n.raster import Block, Style
from kiosk.ui import paragraph
from kiosk.ui.pieces import Text


class Ink:
    """Measures and draws texts at a scale in px per mm."""

    def __init__(self, scale: float) -> None:
        self.scale = scale

    def measure(self, text: Text) -> tuple[float, float]:
        """Return the width and height in mm of a text wrapped to its box's width."""
        block = paragraph.block(self._key(text))
        return block.width / self.scale, block.height / self.scale

    def texture(self, text: Text) -> tuple[Texture | None, Block]:
        """Return a text's texture, None for an empty one, and its block in px."""
        key = self._key(text)
        block = paragraph.block(key)
        return (paragraph.texture(key) if block.lines else None), block

    def forget(self) -> None:
        """Drop every remembered word."""
        paragraph.forget()

    def _key(self, text: Text) -> paragraph.Key:
        style = Style(
            language=language(text.lang),
            size=round(text.size * self.scale),
            weight=700 if text.bold else 400,
            direction="rtl" if text.dir == "rtl" else "ltr",
            align="center" if text.centre else "start",
        )
        return text.text, style, float(int(text.box.w * self.scale + 0.01))
