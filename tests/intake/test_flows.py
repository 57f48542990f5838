"""Our own table: who is asked what, read as the path each kind of person walks."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from kiosk.domain.identify import Answer, Details
from kiosk.domain.outcome import ARRIVES, Outcome
from kiosk.intake.ask import ERRORS
from kiosk.intake.flow import Flow, current
from kiosk.intake.flows import CHECK_IN, TYPED, check_in
from kiosk.intake.needs import KEEP, WHO
from kiosk.intake.session import Session
from kiosk.intake.step import Kind

from .screens import DETAILS, NOW, identified

NEW = Session(UUID(int=1), "en")
HIDDEN = Details(appointment="a-1", start=NOW)  # what is known offline: no name


def walked(flow: Flow, session: Session, found: Answer | None = None) -> list[str]:
    """Answer everything with yes; return the steps that were asked."""
    path = []
    while step := current(flow, session):
        path.append(step.id)
        session = session.answer(step.id, date(1984, 3, 14) if "date" in step.id else "yes")
        if step.id == "birth-date" and found:
            session = session.identified(found)
            if found.details and found.details.called and session.arrives:
                session = session.keep("name-to-use", "R").keep("phone", "101")
    return path


@pytest.mark.parametrize(
    ("outcome", "details", "after"),
    [
        (Outcome.IN_TIME, DETAILS, ["still-right", "needs", "done"]),
        (Outcome.LATE_WITHIN_GRACE, DETAILS, ["still-right", "needs", "done"]),
        (Outcome.IN_TIME, HIDDEN, ["needs", "done"]),
        (Outcome.ALREADY_IN, DETAILS, ["done"]),
        *((outcome, None, ["outcome"]) for outcome in set(Outcome) - ARRIVES),
    ],
)
def test_what_follows_the_second_factor(
    outcome: Outcome, details: Details | None, after: list[str]
) -> None:
    found = Answer(outcome=outcome, details=details)
    assert walked(CHECK_IN, NEW, found) == ["welcome", "birth-date", *after]


@pytest.mark.parametrize("follow_ups", [(), (WHO,), (KEEP,), (WHO, KEEP)])
def test_some_needs_lead_to_a_question_or_two(follow_ups: tuple[str, ...]) -> None:
    session = identified(NEW.answer("welcome", "K1…"), Outcome.IN_TIME)
    session = session.answer("needs", ("companion",), follow_ups)
    path = []
    while step := current(check_in(("needs",)), session):
        path.append(step.id)
        session = session.answer(step.id, "today")
    assert path == [*follow_ups, "done"]


def test_without_a_code_the_name_is_asked_first() -> None:
    typed = NEW.answer("welcome", TYPED)
    assert walked(CHECK_IN, typed) == ["name", "birth-date"]
    code = NEW.answer("welcome", "K1…")
    assert walked(CHECK_IN, code) == ["birth-date"]


@pytest.mark.parametrize(
    ("parts", "after"),
    [
        ((), ["done"]),
        (("contact",), ["still-right", "done"]),
        (("needs",), ["needs", "done"]),
        (("needs", "contact"), ["needs", "still-right", "done"]),
        (("contact", "needs"), ["still-right", "needs", "done"]),
    ],
)
def test_a_practice_chooses_parts_and_their_order(parts: list[str], after: list[str]) -> None:
    found = Answer(outcome=Outcome.IN_TIME, details=DETAILS)
    assert walked(check_in(parts), NEW, found)[2:] == after


def test_nothing_is_asked_twice_and_every_step_has_an_id_of_its_own() -> None:
    ids = [step.id for step in CHECK_IN]
    assert len(ids) == len(set(ids))
    assert ids[-1] == "done"


def test_what_asks_has_words_and_what_reaches_a_person_is_private() -> None:
    for step in CHECK_IN:
        assert bool(step.ask) == (step.kind is not Kind.NOTICE)
        assert step.private == (step.kind is Kind.ENTRY)


@pytest.mark.parametrize(
    ("step", "value", "error"),
    [
        ("name", "Robin", None),
        ("name", "ليلى", None),
        ("name", "小明", None),
        ("name", "O'Example-Sample Jr.", None),
        ("name", "X", None),
        ("name", "", "name-empty"),
        ("name", " -'. ", "name-empty"),
        ("name-to-use", "", "name-empty"),
        ("birth-date", date(1984, 3, 14), None),
        ("birth-date", "", "date-unreal"),
        ("phone", "", None),
        ("phone", "+44 20 7946 0101", None),
        ("phone", "12345", None),
        ("phone", "1234", "phone-length"),
        ("phone", "1" * 15, None),
        ("phone", "1" * 16, "phone-length"),
    ],
)
def test_answers_are_checked_kindly(step: str, value: str | date, error: str | None) -> None:
    row = next(row for row in CHECK_IN if row.id == step)
    assert row.check(value) == error
    assert error is None or error in ERRORS


def test_a_language_change_in_the_middle_asks_nothing_again() -> None:
    session = NEW.answer("welcome", TYPED).answer("name", "Robin")
    assert current(CHECK_IN, replace(session, language="ar")) is current(CHECK_IN, session)
