"""One node → the shapes and words it is drawn from. Pure: the same call measures and draws.

Every maker takes a box whose height may be 0 and returns the height it needs with its pieces.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.intake.view import Look, Node, Region, Role
from kiosk.ui.cards import carded
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box, Icon, Piece, Shape, Stage, Text

_ARROWS = {"arrow-left", "rotate-ccw", "x"}  # say by themselves what they do
_KEY_PAD = 0.6  # mm
_LEAST_TYPED = 0.6  # of its size: longer answers take a second line
Made = tuple[float, tuple[Piece, ...]]


def compose(pen: Pen, node: Node, box: Box) -> Made:
    """Return the height a node needs in a box of this width, and its pieces."""
    return _MAKERS[node.role](pen, node, box)


def _heading(pen: Pen, node: Node, box: Box) -> Made:
    text = pen.words(node, node.text, box, pen.theme.question, pen.theme.palette.ink, bold=True)
    return text.box.h, (text,)


def _sentence(pen: Pen, node: Node, box: Box) -> Made:
    text = pen.words(node, node.text, box, pen.theme.sentence, pen.theme.palette.soft)
    return text.box.h, (text,)


def _label(pen: Pen, node: Node, box: Box) -> Made:
    look = pen.theme.palette
    colour = look.brand if node.look is Look.OK else look.soft
    text = pen.words(node, node.text, box, pen.theme.small, colour, bold=True)
    return text.box.h, (text,)


def _note(pen: Pen, node: Node, box: Box) -> Made:
    theme, look = pen.theme, pen.theme.palette
    pad, icon = theme.gap * (1.0 if pen.portrait else 0.7), theme.answer * 1.2
    wide = Box(box.x + pad * 2 + icon, box.y + pad, box.w - pad * 3 - icon, 0)
    text = pen.words(node, node.text, wide, theme.small * 1.05, look.on_warm)
    high = max(text.box.h, icon) + 2 * pad
    text = middle(text, Box(box.x, box.y, box.w, high))
    ground = Shape(
        replace(box, h=high), look.warm, look.line if theme.plain else "", theme.stroke, 4
    )
    mark = Icon(Box(box.x + pad, box.y + (high - icon) / 2, icon, icon), node.icon, look.on_warm)
    return high, (ground, mark, text)


def _fact(pen: Pen, node: Node, box: Box) -> Made:
    theme, look = pen.theme, pen.theme.palette
    icon = theme.answer * (1.5 if pen.portrait else 1.2)
    pad = theme.gap if pen.portrait else theme.gap * 0.5
    wide = Box(box.x + icon + theme.gap * 1.5, box.y + pad, box.w - icon - theme.gap * 1.5, 0)
    label = pen.words(node, node.text, wide, theme.small, look.soft)
    below = replace(wide, y=label.box.bottom)
    value = pen.words(node, node.value, below, theme.answer, look.ink, bold=True)
    high = value.box.bottom - box.y + pad
    mark = Icon(Box(box.x, box.y + (high - icon) / 2, icon, icon), node.icon, look.brand)
    hair = Shape(Box(box.x, box.y + high - 0.3, box.w, 0.3), look.hair)
    return high, (mark, label, value, hair)


def _picture(pen: Pen, node: Node, box: Box) -> Made:
    theme, look = pen.theme, pen.theme.palette
    across = 34.0 if pen.portrait else 12.0 if theme.tight else 18.0
    good = node.look is Look.OK
    round_ = Shape(
        Box(box.x, box.y, across, across), look.ok if good else look.tint, radius=across / 2
    )
    size = across * 0.55
    at = Box(box.x + (across - size) / 2, box.y + (across - size) / 2, size, size)
    colour = look.on_ok if good else look.on_tint if theme.plain else look.brand
    return across, (round_, Icon(at, node.icon, colour))


def _camera(pen: Pen, node: Node, box: Box) -> Made:
    state = node.state[0] if node.state else "live"
    least = 60.0 if pen.portrait else 40.0
    if state != "lost":
        return least, (Stage(box, state),)
    look, size = pen.theme.palette, min(box.w, box.h) * 0.3
    at = Box(box.x + (box.w - size) / 2, box.y + (box.h - size) / 2, size, size)
    ground = Shape(box, look.tint, radius=pen.theme.radius)
    return least, (ground, Icon(at, "camera-off", look.on_tint if pen.theme.plain else look.brand))


def _progress(pen: Pen, node: Node, box: Box) -> Made:
    look = pen.theme.palette
    part = max(box.w * int(node.value or 0) / 100, 1.6)
    track = Shape(Box(box.x, box.y, box.w, 1.6), look.hair, radius=0.8)
    if pen.theme.plain:
        track = replace(track, fill=look.paper, line=look.line, stroke=0.3)
    return 1.6, (track, Shape(Box(box.x, box.y, part, 1.6), look.brand, radius=0.8))


def _button(pen: Pen, node: Node, box: Box) -> Made:
    if node.region is Region.HELP:
        return _bar_item(pen, node, box)
    theme, look = pen.theme, pen.theme.palette
    strong = node.look is Look.PRIMARY
    colour = look.on_brand if strong else look.brand
    ground = Shape(box, look.brand if strong else look.card, look.brand, theme.thick, theme.radius)
    if node.icon in _ARROWS and pen.natural(node, theme.answer) > box.w + 0.1:
        node = replace(node, text="")  # its arrow says it where words have no room
    elif theme.tight and node.icon and pen.natural(node, theme.answer) > box.w:
        node = replace(node, icon="")
    return _centred(pen, node, ground, Label(colour, theme.answer, theme.primary))


def _bar_item(pen: Pen, node: Node, box: Box) -> Made:
    theme, look = pen.theme, pen.theme.palette
    first = node.look is Look.HELP
    colour = look.on_help if first else look.ink
    ground = Shape(box, look.help if first else look.quiet, "", 0, theme.radius * 0.8)
    if theme.plain or "on" in node.state:
        ground = replace(ground, line=look.brand, stroke=theme.thick)
    roomy = not pen.beside and (pen.portrait or theme.tight)
    icon = min(theme.answer, 9.0) * 1.1 if roomy else theme.small * 1.25
    pad = 2.0 if pen.beside or roomy else 1.0
    label = Label(colour, theme.small, theme.target, icon, pen.beside, bold=first, pad=pad)
    return _centred(pen, node, ground, label)


@dataclass(frozen=True, slots=True)
class Label:
    """How a button's icon and words stand: their colour, size, and side by side or not."""

    colour: str
    size: float
    least: float
    icon: float = 0.0  # its height where it is not that of the words
    beside: bool = True
    bold: bool = True
    pad: float = 2.0


def _centred(pen: Pen, node: Node, ground: Shape, label: Label) -> Made:
    """An icon and words in the middle of a button: side by side, or one above the other."""
    box, pad = ground.box, label.pad
    icon, gap = (label.icon or label.size * 1.25, label.size * 0.35) if node.icon else (0.0, 0.0)
    room = box.w - 2 * pad - (icon + gap if label.beside else 0)
    probe = Text(
        Box(0, 0, room, 0), node.text, label.size, label.colour, label.bold, node.lang, node.dir
    )
    fitted = pen.whole_words(probe)
    if icon and label.beside and node.text and fitted.size < label.size * 0.75:
        return _centred(pen, replace(node, icon=""), ground, label)  # words before pictures
    probe = replace(fitted, centre=True)
    wide, high = pen.measure(probe) if node.text else (0.0, 0.0)
    wide = min(wide + 0.2, room)
    total = max(high, icon) if label.beside else high + icon
    need = max(total + 2 * pad, label.least)
    tall = max(box.h, need)
    ground = replace(ground, box=replace(box, h=tall))
    top = box.y + (tall - total) / 2
    if label.beside:
        left = box.x + (box.w - wide - icon - gap) / 2
        mark = Box(left, box.y + (tall - icon) / 2, icon, icon)
        words = Box(left + icon + gap, box.y + (tall - high) / 2, wide, high)
    else:
        mark = Box(box.x + (box.w - icon) / 2, top, icon, icon)
        words = Box(box.x + pad, top + icon, room, high)
    marks = (Icon(mark, node.icon, label.colour),) if node.icon else ()
    return need, (ground, *marks, replace(probe, box=words))


def _choice(pen: Pen, node: Node, box: Box) -> Made:
    theme, look = pen.theme, pen.theme.palette
    chosen = "chosen" in node.state
    colour = look.on_brand if chosen else look.ink
    ground = Shape(
        box, look.brand if chosen else look.card, look.line, theme.stroke, theme.target / 2
    )
    return _centred(pen, node, ground, Label(colour, theme.small, theme.target, bold=chosen))


def _check(pen: Pen, node: Node, box: Box) -> Made:
    theme, look = pen.theme, pen.theme.palette
    chosen = "chosen" in node.state
    colour = look.on_tint if chosen else look.ink
    mark = colour if theme.plain else look.brand
    ground = Shape(
        box,
        look.tint if chosen else look.card,
        look.brand if chosen else look.line,
        theme.thick if chosen else theme.stroke,
        4,
    )
    return carded(pen, node, ground, (colour, mark), "check" if chosen else "")


def _row(pen: Pen, node: Node, box: Box) -> Made:
    theme, look = pen.theme, pen.theme.palette
    ground = Shape(box, look.card, look.line, theme.stroke, 4)
    return carded(pen, node, ground, (look.ink, look.brand), "pencil")


def _field(pen: Pen, node: Node, box: Box) -> Made:
    """A label above a frame; frames of one line stand level, whatever their labels need."""
    theme, look = pen.theme, pen.theme.palette
    label = pen.words(node, node.text, box, theme.small, look.soft) if node.text else None
    above = label.box.h + 1 if label else 0.0
    shown = node.value + ("|" if "active" in node.state else "")
    room = Box(box.x + 2, 0, box.w - 4, 0)
    size = theme.answer * 1.25
    wide = pen.natural(replace(node, text=shown), size)
    size *= max(min(1.0, box.w / wide), _LEAST_TYPED)
    value = pen.words(node, shown or " ", room, size, look.ink, bold=True, centre=True)
    high = max(value.box.h + 3, theme.target)
    top = max(box.bottom - high, box.y + above)
    frame = Box(box.x, top, box.w, high)
    shape = Shape(frame, look.card, look.line, theme.stroke, 4)
    pieces: tuple[Piece, ...] = (shape, middle(value, frame))
    if "active" in node.state:
        shape = replace(shape, line=look.brand, stroke=theme.thick)
        ring = Shape(frame.inset(-1.2, -1.2), look.accent, radius=5.2)
        pieces = (ring, shape, pieces[1])
    return above + high, (label, *pieces) if label else pieces


def middle(text: Text, box: Box) -> Text:
    """Return a text moved to the middle of a box's height."""
    return replace(text, box=replace(text.box, y=box.y + (box.h - text.box.h) / 2))


def _key(pen: Pen, node: Node, box: Box) -> Made:
    theme, look = pen.theme, pen.theme.palette
    ground = Shape(box, look.card, look.line, theme.stroke, 4)
    size = theme.answer * (1.25 if len(node.text) == 1 else 0.85)
    plain = min(size, max(theme.key, box.h) * 0.5)  # a letter stays inside its key at every size
    if len(node.text) > 1:
        plain *= max(min(1.0, box.w / pen.natural(node, plain)), _LEAST_TYPED)
    words = pen.words(node, node.text, Box(0, 0, box.w - 2 * _KEY_PAD, 0), plain, look.ink)
    room = max(theme.key, box.h) - 2 * _KEY_PAD
    plain *= min(1.0, room / max(words.box.h, 0.1))  # tall scripts stay inside their key, too
    return _centred(
        pen, node, ground, Label(look.ink, plain, theme.key, beside=False, pad=_KEY_PAD)
    )


_MAKERS: dict[Role, Callable[[Pen, Node, Box], Made]] = {
    Role.HEADING: _heading,
    Role.SENTENCE: _sentence,
    Role.LABEL: _label,
    Role.NOTE: _note,
    Role.FACT: _fact,
    Role.PICTURE: _picture,
    Role.CAMERA: _camera,
    Role.PROGRESS: _progress,
    Role.BUTTON: _button,
    Role.CHOICE: _choice,
    Role.CHECK: _check,
    Role.ROW: _row,
    Role.FIELD: _field,
    Role.KEY: _key,
}
