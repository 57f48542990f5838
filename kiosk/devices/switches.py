"""One switch: the kiosk moves from item to item by itself, the switch selects. Pure.

Two switches need none of this: one moves, one selects (`assets/keypads/switches-2.toml`). Nothing
is ever selected without a press. Times are monotonic seconds and are passed in; whoever shows the
screen calls `tick` at or after `due`, and passes the actions on as if keys had been pressed.
"""

from dataclasses import dataclass, replace

from kiosk.domain.action import Action

DWELL_LEAST, DWELL_MOST = 0.5, 10.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast to move.

    `dwell` is the time on each item in seconds, DWELL_LEAST to DWELL_MOST; on the first item of a
    screen it is multiplied by `first`, because the screen must be taken in. After `rounds` whole
    rounds without a press the scan rests.
    """

    dwell: float = 2.0
    first: float = 2.0
    rounds: int = 3

    def __post_init__(self) -> None:
        if not DWELL_LEAST <= self.dwell <= DWELL_MOST:
            raise ValueError(f"dwell must be {DWELL_LEAST} to {DWELL_MOST} s")
        if self.first < 1 or self.rounds < 1:
            raise ValueError("first and rounds must be at least 1")


@dataclass(frozen=True, slots=True)
class Scan:
    """Where the scan of one screen is; made anew for every screen, with the focus on its first.

    `count` items can have the focus, `at` is the one that has it, since the time `since`.
    """

    pace: Pace
    count: int
    since: float
    at: int = 0
    rounds: int = 0

    @property
    def resting(self) -> bool:
        """Whether nothing moves until the next press."""
        return self.rounds >= self.pace.rounds

    @property
    def due(self) -> float | None:
        """When the focus moves next; None when it does not move by itself."""
        if self.resting or self.count < 2:
            return None
        return self.since + self.pace.dwell * (1.0 if self.at else self.pace.first)

    def tick(self, now: float) -> tuple["Scan", Action | None]:
        """Move by one item when it is time, however late: none is passed over."""
        if self.due is None or now < self.due:
            return self, None
        at = (self.at + 1) % self.count
        moved = replace(self, at=at, since=now, rounds=self.rounds + (at == 0))
        return moved, Action.NEXT

    def press(self, now: float) -> tuple["Scan", Action | None]:
        """Select what has the focus; a press that ends a rest only starts the scan again."""
        awake = replace(self, since=now, rounds=0)
        return awake, None if self.resting or not self.count else Action.SELECT

    def stay(self, now: float) -> "Scan":
        """Begin the time on this item anew: it is still being spoken."""
        return replace(self, since=now)
