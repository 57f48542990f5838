"""Anything may happen in any order: presses, codes, answers, refusals, time."""

from collections import Counter, defaultdict
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.checkin import Identify, Record
from kiosk.domain.event import (
    TYPE_OF,
    AnswersRecorded,
    ArrivalRecorded,
    ArrivalUnmatched,
    Data,
    IntakeCompleted,
    NeedStated,
    SessionAbandoned,
    SessionStarted,
)
from kiosk.domain.identify import Answer
from kiosk.domain.outcome import ARRIVES, EXPLAINED, Outcome
from kiosk.intake.view import Region, Role

from .hands import CODE, CUT_OFF, OTHER_CODE, Hands, reached

ORDERS = [("contact", "needs"), ("needs", "contact"), ("needs",), ()]
SECONDS = [0.1, 0.3, 0.5, 7.0, 11.0, 20.0, 45.0, 60.0, 300.0]
TEXTS = [CODE, OTHER_CODE, "https://example.org", "\x00", "K1", ""]
ENDS = (IntakeCompleted, SessionAbandoned)
REACHED = [reached(outcome) for outcome in sorted(ARRIVES)] + [
    Answer(outcome=outcome, details=reached(outcome).details) for outcome in sorted(EXPLAINED)
]
ANSWERS = [
    *REACHED,
    CUT_OFF,
    Answer(outcome=Outcome.NOT_FOUND),
    Answer(outcome=Outcome.MISMATCH, tries_left=1),
    Answer(outcome=Outcome.LOCKED, tries_left=0),
]
GREETINGS = [Answer(), Answer(language="ar", modes=("larger",)), Answer(language="zh-Hans")]


class Lobby(RuleBasedStateMachine):
    """A kiosk on a bad day."""

    @initialize(parts=st.sampled_from(ORDERS))
    def opens(self, parts: tuple[str, ...]) -> None:
        self.hands = Hands(parts=parts)
        self.kept: list[Data] = []

    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        nodes = [node.id for node in self.hands.view.nodes if node.focusable]
        if nodes:
            self.hands.press(data.draw(st.sampled_from(nodes)))

    @rule(node=st.sampled_from(["next", "back", "finish", "go-on", "no-code", "help", "language"]))
    def go(self, node: str) -> None:
        self.hands.force(node)

    @precondition(lambda self: self.hands.step == "birth-date")
    @rule(digits=st.sampled_from(["14031984", "19840314", "1403"]))
    def born(self, digits: str) -> None:
        for digit in digits:
            self.hands.force(f"key-{digit}")
        self.hands.force("next")

    @precondition(lambda self: self.hands.step == "name")
    @rule(letters=st.sampled_from(["Robin", "-"]))
    def named(self, letters: str) -> None:
        for letter in letters:
            self.hands.force(f"key-{letter}")
            self.hands.force(f"key-{letter.upper()}")
        self.hands.force("next")

    @precondition(lambda self: self.hands.checkin.wants_codes)
    @rule(found=st.sampled_from(ANSWERS))
    def come(self, found: Answer) -> None:
        """Somebody with a code goes straight to what becomes of it."""
        self.hands.scan().answer(Answer())
        self.born("14031984")
        if self.hands.asked():
            self.hands.answer(found)
        self.keep_all()

    @rule(text=st.sampled_from(TEXTS))
    def show_a_code(self, text: str) -> None:
        self.hands.scan(text)

    @precondition(lambda self: self.hands.asked())
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        query = self.hands.asked()[0].query
        self.hands.answer(data.draw(st.sampled_from(ANSWERS if query.birth_date else GREETINGS)))

    @rule(kept=st.sampled_from([True] * 9 + [False]))
    def keep(self, kept: bool) -> None:
        for record in self.records()[:1]:
            self.kept += record.bodies if kept else ()
            self.hands.settle(record, kept)

    @rule()
    def keep_all(self) -> None:
        while self.records():
            self.keep(kept=True)

    def records(self) -> list[Record]:
        return [one for one in self.hands.open if isinstance(one, Record)]

    @rule(seconds=st.sampled_from(SECONDS))
    def wait(self, seconds: float) -> None:
        self.hands.wait(seconds)

    @rule(camera=st.sampled_from(["live", "lost", "starting"]), online=st.booleans())
    def device(self, camera: str, online: bool) -> None:
        self.hands.device(camera=camera, online=online)

    @rule()
    def answer_again(self) -> None:
        """An answer that was given before comes once more."""
        for one in self.hands.made[:3]:
            if one not in self.hands.open:
                self.hands.settle(one, CUT_OFF if isinstance(one, Identify) else True)

    @rule()
    def on(self) -> None:
        """Whatever is asked is answered with Next, and kept."""
        self.hands.force("next")
        self.keep_all()

    @invariant()
    def every_screen_is_whole(self) -> None:
        view = self.hands.view
        ids = [node.id for node in view.nodes]
        assert len(ids) == len(set(ids))
        assert sum(node.role is Role.HEADING for node in view.nodes) == 1
        assert [node.id for node in view.of(Region.HELP)][:1] == ["help"]

    @invariant()
    def nobody_is_thanked_before_it_is_kept(self) -> None:
        kept = Counter(type(body) for body in self.kept)
        heading = self.hands.view.node("heading")
        assert heading is not None
        if self.hands.step == "done":
            assert kept[ArrivalRecorded]
        if self.hands.step == "outcome" and heading.text == "The desk will call you.":
            assert kept[ArrivalUnmatched]

    @invariant()
    def every_session_that_began_ends_once(self) -> None:
        sessions = self.sessions()
        began = [id_ for id_, facts in sessions.items() if self.count(facts, SessionStarted)]
        for id_ in began:
            ends = sum(self.count(sessions[id_], kind) for kind in ENDS)
            assert ends == 1 or (id_ == began[-1] and ends == 0)
            assert self.count(sessions[id_], SessionStarted) == 1

    @invariant()
    def what_a_session_says_makes_sense(self) -> None:
        for facts in self.sessions().values():
            types = [TYPE_OF[type(body)] for body in facts]
            assert self.count(facts, ArrivalRecorded) + self.count(facts, ArrivalUnmatched) <= 1
            said = [body for body in facts if isinstance(body, AnswersRecorded | NeedStated)]
            if said or self.count(facts, IntakeCompleted):
                assert "arrival.recorded" in types
                first = types.index("arrival.recorded")
                assert all(facts.index(body) > first for body in said)
            assert "session.abandoned" not in types[:-1]

    def sessions(self) -> dict[UUID, list[Data]]:
        found: dict[UUID, list[Data]] = defaultdict(list)
        for one in self.hands.made:
            if isinstance(one, Record):
                found[one.session] += one.bodies
        return found

    @staticmethod
    def count(facts: list[Data], kind: type[Data]) -> int:
        return sum(isinstance(body, kind) for body in facts)


TestLobby = Lobby.TestCase
TestLobby.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
