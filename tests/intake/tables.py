"""Flows and sessions at random: what the engine must hold for every table, not only for ours."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from hypothesis import strategies as st

from kiosk.domain.identify import Answer
from kiosk.domain.outcome import Outcome
from kiosk.intake.flow import Flow, current
from kiosk.intake.session import Session, Value
from kiosk.intake.step import Kind, Step, always

VALUES: tuple[Value, ...] = ("yes", "no", ("one", "two"))
Condition = Callable[[Session], bool]


def _when(step: str, values: Sequence[Value]) -> Condition:
    return lambda session: session.value(step) in values


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """A table of up to nine steps, each perhaps depending on what was said at an earlier one."""
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 9))):
        when: Condition = always
        if number and draw(st.integers(0, 1)):
            before = draw(st.sampled_from(steps)).id
            when = _when(before, draw(st.lists(st.sampled_from(VALUES), max_size=3)))
        steps.append(Step(f"s{number}", Kind.ENTRY, when=when))
    return tuple(steps)


@st.composite
def sessions(draw: st.DrawFn, flow: Flow) -> Session:
    """A person some way through a table, who also went back, changed things and was identified."""
    session = Session(UUID(int=1), "en")
    for move in draw(st.lists(st.sampled_from(["on", "on", "on", "back", "change", "who"]))):
        if move == "on":
            step = current(flow, session)
            value = draw(st.sampled_from(VALUES))
            session = session.answer(step.id, value) if step else session
        elif move == "back":
            session = session.back()
        elif move == "change" and session.answers and session.reopened is None:
            session = session.reopen(draw(st.sampled_from(session.answers)).step)
        elif move == "who" and session.identity is None and session.reopened is None:
            session = session.identified(Answer(outcome=Outcome.IN_TIME))
    return session


@st.composite
def met(draw: st.DrawFn) -> tuple[Flow, Session]:
    """A table, and a person on the way through it."""
    flow = draw(flows())
    return flow, draw(sessions(flow))


def speaking(session: Session, language: str, *modes: str) -> Session:
    """The same person after the language and the looks were changed."""
    return replace(session, language=language, modes=frozenset(modes))
