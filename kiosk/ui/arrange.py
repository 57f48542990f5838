"""A view → pages: where everything stands. Words high, hands low; never clipped, rather paged.

A screen is tried as designed, then with a smaller question, then with answers that turn, then with
words on pages of their own; the action row and the help bar are on every page, in the same place.
"""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.intake.view import Region, Role, StepView
from kiosk.ui import lines
from kiosk.ui.bar import foot, rail
from kiosk.ui.compose import middle
from kiosk.ui.design import designed, turned
from kiosk.ui.page import EARLIER, MORE, Page, fill, put
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box, Layout, Measure, Placed, Shape, apart, mirror, shifted
from kiosk.ui.profile import Profile
from kiosk.ui.theme import theme as theme_of

_DEMO = "demo"
_LOWER_KEY = 14.0  # mm
_REACH = 0.58  # of a high screen
_SHRINK, _SHRINKS = 0.9, 6


def arrange(view: StepView, profile: Profile, measure: Measure, page: int = 0) -> Layout:
    """Return the layout of one page of a view on a screen; a page past the last is the last."""
    pen = Pen(theme_of(profile, set(view.modes)), measure, profile.portrait)
    width, height = profile.width_mm, profile.height_mm
    bar = (rail if profile.rail else foot)(pen, view.of(Region.HELP), Box(0, 0, width, height))
    box = _lowered(bar.room, height) if "low-reach" in view.modes and profile.portrait else bar.room
    pages = _pages(Page(pen, view, box).without([_DEMO]))
    page = min(page, len(pages) - 1)
    placed = [*_demo(pen, view, bar.room), *pages[page], *bar.placed]
    ground = bar.ground
    if view.direction == "rtl":
        placed = _mirrored(placed, width)
        ground = tuple(replace(shape, box=shape.box.mirrored(width)) for shape in ground)
    here = {p.node.id for p in placed}
    others = frozenset(n.id for n in view.nodes if n.id not in here | {MORE, EARLIER})
    return Layout(tuple(placed), width, height, page, len(pages), others, ground)


def _lowered(room: Box, height: float) -> Box:
    """The lower part of a high screen: all of it within reach of a person who sits (508 407.8)."""
    top = height * (1 - _REACH)
    return Box(room.x, top, room.w, room.bottom - top)


def _demo(pen: Pen, view: StepView, page: Box) -> list[Placed]:
    """The word Demo, small, in the middle of the upper edge, where nothing else stands."""
    node = view.node(_DEMO)
    if node is None:
        return []
    wide, high = 22.0, page.y - 0.4
    box = Box(page.x + (page.w - wide) / 2, 0.2, wide, high)
    look, size = pen.theme.palette, high * 0.68
    words = pen.words(node, node.text, box, size, look.on_warm, bold=True, centre=True)
    ground = Shape(box, look.warm, look.line if pen.theme.plain else "", 0.3, high / 2)
    return [Placed(node, box, (ground, middle(words, box)))]


def _mirrored(placed: Sequence[Placed], width: float) -> list[Placed]:
    """Mirror a page; keys move as a block, but stand in it as on the machines people know."""
    keys = [p.box for p in placed if p.node.role is Role.KEY]
    left, right = min((k.x for k in keys), default=0), max((k.right for k in keys), default=width)
    by = width - right - left
    return [shifted(p, by) if p.node.role is Role.KEY else mirror(p, width) for p in placed]


def _pages(page: Page) -> list[list[Placed]]:
    """Return the pages of the first design that fits; words shrink only where none would."""
    small = page.small()
    whole = designed(page) or designed(small) or _beside_camera(small) or _lower_pad(small)
    if whole:
        return [whole]
    page = page.small()
    pages = _cut(page)
    for _ in range(_SHRINKS):
        if _whole(pages) and all(_clear(one) for one in pages):
            break
        page = page.shrunk(_SHRINK)
        pages = _cut(page)
    return pages


def _lower_pad(page: Page) -> list[Placed] | None:
    """Keys of a pad rather shrink a little than stand on another page than the question."""
    pad = any(node.role is Role.KEY for node in page.view.nodes) and not page.keyboard
    return designed(page.keys(_LOWER_KEY)) if pad else None


def _beside_camera(page: Page) -> list[Placed] | None:
    """Words rather shrink a little than leave the picture of the camera for another page."""
    if all(node.role is not Role.CAMERA for node in page.view.nodes):
        return None
    tries = (designed(page.shrunk(_SHRINK**times)) for times in range(1, _SHRINKS // 2 + 1))
    return next((found for found in tries if found), None)


def _whole(pages: Sequence[Sequence[Placed]]) -> bool:
    """Tell whether keys and the field they type into are all on one page."""
    typed = {Role.KEY, Role.FIELD}
    return sum(any(p.node.role in typed for p in one) for one in pages) <= 1


def _clear(placed: Sequence[Placed]) -> bool:
    """Tell whether nothing comes too near to the action row."""
    feet = [p.box for p in placed if p.node.region is Region.ACTION]
    others = [p.box for p in placed if p.node.region is not Region.ACTION]
    return all(apart(foot, box) > lines.GAP - 0.15 for foot in feet for box in others)


def _cut(page: Page) -> list[list[Placed]]:
    """Words that do not fit beside the answers go on pages before them."""
    pages: list[list[Placed]] = []
    while True:
        page = replace(page, later=bool(pages))
        whole = designed(page)
        rest = [whole] if whole else turned(page)
        head = page.head(page.box)
        if rest:
            return [*pages, *rest]
        if not head:
            return [*pages, *_flowing(page)]
        more = page.more(page.box)
        first = fill(head, page.box.h - more.high - page.pen.theme.gap)[0]
        pages.append([*put(page, first, page.box.y), *page.foot(more, page.box)])
        page = page.without([node.id for one in first for node, _, _ in one.cells])


def _flowing(page: Page) -> list[list[Placed]]:
    """What fits no design: lines in reading order, as many to a page as fit."""
    later = replace(page, later=True)
    foot, more = later.actions(page.box), later.more(page.box)
    high = max(more.high, foot.high if foot else 0.0)
    groups = fill(page.answers(page.box), page.box.h - high - page.pen.theme.gap)
    pages = []
    for number, group in enumerate(groups):
        here = page if number == 0 else later
        last = number == len(groups) - 1
        row = here.actions(page.box) if last else here.more(page.box)
        pages.append([*put(page, group, page.box.y), *page.foot(row, page.box)])
    return pages
