"""What makers draw with: the theme, and words that are measured and never torn. Pure."""

from dataclasses import dataclass, replace

from kiosk.intake.view import Node
from kiosk.ui.pieces import Box, Measure, Text
from kiosk.ui.theme import Theme

_UNSPACED = {"zh", "ja", "th", "km", "my"}  # a line may break between any two letters
_LEAST = 0.4  # of a text's size: a name of a hundred letters breaks rather than vanish


@dataclass(frozen=True, slots=True)
class Pen:
    """What makers draw with: the theme, and a measure of words."""

    theme: Theme
    measure: Measure
    portrait: bool
    beside: bool = True  # the help bar's words stand beside their icons, not under them

    def words(
        self,
        node: Node,
        text: str,
        box: Box,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        centre: bool = False,
    ) -> Text:
        """Return a node's text wrapped into a box, as high as it needs to be."""
        made = Text(box, text, size, colour, bold, node.lang, node.dir, centre)
        made = self.whole_words(made)
        return replace(made, box=replace(box, h=self.measure(made)[1]))

    def small(self, size: float) -> "Pen":
        """Return the pen with another size for the smallest words."""
        return replace(self, theme=replace(self.theme, small=size))

    def natural(self, node: Node, size: float) -> float:
        """Return the width in mm a button needs to show its words on one line."""
        probe = Text(Box(0, 0, 1000, 0), node.text, size, "", True, node.lang, node.dir)
        return self.measure(probe)[0] + (size * 1.6 if node.icon else 0) + size * 0.9 + 2

    def whole_words(self, text: Text) -> Text:
        """Return a text made smaller where its longest word would have to be broken."""
        if text.lang[:2] in _UNSPACED:
            return text
        widest = max((self._word(text, word) for word in text.text.split()), default=0.0)
        if widest <= max(text.box.w, 0.0):
            return text
        return replace(text, size=text.size * max(text.box.w / widest * 0.96, _LEAST))

    def _word(self, text: Text, word: str) -> float:
        return self.measure(replace(text, text=word, box=Box(0, 0, 1000, 0)))[0]
