"""One person's turn at the kiosk: an immutable value."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias
from uuid import UUID

from kiosk.domain.identify import Answer, Details
from kiosk.domain.mode import SIZES, SPEECH
from kiosk.domain.outcome import ARRIVES, Outcome

Value: TypeAlias = str | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """One answer; `kept` marks what the record already said, so that Back never drops it."""

    step: str
    value: Value = field(repr=False)
    kept: bool = False
    leads_to: tuple[str, ...] = ()  # steps that are asked because of it


@dataclass(frozen=True, slots=True)
class Session:
    """Everything known of this turn; every change returns a new session."""

    id: UUID
    language: str
    modes: frozenset[str] = frozenset()
    answers: tuple[Given, ...] = ()
    reopened: Given | None = None
    place: int = 0  # of the re-opened answer
    identity: Answer | None = None
    barrier: int = 0

    def value(self, step: str) -> Value | None:
        """Return the answer to a step, or None when it has none."""
        return next((given.value for given in self.answers if given.step == step), None)

    def answered(self, step: str) -> bool:
        """Tell whether a step has an answer."""
        return any(given.step == step for given in self.answers)

    def leads_to(self, step: str) -> bool:
        """Tell whether an answer asks for a further step."""
        return any(step in given.leads_to for given in self.answers)

    def answer(self, step: str, value: Value, leads_to: tuple[str, ...] = ()) -> "Session":
        """Add an answer; a step that was re-opened gets its old place back."""
        given = Given(step, value, leads_to=leads_to)
        if self.reopened and self.reopened.step == step:
            return self._closed(given)
        others = tuple(other for other in self.answers if other.step != step)
        return replace(self, answers=(*others, given))

    def _closed(self, given: Given) -> "Session":
        before, after = self.answers[: self.place], self.answers[self.place :]
        return replace(self, answers=(*before, given, *after), reopened=None)

    def keep(self, step: str, value: Value) -> "Session":
        """Add what the record already says as an answer to be confirmed."""
        return replace(self, answers=(*self.answers, Given(step, value, kept=True)))

    def back(self) -> "Session":
        """Drop the last answer of the person; never crosses the identity barrier."""
        if self.reopened:
            return self._closed(self.reopened)
        if not self.can_go_back:
            return self
        at = max(i for i, given in enumerate(self.answers) if not given.kept)
        return replace(self, answers=self.answers[:at] + self.answers[at + 1 :])

    @property
    def can_go_back(self) -> bool:
        """Tell whether Back does anything here."""
        return self.reopened is not None or any(not g.kept for g in self.answers[self.barrier :])

    def reopen(self, step: str) -> "Session":
        """Ask one answered step again and drop no other answer."""
        place = next(i for i, given in enumerate(self.answers) if given.step == step)
        rest = self.answers[:place] + self.answers[place + 1 :]
        return replace(self, answers=rest, reopened=self.answers[place], place=place)

    def identified(self, identity: Answer) -> "Session":
        """Set what pass and second factor led to; nothing before this can be undone."""
        return replace(self, identity=identity, barrier=len(self.answers))

    @property
    def outcome(self) -> Outcome | None:
        """The outcome after the second factor, or None before it."""
        return self.identity.outcome if self.identity else None

    @property
    def arrives(self) -> bool:
        """Tell whether this person is checked in."""
        return self.outcome in ARRIVES

    @property
    def details(self) -> Details | None:
        """What may be shown of the appointment, if anything."""
        return self.identity.details if self.identity else None

    @property
    def appointment(self) -> str:
        """The appointment's id, once it is known who this is."""
        return self.details.appointment if self.details else ""

    @property
    def assisted(self) -> bool:
        """Tell whether a mode gives this person longer time (access.md O-09)."""
        return bool(self.modes & {*SIZES, *SPEECH, "easy-read", "one-at-a-time", "more-time"})
