"""Whole check-ins on the real state machine: by touch alone, by keys alone, by speech alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kiosk.intake.view import Role, StepView
from kiosk.tools.audit.bodies import Body, Ears, Finger, Keypad
from kiosk.tools.audit.found import Breach
from kiosk.tools.audit.lobby import Lobby
from kiosk.tools.audit.plan import Plan
from kiosk.tools.audit.world import World
from kiosk.ui.pieces import Measure
from kiosk.ui.profile import Profile

MOST = 80  # things to do in one check-in; nobody needs as many


@dataclass
class Walk:
    """One check-in in one way; what stood in it is in `breaches` afterwards."""

    lobby: Lobby
    plan: Plan
    way: str
    breaches: list[Breach] = field(default_factory=list)

    def go(self, body: Body) -> None:
        """Go from the first screen to the last, finish, and see that nothing of it stays."""
        for _ in range(MOST):
            if self.lobby.view.step == "done" or not self._does(body):
                break
        if self.lobby.view.step == "done":
            self._end(body)
        elif not self.breaches:
            self._stuck("the check-in does not end")

    def _does(self, body: Body) -> bool:
        view = self.lobby.view
        wanted = self.plan.next(view)
        node = view.node(wanted)
        why = body.use(node) if node else f"there is no {wanted or 'known way on'}"
        if why:
            self._stuck(why, view)
        return not why

    def _stuck(self, why: str, view: StepView | None = None) -> None:
        step = (view or self.lobby.view).step
        self.breaches.append(Breach("O-01", "walk", f"by {self.way}, on {step}: {why}"))

    def _end(self, body: Body) -> None:
        if not self.lobby.arrived:
            self._stuck("no arrival was recorded")
        if isinstance(body, Ears):
            self.breaches += unheard(self.lobby.view, body)
        if self._does(body):
            self.breaches += left(self.lobby, self.way)


def unheard(view: StepView, body: Ears) -> Iterator[Breach]:
    """The last screen says by itself who, when and where."""
    said = body.person.mouth.said
    for node in view.nodes:
        if node.role is Role.FACT and not any(one.id == node.id for one in said):
            yield Breach("S-03", "walk", f"{node.id} is not read on the last screen", node.id)


def left(lobby: Lobby, way: str) -> Iterator[Breach]:
    """The next person finds the kiosk as it always is."""
    view = lobby.view
    found = {"step": view.step, "language": view.language, "modes": ", ".join(view.modes)}
    wanted = {"step": "welcome", "language": lobby.home, "modes": ""}
    for name, value in found.items():
        if value != wanted[name]:
            said = f"after a check-in by {way} the next person finds {name} {value or 'none'}"
            yield Breach("O-10", "reset", said)


def walk(world: World, mode: str, profile: Profile, way: str, measure: Measure) -> Walk:
    """Go one way: "touch", "keys" or "speech"."""
    if way == "touch" and mode == "curtain":
        mode = "read-aloud"  # a finger lifts the curtain
    lobby = Lobby(world, profile)
    made = Walk(lobby, Plan(world.language, mode), way)
    bodies: dict[str, Callable[[], Body]] = {
        "touch": lambda: Finger(lobby, profile, measure),
        "keys": lambda: Keypad(lobby, world),
        "speech": lambda: Ears(lobby, world),
    }
    made.go(bodies[way]())
    return made


def ways(world: World) -> tuple[str, ...]:
    """Return the ways there are; a language without a voice honestly has no speech."""
    return ("touch", "keys", "speech") if world.speaks(world.language) else ("touch", "keys")
