"""The engine, for any table: every session ends, nothing is lost, and nothing unasked leaves."""

from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.intake.flow import Flow, applying, current, progress, relevant, step_of
from kiosk.intake.session import Given, Session
from kiosk.intake.step import Kind, Step

from .tables import VALUES, flows, met, speaking

NEW = Session(UUID(int=1), "en")
Met = tuple[Flow, Session]


def answers(session: Session) -> Counter[tuple[str, object]]:
    return Counter((given.step, given.value) for given in session.answers)


@given(met(), st.data())
def test_every_session_ends(found: Met, data: st.DataObject) -> None:
    flow, session = found
    for _ in range(len(flow) + 1):
        step = current(flow, session)
        if step is None:
            return
        session = session.answer(step.id, data.draw(st.sampled_from(VALUES)))
    raise AssertionError("more questions were asked than the table has")


@given(met())
def test_the_question_is_the_first_that_applies_and_has_no_answer(found: Met) -> None:
    flow, session = found
    step = current(flow, session)
    ahead = [one for one in applying(flow, session) if not session.answered(one.id)]
    assert step is (ahead[0] if ahead else None)


@given(met(), st.sampled_from(VALUES))
def test_back_undoes_exactly_one_answer(found: Met, value: str) -> None:
    flow, session = found
    step = current(flow, session)
    if step is not None and session.reopened is None:
        after = session.answer(step.id, value)
        assert after.back() == session
        assert current(flow, after.back()) is step


@given(met())
def test_back_takes_one_answer_or_none(found: Met) -> None:
    _, session = found
    lost = answers(session) - answers(session.back())
    gained = answers(session.back()) - answers(session)
    changes = sum(lost.values()) + sum(gained.values())
    assert changes == (1 if session.can_go_back else 0)


@given(met())
def test_back_never_crosses_the_identity_barrier(found: Met) -> None:
    _, session = found
    whole = session.back() if session.reopened else session  # what was re-opened is in its place
    behind = {given.step for given in whole.answers[: session.barrier]}
    for _ in range(20):
        session = session.back()
    left = {given.step for given in session.answers}
    assert session.identity is None or behind <= left


@given(met(), st.data())
def test_a_changed_answer_keeps_all_others_in_their_places(found: Met, data: st.DataObject) -> None:
    _, session = found
    if session.reopened or not session.answers:
        return
    place = data.draw(st.integers(0, len(session.answers) - 1))
    step = session.answers[place].step
    changed = session.reopen(step).answer(step, "changed")
    expected = list(session.answers)
    expected[place] = Given(step, "changed")
    assert list(changed.answers) == expected
    assert session.reopen(step).back() == replace(session, place=place)


@given(met())
def test_only_answers_of_steps_that_apply_may_leave(found: Met) -> None:
    flow, session = found
    kept = relevant(flow, session)
    applies = {step.id for step in applying(flow, session)}
    assert {given.step for given in kept} <= applies
    assert [given for given in session.answers if given.step in applies] == list(kept)


@given(met())
def test_a_step_behind_a_dropped_one_is_dropped_too(found: Met) -> None:
    flow, session = found
    alone = replace(session, answers=relevant(flow, session))
    assert applying(flow, alone) == applying(flow, session)
    for step in applying(flow, session):
        assert step.when(alone)


def test_a_condition_sees_nothing_of_a_step_that_was_dropped() -> None:
    flow = (
        Step("pain", Kind.CHOICE),
        Step("where", Kind.CHOICE, when=lambda s: s.value("pain") == "yes"),
        Step("since", Kind.CHOICE, when=lambda s: s.value("where") == "back"),
    )
    session = NEW.answer("pain", "yes").answer("where", "back").answer("since", "May")
    assert len(relevant(flow, session)) == 3
    well = session.reopen("pain").answer("pain", "no")
    assert [given.step for given in relevant(flow, well)] == ["pain"]
    assert len(well.answers) == 3  # and it is all there again for "yes"
    assert len(relevant(flow, well.reopen("pain").answer("pain", "yes"))) == 3


@given(met(), st.sampled_from(["ar", "hi"]))
def test_another_language_or_mode_loses_nothing(found: Met, language: str) -> None:
    flow, session = found
    other = speaking(session, language, "high-contrast", "larger")
    assert other.answers == session.answers
    assert current(flow, other) is current(flow, session)
    assert relevant(flow, other) == relevant(flow, session)


@given(flows(), st.data())
def test_the_line_on_top_never_runs_back_and_ends_full(flow: Flow, data: st.DataObject) -> None:
    session, seen = NEW, [0.0]
    while step := current(flow, session):
        seen.append(progress(flow, session))
        session = session.answer(step.id, data.draw(st.sampled_from(VALUES)))
    seen.append(progress(flow, session))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_step_is_found_by_its_id() -> None:
    flow = (Step("one", Kind.NOTICE), Step("two", Kind.NOTICE))
    assert step_of(flow, "two") is flow[1]
    with pytest.raises(StopIteration):
        step_of(flow, "three")
