"""What CheckIn asks the world to do, and what it hands back; run off the screen's thread."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from kiosk.domain.event import Data
from kiosk.domain.identify import Query
from kiosk.intake.view import StepView


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, twice: the wall clock (aware) and seconds that never go back."""

    wall: datetime
    mono: float


@dataclass(frozen=True, slots=True)
class Identify:
    """Ask who this is; answered with a `domain.identify.Answer`."""

    id: int
    query: Query


@dataclass(frozen=True, slots=True)
class Record:
    """Commit these facts in order; answered with True, or False when the disk refused."""

    id: int
    session: UUID
    bodies: tuple[Data, ...] = field(repr=False)


Request: TypeAlias = Identify | Record


@dataclass(frozen=True, slots=True)
class Update:
    """The screen to show now, and what to have done meanwhile."""

    view: StepView
    requests: tuple[Request, ...] = ()
