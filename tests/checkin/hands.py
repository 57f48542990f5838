"""A person at a kiosk whose world answers when the test says so, and not before."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from intake.screens import NEEDS, POLICY, PRACTICE, TABLE, WORDS

from kiosk.checkin import CheckIn, Identify, Moment, Record, Request, Update
from kiosk.checkin.state import Practice
from kiosk.domain import passcode
from kiosk.domain.event import TYPE_OF, Data
from kiosk.domain.ident import uuid7
from kiosk.domain.identify import Answer, Details
from kiosk.domain.outcome import Outcome
from kiosk.intake.flows import check_in
from kiosk.intake.view import StepView

NOON = datetime(2030, 5, 14, 11, 0, tzinfo=UTC)  # 12:00 in London
CODE = passcode.build("MA", "7" * 20)
OTHER_CODE = passcode.build("MA", "9" * 20)
BORN = date(1984, 3, 14)
DIGITS = "14031984"
START = Moment(NOON, 100.0)
NEW = Answer()  # to a code alone


def details(appointment: str = "a-1", **more: object) -> Details:
    values: dict[str, object] = {
        "appointment": appointment,
        "start": NOON + timedelta(minutes=10),
        "practitioner": "Dr. Chen",
        "location": "Waiting room A",
        "called": "Robin",
        "phone_ends": "101",
    }
    return Details.model_validate(values | more)


def reached(outcome: Outcome, **more: object) -> Answer:
    """Return what an identifier answers for one outcome."""
    values: dict[str, object] = {"outcome": outcome, "details": details()}
    return Answer.model_validate(values | more)


IN_TIME = reached(Outcome.IN_TIME)
CUT_OFF = Answer(outcome=Outcome.TO_BE_MATCHED, online=False)
MISMATCH = Answer(outcome=Outcome.MISMATCH, tries_left=2)


def practice(*parts: str) -> Practice:
    """Return our practice, asking these parts."""
    changed = PRACTICE.model_copy(update={"parts": parts})
    policy = POLICY.model_copy(update={"practice": changed})
    numbers = iter(range(1, 10_000))
    return Practice(policy, WORDS, TABLE, check_in(parts), lambda at: mint(at, next(numbers)))


def mint(at: datetime, number: int) -> UUID:
    """Return session ids that can be told apart."""
    return uuid7(at, number.to_bytes(10, "big"))


@dataclass
class Hands:
    """Presses, types, shows codes and lets time pass; `open` are the requests still unanswered."""

    parts: tuple[str, ...] = ("contact", "needs")
    fault: str = ""
    now: Moment = START
    open: list[Request] = field(default_factory=list)
    made: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.checkin = CheckIn(practice(*self.parts), self.now, self.fault)

    @property
    def view(self) -> StepView:
        return self.checkin.view

    @property
    def step(self) -> str:
        return self.view.step

    @property
    def facts(self) -> list[Data]:
        """Everything that was to be recorded so far."""
        return [body for one in self.made if isinstance(one, Record) for body in one.bodies]

    @property
    def types(self) -> list[str]:
        """The types of everything that was to be recorded so far."""
        return [TYPE_OF[type(body)] for body in self.facts]

    def _take(self, update: Update) -> None:
        assert update.view is self.checkin.view
        self.open += update.requests
        self.made += update.requests

    def press(self, *nodes: str) -> "Hands":
        for node in nodes:
            shown = self.view.node(node)
            assert shown is not None, f"{node} is not on {self.step}"
            assert shown.focusable, node
            self.force(node)
        return self

    def switch(self, mode: str) -> "Hands":
        self._take(self.checkin.switch(mode, self.now))
        return self

    def headphones(self, *, plugged: bool) -> "Hands":
        self._take(self.checkin.headphones(plugged, self.now))
        return self

    def force(self, node: str) -> "Hands":
        """Say that a node was pressed, whether it is there or not."""
        self._take(self.checkin.press(node, self.now))
        return self

    def type(self, text: str) -> "Hands":
        for letter in text:
            key = {" ": "key-space", "+": "key-plus"}.get(letter, f"key-{letter}")
            turns = 0
            while self.view.node(key) is None:
                turns += 1
                assert turns < 12, f"no keyboard has {letter!r}"
                self.press("page" if turns % 4 else "layout")
            self.press(key)
        return self

    def scan(self, text: str = CODE) -> "Hands":
        self._take(self.checkin.scanned(text, self.now))
        return self

    def wait(self, seconds: float) -> "Hands":
        """Let time pass in one go, then look at the screen."""
        wall = self.now.wall + timedelta(seconds=seconds)
        self.now = replace(self.now, wall=wall, mono=self.now.mono + seconds)
        self._take(self.checkin.tick(self.now))
        return self

    def device(self, **state: object) -> "Hands":
        self._take(self.checkin.device(self.now, **state))
        return self

    def answer(self, result: Answer) -> "Hands":
        """Answer the oldest open question."""
        asked = next(one for one in self.open if isinstance(one, Identify))
        return self.settle(asked, result)

    def keep(self, kept: bool = True) -> "Hands":
        """Let the disk take, or refuse, everything it was given."""
        for one in [one for one in self.open if isinstance(one, Record)]:
            self.settle(one, kept)
        return self

    def settle(self, request: Request, result: object) -> "Hands":
        """Answer one request."""
        if request in self.open:
            self.open.remove(request)
        self._take(self.checkin.outcome(request.id, result, self.now))
        return self

    def asked(self) -> list[Identify]:
        """The questions that are open."""
        return [one for one in self.open if isinstance(one, Identify)]

    # The ways people go

    def present(self, greeting: Answer = NEW) -> "Hands":
        """Show the code and be asked for the birth date."""
        return self.scan().answer(greeting).keep()

    def born(self, digits: str = DIGITS) -> "Hands":
        return self.type(digits).press("next")

    def touch(self, *needs: str) -> "Hands":
        """Open the group of each need, touch the need and close the group."""
        for need in needs:
            self.press(f"group-{NEEDS[need].group}", f"need-{need}")
            self.press(*["go-on"] * (1 if self.step == "group" else 2))
        return self

    def identified(self, answer: Answer = IN_TIME) -> "Hands":
        """Be known, with everything kept."""
        return self.present().born().answer(answer).keep()
