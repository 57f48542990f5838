"""What a screen is drawn from, in mm from the top left: boxes, and the shapes and words in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from kiosk.intake.view import Node

Measure = Callable[["Text"], tuple[float, float]]
"""Returns width and height in mm of a text wrapped to its own width."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in mm; y grows downwards."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x just past the box."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y just below the box."""
        return self.y + self.h

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point is inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def inset(self, dx: float, dy: float) -> "Box":
        """Return the box made smaller on all sides."""
        return Box(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)

    def mirrored(self, width: float) -> "Box":
        """Return the box as a right-to-left screen of this width has it."""
        return replace(self, x=width - self.right)


@dataclass(frozen=True, slots=True)
class Shape:
    """A rounded rectangle, filled and perhaps outlined."""

    box: Box
    fill: str = ""
    line: str = ""
    stroke: float = 0.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a box; `box.w` is where they wrap."""

    box: Box
    text: str = field(repr=False)
    size: float
    colour: str
    bold: bool = False
    lang: str = "en"
    dir: str = "ltr"
    centre: bool = False
    right: bool = False  # starts at the right edge: so it is on a right-to-left screen


@dataclass(frozen=True, slots=True)
class Icon:
    """One icon of the icon font, as high as its box; those that mean a direction are flipped."""

    box: Box
    name: str
    colour: str
    flipped: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the camera's picture goes."""

    box: Box
    state: str


Piece: TypeAlias = Shape | Text | Icon | Stage


@dataclass(frozen=True, slots=True)
class Placed:
    """A node in its box, with what it is drawn from."""

    node: Node
    box: Box
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole arranged page; `pages` counts them, `page` is the one shown, `others` are off it."""

    placed: tuple[Placed, ...]
    width: float
    height: float
    page: int = 0
    pages: int = 1
    others: frozenset[str] = frozenset()
    ground: tuple[Piece, ...] = ()

    def bounds(self) -> Mapping[str, Box]:
        """Return the box of each node on this page."""
        return {placed.node.id: placed.box for placed in self.placed}

    def at(self, x: float, y: float) -> Node | None:
        """Return the node that a touch at (x, y) mm means, or None."""
        hits = (p.node for p in self.placed if p.node.focusable and p.box.holds(x, y))
        return next(hits, None)


def apart(one: Box, other: Box) -> float:
    """Return how far two boxes are from each other, across or down; below 0 they overlap."""
    across = max(one.x, other.x) - min(one.right, other.right)
    down = max(one.y, other.y) - min(one.bottom, other.bottom)
    return max(across, down)


def mirror(placed: Placed, width: float) -> Placed:
    """Return a placed node as a right-to-left screen shows it."""
    pieces = tuple(_mirror(piece, width) for piece in placed.pieces)
    return replace(placed, box=placed.box.mirrored(width), pieces=pieces)


def shifted(placed: Placed, by: float) -> Placed:
    """Return a placed node moved to the right by some mm."""
    pieces = tuple(replace(piece, box=_moved(piece.box, by)) for piece in placed.pieces)
    return replace(placed, box=_moved(placed.box, by), pieces=pieces)


def _moved(box: Box, by: float) -> Box:
    return replace(box, x=box.x + by)


def _mirror(piece: Piece, width: float) -> Piece:
    box = piece.box.mirrored(width)
    if isinstance(piece, Text):
        return replace(piece, box=box, right=True)
    return (
        replace(piece, box=box, flipped=True)
        if isinstance(piece, Icon)
        else replace(piece, box=box)
    )
