"""Pictures of screens, kept in a folder: a large one with violations marked, and a small one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from kiosk.tools.audit.found import Breach, Combination
from kiosk.ui.profile import Profile

THUMB = 180  # px, the longer side of a small picture is about twice that
_MARK, _PALE = "#C00000", "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Shot:
    """One page of one screen: where its pictures are, below the report's folder."""

    large: str
    small: str
    size: tuple[int, int]  # of the small one, px


class Album:
    """Keeps the pictures of one combination."""

    def __init__(self, out: Path, where: Combination, profile: Profile) -> None:
        self._out, self._scale = out, profile.px_per_mm
        self._folder = Path("pictures") / where.profile / f"{where.language}-{where.mode}"
        (out / self._folder).mkdir(parents=True, exist_ok=True)

    def keep(
        self, screen: str, pages: Sequence[Image.Image], found: Sequence[Breach]
    ) -> list[Shot]:
        """Write the pictures of a screen's pages, with a numbered box for each breach."""
        return [self._page(screen, page, picture, found) for page, picture in enumerate(pages)]

    def _page(self, screen: str, page: int, picture: Image.Image, found: Sequence[Breach]) -> Shot:
        marked = picture.copy()
        for number, one in enumerate(found, 1):
            if one.page == page and one.box is not None:
                self._mark(ImageDraw.Draw(marked), one, number)
        small = marked.copy()
        small.thumbnail((THUMB, THUMB * 2))
        name = f"{re.sub(r'[^a-z0-9]+', '-', screen.lower()).strip('-')}-{page + 1}"
        large, little = (self._folder / f"{name}{end}.webp" for end in ("", "-small"))
        marked.save(self._out / large, quality=75, method=2)
        small.save(self._out / little, quality=70, method=2)
        return Shot(large.as_posix(), little.as_posix(), small.size)

    def _mark(self, draw: ImageDraw.ImageDraw, one: Breach, number: int) -> None:
        box = one.box
        if box is None:
            return
        corners = tuple(round(v * self._scale) for v in (box.x, box.y, box.right, box.bottom))
        left, top, right, bottom = corners
        edge = left, top, max(right, left), max(bottom, top)
        draw.rectangle(edge, outline=_PALE, width=8)
        draw.rectangle(edge, outline=_MARK, width=4)
        label = str(number)
        draw.rectangle((left, top, left + 14 + 14 * len(label), top + 32), fill=_MARK)
        draw.text((left + 8, top + 4), label, fill=_PALE, font_size=24)
