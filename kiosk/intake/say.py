"""What a voice adds to the words on screen: each as a short sentence of its own, never glued."""

from collections.abc import Iterator

from kiosk.intake.view import Node, Role, StepView
from kiosk.intake.words import N_, Words

PRIVATE = N_("Private. Plug in headphones to hear it.")
STAR = N_("star")
VOLUME = N_("Volume {n} of {most}")
SPEED = N_("Speed {n} of {most}")
PAUSED = N_("Paused. Press pause to go on.")
FIRST = N_("This is the first screen.")
HOW = N_("Press next to move on. Press select to choose.")
AGAIN = N_("Press help again to call the staff.")
HIDDEN = N_("The screen is hidden. Touch it to show it again.")
_BUTTON = N_("button")
_CHOSEN, _NOT_CHOSEN = N_("chosen"), N_("not chosen")
_EMPTY = N_("nothing typed yet")
_PLACE = N_("{n} of {most}")
_VALUED = {Role.FIELD, Role.ROW, Role.FACT}
_CHOSEN_OR_NOT = {Role.CHOICE, Role.CHECK}
_COUNTED = {*_CHOSEN_OR_NOT, Role.ROW}


def phrases(view: StepView, node: Node, words: Words) -> tuple[tuple[str, bool], ...]:
    """Return what is said for a node, each with whether it is private: its words, its value, what
    it is, its state, its place in a list. The label of a private value is not private, and what can
    be chosen is the same for everybody: only what is chosen is private.
    """
    return tuple((said, private) for said, private in _parts(view, node, words) if said)


def _parts(view: StepView, node: Node, words: Words) -> Iterator[tuple[str, bool]]:
    language = view.language
    valued = node.role in _VALUED
    yield node.says or node.text, node.private and not valued and node.role not in _CHOSEN_OR_NOT
    if valued:
        empty = "" if node.value else words.text(_EMPTY, language)
        yield (empty, False) if empty and node.role is Role.FIELD else (node.value, node.private)
    if node.role is Role.BUTTON:
        yield words.text(_BUTTON, language), False
        yield words.text(_CHOSEN, language) if "on" in node.state else "", False
    if node.role in _CHOSEN_OR_NOT:
        chosen = _CHOSEN if "chosen" in node.state else _NOT_CHOSEN
        yield words.text(chosen, language), node.private
        yield node.value, node.private  # how many of a group
    if node.role in _COUNTED:
        yield _place(view, node, words), False


def _place(view: StepView, node: Node, words: Words) -> str:
    alike = [other.id for other in view.nodes if other.role is node.role]
    return words.text(_PLACE, view.language, n=alike.index(node.id) + 1, most=len(alike))
