from uuid import UUID

from kiosk.domain.identify import Answer
from kiosk.domain.outcome import ARRIVES, Outcome
from kiosk.intake.session import Session

NEW = Session(UUID(int=1), "en")


def test_an_answer_is_found_by_its_step() -> None:
    session = NEW.answer("name", "Robin")
    assert session.value("name") == "Robin"
    assert session.answered("name")
    assert session.value("phone") is None
    assert not session.answered("phone")


def test_an_answer_leads_to_further_steps_until_it_is_another_one() -> None:
    session = NEW.answer("needs", ("companion",), ("who",))
    assert session.leads_to("who")
    assert not session.leads_to("keep-needs")
    assert not session.back().leads_to("who")
    assert not session.answer("needs", ()).leads_to("who")
    assert session.reopen("needs").back().leads_to("who")


def test_what_the_record_says_is_never_taken_back() -> None:
    session = NEW.answer("welcome", "typed").identified(Answer(outcome=Outcome.IN_TIME))
    session = session.keep("phone", "101").answer("still-right", "yes")
    back = session.back()
    assert [given.step for given in back.answers] == ["welcome", "phone"]
    assert back.back() == back
    assert not back.can_go_back


def test_going_back_from_a_line_that_is_being_changed_keeps_it() -> None:
    session = NEW.identified(Answer(outcome=Outcome.IN_TIME)).keep("phone", "101")
    opened = session.reopen("phone")
    assert opened.can_go_back
    assert opened.value("phone") is None
    assert opened.back().value("phone") == "101"
    assert opened.back().answers[0].kept


def test_a_changed_line_is_the_persons_own() -> None:
    session = NEW.identified(Answer(outcome=Outcome.IN_TIME)).keep("phone", "101")
    changed = session.reopen("phone").answer("phone", "202")
    assert not changed.answers[0].kept


def test_a_session_arrives_with_the_outcomes_that_check_in() -> None:
    arriving = {o for o in Outcome if NEW.identified(Answer(outcome=o)).arrives}
    assert arriving == ARRIVES
    assert not NEW.arrives


def test_larger_text_or_speech_or_a_wish_for_time_gives_more_time() -> None:
    def assisted(*modes: str) -> bool:
        return Session(UUID(int=1), "en", frozenset(modes)).assisted

    assert assisted("larger")
    assert assisted("extra-large")
    assert assisted("read-aloud")
    assert assisted("more-time")
    assert not assisted("high-contrast")
    assert not assisted()
