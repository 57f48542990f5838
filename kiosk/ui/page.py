"""The room above the help bar, and lines stacked in it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.intake.view import Node, Region, Role, StepView
from kiosk.ui import lines
from kiosk.ui.lines import Line
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box, Placed

MORE, EARLIER = "more", "earlier"
LISTS = {"ways", "languages"}  # to look through, not questions


@dataclass(frozen=True, slots=True)
class Page:
    """The part of the screen above the help bar, and what draws on it."""

    pen: Pen
    view: StepView
    box: Box
    later: bool = False  # there is a page before this one

    @property
    def portrait(self) -> bool:
        """Tell whether the screen is higher than wide."""
        return self.pen.portrait

    @property
    def touched(self) -> bool:
        """Tell whether there is something to touch, or to look into, among the answers."""
        return any(n.focusable or n.role is Role.CAMERA for n in self.view.of(Region.ANSWER))

    @property
    def words(self) -> bool:
        """Tell whether there is anything to read besides the answers."""
        return bool(self.view.of(Region.WORDS))

    @property
    def one_by_one(self) -> bool:
        """Tell whether each answer wants a page of its own."""
        view = self.view
        if not self.pen.theme.single or view.step in LISTS:
            return False
        whole = any(n.role in {Role.KEY, Role.CAMERA} for n in view.nodes)
        return not whole and len(view.of(Region.ANSWER)) > 1

    @property
    def keyboard(self) -> bool:
        """Tell whether the answer is typed on letters."""
        return sum(node.role is Role.KEY for node in self.view.nodes) > 15

    def small(self) -> "Page":
        """Return the page with a question no larger than its sentence: for short screens."""
        size = min(self.pen.theme.question, self.pen.theme.sentence * 1.1)
        return replace(self, pen=replace(self.pen, theme=replace(self.pen.theme, question=size)))

    def shrunk(self, factor: float) -> "Page":
        """Return the page with smaller words."""
        return replace(self, pen=replace(self.pen, theme=self.pen.theme.shrunk(factor)))

    def keys(self, size: float) -> "Page":
        """Return the page with keys no larger than a size in mm."""
        theme = replace(self.pen.theme, key=min(self.pen.theme.key, size))
        return replace(self, pen=replace(self.pen, theme=theme))

    def without(self, gone: Sequence[str]) -> "Page":
        """Return the page without some nodes."""
        nodes = tuple(node for node in self.view.nodes if node.id not in gone)
        return replace(self, view=replace(self.view, nodes=nodes))

    def head(self, box: Box) -> list[Line]:
        """Lines of the top and the words."""
        return [
            *lines.top(self.pen, self.view, box.x, box.w),
            *lines.words(self.pen, self.view, box.x, box.w),
        ]

    def answers(self, box: Box) -> list[Line]:
        """Lines to answer with."""
        return lines.answers(self.pen, self.view, box.x, box.w)

    def actions(self, box: Box) -> Line | None:
        """The action row of the last page, None on a screen that has none."""
        nodes = [n for n in self.view.of(Region.ACTION) if n.id not in {MORE, EARLIER}]
        return self._row([*self._earlier(), *nodes], box)

    def more(self, box: Box) -> Line:
        """The action row of a page that is not the last one."""
        nodes = [node for node in self.view.of(Region.ACTION) if node.id in {"back", MORE}]
        row = self._row(nodes if len(nodes) > 1 else [*self._earlier(), *nodes], box)
        if row is None:
            raise ValueError("a view without a way to its next page")
        return row

    def _earlier(self) -> list[Node]:
        nodes = self.view.of(Region.ACTION)
        if not self.later or any(node.id == "back" for node in nodes):
            return []
        return [node for node in nodes if node.id == EARLIER]

    def _row(self, nodes: list[Node], box: Box) -> Line | None:
        return lines.actions(self.pen, nodes, box.x, box.w) if nodes else None

    def foot(self, row: Line | None, box: Box) -> list[Placed]:
        """Place an action row at the bottom of a box."""
        return row.place(self.pen, box.bottom - row.high, row.high) if row else []


def height(stack: Sequence[Line]) -> float:
    """Return the height of lines one under the other, in mm."""
    return sum(one.high for one in stack) + sum(one.after for one in stack[:-1])


def put(page: Page, stack: Sequence[Line], y: float, heights: Sequence[float] = ()) -> list[Placed]:
    """Place lines one under the other from `y`, as high as they need or as `heights` says."""
    placed: list[Placed] = []
    for one, high in zip(stack, heights or [one.high for one in stack], strict=True):
        placed += one.place(page.pen, y, high)
        y += high + one.after
    return placed


def split(page: Page, head: Sequence[Line], body: Sequence[Line], box: Box) -> list[Placed] | None:
    """Place head lines from the top and body lines down to the bottom, grown as far as they may.

    None when they do not fit.
    """
    gap = page.pen.theme.block if head and body else 0.0
    spare = box.h - height(head) - height(body) - gap
    if spare < 0:
        return None
    heights = grown(body, spare)
    start = box.bottom - sum(heights) - sum(one.after for one in body[:-1])
    return [*put(page, head, box.y), *put(page, body, start, heights)]


def grown(body: Sequence[Line], spare: float) -> list[float]:
    """Share spare height among the lines that may grow."""
    heights = [one.high for one in body]
    hungry = [i for i, one in enumerate(body) if one.most > one.high]
    while hungry and spare > 0.01:
        share = spare / len(hungry)
        for i in hungry:
            take = min(share, body[i].most - heights[i])
            heights[i] += take
            spare -= take
        hungry = [i for i in hungry if body[i].most - heights[i] > 0.01]
    return heights


def singles(stack: Sequence[Line]) -> list[list[Line]]:
    """Cut lines into groups of one; a title stays with what it is the title of."""
    groups: list[list[Line]] = []
    for one in stack:
        if groups and _title(groups[-1][-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def fill(stack: Sequence[Line], room: float) -> list[list[Line]]:
    """Cut lines into groups that fit a room; a line that is too high has a group of its own.

    A title stays with what it is the title of.
    """
    groups: list[list[Line]] = [[]]
    for one in stack:
        if groups[-1] and height([*groups[-1], one]) > room:
            last = groups[-1].pop() if len(groups[-1]) > 1 and _title(groups[-1][-1]) else None
            groups.append([last] if last else [])
        groups[-1].append(one)
    return groups


def _title(one: Line) -> bool:
    return any(node.role is Role.LABEL for node, _, _ in one.cells)
