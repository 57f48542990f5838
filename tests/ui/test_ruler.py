"""The ruler of these tests measures what the screen draws."""

import os

import pytest
from intake.screens import screens

from kiosk.ui.pieces import Box, Text

from .ruler import Ruler

for name, value in {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_NO_FILELOG": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "SDL_VIDEODRIVER": "offscreen",
}.items():
    os.environ.setdefault(name, value)  # before Kivy is imported, and not against who runs this

pytest.importorskip("kivy")
pytestmark = pytest.mark.screen


@pytest.mark.parametrize("language", ["en", "ar", "hi", "zh-Hans"])
def test_every_sentence_measures_the_same(language: str) -> None:
    from kiosk.ui.paragraph import Paragraphs

    scale = 4.03
    ruler, screen = Ruler(scale), Paragraphs(scale)
    for _, view in screens(language):
        for node in view.nodes:
            said = Text(Box(0, 0, 93.7, 0), node.text, 7.4, "#000000", lang=node.lang, dir=node.dir)
            assert ruler.measure(said) == screen.measure(said)
