"""Whatever is recorded, answered, refused, delayed or killed: nothing is lost or doubled."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.domain.event import Reply

from .hands import HandClock, arrival, outbox_at


class OutboxMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = HandClock()
        self.box = outbox_at(self.folder, self.clock)
        self.waiting: dict[UUID, timedelta] = {}
        self.parked: set[UUID] = set()
        self.last = 0

    @rule(count=st.integers(0, 4))
    def record(self, count: int) -> None:
        ids = self.box.record(uuid4(), [arrival() for _ in range(count)])
        assert len(ids) == count
        self.waiting |= dict.fromkeys(ids, timedelta())

    @rule(outcomes=st.lists(st.sampled_from(["accepted", "duplicate", "refused"]), max_size=5))
    def answer(self, outcomes: list[str]) -> None:
        due = self.box.due(self.clock.now(), len(outcomes))
        replies = [
            Reply.model_validate({"id": each.id, "outcome": outcome})
            for each, outcome in zip(due, outcomes, strict=False)
        ]
        self.box.mark(replies, self.clock.now())
        for reply in replies:
            del self.waiting[reply.id]
        self.parked |= {reply.id for reply in replies if reply.outcome == "refused"}

    @rule(seconds=st.integers(1, 60))
    def delay(self, seconds: int) -> None:
        for each in self.box.due(self.clock.now(), 1):
            until = self.clock.now() + timedelta(seconds=seconds)
            self.box.retry_at([each.id], until, "status 500")

    @rule(seconds=st.integers(1, 120))
    def wait(self, seconds: int) -> None:
        self.clock.pass_by(seconds)

    @rule()
    def hurry(self) -> None:
        self.box.hurry()
        assert [each.id for each in self.box.due(self.clock.now(), 1000)] == list(self.waiting)

    @rule()
    def purge(self) -> None:
        self.box.purge(self.clock.now())

    @rule()
    def restart(self) -> None:
        """As after a kill: nothing is closed."""
        self.box = outbox_at(self.folder, self.clock)

    @invariant()
    def nothing_is_lost(self) -> None:
        counts = self.box.counts(self.clock.now())
        assert (counts.pending, counts.parked) == (len(self.waiting), len(self.parked))
        assert {each.id for each in self.box.parked()} == self.parked

    @invariant()
    def order_is_kept(self) -> None:
        due = [(each.tries, each.sequence) for each in self.box.due(self.clock.now(), 1000)]
        assert due == sorted(set(due))

    def teardown(self) -> None:
        self.box.close()
        shutil.rmtree(self.folder)


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
