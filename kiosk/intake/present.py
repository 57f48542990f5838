"""Step → StepView: the one place that decides what a screen shows and says."""

from collections.abc import Callable

from kiosk.intake import ask, bones, needs, tell
from kiosk.intake.bones import Setting
from kiosk.intake.step import Input, Kind, Step
from kiosk.intake.view import Node, StepView

Maker = Callable[[Step, Setting], tuple[Node, ...]]

_ENTRY: dict[Input, Maker] = {Input.DATE: ask.date, Input.TEXT: ask.line, Input.PHONE: ask.phone}
_NOTICE: dict[str, Maker] = {"outcome": tell.outcome, "done": tell.done}
_KIND: dict[Kind, Maker] = {
    Kind.SCAN: ask.scan,
    Kind.REVIEW: ask.review,
    Kind.CHOICE: needs.needs,
    Kind.ONE: ask.one,
}

SOUND = {"outcome": "notice", "done": "done"}


def present(step: Step, at: Setting) -> StepView:
    """Make the whole screen of a step, help bar included."""
    make = (
        _ENTRY[step.input] if step.kind is Kind.ENTRY else _NOTICE.get(step.id) or _KIND[step.kind]
    )
    sound = "error" if at.error else "read" if at.read else SOUND.get(step.id, "")
    nodes = (*make(step, at), *bones.turns(at), *bones.help_bar(at))
    return _view(step.id, step.kind, nodes, at, sound)


def group(at: Setting) -> StepView:
    """Make the screen of the group of needs that is open: it stands before the needs."""
    nodes = (*needs.group(at), *bones.turns(at), *bones.help_bar(at))
    return _view("group", Kind.CHOICE, nodes, at, "")


def overlay(name: str, at: Setting) -> StepView:
    """Make one of the screens that stand before any step: see `tell.OVERLAYS`."""
    sound = {"still-there": "warn", "help-told": "notice", "fault": "error"}.get(name, "")
    nodes = tell.OVERLAYS[name](at)
    bar = () if name == "out-of-order" else bones.help_bar(at)
    return _view(name, Kind.NOTICE, (*nodes, *bones.turns(at), *bar), at, sound)


def _view(step: str, kind: Kind, nodes: tuple[Node, ...], at: Setting, sound: str) -> StepView:
    nodes = (*bones.demo(at), *nodes)
    return StepView(
        step=step,
        kind=kind.value,
        language=at.language,
        direction=at.direction,
        modes=tuple(sorted(at.session.modes & at.offered)),
        nodes=nodes,
        sound=sound,
    )
