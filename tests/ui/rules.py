"""What every page of every screen must hold, as rules: each yields what breaks it, in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from kiosk.intake.view import Look, Node, Region, Role, StepView
from kiosk.ui.arrange import arrange
from kiosk.ui.page import EARLIER, MORE
from kiosk.ui.pieces import Box, Icon, Layout, Placed, Text, mirror
from kiosk.ui.profile import Profile

from .ruler import Ruler

SLACK = 0.05  # mm: less than a quarter of any pixel
PRIMARY, TARGET, GAP = 20.0, 16.0, 2.5  # mm: access.md D-10, D-11
KEY, KEY_PANEL, KEY_GAP_PANEL = 12.7, 9.5, 1.4  # VVSG 2.0; the 7-inch panel has no room for it
LEAST_TEXT = 2.7  # mm, capitals of 1.9: the words under an icon on the smallest screen
UNSPACED = ("zh", "ja", "th", "km", "my")


@dataclass(frozen=True)
class Seen:
    """One screen on one profile: its view and all its pages."""

    view: StepView
    pages: Sequence[Layout]
    profile: Profile
    ruler: Ruler

    @property
    def panel(self) -> bool:
        return self.profile.name == "panel-7"


def seen(view: StepView, profile: Profile, ruler: Ruler) -> Seen:
    """Arrange every page of a view."""
    first = arrange(view, profile, ruler.measure)
    more = [arrange(view, profile, ruler.measure, page) for page in range(1, first.pages)]
    return Seen(view, [first, *more], profile, ruler)


def _apart(one: Box, other: Box) -> tuple[float, float]:
    """Return the room between two boxes, across and down; negative where they overlap."""
    across = max(one.x, other.x) - min(one.right, other.right)
    down = max(one.y, other.y) - min(one.bottom, other.bottom)
    return across, down


def _within(inner: Box, outer: Box, slack: float = SLACK) -> bool:
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.right <= outer.right + slack
        and inner.bottom <= outer.bottom + slack
    )


def _each(one: Seen) -> Iterator[tuple[int, Placed]]:
    for number, page in enumerate(one.pages):
        for placed in page.placed:
            yield number, placed


def _texts(placed: Placed) -> list[Text]:
    return [piece for piece in placed.pieces if isinstance(piece, Text) and piece.text]


def overlap(one: Seen) -> Iterator[str]:
    """No node stands on another of its page."""
    for number, page in enumerate(one.pages):
        for a, b in combinations(page.placed, 2):
            across, down = _apart(a.box, b.box)
            if across < -SLACK and down < -SLACK:
                yield f"page {number}: {a.node.id} and {b.node.id}"


def outside(one: Seen) -> Iterator[str]:
    """Nothing leaves the screen, and no word or icon its node."""
    glass = Box(0, 0, one.profile.width_mm, one.profile.height_mm)
    for number, placed in _each(one):
        if not _within(placed.box, glass):
            yield f"page {number}: {placed.node.id} leaves the screen"
        for piece in placed.pieces:
            if isinstance(piece, Text | Icon) and not _within(piece.box, placed.box):
                yield f"page {number}: {placed.node.id}: {type(piece).__name__} leaves its node"


def clipped(one: Seen) -> Iterator[str]:
    """Every text has the room it measures."""
    for number, placed in _each(one):
        for text in _texts(placed):
            width, height = one.ruler.measure(text)
            if height > text.box.h + SLACK or width > text.box.w + SLACK:
                need = f"{width:.1f}x{height:.1f} in {text.box.w:.1f}x{text.box.h:.1f}"
                yield f"page {number}: {placed.node.id}: “{text.text}” needs {need}"


def tiny(one: Seen) -> Iterator[str]:
    """No word shrinks below what can be read from where people stand, where an icon says more."""
    for number, placed in _each(one):
        for text in _texts(placed):
            if text.size < LEAST_TEXT - SLACK and placed.node.id != "demo":
                yield f"page {number}: {placed.node.id}: “{text.text}” at {text.size:.1f}"


def broken(one: Seen) -> Iterator[str]:
    """No word is broken in the middle."""
    for number, placed in _each(one):
        for text in _texts(placed):
            if text.lang.startswith(UNSPACED) or placed.node.role is Role.FIELD:
                continue
            for word in text.text.split():
                probe = replace(text, text=word, box=Box(0, 0, 1000, 0))
                wide = one.ruler.measure(probe)[0]
                if wide > text.box.w + SLACK:
                    yield f"page {number}: {placed.node.id}: {word} {wide:.1f} > {text.box.w:.1f}"


def _least(node: Node, panel: bool) -> tuple[float, float]:
    """Return the least width and height of what is touched, in mm."""
    if node.role is Role.KEY:
        return (KEY_PANEL, KEY_PANEL) if panel else (KEY, KEY)
    return TARGET, PRIMARY if node.look is Look.PRIMARY else TARGET


def small(one: Seen) -> Iterator[str]:
    """What is touched is large enough to be hit."""
    for number, placed in _each(one):
        if placed.node.focusable:
            wide, high = _least(placed.node, one.panel)
            box = placed.box
            if box.w < wide - SLACK or box.h < high - SLACK:
                yield f"page {number}: {placed.node.id} is {box.w:.1f} by {box.h:.1f}"


def close(one: Seen) -> Iterator[str]:
    """What is touched stands apart."""
    for number, page in enumerate(one.pages):
        touched = [placed for placed in page.placed if placed.node.focusable]
        for a, b in combinations(touched, 2):
            keys = a.node.role is b.node.role is Role.KEY
            gap = max(_apart(a.box, b.box))
            if gap < (KEY_GAP_PANEL if keys and one.panel else GAP) - SLACK:
                yield f"page {number}: {a.node.id} and {b.node.id} are {gap:.2f} apart"


def lost(one: Seen) -> Iterator[str]:
    """Every node is on some page, and told of on the others."""
    wanted = {node.id for node in one.view.nodes} - {MORE, EARLIER}
    shown = {placed.node.id for _, placed in _each(one)}
    for id_ in sorted(wanted - shown):
        yield f"{id_} is on no page"
    for number, page in enumerate(one.pages):
        here = {placed.node.id for placed in page.placed}
        if page.others != wanted - here:
            yield f"page {number}: {sorted(page.others ^ (wanted - here))} not told of"


def stuck(one: Seen) -> Iterator[str]:
    """Every page but the last leads on, and only they do."""
    last = len(one.pages) - 1
    for number, page in enumerate(one.pages):
        ids = [placed.node.id for placed in page.placed]
        if (MORE in ids) != (number < last):
            yield f"page {number} of {last + 1}: more {'shows' if MORE in ids else 'is missing'}"
        if (page.page, page.pages) != (number, last + 1):
            yield f"page {number} says it is {page.page} of {page.pages}"


def one_way(one: Seen) -> Iterator[str]:
    """Every page but the first leads back."""
    for number, page in enumerate(one.pages):
        if number and not {"back", EARLIER} & {placed.node.id for placed in page.placed}:
            yield f"page {number} of {len(one.pages)}"


def unordered(one: Seen) -> Iterator[str]:
    """Pages show nodes in reading order: what comes later is not on an earlier page."""
    order = {node.id: place for place, node in enumerate(one.view.nodes)}
    fixed = {Region.ACTION, Region.HELP, Region.TOP, Region.WORDS}
    turned = [
        [order[p.node.id] for p in page.placed if p.node.region not in fixed] for page in one.pages
    ]
    for number, (before, after) in enumerate(pairwise(turned)):
        if before and after and max(before) >= min(after) and set(before) != set(after):
            yield f"page {number + 1} goes back in reading order"


def bar(one: Seen) -> Iterator[str]:
    """The help bar is at one place on all pages."""
    places = {tuple(_bar(page)) for page in one.pages}
    if len(places) != 1:
        yield f"{len(places)} places"


def _bar(page: Layout) -> Iterator[tuple[str, Box]]:
    for placed in page.placed:
        if placed.node.region is Region.HELP:
            yield placed.node.id, placed.box


def unmirrored(one: Seen) -> Iterator[str]:
    """A right-to-left screen is the left-to-right one in a mirror.

    The keys of a pad stand to each other as they do on machines, in a pad whose place is mirrored.
    """
    if one.view.direction != "rtl":
        return
    width = one.profile.width_mm
    plain = seen(replace(one.view, direction="ltr"), one.profile, one.ruler)
    for number, (there, here) in enumerate(zip(plain.pages, one.pages, strict=True)):
        moved = _pad_moves(there, width)
        for a, b in zip(there.placed, here.placed, strict=True):
            if a.node.role is Role.KEY:
                right = abs(b.box.x - a.box.x - moved) < SLACK and b.box.y == a.box.y
            else:
                right = b == mirror(a, width)
            if not right:
                yield f"page {number}: {b.node.id}"


def _pad_moves(page: Layout, width: float) -> float:
    """Return how far a mirrored screen moves the pad as a whole, in mm."""
    keys = [placed.box for placed in page.placed if placed.node.role is Role.KEY]
    left, right = min((b.x for b in keys), default=0.0), max((b.right for b in keys), default=width)
    return width - right - left


RULES: dict[str, Callable[[Seen], Iterator[str]]] = {
    rule.__name__: rule
    for rule in (
        overlap,
        outside,
        clipped,
        tiny,
        broken,
        small,
        close,
        lost,
        stuck,
        one_way,
        unordered,
        bar,
        unmirrored,
    )
}
