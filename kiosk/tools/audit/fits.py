"""Words and targets have their room: nothing clipped, too small, too close or off the screen."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from kiosk.intake.view import Look, Node, Role
from kiosk.tools.audit.found import Breach
from kiosk.tools.audit.seen import SLACK, Seen, breach, each, texts
from kiosk.ui.pieces import Box, Icon, Text

PRIMARY, TARGET, GAP = 20.0, 16.0, 2.5  # mm: D-10 and D-11
KEY, KEY_PANEL, KEY_GAP_PANEL = 12.7, 9.5, 1.4  # VVSG 2.0; the 7-inch panel has no room for it
LEAST = 6.35  # mm: WCAG 2.5.8
LEAST_TEXT = 2.7  # mm, capitals of 1.9: the words under an icon on the smallest screen
UNSPACED = ("zh", "ja", "th", "km", "my")


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


def overlap(one: Seen) -> Iterator[Breach]:
    """No node stands on another of its page."""
    for number, page in enumerate(one.pages):
        for a, b in combinations(page.placed, 2):
            across, down = _apart(a.box, b.box)
            if across < -SLACK and down < -SLACK:
                yield breach("D-08", "overlap", number, a, f"and {b.node.id}")


def outside(one: Seen) -> Iterator[Breach]:
    """Nothing leaves the screen, and no word or icon its node."""
    glass = Box(0, 0, one.profile.width_mm, one.profile.height_mm)
    for number, placed in each(one):
        if not _within(placed.box, glass):
            yield breach("D-08", "outside", number, placed, "leaves the screen")
        for piece in placed.pieces:
            if isinstance(piece, Text | Icon) and not _within(piece.box, placed.box):
                said = f"has its {type(piece).__name__} outside"
                yield breach("D-08", "outside", number, placed, said)


def clipped(one: Seen) -> Iterator[Breach]:
    """Every text has the room it measures."""
    for number, placed in each(one):
        for text in texts(placed):
            width, height = one.measure(text)
            if height > text.box.h + SLACK or width > text.box.w + SLACK:
                need = f"{width:.1f}x{height:.1f} in {text.box.w:.1f}x{text.box.h:.1f}"
                yield breach("G-04", "clipped", number, placed, f"“{text.text}” needs {need}")


def tiny(one: Seen) -> Iterator[Breach]:
    """No word shrinks below what can be read from where people stand, where an icon says more."""
    for number, placed in each(one):
        for text in texts(placed):
            if text.size < LEAST_TEXT - SLACK and placed.node.id != "demo":
                said = f"“{text.text}” at {text.size:.1f}"
                yield breach("D-01", "tiny", number, placed, said)


def broken(one: Seen) -> Iterator[Breach]:
    """No word is broken in the middle; after a hyphen a line may end (UAX #14, class HY)."""
    for number, placed in each(one):
        for text in texts(placed):
            if text.lang.startswith(UNSPACED) or placed.node.role is Role.FIELD:
                continue
            for word in text.text.replace("-", "- ").split():
                probe = replace(text, text=word, box=Box(0, 0, 1000, 0))
                wide = one.measure(probe)[0]
                if wide > text.box.w + SLACK:
                    said = f"breaks {word} {wide:.1f} > {text.box.w:.1f}"
                    yield breach("G-04", "broken", number, placed, said)


def _least(node: Node, panel: bool) -> tuple[float, float]:
    """Return the least width and height of what is touched, in mm."""
    if node.role is Role.KEY:
        return (KEY_PANEL, KEY_PANEL) if panel else (KEY, KEY)
    return TARGET, PRIMARY if node.look is Look.PRIMARY else TARGET


def small(one: Seen) -> Iterator[Breach]:
    """What is touched is large enough to be hit."""
    for number, placed in each(one):
        if placed.node.focusable:
            wide, high = _least(placed.node, one.panel)
            box = placed.box
            if box.w < wide - SLACK or box.h < high - SLACK:
                size = min(box.w, box.h)
                rule = "D-09" if size < LEAST else "D-10" if size < KEY else "D-11"
                yield breach(rule, "small", number, placed, f"is {box.w:.1f} by {box.h:.1f}")


def close(one: Seen) -> Iterator[Breach]:
    """What is touched stands apart."""
    for number, page in enumerate(one.pages):
        touched = [placed for placed in page.placed if placed.node.focusable]
        for a, b in combinations(touched, 2):
            keys = a.node.role is b.node.role is Role.KEY
            gap = max(_apart(a.box, b.box))
            if gap < (KEY_GAP_PANEL if keys and one.panel else GAP) - SLACK:
                said = f"and {b.node.id} are {gap:.2f} apart"
                yield breach("D-10", "close", number, a, said)
