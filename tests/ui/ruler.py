"""True measures of words without a window: the typesetter of the product, on the system's fonts."""

from functools import cache

from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import language
from kiosk.i18n.raster import Style, Typesetter
from kiosk.ui.pieces import Text


@cache
def typesetter() -> Typesetter:
    """Return the process's one typesetter."""
    return Typesetter(Library())


@cache
def _measured(text: str, style: Style, width: float) -> tuple[int, int]:
    block = typesetter().block(text, width, style)
    return block.width, block.height


class Ruler:
    """Measures texts at a scale in px per mm, rounded to whole pixels as the screen does."""

    def __init__(self, scale: float) -> None:
        self.scale = scale

    def measure(self, text: Text) -> tuple[float, float]:
        """Return the width and height in mm of a text wrapped to its box's width."""
        style = Style(
            language=language(text.lang),
            size=round(text.size * self.scale),
            weight=700 if text.bold else 400,
            direction="rtl" if text.dir == "rtl" else "ltr",
            align="center" if text.centre else "start",
        )
        width, height = _measured(text.text, style, float(int(text.box.w * self.scale + 0.01)))
        return width / self.scale, height / self.scale
