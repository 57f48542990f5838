"""The help bar: along the lower edge, or upright beside the page where height is short. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.intake.view import Node
from kiosk.ui import lines
from kiosk.ui.compose import compose
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box, Placed, Shape

_LEAST = 5.6  # mm: smaller words beside an icon would be harder to read than under it
_RAIL = 24.5  # mm
_TOP = 2.4  # mm: the word Demo stands there
_SMALLEST = 2.8  # mm: below that the icons speak alone


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar in its place, the ground it stands on, and the room it leaves to the page."""

    placed: tuple[Placed, ...]
    ground: tuple[Shape, ...]
    room: Box


def foot(pen: Pen, nodes: Sequence[Node], glass: Box) -> Bar:
    """Along the lower edge, under every page."""
    theme, pad = pen.theme, 3.0 if pen.portrait else 2.0
    if not nodes:
        return Bar((), (), _room(pen, glass))
    pen, row = _row(pen, nodes, Box(theme.edge, 0, glass.w - 2 * theme.edge, 0))
    top = glass.h - row.high - 2 * pad
    ground = (
        Shape(Box(0, top, glass.w, glass.h - top), theme.palette.bar),
        Shape(Box(0, top, glass.w, 0.3), theme.palette.hair),
    )
    placed = row.place(pen, top + pad, row.high)
    return Bar(tuple(placed), ground, _room(pen, replace(glass, h=top)))


def rail(pen: Pen, nodes: Sequence[Node], glass: Box) -> Bar:
    """Upright at the end of the line, as high as the screen."""
    theme, pad = pen.theme, 1.5
    if not nodes:
        return Bar((), (), _room(pen, glass))
    left = glass.w - _RAIL - 2 * pad
    high = (glass.h - 2 * _TOP - lines.GAP * (len(nodes) - 1)) / len(nodes)
    pen = _upright(replace(pen, beside=False), nodes, high)
    placed = []
    for number, node in enumerate(nodes):
        box = Box(left + pad, _TOP + number * (high + lines.GAP), _RAIL, high)
        placed.append(Placed(node, box, compose(pen, node, box)[1]))
    ground = (
        Shape(Box(left, 0, glass.w - left, glass.h), theme.palette.bar),
        Shape(Box(left, 0, 0.3, glass.h), theme.palette.hair),
    )
    return Bar(tuple(placed), ground, _room(pen, replace(glass, w=left)))


def _upright(pen: Pen, nodes: Sequence[Node], high: float) -> Pen:
    """One size for all words of the rail: the largest at which every item has its height."""
    while pen.theme.small > _SMALLEST:
        heights = (compose(pen, node, Box(0, 0, _RAIL, 0))[0] for node in nodes)
        widths = (pen.natural(node, pen.theme.small) for node in _each_word(nodes))
        if max(heights) <= high and max(widths) <= _RAIL:
            break
        pen = pen.small(pen.theme.small * 0.96)
    return pen


def _room(pen: Pen, free: Box) -> Box:
    edge, top = pen.theme.edge, max(pen.theme.edge * 0.6, _TOP)
    return Box(edge, top, free.w - 2 * edge, free.h - top - pen.theme.gap * 0.75)


def _row(pen: Pen, nodes: Sequence[Node], box: Box) -> tuple[Pen, lines.Line]:
    """One size for all words of the bar: beside their icons on low screens, if they can be read."""
    room = box.w - pen.theme.gap * (len(nodes) - 1)
    if not pen.portrait:
        wide = [pen.natural(node, pen.theme.small) for node in nodes]
        size = pen.theme.small * min(1.0, room / sum(wide))
        if size >= _LEAST:
            fitted = pen.small(size)
            return fitted, lines.weighted(fitted, list(zip(nodes, wide, strict=True)), box)
    words = _each_word(nodes) if pen.portrait else [replace(node, icon="") for node in nodes]
    widest = max(pen.natural(word, pen.theme.small) for word in words)  # low: one line each
    fitted = replace(
        pen.small(pen.theme.small * min(1.0, room / len(nodes) / widest)), beside=False
    )
    return fitted, lines.weighted(fitted, [(node, 1.0) for node in nodes], box)


def _each_word(nodes: Sequence[Node]) -> list[Node]:
    return [replace(node, text=word, icon="") for node in nodes for word in node.text.split()]
