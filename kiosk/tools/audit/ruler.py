"""True measures of words without a window: the product's typesetter on the system's fonts."""

from functools import cache

from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import language
from kiosk.i18n.raster import Style, Typesetter
from kiosk.ui.pieces import Text


@cache
def library() -> Library:
    """Return the process's one library of fonts."""
    return Library()


@cache
def typesetter() -> Typesetter:
    """Return the process's one typesetter."""
    return Typesetter(library())


class Ruler:
    """Measures texts at a scale in px per mm, rounded to whole pixels as the screen does."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self._known: dict[tuple[object, ...], tuple[float, float]] = {}

    def measure(self, text: Text) -> tuple[float, float]:
        """Return the width and height in mm of a text wrapped to its box's width."""
        size, width = round(text.size * self.scale), int(text.box.w * self.scale + 0.01)
        key = (text.text, size, width, text.bold, text.lang, text.dir, text.centre)
        if key not in self._known:
            self._known[key] = self._measured(text, size, width)
        return self._known[key]

    def _measured(self, text: Text, size: int, width: int) -> tuple[float, float]:
        style = Style(
            language=language(text.lang),
            size=size,
            weight=700 if text.bold else 400,
            direction="rtl" if text.dir == "rtl" else "ltr",
            align="center" if text.centre else "start",
        )
        block = typesetter().block(text.text, float(width), style)
        return block.width / self.scale, block.height / self.scale
