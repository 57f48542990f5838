"""A kiosk without a window: the real check-in, a desk that knows everybody, and a notebook."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from kiosk.checkin import CheckIn, Identify, Moment, Record, Request, Update
from kiosk.domain.event import TYPE_OF, Data
from kiosk.domain.ident import uuid7
from kiosk.domain.identify import Answer, Query
from kiosk.domain.outcome import Outcome
from kiosk.domain.ports import Identifier, Recorder
from kiosk.intake.view import StepView
from kiosk.tools.audit.world import DETAILS, NOW, World
from kiosk.ui.profile import Profile

_BETWEEN = 1.0  # s between two things a person does


class Front:
    """A front desk that knows everybody (`domain.ports.Identifier`)."""

    def identify(self, query: Query) -> Answer:
        """Ask for the birth date first; then the person is in time."""
        if query.birth_date is None:
            return Answer()
        return Answer(outcome=Outcome.IN_TIME, details=DETAILS)


class Notebook:
    """Keeps what was recorded while the audit runs (`domain.ports.Recorder`)."""

    def __init__(self) -> None:
        self.bodies: list[Data] = []

    def record(self, session: UUID, bodies: Sequence[Data]) -> list[UUID]:
        """Write down these events."""
        self.bodies += bodies
        return [uuid7(NOW, session.bytes[:10]) for _ in bodies]


class Lobby:
    """One kiosk with one screen in one language's world, and time that passes by presses."""

    def __init__(self, world: World, profile: Profile) -> None:
        self.home = world.policy.practice.language
        self._now = Moment(NOW, 100.0)
        self._front: Identifier = Front()
        self.notebook = Notebook()
        self._recorder: Recorder = self.notebook
        self._checkin = CheckIn(world.practice(profile), self._now)
        self._checkin.device(self._now, camera="live")
        self.steps: list[str] = [self.view.step]

    @property
    def view(self) -> StepView:
        """The screen that shows."""
        return self._checkin.view

    @property
    def arrived(self) -> bool:
        """Tell whether an arrival was recorded."""
        return any(TYPE_OF[type(body)] == "arrival.recorded" for body in self.notebook.bodies)

    def press(self, node: str) -> None:
        """A node was activated."""
        self._pass()
        self._carry_out(self._checkin.press(node, self._now))

    def switch(self, mode: str) -> None:
        """A physical key switches a mode."""
        self._pass()
        self._carry_out(self._checkin.switch(mode, self._now))

    def headphones(self, *, plugged: bool) -> None:
        """Headphones were plugged in or pulled out."""
        self._pass()
        self._carry_out(self._checkin.headphones(plugged, self._now))

    def _pass(self) -> None:
        wall = self._now.wall + timedelta(seconds=_BETWEEN)
        self._now = Moment(wall, self._now.mono + _BETWEEN)

    def _carry_out(self, update: Update) -> None:
        if self.steps[-1] != update.view.step:
            self.steps.append(update.view.step)
        for request in update.requests:
            self._carry_out(self._checkin.outcome(request.id, self._done(request), self._now))

    def _done(self, request: Request) -> object:
        if isinstance(request, Identify):
            return self._front.identify(request.query)
        return self._kept(request)

    def _kept(self, request: Record) -> bool:
        self._recorder.record(request.session, request.bodies)
        return True
