"""What stands behind each word and icon of a page."""

from collections.abc import Iterator

from kiosk.ui.pieces import Box, Icon, Layout, Piece, Shape, Text


def inked(layout: Layout, paper: str) -> Iterator[tuple[str, Text | Icon, str]]:
    """Yield each word and icon with its node's id and the colour right behind it."""
    for placed in layout.placed:
        for number, piece in enumerate(placed.pieces):
            if isinstance(piece, Icon) or (isinstance(piece, Text) and piece.text):
                under = [*layout.ground, *placed.pieces[:number]]
                yield placed.node.id, piece, _behind(piece.box, under, paper)


def _behind(box: Box, under: list[Piece], paper: str) -> str:
    x, y = box.x + box.w / 2, box.y + box.h / 2
    fills = [
        shape.fill
        for shape in under
        if isinstance(shape, Shape) and shape.fill and shape.box.holds(x, y)
    ]
    return fills[-1] if fills else paper
