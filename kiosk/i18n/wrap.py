"""Text to lines of runs, each run of one direction and one font, in the order the eye meets them.

Pure: what a font measures, which font draws a character and the bidirectional levels are arguments.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Generic, TypeVar

from kiosk.i18n.breaks import clusters, opportunities, phrases
from kiosk.i18n.clean import clean
from kiosk.i18n.languages import Direction

Font = TypeVar("Font", bound=Hashable)

LONGEST = 400  # characters of a word that is measured whole; a longer one is known to be too wide

_SOFT_HYPHEN = "\xad"
_INVISIBLE = re.compile("[\xad\u061c\u200b\u200e\u200f\u2066-\u2069]")
# What hangs over the end of a line: spaces that can end one, ZWSP, and the isolates around them.
_HANGING = " \u1680\u2000-\u2006\u2008-\u200b\u205f\u3000\u2066-\u2069"
_TAIL = re.compile(f"[{_HANGING}]*$")


@dataclass(frozen=True, slots=True)
class Run(Generic[Font]):
    """A piece of a line in one font and direction; `start` and `end` count in the clean text."""

    start: int
    end: int
    shown: str  # what is drawn: without invisible marks, with a hyphen where a soft one is used
    level: int
    font: Font
    width: float

    @property
    def direction(self) -> Direction:
        """The direction to draw in, whatever the letters would suggest."""
        return "rtl" if self.level % 2 else "ltr"


@dataclass(frozen=True, slots=True)
class Line(Generic[Font]):
    """One line: `runs` from left to right, `end` includes the spaces that hang over its end."""

    start: int
    end: int
    runs: tuple[Run[Font], ...]
    width: float


@dataclass(frozen=True, slots=True)
class Setting(Generic[Font]):
    """What the layout asks about fonts and directions, and the tag of the text's language."""

    measure: Callable[[str, Font, Direction], float]
    fonts: Callable[[str], Sequence[Font]]
    levels: Callable[[str, Direction], Sequence[int]]
    tag: str = ""


def lay_out(
    text: str, width: float, setting: Setting[Font], direction: Direction
) -> tuple[Line[Font], ...]:
    """Break the clean text into lines no wider than `width`, in the units of `setting.measure`.

    Breaks follow UAX #14, between phrases where a language has them and they fit; a longer word
    breaks between grapheme clusters, and only a single cluster may be wider than `width`. Each
    "\\n" begins a paragraph. Runs are ordered by UAX #9 L2.
    """
    lines: list[Line[Font]] = []
    start = 0
    for paragraph in clean(text).split("\n") if text else ():
        lines += _Paragraph(paragraph, start, setting, direction).lines(width)
        start += len(paragraph) + 1
    return tuple(lines)


class _Paragraph(Generic[Font]):
    """One paragraph with its levels and fonts worked out, asked for the lines it makes."""

    def __init__(self, text: str, at: int, setting: Setting[Font], direction: Direction) -> None:
        self._text = text
        self._at = at
        self._tag = setting.tag
        self._measure = setting.measure
        self._fonts = setting.fonts(text)
        self._levels = setting.levels(text, direction)
        self._clusters: list[int] = []

    def lines(self, width: float) -> list[Line[Font]]:
        size = len(self._text)
        whole = self._line(0, size)
        if whole.width <= width:
            return [whole]
        found: list[Line[Font]] = []
        start, best = 0, phrases(self._text, self._tag)
        every = opportunities(self._text, self._tag)
        while start < size:
            line = (
                self._filled(start, best, width)
                or (best != every and self._filled(start, every, width))
                or self._broken(start, every, width)
            )
            found.append(line)
            start = line.end - self._at
        return found

    def _filled(self, start: int, ends: Sequence[int], width: float) -> Line[Font] | None:
        """The longest line of whole words: guessed word by word, then measured as one."""
        taken, used = [start], 0.0
        for end in islice(ends, bisect_right(ends, start), None):
            if end - taken[-1] > LONGEST:
                break
            seen = self._visible(taken[-1], end)
            used += self._width(taken[-1], seen)
            if used > width:
                break
            used += self._width(seen, end)
            taken.append(end)
        lines = (self._line(start, end) for end in reversed(taken[1:]))
        return next((line for line in lines if line.width <= width), None)

    def _broken(self, start: int, ends: Sequence[int], width: float) -> Line[Font]:
        """As many clusters of one too long word as fit, at least one."""
        self._clusters = self._clusters or clusters(self._text)
        first, stop = bisect_right(self._clusters, start), ends[bisect_right(ends, start)]
        places = self._clusters[first : bisect_right(self._clusters, stop)] or [stop]
        fits, step = 0, 1
        while step:  # gallop, then halve: measuring is what costs
            further = fits + step
            if further < len(places) and self._line(start, places[further]).width <= width:
                fits, step = further, step * 2
            else:
                step //= 2
        return self._line(start, places[fits])

    def _visible(self, start: int, end: int) -> int:
        tail = _TAIL.search(self._text, start, end)
        return tail.start() if tail else end

    def _width(self, start: int, end: int) -> float:
        return sum(run.width for run in self._runs(start, end))

    def _line(self, start: int, end: int) -> Line[Font]:
        seen = self._visible(start, end)
        runs = self._runs(start, seen, broken_at=end)
        return Line(
            self._at + start,
            self._at + end,
            tuple(_visual(runs)),
            sum(run.width for run in runs),
        )

    def _runs(self, start: int, end: int, broken_at: int = -1) -> list[Run[Font]]:
        runs = []
        while start < end:
            stop, level, font = start + 1, self._levels[start], self._fonts[start]
            while stop < end and self._levels[stop] == level and self._fonts[stop] == font:
                stop += 1
            runs.append(self._run(start, stop, broken_at))
            start = stop
        return [run for run in runs if run.shown]

    def _run(self, start: int, end: int, broken_at: int) -> Run[Font]:
        source, level, font = self._text[start:end], self._levels[start], self._fonts[start]
        shown = _INVISIBLE.sub("", source)
        if source.endswith(_SOFT_HYPHEN) and end == broken_at < len(self._text):
            shown += "-"
        direction: Direction = "rtl" if level % 2 else "ltr"
        width = self._measure(shown, font, direction) if shown else 0.0
        return Run(self._at + start, self._at + end, shown, level, font, width)


def _visual(runs: Iterable[Run[Font]]) -> list[Run[Font]]:
    """UAX #9 L2: from the highest level down to the lowest odd one, turn each stretch round."""
    order = list(runs)
    levels = {run.level for run in order}
    lowest_odd = min((level for level in levels if level % 2), default=max(levels, default=0) + 1)
    for least in range(max(levels, default=0), lowest_odd - 1, -1):
        order = list(_turned(order, least))
    return order


def _turned(runs: Sequence[Run[Font]], least: int) -> Iterator[Run[Font]]:
    for high, group in groupby(runs, key=lambda run: run.level >= least):
        stretch = list(group)
        yield from reversed(stretch) if high else stretch
