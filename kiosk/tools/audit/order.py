"""Pages and nodes come in one order, and every page leads on and back."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kiosk.intake.view import Region, Role
from kiosk.tools.audit.found import Breach
from kiosk.tools.audit.seen import SLACK, Seen, breach, each, seen
from kiosk.ui.page import EARLIER, MORE
from kiosk.ui.pieces import Box, Layout, mirror

REACH = 0.4  # of a high screen from the top, where nothing may be touched in low-reach


def lost(one: Seen) -> Iterator[Breach]:
    """Every node is on some page, and told of on the others."""
    wanted = {node.id for node in one.view.nodes} - {MORE, EARLIER}
    shown = {placed.node.id for _, placed in each(one)}
    for id_ in sorted(wanted - shown):
        yield Breach("D-08", "lost", f"{id_} is on no page", id_)
    for number, page in enumerate(one.pages):
        here = {placed.node.id for placed in page.placed}
        if page.others != wanted - here:
            untold = sorted(page.others ^ (wanted - here))
            yield Breach("D-08", "lost", f"{untold} not told of", page=number)


def stuck(one: Seen) -> Iterator[Breach]:
    """Every page but the last leads on, and only they do."""
    last = len(one.pages) - 1
    for number, page in enumerate(one.pages):
        ids = [placed.node.id for placed in page.placed]
        if (MORE in ids) != (number < last):
            said = f"of {last + 1}: more {'shows' if MORE in ids else 'is missing'}"
            yield Breach("O-02", "stuck", said, MORE, number)
        if (page.page, page.pages) != (number, last + 1):
            said = f"says it is {page.page} of {page.pages}"
            yield Breach("O-02", "stuck", said, page=number)


def one_way(one: Seen) -> Iterator[Breach]:
    """Every page but the first leads back."""
    for number, page in enumerate(one.pages):
        if number and not {"back", EARLIER} & {placed.node.id for placed in page.placed}:
            yield Breach("O-02", "one_way", f"of {len(one.pages)} leads nowhere back", page=number)


def unordered(one: Seen) -> Iterator[Breach]:
    """Pages show nodes in reading order: what comes later is not on an earlier page."""
    order = {node.id: place for place, node in enumerate(one.view.nodes)}
    fixed = {Region.ACTION, Region.HELP, Region.TOP, Region.WORDS}
    turned = [
        [order[p.node.id] for p in page.placed if p.node.region not in fixed] for page in one.pages
    ]
    for number, (before, after) in enumerate(pairwise(turned)):
        if before and after and max(before) >= min(after) and set(before) != set(after):
            said = "goes back in reading order"
            yield Breach("O-02", "unordered", said, page=number + 1)


def backward(one: Seen) -> Iterator[Breach]:
    """On a page the focus goes on as eyes do: along the line, then down, or on in a next column.

    Keys stand in a pad that is the same in every direction of reading.
    """
    for number, page in enumerate(one.pages):
        at = {placed.node.id: placed for placed in page.placed}
        ids = [node.id for node in one.view.nodes if node.id not in {MORE, EARLIER}]
        inside = [at[id_] for id_ in ids if id_ in at]
        for a, b in pairwise(inside):
            keys = a.node.role is b.node.role is Role.KEY
            rtl = one.view.direction == "rtl" and not keys
            if a.node.region is b.node.region and _before(b.box, a.box, rtl=rtl):
                said = f"is read before {b.node.id}, which stands before it"
                yield breach("O-02", "backward", number, a, said)


def _before(one: Box, other: Box, *, rtl: bool) -> bool:
    """Tell whether a box is higher and not further along, or on the same line and less far."""
    ahead = one.right <= other.x + SLACK if rtl else one.x >= other.right - SLACK
    higher = one.bottom <= other.y + SLACK
    level = one.y < other.bottom - SLACK and other.y < one.bottom - SLACK
    return (higher or level) and not ahead


def bar(one: Seen) -> Iterator[Breach]:
    """The help bar is at one place on all pages."""
    places = {help_bar(page) for page in one.pages}
    if len(places) != 1:
        yield Breach("O-11", "bar", f"{len(places)} places", "help")


def help_bar(page: Layout) -> tuple[tuple[str, Box], ...]:
    """Return each item of the help bar and where it is."""
    return tuple((p.node.id, p.box) for p in page.placed if p.node.region is Region.HELP)


def unmirrored(one: Seen) -> Iterator[Breach]:
    """A right-to-left screen is the left-to-right one in a mirror.

    The keys of a pad stand to each other as they do on machines, in a pad whose place is mirrored.
    """
    if one.view.direction != "rtl":
        return
    width = one.profile.width_mm
    plain = seen(replace(one.view, direction="ltr"), one.profile, one.measure)
    if [len(page.placed) for page in plain.pages] != [len(page.placed) for page in one.pages]:
        yield Breach("G-03", "unmirrored", "has other pages than from left to right")
        return
    for number, (there, here) in enumerate(zip(plain.pages, one.pages, strict=True)):
        moved = _pad_moves(there, width)
        for a, b in zip(there.placed, here.placed, strict=True):
            if a.node.role is Role.KEY:
                right = abs(b.box.x - a.box.x - moved) < SLACK and b.box.y == a.box.y
            else:
                right = b == mirror(a, width)
            if not right:
                yield breach("G-03", "unmirrored", number, b, "is not mirrored")


def _pad_moves(page: Layout, width: float) -> float:
    """Return how far a mirrored screen moves the pad as a whole, in mm."""
    keys = [placed.box for placed in page.placed if placed.node.role is Role.KEY]
    left, right = min((b.x for b in keys), default=0.0), max((b.right for b in keys), default=width)
    return width - right - left


def high(one: Seen) -> Iterator[Breach]:
    """In low-reach nothing that is touched stands high on a screen that is higher than wide."""
    if "low-reach" not in one.view.modes or not one.profile.portrait:
        return
    top = one.profile.height_mm * REACH
    for number, placed in each(one):
        if placed.node.focusable and placed.box.y < top - SLACK:
            said = f"is {placed.box.y:.0f} mm from the top, not {top:.0f}"
            yield breach("P-01", "high", number, placed, said)
