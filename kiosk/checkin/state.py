"""One turn at the kiosk as a value, and the small steps everything else is made of. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from kiosk.checkin import typing
from kiosk.checkin.quiet import Quiet
from kiosk.checkin.request import Identify, Moment, Record, Request
from kiosk.config import KioskPolicy
from kiosk.domain.event import Data
from kiosk.domain.identify import Query
from kiosk.domain.mode import MODES, SPEECH
from kiosk.domain.needs import Table
from kiosk.intake.entry import Draft
from kiosk.intake.flow import Flow, current
from kiosk.intake.session import Session
from kiosk.intake.step import Kind, Step
from kiosk.intake.words import Words


@dataclass(frozen=True, slots=True)
class Practice:
    """What stays the same from patient to patient; `mint` makes a session id from a time."""

    policy: KioskPolicy
    words: Words
    table: Table
    flow: Flow
    mint: Callable[[datetime], UUID]
    compact: frozenset[str] = frozenset()  # sizes of text for which the screen is too low
    able: frozenset[str] = frozenset(MODES) - set(SPEECH)  # modes of any device
    speaks: frozenset[str] = frozenset()  # languages with a voice

    def offers(self, language: str) -> frozenset[str]:
        """Return the modes of this device; those that speak only where there is a voice."""
        return self.able | (frozenset(SPEECH) if language in self.speaks else frozenset())


@dataclass(frozen=True, slots=True)
class Unmatched:
    """People nobody could be asked about: when they came (monotonic s), and who by a hash."""

    times: tuple[float, ...] = ()
    seen: frozenset[int] = frozenset()


_NEW = Quiet()
_NOBODY = Unmatched()


@dataclass(frozen=True, slots=True)
class State:
    """Everything of this turn, and the little that outlives it (see `fresh`)."""

    session: Session
    quiet: Quiet = _NEW
    started: bool = False
    called: tuple[str, float] = ("", 0.0)  # where and when a person was called last
    complete: bool = False
    chose_language: bool = False
    draft: Draft | None = field(default=None, repr=False)
    chosen: frozenset[str] = frozenset()
    group: str = ""  # of needs, while it is open
    brought: frozenset[str] = frozenset()  # modes that a chosen need switched on
    error: str = ""
    overlay: str = ""
    read: bool = False  # a code was read: the tick shows on the camera picture
    awaits: str = ""  # what the screen waits for: "language", "identity" or "commit"
    waiting: int = 0
    since: float = 0.0
    revisions: tuple[str, ...] = ()  # a part's name, once for each time it was recorded
    told: frozenset[str] = frozenset()  # needs on record that show here, and stated ones
    last_id: int = 0
    ended: int = 0  # the last request of the sessions before this one
    unmatched: Unmatched = _NOBODY
    saving: Unmatched | None = None  # what `unmatched` becomes once the disk has it
    camera: str = "starting"
    online: bool = True
    refused: bool = False  # the desk does not take this device (any more)


@dataclass(frozen=True, slots=True)
class Turn:
    """A state on its way to the next, with the requests made so far."""

    practice: Practice
    state: State
    at: Moment
    requests: tuple[Request, ...] = ()

    def but(self, **changes: object) -> "Turn":
        """Return the turn with some fields of its state changed."""
        return replace(self, state=replace(self.state, **changes))  # type: ignore[arg-type]

    @property
    def session(self) -> Session:
        """The session of this turn."""
        return self.state.session

    @property
    def step(self) -> Step | None:
        """The step being asked; None while an answer is awaited."""
        return current(self.practice.flow, self.state.session)

    @property
    def step_id(self) -> str:
        """The id of the step being asked, for facts about where somebody was."""
        return self.step.id if self.step else "waiting"

    def record(self, *bodies: Data) -> "Turn":
        """Have facts committed; the screen does not wait."""
        made = Record(self.state.last_id + 1, self.session.id, bodies)
        return replace(self.but(last_id=made.id), requests=(*self.requests, made))

    def commit(self, *bodies: Data) -> "Turn":
        """Have facts committed before the next screen shows (commit before thanking)."""
        return self.record(*bodies)._await("commit")

    def ask(self, query: Query, awaits: str) -> "Turn":
        """Have somebody identified; the screen waits."""
        made = Identify(self.state.last_id + 1, query)
        return replace(self.but(last_id=made.id), requests=(*self.requests, made))._await(awaits)

    def _await(self, awaits: str) -> "Turn":
        return self.but(awaits=awaits, waiting=self.state.last_id, since=self.at.mono)

    def go(self, session: Session, **changes: object) -> "Turn":
        """Move to the step that follows from a session, with an empty draft where one is needed."""
        step = current(self.practice.flow, session)
        draft = None
        if step and step.kind is Kind.ENTRY:
            order = self.practice.words.date_order(session.language)
            site = self.practice.policy.practice.language
            draft = typing.start(step, session, order, site)
        return self.but(session=session, draft=draft, **{"error": "", **changes})

    def adapt(self, session: Session, **changes: object) -> "Turn":
        """Change language or modes; an entry starts again only where nothing was typed yet."""
        draft = self.state.draft
        if draft is None or any(draft.texts):
            return self.but(session=session, **changes)
        return self.go(session, error=self.state.error, **changes)


def fresh(practice: Practice, at: Moment, before: State | None = None) -> State:
    """Return a state for the next person: nothing of the last one is in it."""
    session = Session(practice.mint(at.wall), practice.policy.practice.language)
    state = State(session, Quiet(at.mono))
    if before is None:
        return state
    return replace(
        state,
        last_id=before.last_id,
        ended=before.last_id,
        unmatched=before.unmatched,
        camera=before.camera,
        online=before.online,
        refused=before.refused,
    )
