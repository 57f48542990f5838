"""Cards: an icon, one or two lines of words, and a mark at the end. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.intake.view import Node, Role
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box, Icon, Piece, Shape, Text

_NARROW = 58.0  # mm: a card at normal text with less room has smaller words


def carded(
    pen: Pen, node: Node, ground: Shape, colours: tuple[str, str], end: str
) -> tuple[float, tuple[Piece, ...]]:
    """A card: an icon, one or two lines of words, and a mark at the end."""
    theme, box = pen.theme, ground.box
    colour, mark = colours
    narrow = box.w < _NARROW * theme.scale
    pad, size = theme.gap * (0.75 if narrow else 1.0), theme.answer * (1.1 if narrow else 1.3)
    tick = size * 0.8
    after = pad * 3.6 + size + (tick if end or not narrow else 0.0)
    wide = Box(box.x + pad * 1.8 + size, box.y, box.w - after, 0)
    said = _lines(pen, node, wide, colour, narrow=narrow)
    high = said[-1].box.bottom - said[0].box.y
    column = Box(box.right - pad - tick, box.y, tick, tick)
    count = _count(pen, node, column, colour) if end else ()
    marks = tick + sum(text.box.h for text in count)
    need = max(high + 2 * pad * 0.8, marks + pad, theme.target)
    tall = max(box.h, need)
    down = box.y + (tall - high) / 2 - said[0].box.y
    texts = tuple(replace(t, box=replace(t.box, y=t.box.y + down)) for t in said)
    at = Box(box.x + pad, box.y + (tall - size) / 2, size, size)
    whole = replace(ground, box=replace(box, h=tall))
    pieces: tuple[Piece, ...] = (whole, Icon(at, node.icon, mark), *texts)
    if end:
        place = replace(column, y=box.y + (tall - marks) / 2)
        below = tuple(replace(text, box=replace(text.box, y=place.bottom)) for text in count)
        pieces = (*pieces, Icon(place, end, mark), *below)
    return need, pieces


def _count(pen: Pen, node: Node, box: Box, colour: str) -> tuple[Text, ...]:
    """How much is chosen of the group that a card opens, under the card's mark."""
    if node.role is not Role.CHECK or not node.value:
        return ()
    return (pen.words(node, node.value, box, box.h * 0.85, colour, bold=True, centre=True),)


def _lines(pen: Pen, node: Node, box: Box, colour: str, *, narrow: bool) -> Sequence[Text]:
    theme = pen.theme
    if node.role is not Role.ROW:
        size = theme.small if narrow else theme.answer * 0.95
        return (pen.words(node, node.text, box, size, colour),)
    label = pen.words(node, node.text, box, theme.small, theme.palette.soft)
    below = replace(box, y=label.box.bottom)
    return label, pen.words(node, node.value, below, theme.answer, colour, bold=True)
