"""The designs of a screen: one column, two columns, a keyboard; None where one does not fit."""

from dataclasses import replace

from kiosk.intake.view import Region, Role
from kiosk.ui import lines
from kiosk.ui.lines import Line
from kiosk.ui.page import EARLIER, LISTS, MORE, Page, fill, height, put, singles, split
from kiosk.ui.pieces import Box, Placed

_WORDS, _WORDS_BY_CARDS = 0.47, 0.38  # of a wide screen, for the left column
_MOST_TURNS = 5
_LEAST_KEY = 12.7  # mm (VVSG 2.0), where a script has five rows of keys


def designed(page: Page) -> list[Placed] | None:
    """Place everything on one page as designed."""
    if page.one_by_one:
        return None
    if page.portrait:
        return column(page)
    if page.keyboard:
        return dense(page)
    return two_columns(page) if _wide(page) else column(page)


def _wide(page: Page) -> bool:
    """Tell whether there is something for each of two columns."""
    pad = any(node.role is Role.KEY for node in page.view.nodes)
    camera = any(node.role is Role.CAMERA for node in page.view.nodes)
    return bool(page.view.of(Region.ANSWER)) and (pad or camera or page.words)


def column(page: Page) -> list[Placed] | None:
    """One column: words from the top, answers above the action row, the rest between."""
    box, foot = page.box, page.actions(page.box)
    low = box.bottom - (foot.high + page.pen.theme.block if foot else 0)
    room = replace(box, h=low - box.y)
    head, body = page.head(box), page.answers(box)
    if page.touched:
        fields = _fields(body)
        placed = split(page, [*head, *fields], body[len(fields) :], room)
    else:
        placed = _resting(page, [*head, *body], room)
    return None if placed is None else [*placed, *page.foot(foot, box)]


def _resting(page: Page, stack: list[Line], box: Box) -> list[Placed] | None:
    """News sinks a little, to where the eyes rest on a high screen."""
    spare = box.h - height(stack)
    if spare < 0:
        return None
    top = next((i for i, one in enumerate(stack) if one.cells[0][0].region is not Region.TOP), 0)
    down = spare * 0.25 if page.portrait else 0.0
    start = box.y + height(stack[:top]) + (stack[top - 1].after if top else 0)
    return [*put(page, stack[:top], box.y), *put(page, stack[top:], start + down)]


def _fields(body: list[Line]) -> list[Line]:
    return [one for one in body if one.cells[0][0].role is Role.FIELD]


def two_columns(page: Page) -> list[Placed] | None:
    """Words and actions on the left, answers on the right, as high as the page."""
    left, right = _sides(page)
    body = page.answers(right)
    fields = _fields(body)
    words = lines.words(page.pen, page.view, left.x, left.w)
    if not words and fields:  # the words are on the page before: the fields take their place
        words = _fields(page.answers(left))
        body, fields = body[len(fields) :], []
    foot = page.actions(left)
    one = split(page, words, [foot] if foot else [], left)
    two = split(page, fields, body[len(fields) :], right)
    if not page.touched:
        two = put(page, body, right.y) if height(body) <= right.h else None
    return None if one is None or two is None else [*_top(page), *one, *two]


def _sides(page: Page) -> tuple[Box, Box]:
    """The two columns of a wide screen, under what goes across."""
    box, gap = page.box, page.pen.theme.edge * 1.4
    top = lines.top(page.pen, page.view, box.x, box.w)
    used = height(top) + (page.pen.theme.gap if top else 0)
    cards = any(node.role is Role.CHECK for node in page.view.nodes)
    words = _WORDS_BY_CARDS if cards or page.view.step in LISTS else _WORDS
    part = 0.5 if page.pen.theme.tight else words
    wide = (box.w - gap) * part
    left = Box(box.x, box.y + used, wide, box.h - used)
    return left, Box(left.right + gap, left.y, box.w - gap - wide, left.h)


def _top(page: Page) -> list[Placed]:
    return put(page, lines.top(page.pen, page.view, page.box.x, page.box.w), page.box.y)


def dense(page: Page) -> list[Placed] | None:
    """A keyboard on a low screen: Back, the field and Next share a line above the keys."""
    whole = split(page, page.head(page.box), typing(page), page.box)
    if whole is None and not page.head(page.box):
        smaller = page.keys(_LEAST_KEY)
        return split(smaller, [], typing(smaller), page.box)
    return whole


def typing(page: Page) -> list[Line]:
    """The field between the actions, and the keys under it."""
    box, gap = page.box, page.pen.theme.gap + 1.2  # the ring of the active field needs room too
    body = page.answers(box)
    nodes = [node for node in page.view.of(Region.ACTION) if node.id not in {MORE, EARLIER}]
    side = box.w * 0.24
    middle = box.w - len(nodes) * (side + gap)
    before = side + gap if len(nodes) > 1 else 0.0
    cells = [(nodes[0], box.x, side)] if len(nodes) > 1 else []
    cells.append((body[0].cells[0][0], box.x + before, middle))
    cells.append((nodes[-1], box.right - side, side))
    return [lines.line(page.pen, cells, lines.GAP), *body[1:]]


def turned(page: Page) -> list[list[Placed]] | None:
    """Words stay, answers turn: as many lines to a page as fit. Pads are never torn."""
    if any(node.role is Role.KEY for node in page.view.nodes) or not page.view.of(Region.ANSWER):
        return None
    room = _room_beside(page) if _wide(page) and not page.portrait else _room_below(page)
    if room is None:
        return None
    stack = page.answers(room)
    groups = singles(stack) if page.one_by_one else fill(stack, room.h)
    most = len(stack) if page.one_by_one else _MOST_TURNS
    if any(height(group) > room.h for group in groups) or len(groups) > most:
        return None
    pages = []
    for number, group in enumerate(groups):
        here = replace(page, later=page.later or number > 0)
        fixed = _fixed(here, room, last=number == len(groups) - 1)
        if fixed is None:
            return None
        pages.append([*fixed, *put(page, group, room.y)])
    return pages


def _room_below(page: Page) -> Box | None:
    """Where answers turn under the words; None when that is hardly a line."""
    box = page.box
    later = replace(page, later=True)
    foot, head = later.actions(box), page.head(box)
    end = max(later.more(box).high, foot.high if foot else 0) + page.pen.theme.gap
    above = height(head) + (page.pen.theme.block if head else 0)
    room = Box(box.x, box.y + above, box.w, box.h - above - end)
    return room if room.h > page.pen.theme.target else None


def _room_beside(page: Page) -> Box | None:
    return _sides(page)[1]


def _fixed(page: Page, room: Box, *, last: bool) -> list[Placed] | None:
    """What stays while answers turn: words, and the way on; None when it does not fit."""
    if room.x == page.box.x:
        row = page.actions(page.box) if last else page.more(page.box)
        return [*put(page, page.head(page.box), page.box.y), *page.foot(row, page.box)]
    left = _sides(page)[0]
    row = page.actions(left) if last else page.more(left)
    words = lines.words(page.pen, page.view, left.x, left.w)
    column_ = split(page, words, [row] if row else [], left)
    return None if column_ is None else [*_top(page), *column_]
