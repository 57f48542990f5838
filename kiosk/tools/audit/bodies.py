"""Three ways to work the kiosk: a finger on the glass, eyes and keys, ears and keys."""

from typing import Protocol

from kiosk.domain.action import Action
from kiosk.i18n.spoken import spoken
from kiosk.intake.view import Node, StepView
from kiosk.tools.audit.ears import Listener
from kiosk.tools.audit.listening import plain
from kiosk.tools.audit.lobby import Lobby
from kiosk.tools.audit.world import World
from kiosk.ui.arrange import arrange
from kiosk.ui.page import MORE
from kiosk.ui.pieces import Layout, Measure
from kiosk.ui.profile import Profile

_PAGES = 80  # more than any screen has


class Body(Protocol):
    """How a person works the kiosk."""

    def use(self, node: Node) -> str:
        """Activate a node; tell why it cannot be done, "" when it was."""
        ...


class Finger:
    """Touches the middle of what is arranged, turning pages to it."""

    def __init__(self, lobby: Lobby, profile: Profile, measure: Measure) -> None:
        self._lobby, self._profile, self._measure = lobby, profile, measure

    def use(self, node: Node) -> str:
        """Turn to the node's page and touch it; a finger lifts a curtain first."""
        if "curtain" in self._lobby.view.modes:
            self._lobby.switch("curtain")
        for page in range(_PAGES):
            layout = arrange(self._lobby.view, self._profile, self._measure, page)
            if node.id in layout.bounds():
                return self._touch(layout, node.id)
            if self._hit(layout, MORE):
                return f"no page shows {node.id}"
        return f"no end of pages before {node.id}"

    def _touch(self, layout: Layout, node: str) -> str:
        missed = self._hit(layout, node)
        if not missed:
            self._lobby.press(node)
        return missed

    def _hit(self, layout: Layout, node: str) -> str:
        """Tell what a touch in the middle of a node means instead of it, "" if it means it."""
        box = layout.bounds().get(node)
        found = layout.at(box.x + box.w / 2, box.y + box.h / 2) if box else None
        return "" if found and found.id == node else f"a touch on {node} does not find it"


class Keypad:
    """Eyes on the ring of the focus, a thumb on the keys."""

    def __init__(self, lobby: Lobby, world: World) -> None:
        self._lobby = lobby
        self.person = Listener(world.words, world.speaks, self._activate, self._curtain)
        self._show(None)

    def _activate(self, node: str) -> None:
        before = self._lobby.view
        self._lobby.press(node)
        self._show(before)

    def _curtain(self) -> None:
        before = self._lobby.view
        self._lobby.switch("curtain")
        self._show(before)

    def _show(self, before: StepView | None) -> None:
        view = self._lobby.view
        if view != before:
            over = view.step == "welcome" and before is not None and before.step != "welcome"
            self.person.sees(view, over=over and not view.modes)

    def use(self, node: Node) -> str:
        """Move the focus to a node and select it."""
        for _ in range(self.person.hands.count + 1):
            if self.person.hands.focus == self.person.ringed == node.id:
                self.person.press(Action.SELECT)
                return ""
            self.person.press(Action.NEXT)
        return f"no key leads to {node.id}"


class Ears(Keypad):
    """No eyes: what was said last tells what is selected; headphones hear private things, too."""

    def __init__(self, lobby: Lobby, world: World) -> None:
        super().__init__(lobby, world)
        self._plug()

    def _plug(self) -> None:
        """Headphones start the voice."""
        before = self._lobby.view
        self._lobby.headphones(plugged=True)
        self._show(before)

    def use(self, node: Node) -> str:
        """Go on until the node's words are heard, then select."""
        for _ in range(self.person.hands.count + 1):
            self.person.press(Action.NEXT)
            if self._heard(node.says or node.text):
                self.person.press(Action.SELECT)
                return ""
        return f"nothing says {node.id}"

    def _heard(self, name: str) -> bool:
        """Tell whether the first thing that was just said is a name, in the voice's language."""
        said = self.person.mouth.said[:1]
        return any(plain(one.text) == plain(spoken(name, one.language)) for one in said)
