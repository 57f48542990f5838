from datetime import date
from uuid import UUID

from kiosk.checkin.facts import completed, of_needs, of_part, part_finished, stated
from kiosk.domain.event import AnswersRecorded, IntakeCompleted, NeedStated
from kiosk.intake.flow import Flow
from kiosk.intake.flow import step_of as of
from kiosk.intake.session import Session
from kiosk.intake.step import Kind, Step

from .hands import IN_TIME

FLOW: Flow = (
    Step("born", Kind.ENTRY),
    Step("smoke", Kind.CHOICE, part="habits"),
    Step("packs", Kind.ENTRY, part="habits", when=lambda s: s.value("smoke") == "yes"),
    Step("phone", Kind.ENTRY, part="contact"),
    Step("needs", Kind.CHOICE, part="needs"),
)
NEW = Session(UUID(int=1), "en").answer("born", date(1984, 3, 14)).identified(IN_TIME)


def test_a_part_holds_its_own_answers_and_no_others() -> None:
    session = NEW.answer("smoke", "yes").answer("packs", "2").answer("phone", "101")
    assert of_part(FLOW, session, "habits", 1) == AnswersRecorded(
        part="habits", revision=1, answers={"smoke": "yes", "packs": "2"}, appointment="a-1"
    )


def test_an_answer_whose_question_no_longer_applies_stays_here() -> None:
    session = NEW.answer("smoke", "yes").answer("packs", "2").reopen("smoke").answer("smoke", "no")
    assert of_part(FLOW, session, "habits", 2).answers == {"smoke": "no"}


def test_what_the_record_said_is_not_said_back_to_it() -> None:
    assert of_part(FLOW, NEW.keep("phone", "101"), "contact", 1).answers == {}


def test_each_need_is_a_fact_of_its_own() -> None:
    session = NEW.answer("needs", ("quiet", "hearing"))
    assert of_part(FLOW, session, "needs", 1).answers == {"needs": ["quiet", "hearing"]}
    assert of_needs(session, {"hearing", "sight"}) == (
        NeedStated(need="hearing", appointment="a-1"),
        NeedStated(need="quiet", appointment="a-1"),
        NeedStated(need="sight", stated=False, appointment="a-1"),
    )
    assert stated(session) == {"quiet", "hearing"}


def test_a_part_is_finished_when_nothing_of_it_is_left_to_ask() -> None:
    smoke = of(FLOW, "smoke")
    assert part_finished(FLOW, NEW.answer("smoke", "no"), smoke)
    assert not part_finished(FLOW, NEW.answer("smoke", "yes"), smoke)
    assert part_finished(FLOW, NEW.answer("smoke", "yes").answer("packs", "2"), smoke)
    assert not part_finished(FLOW, NEW, of(FLOW, "born"))  # belongs to no part


def test_the_end_names_the_appointment() -> None:
    assert completed(NEW) == IntakeCompleted(appointment="a-1")
