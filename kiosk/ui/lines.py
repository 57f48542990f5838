"""Nodes → lines: what stands side by side, how wide, and how high it needs to be. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kiosk.intake.view import Node, Region, Role, StepView
from kiosk.ui.compose import compose
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box, Placed

_WEIGHT = {"field-year": 1.6, "key-space": 3.0}
GAP = 2.6  # mm between targets (VVSG 2.0: 2.54)
_SHORT, _GROUP, _MIDDLE, _CARD = (
    44.0,
    54.0,
    58.0,
    84.0,
)  # mm: a card's least width at normal text: a name's, a group's of needs, a way's


@dataclass(frozen=True, slots=True)
class Line:
    """Nodes side by side: their x and width, the height they need, and how they may grow."""

    cells: tuple[tuple[Node, float, float], ...]
    high: float
    most: float
    after: float

    def place(self, pen: Pen, y: float, high: float) -> list[Placed]:
        """Return the line's nodes placed at a height on the page."""
        return [
            Placed(node, box, compose(pen, node, box)[1])
            for node, x, w in self.cells
            for box in (Box(x, y, w, high),)
        ]


def line(
    pen: Pen, cells: Sequence[tuple[Node, float, float]], after: float, most: float = 0
) -> Line:
    """Make a line as high as its highest node."""
    high = max(compose(pen, node, Box(x, 0, w, 0))[0] for node, x, w in cells)
    return Line(tuple(cells), high, max(most, high), after)


def shared(pen: Pen, nodes: Sequence[Node], box: Box, gap: float, most: float = 0) -> Line:
    """Make a line of nodes that share a box's width by what they are."""
    widest = 1.2 if pen.theme.tight and nodes[0].role is Role.FIELD else 3.0
    pairs = [(node, min(_WEIGHT.get(node.id, 1.0), widest)) for node in nodes]
    return line(pen, _cells(pairs, box, gap), gap, most)


def weighted(pen: Pen, pairs: Sequence[tuple[Node, float]], box: Box) -> Line:
    """Make a line of nodes that share a box's width by the weights given."""
    return line(pen, _cells(pairs, box, pen.theme.gap), pen.theme.gap)


def _cells(
    pairs: Sequence[tuple[Node, float]], box: Box, gap: float
) -> list[tuple[Node, float, float]]:
    unit = (box.w - gap * (len(pairs) - 1)) / sum(weight for _, weight in pairs)
    cells, at = [], box.x
    for node, weight in pairs:
        cells.append((node, at, unit * weight))
        at += unit * weight + gap
    return cells


def top(pen: Pen, view: StepView, x: float, w: float) -> list[Line]:
    """The progress line; on the first screen the practice's name and the languages."""
    nodes = view.of(Region.TOP)
    pills = [node for node in nodes if node.role is Role.CHOICE]
    others = [node for node in nodes if node.role is not Role.CHOICE]
    rows = _flow(pen, pills, x, w)
    if pen.portrait or len(rows) != 1 or not others:
        return [*(line(pen, [(node, x, w)], pen.theme.gap) for node in others), *rows]
    return _one_row(pen, others[0], rows[0], x, w) or [
        *(line(pen, [(node, x, w)], pen.theme.gap) for node in others),
        *rows,
    ]


def _one_row(pen: Pen, title: Node, row: Line, x: float, w: float) -> list[Line]:
    """The name and the languages side by side, where a wide screen has room for both."""
    used = row.cells[-1][1] + row.cells[-1][2] - x
    room = w - used - pen.theme.block
    if room < 40:
        return []
    cells = [
        (title, x, room),
        *((node, at + room + pen.theme.block, wide) for node, at, wide in row.cells),
    ]
    return [line(pen, cells, pen.theme.block)]


def _flow(pen: Pen, pills: Iterable[Node], x: float, w: float) -> list[Line]:
    """Pills one after the other, as wide as their words, broken into lines."""
    theme, at = pen.theme, x
    rows: list[Line] = []
    row: list[tuple[Node, float, float]] = []
    for pill in pills:
        wide = min(max(pen.natural(pill, theme.small), theme.target * 1.25), w)
        if row and at + wide > x + w:
            rows.append(line(pen, row, max(theme.gap * 0.75, GAP)))
            row, at = [], x
        row.append((pill, at, wide))
        at += wide + max(theme.gap * 0.75, GAP)
    return [*rows, line(pen, row, theme.block)] if row else rows


def words(pen: Pen, view: StepView, x: float, w: float) -> list[Line]:
    """The news or question, one under the other; on low screens a picture is beside the news."""
    gaps = {Role.HEADING: pen.theme.gap * 0.6, Role.PICTURE: pen.theme.block}
    nodes = view.of(Region.WORDS)
    made = []
    if len(nodes) > 1 and nodes[0].role is Role.PICTURE and not pen.portrait:
        across = compose(pen, nodes[0], Box(x, 0, w, 0))[0]
        beside = (nodes[1], x + across + pen.theme.gap, w - across - pen.theme.gap)
        made = [line(pen, [(nodes[0], x, across), beside], pen.theme.gap)]
        nodes = nodes[2:]
    rest = [line(pen, [(node, x, w)], gaps.get(node.role, pen.theme.block)) for node in nodes]
    return [*made, *rest]


def answers(pen: Pen, view: StepView, x: float, w: float) -> list[Line]:
    """Everything to answer with, in reading order, grouped into lines."""
    made: list[Line] = []
    gap = pen.theme.gap * 0.75
    for kind, group in groupby(view.of(Region.ANSWER), key=_kind):
        nodes = list(group)
        if kind == "key":
            made += _keyed(pen, nodes, x, w)
        elif kind == "card":
            made += _cards(pen, nodes, x, w)
        elif kind == "fact" and not pen.portrait:
            made += _facts(pen, nodes, x, w)
        else:
            made += [line(pen, [(node, x, w)], max(gap, GAP), _most(node)) for node in nodes]
    return made


def _facts(pen: Pen, nodes: list[Node], x: float, w: float) -> list[Line]:
    """Short facts side by side where two fit, so that a low screen shows them all."""
    gap = pen.theme.gap
    half, icon = (w - gap) / 2, pen.theme.answer * 2.2
    values = [replace(node, text=node.value) for node in nodes[:2]]
    fits = all(pen.natural(value, pen.theme.answer) + icon < half for value in values)
    if len(nodes) < 3 or pen.theme.scale > 1 or pen.theme.single or not fits:
        return [line(pen, [(node, x, w)], gap * 0.5) for node in nodes]
    first = shared(pen, nodes[:2], Box(x, 0, w, 0), gap)
    return [first, *(line(pen, [(node, x, w)], gap * 0.5) for node in nodes[2:])]


def _kind(node: Node) -> str:
    if node.role in {Role.KEY, Role.FIELD}:
        return "key"
    return "card" if node.role in {Role.CHECK, Role.CHOICE} else node.role.value


def _most(node: Node) -> float:
    return {Role.CAMERA: 1000.0, Role.ROW: 32.0}.get(node.role, 0.0)


def _keyed(pen: Pen, nodes: list[Node], x: float, w: float) -> list[Line]:
    made = []
    for number, group in groupby(nodes, key=lambda node: node.line):
        side = list(group)
        keys = side[0].role is Role.KEY
        gap = 1.4 if keys and pen.theme.key < 12.7 else GAP
        most = (22.0 if len(side) <= 4 and number < 9 else 20.0) if keys else 0.0
        made.append(shared(pen, side, Box(x, 0, w, 0), gap, most))
    return made


def _cards(pen: Pen, nodes: list[Node], x: float, w: float) -> list[Line]:
    """Cards in as many columns as leave each at least its least width."""
    theme = pen.theme
    least = _least(nodes)
    most = 4 if least in {_SHORT, _MIDDLE} else 1 if theme.single else 2
    columns = max(1, min(most, int((w + theme.gap) / (least * theme.scale + theme.gap))))
    wide = (w - theme.gap * (columns - 1)) / columns
    rows = [nodes[i : i + columns] for i in range(0, len(nodes), columns)]
    return [
        line(
            pen, [(n, x + i * (wide + theme.gap), wide) for i, n in enumerate(row)], theme.gap, 26.0
        )
        for row in rows
    ]


def _least(nodes: Sequence[Node]) -> float:
    if nodes[0].role is Role.CHOICE:
        return _SHORT
    kinds = {_GROUP: "group-", _MIDDLE: "way-"}
    return next((mm for mm, kind in kinds.items() if nodes[-1].id.startswith(kind)), _CARD)


def actions(pen: Pen, nodes: Sequence[Node], x: float, w: float) -> Line:
    """Back is quiet and small, the way on is strong and large; neither breaks its words for it."""
    gap = pen.theme.gap
    if len(nodes) == 1:
        return line(pen, [(nodes[0], x, w)], 0)
    if len(nodes) > 2:  # an arrow to the page before, and two ways on
        side = pen.theme.target * 1.25
        rest = actions(pen, nodes[1:], x + side + gap, w - side - gap)
        return line(pen, [(nodes[0], x, side), *rest.cells], 0)
    quiet, strong = (pen.natural(node, pen.theme.answer) for node in nodes)
    first = w * 0.34
    if quiet > first:  # a short column: Back gets what it needs, or only its arrow
        room = w - gap
        arrow = pen.theme.target * 1.25 if nodes[0].icon else room * quiet / (quiet + strong)
        first = quiet if quiet + strong <= room else arrow
    return line(pen, [(nodes[0], x, first), (nodes[1], x + first + gap, w - first - gap)], 0)
