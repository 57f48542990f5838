"""Where the focus may stand on a screen, and what a voice reads when one appears. Pure."""

from kiosk.intake.view import Node, Region, Role, StepView

_TURNING = {"more", "earlier"}  # pages turn by themselves when the focus leaves them
_OUTSIDE = {"demo", "progress", "place"}  # told by no voice unless the focus comes there


def stops(view: StepView, *, touched: bool = False) -> tuple[str, ...]:
    """Return every node that says something, in reading order; `touched`: only what can be used."""
    return tuple(
        node.id
        for node in view.nodes
        if node.id not in _TURNING and node.spoken and (node.focusable or not touched)
    )


def told(view: StepView) -> tuple[str, ...]:
    """Return what is read when a screen appears: its words, its news, and on the first screen the
    languages, so that a person hears their own and presses select.
    """
    words_first = sorted(view.nodes, key=lambda node: node.region is not Region.WORDS)
    return tuple(node.id for node in words_first if _read(view, node))


def _read(view: StepView, node: Node) -> bool:
    if node.id in _OUTSIDE or not node.spoken or node.region in {Region.ACTION, Region.HELP}:
        return False
    languages = view.step in {"welcome", "languages"} and node.role is Role.CHOICE
    return languages or not (node.focusable or node.role is Role.CAMERA)


def first(view: StepView) -> str:
    """Return where the focus starts: the answer to give, else the way on."""
    usable = [node for node in view.nodes if node.focusable and node.id not in _TURNING]
    answers = [node for node in usable if node.region is Region.ANSWER]
    active = [node for node in answers if "active" in node.state]
    ways_on = [node for node in usable if node.region is Region.ACTION]
    best = (*active, *answers, *reversed(ways_on), *usable)
    return best[0].id if best else ""


def beside(order: tuple[str, ...], at: str, by: int) -> tuple[str, bool]:
    """Return the stop after (1) or before (-1) one, and whether it went round the end."""
    if not order:
        return "", False
    if at not in order:
        return order[0 if by > 0 else -1], False
    place = order.index(at) + by
    return order[place % len(order)], not 0 <= place < len(order)
